package text

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		body string
		want error
	}{
		"nothing":                                {``, nil},
		"plain text":                             {`{"Name":"é 标 😀"}`, nil},
		"escaped characters":                     {`{"Name":"\u00e9\u6807\n\t\"\\\/"}`, nil},
		"a whole pair":                           {`{"Name":"\ud83d\ude00"}`, nil},
		"a whole pair in upper case":             {`{"Name":"\uD83D\uDE00\uD83D\uDE00"}`, nil},
		"an escaped backslash before ud800":      {`{"Name":"\\ud800"}`, nil},
		"a replacement character that is meant":  {`{"Name":"\ufffd"}`, nil},
		"a high half at the end":                 {`{"Name":"\ud800"}`, errSurrogate},
		"a low half":                             {`{"Name":"\udc00"}`, errSurrogate},
		"the halves the wrong way round":         {`{"Name":"\ude00\ud83d"}`, errSurrogate},
		"two high halves":                        {`{"Name":"\ud83d\ud83d\ude00"}`, errSurrogate},
		"a high half before a letter":            {`{"Name":"\ud83da"}`, errSurrogate},
		"a high half before another escape":      {`{"Name":"\ud83d\n"}`, errSurrogate},
		"half a character behind an escaped one": {`{"Name":"\\\ud800"}`, errSurrogate},
		"half a character in a key":              {`{"\udfff":1}`, errSurrogate},
		"half a character behind a whole one":    {`{"Name":"\ud83d\ude00\ude00"}`, errSurrogate},
		"half a character where the body ends":   {`"\ud800`, errSurrogate},
		"an escape that is none":                 {`"\uzzzz"`, nil},
		"a backslash at the end":                 {`"\`, nil},
		"GBK":                                    {"{\"Name\":\"\xb1\xea\"}", errEncoding},
		"a half that is not escaped":             {"\"\xed\xa0\x80\"", errEncoding},
	} {
		if err := Check([]byte(c.body)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", says, err, c.want)
		}
	}
}

// What Check lets through, the decoder takes without replacing anything.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`"\ud83d\ude00"`, `"\ud800"`, `"\\ud800"`, `"a\u00e9"`, "\"\xff\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var got string
		if json.Unmarshal([]byte(body), &got) != nil || strings.Contains(body, "\ufffd") {
			return
		}
		meant := strings.Contains(strings.ToLower(body), `\ufffd`)
		if err := Check([]byte(body)); (err != nil) != strings.ContainsRune(got, '\ufffd') && !meant {
			t.Errorf("%q is read as %q, and Check says %v", body, got, err)
		}
	})
}
