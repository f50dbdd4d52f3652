package inherit

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The tag policies of the other properties have a small vocabulary. These hold for each, drawn from the vocabulary itself.

func TestEveryTypeMergesAsItIsWrittenDown(t *testing.T) {
	t.Parallel()
	for _, v := range vocabularies {
		t.Run(string(v.typ), func(t *testing.T) {
			t.Parallel()
			values := 0
			rapid.Check(t, func(rt *rapid.T) {
				levels, path := drawLevelsOf(rt, v)
				o, attached := newOracle(), false
				for _, documents := range levels {
					o.level(t, documents)
					attached = attached || len(documents) > 0
				}
				e, errs := Merge(v.typ, path)
				if e.Exists != attached {
					rt.Fatal("exists: ", e.Exists)
				}
				if !attached {
					return
				}
				got := flat(t, e.Content)
				// A list that is shown although it is empty says no more than one that is not there.
				maps.DeleteFunc(got, func(_ string, items []string) bool { return len(items) == 0 })
				if d := cmp.Diff(o.effective(), got); d != "" {
					rt.Fatal(levels, d)
				}
				values += len(got)
				for _, e := range errs {
					if len(e.Policies) == 0 || e.Path == "" {
						rt.Fatalf("%+v names nobody", e)
					}
				}
			})
			if values == 0 {
				t.Error("no effective policy held a value: nothing was tested")
			}
		})
	}
}

func TestNoTypeLetsAChildLoosenAControl(t *testing.T) {
	t.Parallel()
	for _, v := range vocabularies {
		t.Run(string(v.typ), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) {
				_, path := drawLevelsOf(rt, v)
				above := Begin(v.typ)
				for _, n := range path {
					below := above.Extend(n)
					if above.merged.top != nil {
						tighter(rt, above.merged.top, below.merged.top)
					}
					above = below
				}
			})
		})
	}
}
