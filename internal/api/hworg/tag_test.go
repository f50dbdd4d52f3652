package hworg

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func (h *house) tagsOf(id string) []TagDto {
	h.t.Helper()
	var out ListTagsForResourceResult
	h.do("ListTagsForResource", manager, "GET", "/v1/organizations/resources/"+id+"/tags", "", &out)
	if out.PageInfo.CurrentCount != len(out.Tags) || out.PageInfo.NextMarker != nil {
		h.t.Fatalf("got %+v", out)
	}
	return out.Tags
}

// taggables returns one resource of each type.
func (h *house) taggables() map[string]string {
	h.enable(PolicyTypeServiceControlPolicy)
	return map[string]string{
		"organizations:accounts": h.member("member-one"), "organizations:ous": h.unit(h.root, "one"), "organizations:roots": h.root,
		"organizations:policies": h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave),
	}
}

func TestTagsByKey(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for kind, id := range h.taggables() {
		path := "/v1/organizations/resources/" + id
		rec := h.ask("TagResource", manager, "POST", path+"/tag", `{"tags":[{"key":"b","value":"1"},{"key":"a","value":""}]}`)
		if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
			t.Fatalf("%s: got %d %s", kind, rec.Code, rec.Body)
		}
		h.do("TagResource", manager, "POST", path+"/tag", `{"tags":[{"key":"b","value":"2"}]}`, nil)
		same(t, h.tagsOf(id), []TagDto{{Key: "a"}, {Key: "b", Value: "2"}})
		for range 2 { // removing what is gone is no error
			rec = h.ask("UntagResource", manager, "POST", path+"/untag", `{"tag_keys":["a","none"]}`)
			if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
				t.Fatalf("%s: got %d %s", kind, rec.Code, rec.Body)
			}
		}
		same(t, h.tagsOf(id), []TagDto{{Key: "b", Value: "2"}})
	}
}

func TestTagsByType(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for kind, id := range h.taggables() {
		for _, colon := range []string{":", "%3A", "%3a"} {
			path := "/v1/organizations/" + strings.Replace(kind, ":", colon, 1) + "/" + id + "/tags"
			rec := h.ask("CreateTagResource", manager, "POST", path+"/create", `{"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}`)
			if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
				t.Fatalf("%s: got %d %s", path, rec.Code, rec.Body)
			}
			var seen ListTagResourcesResult
			h.do("ListTagResources", manager, "GET", path, "", &seen)
			same(t, seen.Tags, []TagDto{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}})
			// The key says which tag, whatever value stands beside it.
			rec = h.ask("DeleteTagResource", manager, "POST", path+"/delete", `{"tags":[{"key":"a","value":"other"},{"key":"b","value":"2"},{"key":"c","value":""}]}`)
			if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
				t.Fatalf("%s: got %d %s", path, rec.Code, rec.Body)
			}
			same(t, h.tagsOf(id), []TagDto{})
		}
	}
}

func TestTheIdIsOfTheNamedType(t *testing.T) {
	t.Parallel()
	h := managed(t)
	all := h.taggables()
	const tags = `{"tags":[{"key":"a","value":"1"}]}`
	for kind := range all {
		for other, id := range all {
			if kind == other {
				id = "none"
			}
			path := "/v1/organizations/" + kind + "/" + id + "/tags"
			h.refused("CreateTagResource", manager, "POST", path+"/create", tags, http.StatusNotFound, "Organizations.1701")
			h.refused("DeleteTagResource", manager, "POST", path+"/delete", tags, http.StatusNotFound, "Organizations.1701")
			h.refused("ListTagResources", manager, "GET", path, "", http.StatusNotFound, "Organizations.1701")
		}
	}
	for _, id := range all {
		same(t, h.tagsOf(id), []TagDto{})
	}
	h.refused("ListTagResources", manager, "GET", "/v1/organizations/organizations:policies/p-FullAccess/tags", "", http.StatusNotFound, "Organizations.1701")
}

func TestRefusedTags(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var twenty []string
	for i := range 20 {
		twenty = append(twenty, fmt.Sprintf(`{"key":"k%02d","value":"v"}`, i))
	}
	path := "/v1/organizations/resources/" + h.root + "/tag"
	h.do("TagResource", manager, "POST", path, `{"tags":[`+strings.Join(twenty, ",")+`]}`, nil)
	for name, test := range map[string]struct {
		path, body string
		status     int
		code       string
	}{
		"a tag over the limit":       {path, `{"tags":[{"key":"one-more","value":""}]}`, http.StatusBadRequest, "Organizations.1702"},
		"a resource that is missing": {"/v1/organizations/resources/none/tag", `{"tags":[{"key":"k","value":""}]}`, http.StatusNotFound, "Organizations.1701"},
		"a key that stands twice":    {path, `{"tags":[{"key":"k00","value":"1"},{"key":"k00","value":"2"}]}`, http.StatusBadRequest, "Organizations.1000"},
		"no tag":                     {path, `{"tags":[]}`, http.StatusBadRequest, "Organizations.1000"},
		"null for a value":           {path, `{"tags":[{"key":"k00","value":null}]}`, http.StatusBadRequest, "Organizations.1000"},
		"a value of 256 characters":  {path, `{"tags":[{"key":"k00","value":"` + strings.Repeat("v", 256) + `"}]}`, http.StatusBadRequest, "Organizations.1000"},
		"a stranger's account":       {"/v1/organizations/resources/" + stranger + "/tag", `{"tags":[{"key":"k","value":""}]}`, http.StatusNotFound, "Organizations.1701"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused("TagResource", manager, "POST", test.path, test.body, test.status, test.code)
		})
	}
	h.t = t
	h.do("TagResource", manager, "POST", path, `{"tags":[{"key":"k00","value":"another"}]}`, nil)
	h.refused("UntagResource", manager, "POST", "/v1/organizations/resources/none/untag", `{"tag_keys":["k"]}`, http.StatusNotFound, "Organizations.1701")
	h.refused("ListTagsForResource", manager, "GET", "/v1/organizations/resources/none/tags", "", http.StatusNotFound, "Organizations.1701")
}
