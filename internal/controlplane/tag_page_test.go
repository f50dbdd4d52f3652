package controlplane

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

func TestATagThatGoesBetweenPagesTakesNoOtherWithIt(t *testing.T) {
	t.Parallel()
	first, next := cutTags([]org.Tag{{Key: "a"}, {Key: "b"}, {Key: "c"}}, org.Page{Limit: 2})
	if len(first) != 2 || next == "" {
		t.Fatalf("got %v, %q", first, next)
	}
	rest, next := cutTags([]org.Tag{{Key: "a"}, {Key: "aa"}, {Key: "c"}, {Key: "d"}}, org.Page{After: next, Limit: 2})
	if d := cmp.Diff([]org.Tag{{Key: "c"}, {Key: "d"}}, rest); d != "" || next != "" {
		t.Errorf("%q: %s", next, d)
	}
}
