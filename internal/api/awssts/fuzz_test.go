package awssts

import (
	"strings"
	"testing"
)

// FuzzParseRole holds that no text makes the parser panic, and that what it reads spells the text again.
func FuzzParseRole(f *testing.F) {
	for _, seed := range []string{
		"arn:aws:iam::012345678901:role/r", "arn:aws-cn:iam::012345678901:role/a/b/r", "arn:aws:iam::012345678901:user/r", "arn:aws:iam::1:role/r", "arn:::::", "",
		"arn:aws:iam::012345678901:role//r", "arn:aws:iam::012345678901:role/r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, ok := parseRole(text)
		if !ok {
			return
		}
		if again := strings.Join([]string{"arn", string(r.partition), "iam", "", string(r.account), "role" + r.path + r.name}, ":"); again != text {
			t.Fatalf("%q was read as %q", text, again)
		}
	})
}
