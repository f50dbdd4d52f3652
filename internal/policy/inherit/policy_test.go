package inherit

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// A documentCase is one document of testdata/document, in the file of its type. Without Says it is accepted. Content is the document, or a
// string that holds it where it is no JSON or has duplicate keys.
type documentCase struct {
	Title   string
	Content json.RawMessage
	Path    string
	Says    string // part of the message of the refusal
}

func (c documentCase) text() string {
	var s string
	if json.Unmarshal(c.Content, &s) == nil {
		return s
	}
	return string(c.Content)
}

func TestDocumentsKeepToTheVocabularyOfTheirType(t *testing.T) {
	t.Parallel()
	files := readJSON[documentCase](t, "testdata/document/*.json")
	for _, typ := range Types() {
		accepted, refused := 0, 0
		for _, c := range files[string(typ)] {
			if c.Says == "" {
				accepted++
			} else {
				refused++
			}
			t.Run(string(typ)+"/"+c.Title, func(t *testing.T) {
				t.Parallel()
				c.check(t, typ)
			})
		}
		if accepted == 0 || refused == 0 {
			t.Errorf("%s: %d accepted documents, %d refused ones", typ, accepted, refused)
		}
		delete(files, string(typ))
	}
	for name := range files {
		t.Errorf("%s is no type", name)
	}
}

func (c documentCase) check(t *testing.T, typ Type) {
	p, err := Parse(typ, c.text())
	if c.Says == "" {
		if err != nil || p.Type() != typ {
			t.Fatal(err)
		}
		return
	}
	var refusal *DocumentError
	if !errors.As(err, &refusal) || p != nil {
		t.Fatalf("it was accepted, or %v", err)
	}
	if refusal.Fault != Malformed || refusal.Path != c.Path || !strings.Contains(refusal.Message, c.Says) || refusal.Line < 1 || refusal.Column < 1 {
		t.Errorf("%+v", refusal)
	}
}

func TestARefusalNamesThePlaceInTheText(t *testing.T) {
	t.Parallel()
	text := "{\n  \"tags\": {\n    \"größe\": {\"tag_value\": {\"@@assign\": [\"a\", \"b*c*\"]}}\n  }\n}"
	_, err := Parse(Tag, text)
	want := `line 3, column 47: tags/größe/tag_value/@@assign: "b*c*" has more than one *`
	if err == nil || err.Error() != want {
		t.Fatalf("%v\n%s", err, want)
	}
}

func TestADocumentIsUTF8(t *testing.T) {
	t.Parallel()
	if _, err := Parse(Tag, "{\"tags\":{\"\xff\":{}}}"); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Error(err)
	}
}

func TestHalfACharacterIsRefusedAndStaysInForceWhereItIsStored(t *testing.T) {
	t.Parallel()
	for _, whole := range []string{`\ud83d\ude00`, `\ufffd`, `\uFFFD`, "\ufffd", `\\ud800`, `\\ufffd`} {
		mustParse(t, Tag, `{"tags":{"Env":{"tag_value":{"@@assign":["`+whole+`"]}}}}`)
	}
	for _, half := range []string{`{"tags":{"\udc00":{}}}`, `{"tags":{"Env":{"tag_value":{"@@assign":["\ufffd\ud800"]}}}}`, `{"tags":{"Env":{"tag_value":{"@@assign":["\\ufffd\ud800"]}}}}`} {
		if _, err := Parse(Tag, half); err == nil || !strings.Contains(err.Error(), "half a character") {
			t.Errorf("%s: %v", half, err)
		}
	}
	text := `{"tags":{"Env":{"tag_value":{"@@assign":["\ud800"]}}}}`
	for _, typ := range []Type{Tag, HuaweiTag} {
		if _, err := Parse(typ, text); err == nil || !strings.Contains(err.Error(), "half a character") {
			t.Errorf("%s: %v", typ, err)
		}
		merged, errs := Merge(typ, []Node{{ID: "r", Policies: []Attached{{ID: "p", Policy: Load(typ, text)}}}})
		if merged.Content == "" || len(errs) > 0 {
			t.Errorf("%s: what was kept says nothing: %v", typ, errs)
		}
	}
}

func TestTheSizeIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	for _, typ := range Types() {
		size, known := SizeOf(typ)
		if !known || size.Max == 0 {
			t.Fatalf("%s has no size", typ)
		}
		filler := " "
		if !size.Bytes {
			filler = "ü"
		}
		for _, over := range []int{0, 1} {
			_, err := Parse(typ, strings.Repeat(filler, size.Max+over))
			var refusal *DocumentError
			if !errors.As(err, &refusal) || (refusal.Fault == TooLarge) != (over == 1) {
				t.Errorf("%s, %d too many: %v", typ, over, err)
			}
		}
	}
	if _, err := Parse(UpgradeRollout, strings.Repeat("ü", 2561)); err.(*DocumentError).Fault != TooLarge {
		t.Error("bytes count in an upgrade rollout policy: ", err)
	}
}

func TestWhiteSpaceCounts(t *testing.T) {
	t.Parallel()
	text := `{"tags":{}}`
	if _, err := Parse(Tag, text+strings.Repeat(" ", 10_000-len(text))); err != nil {
		t.Error(err)
	}
	if _, err := Parse(Tag, text+strings.Repeat(" ", 10_001-len(text))); err == nil {
		t.Error("it was accepted")
	}
}

func TestAnUnknownTypeHasNoPolicies(t *testing.T) {
	t.Parallel()
	_, err := Parse("service_control", `{}`)
	var refusal *DocumentError
	if !errors.As(err, &refusal) || refusal.Fault != UnknownType {
		t.Error(err)
	}
	if _, known := SizeOf("service_control"); known {
		t.Error("it has a size")
	}
	if e, errs := Merge("service_control", []Node{{ID: "r"}}); e.Exists || e.Content != "" || errs != nil {
		t.Error(e, errs)
	}
}
