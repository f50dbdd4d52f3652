package inherit

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
)

// seeds calls f with every document of the corpora.
func seeds(f *testing.F, add func(typ int, text string)) {
	index := map[string]int{}
	for i, typ := range Types() {
		index[string(typ)] = i
	}
	for name, cases := range readJSON[documentCase](f, "testdata/document/*.json") {
		for _, c := range cases {
			add(index[name], c.text())
		}
	}
	for _, cases := range readJSON[mergeCase](f, "testdata/merge/*.json") {
		for _, c := range cases {
			for _, level := range c.Levels {
				for _, raw := range level {
					add(index[string(c.Type)], document(f, raw))
				}
			}
		}
	}
}

func typeOf(i int) Type {
	types := Types()
	return types[((i%len(types))+len(types))%len(types)]
}

func FuzzParse(f *testing.F) {
	seeds(f, func(typ int, text string) { f.Add(typ, text) })
	f.Fuzz(func(t *testing.T, i int, text string) {
		typ := typeOf(i)
		p, err := Parse(typ, text)
		var refusal *DocumentError
		switch {
		case err == nil && p.Type() != typ:
			t.Error("the type is ", p.Type())
		case err == nil && !json.Valid([]byte(text)):
			t.Error("what is no JSON was accepted")
		case err != nil && (!errors.As(err, &refusal) || refusal.Message == "" || p != nil):
			t.Error(err)
		case err != nil && refusal.Fault == Malformed && (refusal.Line < 1 || refusal.Column < 1):
			t.Errorf("%+v", refusal)
		}
	})
}

func FuzzMerge(f *testing.F) {
	last := map[int]string{}
	seeds(f, func(typ int, text string) {
		f.Add(typ, last[typ], text, text)
		f.Add(typ, text, text, last[typ])
		last[typ] = text
	})
	f.Fuzz(func(t *testing.T, i int, first, second, third string) {
		typ := typeOf(i)
		path := []Node{{ID: "root"}, {ID: account}}
		for j, text := range []string{first, second, third} {
			// The second document shares the root with the first; the third is the account's.
			if p, err := Parse(typ, text); err == nil {
				n := &path[j/2]
				n.Policies = append(n.Policies, Attached{ID: fmt.Sprint("p", j), Order: int64(j), Policy: p})
			}
		}
		e, errs := Merge(typ, path)
		if e.Exists && !json.Valid([]byte(e.Content)) || !e.Exists && e.Content != "" {
			t.Errorf("%q", e.Content)
		}
		if again, errsAgain := Merge(typ, path); again != e || !reflect.DeepEqual(errs, errsAgain) {
			t.Errorf("%q is not %q; %v, %v", again.Content, e.Content, errs, errsAgain)
		}
		for _, err := range errs {
			if err.Code == "" || err.Path == "" || err.Message == "" || len(err.Policies) == 0 {
				t.Errorf("%+v", err)
			}
		}
	})
}
