package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	goast "go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"strings"
	"testing"
)

func TestADocumentIsRefusedWithItsReasonAndPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		reason Reason
		at     Position
	}{
		"nothing at all":                 {"", NotJSON, Position{1, 1}},
		"no JSON":                        {"Version: 1", NotJSON, Position{1, 1}},
		"a list":                         {"[]", NotOneObject, Position{1, 1}},
		"a text":                         {`"{}"`, NotOneObject, Position{1, 1}},
		"two objects":                    {"{\"Statement\":{\"Effect\":\"Deny\"}}\n {}", NotJSON, Position{2, 2}},
		"a trailing comma":               {`{"Version":"1",}`, NotJSON, Position{1, 16}},
		"a comment":                      {"{ // why\n}", NotJSON, Position{1, 3}},
		"a duplicate key at the top":     {"{\n \"Version\":\"1\",\n \"Version\":\"1\"}", DuplicateKey, Position{3, 2}},
		"a duplicate key in disguise":    {`{"Version":"1","\u0056ersion":"1"}`, DuplicateKey, Position{1, 16}},
		"a duplicate key of a condition": {`{"Statement":{"Effect":"Deny","Condition":{"Bool":{"a:b":"true","a:b":"false"}}}}`, DuplicateKey, Position{1, 65}},
		"an element in small letters":    {`{"statement":[]}`, UnknownElement, Position{1, 2}},
		"an unknown statement element":   {`{"Statement":[{"Effect":"Deny","action":"*"}]}`, UnknownElement, Position{1, 32}},
		"no statement":                   {`{"Version":"2012-10-17"}`, MissingElement, Position{1, 1}},
		"an empty list of statements":    {`{"Statement":[]}`, EmptyElement, Position{1, 14}},
		"a statement that is a text":     {`{"Statement":["Deny"]}`, WrongType, Position{1, 15}},
		"no effect":                      {`{"Statement":{"Action":"*"}}`, MissingElement, Position{1, 14}},
		"an effect in small letters":     {`{"Statement":{"Effect":"deny"}}`, InvalidEffect, Position{1, 24}},
		"an effect that is a list":       {`{"Statement":{"Effect":["Deny"]}}`, InvalidEffect, Position{1, 24}},
		"an action that is a number":     {`{"Statement":{"Effect":"Deny","Action":[1]}}`, WrongType, Position{1, 41}},
		"Action beside NotAction":        {`{"Statement":{"Effect":"Deny","Action":"*","NotAction":"*"}}`, RivalElements, Position{1, 14}},
		"Resource beside NotResource":    {`{"Statement":{"Effect":"Deny","Resource":"*","NotResource":"*"}}`, RivalElements, Position{1, 14}},
		"Principal beside NotPrincipal":  {`{"Statement":{"Effect":"Deny","Principal":"*","NotPrincipal":"*"}}`, RivalElements, Position{1, 14}},
		"a principal that is a list":     {`{"Statement":{"Effect":"Deny","Principal":["*"]}}`, WrongType, Position{1, 43}},
		"a condition that is a list":     {`{"Statement":{"Effect":"Deny","Condition":[]}}`, WrongType, Position{1, 43}},
		"an operator that is a list":     {`{"Statement":{"Effect":"Deny","Condition":{"Bool":[]}}}`, WrongType, Position{1, 51}},
		"a null as a condition value":    {`{"Statement":{"Effect":"Deny","Condition":{"Bool":{"a:b":null}}}}`, WrongType, Position{1, 58}},
		"an object as a condition value": {`{"Statement":{"Effect":"Deny","Condition":{"Bool":{"a:b":[{}]}}}}`, WrongType, Position{1, 59}},
		"half a surrogate pair":          {`{"Version":"\ud800"}`, NotJSON, Position{1, 13}},
		"a line break in a text":         {"{\"Version\":\"a\nb\"}", NotJSON, Position{1, 14}},
		"a number with a leading zero":   {`{"Version":01}`, NotJSON, Position{1, 13}},
		"bytes that are not UTF-8":       {"{\"Version\":\"\xff\"}", NotJSON, Position{1, 1}},
		"nesting without end":            {strings.Repeat("[", 100000), TooDeep, Position{1, 17}},
		"a text without end":             {`{"Version":"`, NotJSON, Position{1, 13}},
		"an escape without end":          {`{"Version":"\`, NotJSON, Position{1, 13}},
		"half an escape":                 {`{"Version":"\u00`, NotJSON, Position{1, 13}},
		"more than any policy may have":  {strings.Repeat(" ", maxBytes+1), TooLarge, Position{1, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(c.text)
			var e *Error
			if !errors.As(err, &e) || e.Reason != c.reason || e.At != c.at {
				t.Fatalf("Parse: %v (%+v), want %s at %s", err, e, c.reason, c.at)
			}
		})
	}
}

func TestADocumentKeepsWhatWasWrittenAndWhere(t *testing.T) {
	t.Parallel()
	d, err := Parse("{\n  \"Id\": \"ünï\", \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"s3:*\"},\n" +
		"    {\"Effect\": \"Deny\", \"NotAction\": [\"a:b\", \"c:\\u0064\"], \"Condition\": {\"Bool\": {\"aws:x\": [true, 1.50, \"y\"]}}}\n  ]\n}")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Statements) != 2 || d.ID != "ünï" || d.Version != "2012-10-17" {
		t.Fatalf("got %+v", d)
	}
	a, b := d.Statements[0], d.Statements[1]
	if want := (Span{Position{4, 5}, Position{4, 54}}); a.Span != want || a.Sid != "A" || a.Effect != Allow {
		t.Errorf("first statement: %+v, want the span %v", a, want)
	}
	if b.Span.Start != (Position{5, 5}) || !b.Has(ElementNotAction) || b.Has(ElementAction) {
		t.Errorf("second statement: %+v", b)
	}
	if b.Actions[1] != (Value{"c:d", Position{5, 45}}) {
		t.Errorf("an escape: %+v", b.Actions[1])
	}
	if v := b.Conditions[0].Values; len(v) != 3 || v[0].Text != "true" || v[1].Text != "1.50" || v[2].Text != "y" {
		t.Errorf("condition values: %+v", v)
	}
}

func TestEveryReasonHasAKind(t *testing.T) {
	t.Parallel()
	file, err := goparser.ParseFile(gotoken.NewFileSet(), "errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	goast.Inspect(file, func(n goast.Node) bool {
		v, ok := n.(*goast.ValueSpec)
		if !ok || fmt.Sprint(v.Type) != "Reason" {
			return true
		}
		declared++
		if r := Reason(v.Names[0].Name); kinds[r] == "" {
			t.Errorf("%s has no kind", r)
		}
		return true
	})
	if declared == 0 || declared != len(Reasons()) {
		t.Errorf("%d reasons are declared, %d are listed", declared, len(Reasons()))
	}
}

// FuzzParse holds the reader against the standard one: it accepts no text that is not JSON, and refuses JSON for named reasons only.
func FuzzParse(f *testing.F) {
	for _, s := range []string{FullAWSAccess, RCPFullAWSAccess, HuaweiFullAccess, `{"Statement":{"Effect":"Deny","Condition":{"Bool":{"a:b":[true,-1.5e+3,"\ud83d\ude00"]}}}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := readJSON(text)
		valid := json.Valid([]byte(text))
		switch {
		case err == nil && !valid:
			t.Fatalf("%q is not JSON and was read as %+v", text, n)
		case err != nil && err.Reason == NotJSON && valid && !strings.Contains(text, `\u`):
			t.Fatalf("%q is JSON and was refused: %v", text, err)
		case err != nil && (err.At.Line < 1 || err.At.Column < 1):
			t.Fatalf("%q: the error has no place: %+v", text, err)
		}
		d, perr := Parse(text)
		if perr != nil {
			return
		}
		for _, dialect := range everyDialect() {
			if e := dialect.check(d); e != nil && (e.Kind() == "" || e.At.Line < 1) {
				t.Fatalf("%s: %+v", dialect.Name(), e)
			}
			Load(dialect, d, "p").Evaluate(&Request{Action: "s3:GetObject", Resource: "*"})
		}
	})
}

func everyDialect() []*Dialect {
	return []*Dialect{SCP, SCP.WithOptionalVersion(), RCP, RCP.Managed(), Identity, Trust, Resource, Delegation(Scope{}),
		Delegation(Scope{}).WithNegations(), HuaweiSCP, HuaweiSCP.Managed(), HuaweiSCP2024, HuaweiIdentity, HuaweiTrust}
}
