package inherit

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestStoredTextsAreReadAsFarAsTheyAreUnderstood(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		typ        Type
		text, want string
	}{
		"a sound text":                   {Tag, `{"tags":{"a":{"tag_key":{"@@assign":"A"}}}}`, `{"tags":{"a":{"tag_key":"A"}}}`},
		"a key that is not known":        {Tag, `{"tags":{"a":{"tag_key":{"@@assign":"A"},"color":{"@@assign":"red"}}}}`, `{"tags":{"a":{"tag_key":"A"}}}`},
		"another key at the top":         {Tag, `{"labels":{},"tags":{"a":{"tag_key":{"@@assign":"A"}}}}`, `{"tags":{"a":{"tag_key":"A"}}}`},
		"an operator that is not known":  {Tag, `{"tags":{"a":{"tag_key":{"@@assign":"A","@@prepend":"B"}}}}`, `{"tags":{"a":{"tag_key":"A"}}}`},
		"a word that is not known":       {AIServices, `{"services":{"lex":{"opt_out_policy":{"@@assign":"maybe"}}}}`, `{"services":{"lex":{"opt_out_policy":"maybe"}}}`},
		"a service that is not known":    {AIServices, `{"services":{"abacus":{"opt_out_policy":{"@@assign":"optOut"}}}}`, `{"services":{"abacus":{"opt_out_policy":"optOut"}}}`},
		"an item that is no word":        {Tag, `{"tags":{"a":{"tag_value":{"@@assign":["x",{},"y"]}}}}`, `{"tags":{"a":{"tag_value":["x","y"]}}}`},
		"a control that is not known":    {Tag, `{"tags":{"a":{"tag_key":{"@@assign":"A","@@operators_allowed_for_child_policies":["@@some"]}}}}`, `{"tags":{"a":{"tag_key":"A"}}}`},
		"a place that is no object":      {Tag, `{"tags":{"a":7,"b":{"tag_key":{"@@assign":"B"}}}}`, `{"tags":{"b":{"tag_key":"B"}}}`},
		"more than a document may be":    {AIServices, `{"services":{"lex":{"opt_out_policy":{"@@assign":"optOut"}}}}` + strings.Repeat(" ", 2500), `{"services":{"lex":{"opt_out_policy":"optOut"}}}`},
		"a key against the law of a tag": {Tag, `{"tags":{"a":{"tag_key":{"@@assign":"Z"}}}}`, `{"tags":{"a":{"tag_key":"Z"}}}`},
	} {
		got, errors := Merge(c.typ, []Node{{ID: "r", Policies: []Attached{{ID: "p-1", Policy: Load(c.typ, c.text)}}}})
		if got.Content != c.want || len(errors) > 0 {
			t.Errorf("%s: %s, %v", says, got.Content, errors)
		}
	}
}

func TestATextThatCannotBeReadMakesTheEffectivePolicyInvalid(t *testing.T) {
	t.Parallel()
	sound := Attached{ID: "p-2", Order: 1, Policy: Load(Tag, `{"tags":{"a":{"tag_key":{"@@assign":"A"}}}}`)}
	for _, text := range []string{``, `{`, `[]`, `{}`, `{"labels":{}}`, `{"tags":7}`, `{"tags":{},"tags":{}}`} {
		lost := Attached{ID: "p-1", Policy: Load(Tag, text)}
		path := Begin(Tag).Extend(Node{ID: "r", Policies: []Attached{lost}})
		if e := path.Effective(); !e.Exists || e.Content != "" {
			t.Errorf("%q alone: %+v", text, e)
		}
		path = path.Extend(Node{ID: "ou", Policies: []Attached{sound}}).Extend(Node{ID: "1"})
		if e := path.Effective(); e.Content != `{"tags":{"a":{"tag_key":"A"}}}` {
			t.Errorf("%q above a sound one: %+v", text, e)
		}
		faults := path.ValidationErrors()
		if len(faults) != 1 || faults[0].Code != KeyRequired || faults[0].Path != "tags" || len(faults[0].Policies) != 1 || faults[0].Policies[0] != "p-1" {
			t.Errorf("%q: %+v", text, faults)
		}
	}
}

func FuzzLoad(f *testing.F) {
	seeds(f, func(typ int, text string) { f.Add(typ, text) })
	f.Fuzz(func(t *testing.T, i int, text string) {
		typ := typeOf(i)
		loaded := Load(typ, text)
		got, errors := Merge(typ, []Node{{ID: "r", Policies: []Attached{{ID: "p", Policy: loaded}}}, {ID: "1", Policies: []Attached{{ID: "q", Policy: loaded}}}})
		if got.Content != "" && !json.Valid([]byte(got.Content)) {
			t.Errorf("%q", got.Content)
		}
		if got.Content == "" && len(errors) == 0 {
			t.Error("it says nothing, and nobody is told")
		}
	})
}
