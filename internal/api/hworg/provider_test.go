package hworg

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// provider sends what the vendor's Terraform provider sends, as one account, and takes answers as its HTTP library does.
type provider struct {
	*house
	account string
	called  map[string]bool // the operations so far
}

func (h *house) provider(account string) *provider {
	return &provider{h, account, map[string]bool{}}
}

// accepted are the statuses that the library takes for success. A POST that answers 204 is an error to it.
var accepted = map[string][]int{
	"GET": {200}, "POST": {200, 201, 202}, "PATCH": {200, 202, 204}, "DELETE": {200, 202, 204},
}

// call sends a request, and returns the answer and, for a failure, what the provider takes it for: its code, or "gone".
func (p *provider) call(method, path, body string) (answer any, failed string) {
	p.t.Helper()
	r := httptest.NewRequestWithContext(p.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("X-Account", p.account)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Language", "en-us")
	rec, c := hwtest.Serve(p.api, r)
	theContract(p.t).Check(p.t, c.Operation, rec)
	p.called[c.Operation] = true
	if rec.Body.Len() > 0 {
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			p.t.Fatal(err)
		}
	}
	switch {
	case slices.Contains(accepted[method], rec.Code):
		return answer, ""
	case rec.Code == http.StatusNotFound, rec.Code == http.StatusUnauthorized && c.Code == "Organizations.1015":
		return nil, "gone"
	}
	return nil, c.Code
}

// must calls and wants a success.
func (p *provider) must(method, path, body string) any {
	p.t.Helper()
	answer, failed := p.call(method, path, body)
	if failed != "" {
		p.t.Fatalf("%s %s fails with %s", method, path, failed)
	}
	return answer
}

// gone calls and wants what the provider takes for "gone": 404, 401 with code 1015, or 400 with one of the codes that the resource names.
func (p *provider) gone(method, path, body string, codes ...string) {
	p.t.Helper()
	if _, failed := p.call(method, path, body); failed != "gone" && !slices.Contains(codes, failed) {
		p.t.Fatalf("%s %s ends with %q, want gone", method, path, failed)
	}
}

// at searches an answer as the provider's path expressions do: keys by dots, "0" for the first of a list; nil when something is missing on the way.
func at(answer any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch v := answer.(type) {
		case map[string]any:
			answer = v[key]
		case []any:
			if len(v) == 0 {
				return nil
			}
			answer = v[0]
		default:
			return nil
		}
	}
	return answer
}

// word is a text in an answer, empty when it is null or missing.
func word(answer any, path string) string {
	s, _ := at(answer, path).(string)
	return s
}

// values are what the rows of a list have under a key.
func values(answer any, list, key string) []string {
	out := []string{}
	rows, _ := at(answer, list).([]any)
	for _, row := range rows {
		out = append(out, word(row, key))
	}
	return out
}

// pages reads a list to its end by next_marker, with the query that the provider begins with.
func (p *provider) pages(path, query, list, key string) []string {
	p.t.Helper()
	var out []string
	for marker := ""; ; {
		parts := slices.DeleteFunc([]string{query, marker}, func(s string) bool { return s == "" })
		target := path
		if len(parts) > 0 {
			target += "?" + strings.Join(parts, "&")
		}
		page := p.must("GET", target, "")
		out = append(out, values(page, list, key)...)
		next := word(page, "page_info.next_marker")
		if next == "" {
			return out
		}
		marker = "marker=" + next
	}
}

// items reads a list as the library's marker pages do, which know no next_marker: with the last row's id, until a page is empty.
func (p *provider) items(path, list string) []string {
	p.t.Helper()
	out := values(p.must("GET", path, ""), list, "id")
	for len(out) > 0 {
		more := values(p.must("GET", path+"?marker="+out[len(out)-1], ""), list, "id")
		if len(more) == 0 {
			break
		}
		out = append(out, more...)
	}
	return out
}

// used wants that the operations called are those that the provider says it uses for a resource or data source.
func (p *provider) used(operations ...string) {
	p.t.Helper()
	slices.Sort(operations)
	if got := slices.Sorted(maps.Keys(p.called)); !slices.Equal(got, operations) {
		p.t.Errorf("called %v, want %v", got, operations)
	}
	p.called = map[string]bool{}
}

// tagsOfType reads tags as the provider does for all its resources.
func (p *provider) tagsOfType(kind, id string) map[string]string {
	p.t.Helper()
	page := p.must("GET", "/v1/organizations/"+kind+"/"+id+"/tags?limit=200", "")
	out := map[string]string{}
	for i, k := range values(page, "tags", "key") {
		out[k] = values(page, "tags", "value")[i]
	}
	return out
}

// retag changes tags as the provider does: it deletes all old pairs, then creates all new ones; it skips the call that has nothing to do.
func (p *provider) retag(kind, id string, before, after map[string]string) {
	p.t.Helper()
	p.tagDeed(kind, id, "delete", before)
	p.tagDeed(kind, id, "create", after)
	same(p.t, p.tagsOfType(kind, id), after)
}

func (p *provider) tagDeed(kind, id, deed string, tags map[string]string) {
	p.t.Helper()
	if len(tags) == 0 {
		return
	}
	var pairs []any
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		pairs = append(pairs, map[string]any{"key": k, "value": tags[k]})
	}
	p.must("POST", "/v1/organizations/"+kind+"/"+id+"/tags/"+deed, jsonText(map[string]any{"tags": pairs}))
}

func TestTheProviderReadsListsByTheLastIDToo(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy, PolicyTypeTagPolicy)
	var made []string
	for _, name := range []string{"one", "two", "three"} {
		made = append(made, h.policy(PolicyTypeServiceControlPolicy, name, denyLeave))
	}
	tag := h.policy(PolicyTypeTagPolicy, "four", teamTag)
	all := append(append([]string{"p-FullAccess"}, made...), tag)
	p := h.provider(manager)
	same(t, p.items(policies, "policies"), all)
	for i, id := range all { // behind each row, in pages of one
		page := p.must("GET", policies+"?limit=1&marker="+id, "")
		got := values(page, "policies", "id")
		if i == len(all)-1 {
			same(t, got, []string{})
			continue
		}
		same(t, got, all[i+1:i+2])
		if more := word(page, "page_info.next_marker") != ""; more != (i < len(all)-2) {
			t.Errorf("behind %s there is more: %t", id, more)
		}
	}
	ou := h.unit(h.root, "one")
	h.attach(made[0], ou)
	h.attach(made[0], h.root)
	same(t, p.items(policies+"/"+made[0]+"/attached-entities", "attached_entities"), []string{ou, h.root})
	h.refused("ListPolicies", manager, "GET", policies+"?marker=p-nowhere", "", http.StatusBadRequest, "Organizations.1000")
	h.refused("ListPolicies", manager, "GET", policies+"?attached_entity_id="+ou+"&marker="+made[1], "", http.StatusBadRequest, "Organizations.1000")
	h.refused("ListEntitiesForPolicy", manager, "GET", policies+"/"+made[0]+"/attached-entities?marker="+manager, "", http.StatusBadRequest, "Organizations.1000")
	h.refused("ListPolicies", stranger, "GET", policies+"?marker="+made[0], "", http.StatusUnauthorized, "Organizations.1015")
}
