package native_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

// feed reads on from a place and returns the names of what happened, and where to go on.
func (h *house) feed(o org.OrganizationID, after string, limit int) (names, ids []string, next string) {
	h.Helper()
	q := url.Values{"organization": {string(o)}}
	if after != "" {
		q.Set("after", after)
	}
	if limit > 0 {
		q.Set("limit", fmt.Sprint(limit))
	}
	out := h.ask(http.StatusOK, "GET", "/_polity/events?"+q.Encode(), "")
	for _, e := range out["events"].([]any) {
		names = append(names, e.(map[string]any)["name"].(string))
		ids = append(ids, e.(map[string]any)["id"].(string))
	}
	return names, ids, out["next"].(string)
}

func TestTheFeedIsResumedAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, caller := h.organization()
	other, _ := h.organization()
	root, err := h.plane.GetRoot(t.Context(), caller)
	if err != nil {
		t.Fatal(err)
	}
	tag := func() {
		t.Helper()
		if err := h.plane.Tag(t.Context(), caller, org.Resource(root.ID), []org.Tag{{Key: "k"}}); err != nil {
			t.Fatal(err)
		}
		if err := h.plane.Untag(t.Context(), caller, org.Resource(root.ID), []string{"k"}); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		tag()
	}
	names, all, end := h.feed(o, "", 0)
	if d := cmp.Diff([]string{"OrganizationCreated", "ResourceTagged", "ResourceTagged", "ResourceTagged"}, names); d != "" {
		t.Error(d)
	}
	for limit := 1; limit <= 8; limit++ {
		var got []string
		place := ""
		for range 10 {
			_, ids, next := h.feed(o, place, limit)
			got = append(got, ids...)
			if next == place {
				break
			}
			place = next
		}
		if d := cmp.Diff(all, got); d != "" || place != end {
			t.Errorf("by %d it ends at %s instead of %s: %s", limit, place, end, d)
		}
	}
	if names, _, next := h.feed(o, end, 0); len(names) != 0 || next != end {
		t.Errorf("at the end: %v, %s", names, next)
	}
	tag()
	if names, _, next := h.feed(o, end, 0); len(names) != 1 || next == end {
		t.Errorf("later: %v, %s", names, next)
	}
	if names, _, _ := h.feed(other, "", 0); len(names) != 1 {
		t.Errorf("another organization: %v", names)
	}
}

func TestTheFeedOutlivesTheOrganization(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, caller := h.organization()
	if err := h.plane.DeleteOrganization(t.Context(), caller); err != nil {
		t.Fatal(err)
	}
	if names, _, _ := h.feed(o, "", 0); len(names) != 2 || names[1] != "OrganizationDeleted" {
		t.Errorf("%v", names)
	}
}

func TestAnOrganizationThatNeverWasHasNoFeed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, caller := h.organization()
	if err := h.plane.DeleteOrganization(t.Context(), caller); err != nil {
		t.Fatal(err)
	}
	for _, feed := range []string{"/_polity/events", "/_polity/dry-run-records"} {
		h.refuses(http.StatusNotFound, org.OrganizationMissing, "GET", feed+"?organization=o-none", "")
		h.refuses(http.StatusNotFound, org.OrganizationMissing, "GET", feed+"?organization=o-none&limit=1", "")
		h.ask(http.StatusOK, "GET", feed+"?organization="+string(o), "")
		h.ask(http.StatusOK, "GET", feed+"?organization="+string(o)+"&limit=1", "")
	}
}

func TestWhatTheFeedRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for query, want := range map[string]org.Reason{
		"": org.InputMissing, "?organization=": org.InputMissing, "?organization=o-1&after=x": org.PageTokenInvalid, "?organization=o-1&after=1": org.PageTokenInvalid,
		"?organization=o-1&after=1.x": org.PageTokenInvalid, "?organization=o-1&limit=0": org.InputMalformed, "?organization=o-1&limit=1001": org.InputMalformed,
		"?organization=o-1&limit=x": org.InputMalformed,
	} {
		h.refuses(http.StatusBadRequest, want, "GET", "/_polity/events"+query, "")
	}
}
