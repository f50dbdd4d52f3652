package hworg

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

func (h *house) tag(id string, pairs ...string) {
	h.t.Helper()
	var tags []any
	for i := 0; i < len(pairs); i += 2 {
		tags = append(tags, map[string]any{"key": pairs[i], "value": pairs[i+1]})
	}
	h.do("TagResource", manager, "POST", "/v1/organizations/resources/"+id+"/tag", jsonText(map[string]any{"tags": tags}), nil)
}

const unitInstances = "/v1/organizations/organizations:ous/resource-instances"

func TestResourceInstancesAreFilteredAndCounted(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one, two, three, bare := h.unit(h.root, "one"), h.unit(h.root, "two"), h.unit(h.root, "three"), h.unit(h.root, "bare")
	h.tag(one, "a", "1", "b", "1")
	h.tag(two, "a", "2", "b", "")
	h.tag(three, "a", "1")
	h.tag(h.root, "a", "1")
	for body, want := range map[string]string{
		`{}`:                                    one + " " + two + " " + three + " " + bare,
		`{"tags":[{"key":"a","values":["1"]}]}`: one + " " + three,
		`{"tags":[{"key":"a","values":["1","2"]}]}`:                                               one + " " + two + " " + three,
		`{"tags":[{"key":"a","values":[]}]}`:                                                      one + " " + two + " " + three,
		`{"tags":[{"key":"a","values":["1","2"]},{"key":"b","values":["1"]}]}`:                    one,
		`{"tags":[{"key":"b","values":[""]}]}`:                                                    two,
		`{"tags":[{"key":"A","values":["1"]}]}`:                                                   "",
		`{"without_any_tag":true}`:                                                                bare,
		`{"without_any_tag":true,"tags":[{"key":"a","values":["1"]}]}`:                            bare,
		`{"matches":[{"key":"resource_name","value":"TW"}]}`:                                      two,
		`{"without_any_tag":false}`:                                                               one + " " + two + " " + three + " " + bare,
		`{"matches":[{"key":"resource_name","value":"two"}]}`:                                     two,
		`{"matches":[{"key":"resource_name","value":""}]}`:                                        "",
		`{"matches":[{"key":"resource_name","value":"two"}],"tags":[{"key":"a","values":["1"]}]}`: "",
	} {
		var seen ListResourceInstancesResult
		h.do("ListResourceInstances", manager, "POST", unitInstances+"/filter", body, &seen)
		ids := hwrest.Each(seen.Resources, func(r ResourceDto) string { return r.ResourceID })
		if got := strings.Join(ids, " "); got != want || seen.TotalCount != len(ids) {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
		var count ShowResourceInstancesCountResult
		h.do("ShowResourceInstancesCount", manager, "POST", unitInstances+"/count", body, &count)
		same(t, count.TotalCount, len(ids))
	}
	for query, want := range map[string]string{
		"?limit=2": one + " " + two, "?limit=2&offset=1": two + " " + three, "?offset=3": bare, "?offset=4": "", "?offset=400": "", "?limit=1&offset=0": one,
	} {
		var seen ListResourceInstancesResult
		h.do("ListResourceInstances", manager, "POST", unitInstances+"/filter"+query, `{}`, &seen)
		if got := strings.Join(hwrest.Each(seen.Resources, func(r ResourceDto) string { return r.ResourceID }), " "); got != want || seen.TotalCount != 4 {
			t.Errorf("%s: got %s of %d, want %s", query, got, seen.TotalCount, want)
		}
	}
}

func TestResourceInstancesOfEachType(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for kind, id := range h.taggables() {
		h.tag(id, "k", "v", "j", "")
		for _, colon := range []string{":", "%3A"} {
			var seen ListResourceInstancesResult
			path := "/v1/organizations/" + strings.Replace(kind, ":", colon, 1)
			h.do("ListResourceInstances", manager, "POST", path+"/resource-instances/filter", `{"tags":[{"key":"k","values":["v"]}]}`, &seen)
			if len(seen.Resources) != 1 || seen.Resources[0].ResourceID != id || *seen.Resources[0].ResourceName == "" {
				t.Fatalf("%s: got %+v", kind, seen)
			}
			same(t, seen.Resources[0].Tags, []Match{{Key: "j"}, {Key: "k", Value: "v"}})
			var tags ListResourceTagsResult
			h.do("ListResourceTags", manager, "GET", path+"/tags", "", &tags)
			same(t, tags.Tags, []TagsDto{{Key: "j", Values: []string{""}}, {Key: "k", Values: []string{"v"}}})
		}
	}
	var untagged ListResourceInstancesResult
	h.do("ListResourceInstances", manager, "POST", "/v1/organizations/organizations:policies/resource-instances/filter", `{"without_any_tag":true}`, &untagged)
	same(t, untagged.Resources, []ResourceDto{}) // the built-in is none that could be tagged
}

func TestListResourceTagsTellsEachKeyOnce(t *testing.T) {
	t.Parallel()
	h := managed(t)
	path := "/v1/organizations/organizations:ous/tags"
	var seen ListResourceTagsResult
	h.do("ListResourceTags", manager, "GET", path, "", &seen)
	same(t, seen.Tags, []TagsDto{})
	h.tag(h.unit(h.root, "one"), "b", "2", "a", "x")
	h.tag(h.unit(h.root, "two"), "b", "1", "B", "1")
	h.tag(h.unit(h.root, "three"), "b", "2")
	h.tag(h.root, "c", "")
	h.do("ListResourceTags", manager, "GET", path, "", &seen)
	same(t, seen.Tags, []TagsDto{{Key: "B", Values: []string{"1"}}, {Key: "a", Values: []string{"x"}}, {Key: "b", Values: []string{"1", "2"}}})
}

func TestRefusedFilters(t *testing.T) {
	t.Parallel()
	h := managed(t)
	keys, values := make([]string, 11), make([]string, 11)
	for i := range 11 {
		keys[i], values[i] = fmt.Sprintf(`{"key":"k%d","values":[]}`, i), fmt.Sprintf(`"v%d"`, i)
	}
	for name, test := range map[string]struct{ query, body string }{
		"a match of another key":    {"", `{"matches":[{"key":"name","value":"x"}]}`},
		"two matches":               {"", `{"matches":[{"key":"resource_name","value":"x"},{"key":"resource_name","value":"y"}]}`},
		"a key that stands twice":   {"", `{"tags":[{"key":"k","values":["1"]},{"key":"k","values":["2"]}]}`},
		"a value that stands twice": {"", `{"tags":[{"key":"k","values":["1","2","1"]}]}`},
		"eleven keys":               {"", `{"tags":[` + strings.Join(keys, ",") + `]}`},
		"eleven values":             {"", `{"tags":[{"key":"k","values":[` + strings.Join(values, ",") + `]}]}`},
		"a negative offset":         {"?offset=-1", `{}`},
		"no body":                   {"", ``},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused("ListResourceInstances", manager, "POST", unitInstances+"/filter"+test.query, test.body, http.StatusBadRequest, "Organizations.1000")
		})
	}
}
