package inherit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMergeAgreesWithTheMergeAsItIsWrittenDown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		levels := drawLevels(rt)
		o, attached := newOracle(), false
		for _, documents := range levels {
			o.level(t, documents)
			attached = attached || len(documents) > 0
		}
		e, _ := Merge(Tag, pathOf(rt, levels))
		if e.Exists != attached {
			rt.Fatal("exists: ", e.Exists)
		}
		if !attached {
			return
		}
		if d := cmp.Diff(o.effective(), flat(t, e.Content)); d != "" {
			rt.Fatal(levels, d)
		}
	})
}

func TestAChildNeverLoosensAControl(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		above := Begin(Tag)
		for _, n := range pathOf(rt, drawLevels(rt)) {
			below := above.Extend(n)
			if above.merged.top != nil {
				tighter(rt, above.merged.top, below.merged.top)
			}
			above = below
		}
	})
}

func tighter(t *rapid.T, above, below *branch) {
	if below.open&^above.open != 0 {
		t.Fatalf("%s: %03b has become %03b", above.key, above.open, below.open)
	}
	for _, kid := range above.kids {
		tighter(t, kid, below.kid(kid.key))
	}
}

func TestALockedSettingStaysAsItIs(t *testing.T) {
	t.Parallel()
	const lock = `{"tags":{"team":{"tag_value":{"@@assign":["a","locked"],"@@operators_allowed_for_child_policies":["@@none"]}}}}`
	rapid.Check(t, func(rt *rapid.T) {
		levels := append([][]string{{lock}}, drawLevels(rt)...)
		got := flat(t, contentOf(pathOf(rt, levels)))[at([]string{"tags", "team", "tag_value"})]
		if !slices.Equal(got, []string{"a", "locked"}) {
			rt.Fatal(got)
		}
	})
}

func TestTheOrderOfAttachmentDecidesClashes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfNDistinct(rapid.SampledFrom(someValues), 2, 2, rapid.ID).Draw(rt, "values")
		level := make([]string, 2)
		for i, v := range values {
			level[i] = `{"tags":{"team":{"tag_value":{"@@assign":["` + v + `"]}}}}`
		}
		n := nodeOf(rt, 0, level)
		n.Policies[0].Order = rapid.Int64Range(0, 9).Draw(rt, "order of the first")
		n.Policies[1].Order = rapid.Int64Range(10, 19).Draw(rt, "order of the second")
		got, want := contentOf([]Node{n}), `{"tags":{"team":{"tag_value":["`+values[0]+`"]}}}`
		if got != want {
			rt.Fatal(got)
		}
		n.Policies[0].Order += 20 // attached again
		if again := contentOf([]Node{n}); again != `{"tags":{"team":{"tag_value":["`+values[1]+`"]}}}` {
			rt.Fatal(again)
		}
	})
}

func TestRemovingWhatIsNotThereChangesNothing(t *testing.T) {
	t.Parallel()
	const removal = `{"tags":{"team":{"tag_value":{"@@remove":["never"]},"enforced_for":{"@@remove":["iam:user"]}},"other":{"tag_value":{"@@remove":["a"]}}}}`
	rapid.Check(t, func(rt *rapid.T) {
		path := pathOf(rt, append([][]string{{`{"tags":{}}`}}, drawLevels(rt)...))
		removed := append(slices.Clone(path), nodeOf(rt, 9, []string{removal}))
		if a, b := contentOf(path), contentOf(removed); a != b {
			rt.Fatalf("%s has become %s", a, b)
		}
	})
}

func TestAnUnrelatedKeyChangesNoOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		levels := append([][]string{{`{"tags":{}}`}}, drawLevels(rt)...)
		before := flat(t, contentOf(pathOf(rt, levels)))
		i := rapid.IntRange(0, len(levels)-1).Draw(rt, "level")
		unrelated, err := json.Marshal(map[string]any{"tags": map[string]any{"unrelated": drawTag(rt, "unrelated")}})
		if err != nil {
			rt.Fatal(err)
		}
		levels[i] = slices.Insert(slices.Clone(levels[i]), rapid.IntRange(0, len(levels[i])).Draw(rt, "place"), string(unrelated))
		after := flat(t, contentOf(pathOf(rt, levels)))
		maps.DeleteFunc(after, func(place string, _ []string) bool {
			return strings.HasPrefix(place, at([]string{"tags", "unrelated"}))
		})
		if d := cmp.Diff(before, after); d != "" {
			rt.Fatal(d)
		}
	})
}

func TestExtendEqualsMergeAndLeavesTheStateAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		above := pathOf(rt, drawLevels(rt))
		shared := Begin(Tag)
		for _, n := range above {
			shared = shared.Extend(n)
		}
		before := shared.Effective()
		for i := range rapid.IntRange(1, 4).Draw(rt, "accounts") {
			leaf := nodeOf(rt, 100+i, drawLevels(rt)[0])
			extended := shared.Extend(leaf)
			e, errs := Merge(Tag, append(slices.Clone(above), leaf))
			if extended.Effective() != e || !cmp.Equal(extended.ValidationErrors(), errs) {
				rt.Fatalf("%v is not %v", extended.Effective(), e)
			}
		}
		if again, _ := Merge(Tag, above); shared.Effective() != before || again != before {
			rt.Fatal("an account has changed what it inherits from")
		}
	})
}

func TestNoOrderCountsButThatOfAttaching(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		levels := drawLevels(rt)
		want := contentOf(pathOf(rt, levels))
		other := pathOf(rt, levels)
		for i, documents := range levels {
			for j, text := range documents {
				other[i].Policies[j].Policy, _ = Parse(Tag, turned(rt, text))
			}
			slices.Reverse(other[i].Policies)
		}
		if got := contentOf(other); got != want {
			rt.Fatalf("%s is not %s", got, want)
		}
	})
}
