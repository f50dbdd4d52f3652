package hworg

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const (
	policies = "/v1/organizations/policies"

	denyLeave = "{\n  \"Version\": \"5.0\",\n  \"Statement\": [{\"Effect\": \"Deny\", \"Action\": [\"organizations:organizations:leave\"]}]\n}\n"
	teamTag   = `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["red","blue"]}}}}`
)

func (h *house) enable(types ...PolicyType) {
	h.t.Helper()
	for _, p := range types {
		h.do("EnablePolicyType", manager, "POST", policies+"/enable", jsonText(map[string]any{"root_id": h.root, "policy_type": p}), nil)
	}
}

func (h *house) policy(t PolicyType, name, content string) string {
	h.t.Helper()
	var out CreatePolicyResult
	h.do("CreatePolicy", manager, "POST", policies, jsonText(map[string]any{"name": name, "type": t, "content": content}), &out)
	return out.Policy.PolicySummary.ID
}

// listed are the ids of the policies that a query lists, page by page.
func (h *house) listed(query string, limit int) string {
	h.t.Helper()
	var ids []string
	marker := ""
	for {
		var out ListPoliciesResult
		h.do("ListPolicies", manager, "GET", fmt.Sprintf("%s?limit=%d%s%s", policies, limit, query, marker), "", &out)
		ids = append(ids, hwrest.Each(out.Policies, func(p PolicySummaryDto) string { return p.ID })...)
		if out.PageInfo.CurrentCount != len(out.Policies) {
			h.t.Errorf("%d policies on a page that counts %d", len(out.Policies), out.PageInfo.CurrentCount)
		}
		if out.PageInfo.NextMarker == nil {
			return strings.Join(ids, " ")
		}
		if len(out.Policies) != limit {
			h.t.Fatalf("a page of %d that is not the last has %d policies", limit, len(out.Policies))
		}
		marker = "&marker=" + *out.PageInfo.NextMarker
	}
}

func TestAPolicyComesAndGoes(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	var made CreatePolicyResult
	body := jsonText(map[string]any{
		"name": "no leave", "type": "service_control_policy", "description": "stay", "content": denyLeave, "tags": []any{map[string]any{"key": "k", "value": "v"}},
	})
	h.do("CreatePolicy", manager, "POST", policies, body, &made)
	p := made.Policy.PolicySummary
	if made.Policy.Content != denyLeave || p.Name != "no leave" || p.Description != "stay" || p.IsBuiltin || p.Type != PolicyTypeServiceControlPolicy {
		t.Fatalf("got %+v", made)
	}
	if !strings.HasPrefix(p.URN, "organizations::"+manager+":policy:o-") || !strings.HasSuffix(p.URN, "/service_control_policy/"+p.ID) {
		t.Errorf("got %s", p.URN)
	}
	same(t, h.tagsOf(p.ID), []TagDto{{Key: "k", Value: "v"}})
	var seen ShowPolicyResult
	h.do("ShowPolicy", manager, "GET", policies+"/"+p.ID, "", &seen)
	same(t, seen.Policy, made.Policy)
	var changed UpdatePolicyResult
	for body, want := range map[string]string{`{}`: "no leave stay", `{"name":null}`: "no leave stay"} {
		h.do("UpdatePolicy", manager, "PATCH", policies+"/"+p.ID, body, &changed)
		if got := changed.Policy.PolicySummary; got.Name+" "+got.Description != want || changed.Policy.Content != denyLeave {
			t.Errorf("%s: got %+v", body, changed)
		}
	}
	const other = `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["ecs:*"]}}`
	h.do("UpdatePolicy", manager, "PATCH", policies+"/"+p.ID, jsonText(map[string]any{"name": "two", "description": "", "content": other}), &changed)
	if got := changed.Policy; got.PolicySummary.Name != "two" || got.PolicySummary.Description != "" || got.Content != other {
		t.Errorf("got %+v", changed)
	}
	rec := h.ask("DeletePolicy", manager, "DELETE", policies+"/"+p.ID, "")
	if rec.Code != http.StatusNoContent || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.refused("ShowPolicy", manager, "GET", policies+"/"+p.ID, "", http.StatusNotFound, "Organizations.1601")
}

func TestRefusedPolicies(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	h.policy(PolicyTypeServiceControlPolicy, "taken", denyLeave)
	long := `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["` + strings.Repeat("a", 5120) + `:*"]}}`
	for name, test := range map[string]struct {
		name, kind, content string
		status              int
		code                string
	}{
		"a name that is in use":          {"taken", "service_control_policy", denyLeave, http.StatusConflict, "Organizations.1602"},
		"the name of the built-in":       {"FullAccess", "service_control_policy", denyLeave, http.StatusConflict, "Organizations.1602"},
		"a type that is not enabled":     {"one", "tag_policy", teamTag, http.StatusBadRequest, "Organizations.1604"},
		"no JSON":                        {"one", "service_control_policy", "{", http.StatusBadRequest, "Organizations.1605"},
		"the words of another cloud":     {"one", "service_control_policy", `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"}}`, http.StatusBadRequest, "Organizations.1605"},
		"a principal":                    {"one", "service_control_policy", `{"Version":"5.0","Statement":{"Effect":"Deny","Principal":"*","Action":["a:b:c"]}}`, http.StatusBadRequest, "Organizations.1605"},
		"more than 5120 characters":      {"one", "service_control_policy", long, http.StatusBadRequest, "Organizations.1605"},
		"a name with a slash":            {"a/b", "service_control_policy", denyLeave, http.StatusBadRequest, "Organizations.1000"},
		"a type that nobody knows":       {"one", "backup_policy", denyLeave, http.StatusBadRequest, "Organizations.1000"},
		"a description of 513 letters":   {"one", "service_control_policy", denyLeave, http.StatusBadRequest, "Organizations.1000"},
		"a content of 20,001 characters": {"one", "service_control_policy", strings.Repeat(" ", 20001), http.StatusBadRequest, "Organizations.1000"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			body := map[string]any{"name": test.name, "type": test.kind, "content": test.content}
			if strings.HasPrefix(name, "a description") {
				body["description"] = strings.Repeat("d", 513)
			}
			h.refused("CreatePolicy", manager, "POST", policies, jsonText(body), test.status, test.code)
		})
	}
}

func TestRefusedChangesOfPolicies(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	h.policy(PolicyTypeServiceControlPolicy, "taken", denyLeave)
	one := policies + "/" + h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	const built, none = policies + "/p-FullAccess", policies + "/p-none"
	h.refused("UpdatePolicy", manager, "PATCH", one, `{"name":"taken"}`, http.StatusConflict, "Organizations.1602")
	h.refused("UpdatePolicy", manager, "PATCH", one, `{"content":"{}"}`, http.StatusBadRequest, "Organizations.1605")
	h.refused("UpdatePolicy", manager, "PATCH", built, `{"name":"x"}`, http.StatusBadRequest, "Organizations.1608")
	h.refused("UpdatePolicy", manager, "PATCH", none, `{"name":"x"}`, http.StatusNotFound, "Organizations.1601")
	h.refused("DeletePolicy", manager, "DELETE", built, "", http.StatusBadRequest, "Organizations.1608")
	h.refused("DeletePolicy", manager, "DELETE", none, "", http.StatusNotFound, "Organizations.1601")
}

func TestTheLanguageIsThatOfBuiltInsAlone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	own := h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	said := func(id, language string) PolicyDto {
		var out ShowPolicyResult
		h.language = language
		h.do("ShowPolicy", manager, "GET", policies+"/"+id, "", &out)
		return out.Policy
	}
	same(t, said(own, "zh-cn"), said(own, "en-us"))
	same(t, said("p-FullAccess", ""), said("p-FullAccess", "en-us"))
	english, chinese := said("p-FullAccess", "en-us"), said("p-FullAccess", "zh-cn")
	if !english.PolicySummary.IsBuiltin || english.PolicySummary.Description == chinese.PolicySummary.Description {
		t.Errorf("got %+v and %+v", english, chinese)
	}
	if !strings.Contains(english.Content, `"5.0"`) || english.Content != chinese.Content || english.PolicySummary.Name != "FullAccess" {
		t.Errorf("got %+v", english)
	}
}

func TestListPolicies(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeTagPolicy, PolicyTypeServiceControlPolicy)
	tag := h.policy(PolicyTypeTagPolicy, "tag", teamTag)
	one := h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	two := h.policy(PolicyTypeServiceControlPolicy, "two", denyLeave)
	ou := h.unit(h.root, "one")
	for _, id := range []string{tag, two} {
		h.do("AttachPolicy", manager, "POST", policies+"/"+id+"/attach", `{"entity_id":"`+ou+`"}`, nil)
	}
	for limit := 1; limit <= 5; limit++ {
		if got, want := h.listed("", limit), "p-FullAccess "+one+" "+two+" "+tag; got != want {
			t.Errorf("by %d: got %s, want %s", limit, got, want)
		}
		if got, want := h.listed("&attached_entity_id="+ou, limit), "p-FullAccess "+two+" "+tag; got != want {
			t.Errorf("by %d: got %s, want %s", limit, got, want)
		}
		if got := h.listed("&attached_entity_id="+h.root, limit); got != "p-FullAccess" {
			t.Errorf("by %d: got %s", limit, got)
		}
	}
	h.refused("ListPolicies", manager, "GET", policies+"?attached_entity_id=ou-none", "", http.StatusNotFound, "Organizations.1609")
	h.refused("ListPolicies", manager, "GET", policies+"?marker=abcdefghij", "", http.StatusBadRequest, "Organizations.1000")
}
