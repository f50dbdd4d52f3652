package hworg

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// walk reads a list page by page and returns the ids or names under key. It fails when a page but the last is not full, when one says a wrong
// count, and when the last is empty behind others. Between is called after each page.
func (h *house) walk(operation, path, list, key string, limit int, between func()) []string {
	h.t.Helper()
	var out []string
	marker, pages := "", 0
	for {
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		var page map[string]json.RawMessage
		h.do(operation, manager, "GET", path+sep+"limit="+strconv.Itoa(limit)+"&marker="+marker, "", &page)
		var rows []map[string]any
		var info PageInfoDto
		if err := json.Unmarshal(page[list], &rows); err != nil {
			h.t.Fatal(err)
		}
		if err := json.Unmarshal(page["page_info"], &info); err != nil {
			h.t.Fatal(err)
		}
		if info.CurrentCount != len(rows) {
			h.t.Fatalf("%s: %d rows, current_count %d", path, len(rows), info.CurrentCount)
		}
		for _, r := range rows {
			out = append(out, r[key].(string))
		}
		if pages++; info.NextMarker == nil {
			if len(rows) == 0 && pages > 1 {
				h.t.Fatalf("%s: the last page is empty", path)
			}
			return out
		}
		if len(rows) != limit || len(*info.NextMarker) > 400 || pages > 100 {
			h.t.Fatalf("%s: page %d has %d rows of %d, marker %q", path, pages, len(rows), limit, *info.NextMarker)
		}
		marker = *info.NextMarker
		between()
	}
}

func TestAListIsReadWholeWhileRowsAreInserted(t *testing.T) {
	t.Parallel()
	h := managed(t)
	top := h.unit(h.root, "top")
	var below, everyone []string
	everyone = append(everyone, manager)
	for i := range 7 {
		below = append(below, h.unit(top, "unit-"+strconv.Itoa(i)))
		everyone = append(everyone, h.member("member-"+strconv.Itoa(i)))
	}
	late := 0
	inserting := func() func() {
		left := 2 // else a walk by one would never reach the end
		return func() {
			if left--; left < 0 {
				return
			}
			late++
			h.unit(top, "late-unit-"+strconv.Itoa(late))
			if late < 3 { // ten accounts are the vendor's quota
				h.member("late-member-" + strconv.Itoa(late))
			}
		}
	}
	for name, test := range map[string]struct {
		operation, path, list string
		want                  []string
	}{
		"units of a parent":    {"ListOrganizationalUnits", units + "?parent_id=" + top, "organizational_units", below},
		"all units":            {"ListOrganizationalUnits", units, "organizational_units", append([]string{top}, below...)},
		"accounts of the root": {"ListAccounts", accounts + "?parent_id=" + h.root, "accounts", everyone},
		"all accounts":         {"ListAccounts", accounts, "accounts", everyone},
		"entities of a unit":   {"ListEntities", entities + "?parent_id=" + top, "entities", below},
		"entities of the root": {"ListEntities", entities + "?parent_id=" + h.root, "entities", append([]string{top}, everyone...)},
		"creations":            {"ListCreateAccountStatuses", creations, "create_account_statuses", nil},
	} {
		for _, limit := range []int{1, 3, 7} {
			got := h.walk(test.operation, test.path, test.list, "id", limit, inserting())
			sorted := slices.Sorted(slices.Values(got))
			if len(slices.Compact(slices.Clone(sorted))) != len(got) {
				t.Errorf("%s by %d: a row twice in %v", name, limit, got)
			}
			at := -1
			for _, id := range test.want {
				next := slices.Index(got, id)
				if next <= at {
					t.Errorf("%s by %d: %s is missing or out of order", name, limit, id)
				}
				at = next
			}
		}
	}
}

func TestTheLastPageIsTheOneThatNothingFollows(t *testing.T) {
	t.Parallel()
	h := managed(t)
	top := h.unit(h.root, "top")
	for i := range 4 {
		h.unit(top, "unit-"+strconv.Itoa(i))
	}
	for _, limit := range []int{1, 2, 4, 5, 2000} {
		for path, operation := range map[string]string{entities + "?parent_id=" + top: "ListEntities", units + "?parent_id=" + top: "ListOrganizationalUnits"} {
			list := map[string]string{"ListEntities": "entities", "ListOrganizationalUnits": "organizational_units"}[operation]
			if got := h.walk(operation, path, list, "id", limit, func() {}); len(got) != 4 {
				t.Errorf("%s by %d: got %v", path, limit, got)
			}
		}
	}
}

func TestTagsAreListedByPages(t *testing.T) {
	t.Parallel()
	h := managed(t)
	long := strings.Repeat("标", 120) // three bytes each: more than a marker holds
	var tags []map[string]string
	var want []string
	for i := range 3 {
		want = append(want, fmt.Sprintf("k%d", i), long+strconv.Itoa(i), "another"+long+strconv.Itoa(i))
	}
	for _, k := range want {
		tags = append(tags, map[string]string{"key": k, "value": ""})
	}
	slices.Sort(want)
	h.do("TagResource", manager, "POST", "/v1/organizations/resources/"+h.root+"/tag", jsonText(map[string]any{"tags": tags}), nil)
	for limit := 1; limit <= 10; limit++ {
		for path, operation := range map[string]string{
			"/v1/organizations/resources/" + h.root + "/tags":           "ListTagsForResource",
			"/v1/organizations/organizations:roots/" + h.root + "/tags": "ListTagResources",
		} {
			same(t, h.walk(operation, path, "tags", "key", limit, func() {}), want)
		}
	}
}

func TestAMarkerOpensOnlyItsOwnList(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.unit(h.root, "one")
	h.unit(h.root, "two")
	h.member("member-one")
	marker := func(operation, path string) string {
		var out struct {
			PageInfo PageInfoDto `json:"page_info"`
		}
		h.do(operation, manager, "GET", path, "", &out)
		return *out.PageInfo.NextMarker
	}
	byUnits := marker("ListOrganizationalUnits", units+"?limit=1&parent_id="+h.root)
	h.do("ListOrganizationalUnits", manager, "GET", units+"?parent_id="+h.root+"&marker="+byUnits, "", nil)
	for path, operation := range map[string]string{
		units + "?marker=" + byUnits:                                     "ListOrganizationalUnits",
		units + "?parent_id=" + one + "&marker=" + byUnits:               "ListOrganizationalUnits",
		entities + "?parent_id=" + h.root + "&marker=" + byUnits:         "ListEntities",
		accounts + "?parent_id=" + h.root + "&marker=" + byUnits:         "ListAccounts",
		accounts + "?marker=abcdefgh":                                    "ListAccounts",
		creations + "?marker=" + byUnits:                                 "ListCreateAccountStatuses",
		"/v1/organizations/resources/" + one + "/tags?marker=" + byUnits: "ListTagsForResource",
	} {
		h.refused(operation, manager, "GET", path, "", http.StatusBadRequest, "Organizations.1000")
	}
	h.do("CreateOrganization", stranger, "POST", organizations, "", nil)
	h.refused("ListOrganizationalUnits", stranger, "GET", units+"?parent_id="+h.root+"&marker="+byUnits, "", http.StatusBadRequest, "Organizations.1000")
}

func TestAMarkerDoesNotOutliveItsOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var out struct {
		PageInfo PageInfoDto `json:"page_info"`
	}
	h.do("ListEntities", manager, "GET", entities+"?limit=1", "", &out)
	path := entities + "?marker=" + *out.PageInfo.NextMarker
	h.do("ListEntities", manager, "GET", path, "", nil)
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
	h.do("CreateOrganization", manager, "POST", organizations, "", nil)
	h.refused("ListEntities", manager, "GET", path, "", http.StatusBadRequest, "Organizations.1000")
}
