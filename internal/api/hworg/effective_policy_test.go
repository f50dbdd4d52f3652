package hworg

import (
	"net/http"
	"testing"
	"time"
)

const effective = "/v1/organizations/entities/effective-policies?policy_type=tag_policy&entity_id="

func (h *house) effective(account, caller string) string {
	h.t.Helper()
	var out ShowEffectivePoliciesResult
	h.do("ShowEffectivePolicies", caller, "GET", effective+account, "", &out)
	if out.EntityID != account || out.PolicyType != EffectivePolicyTypeTagPolicy || time.Time(out.LastUpdatedAt).IsZero() {
		h.t.Errorf("got %+v", out)
	}
	return out.PolicyContent
}

func TestAnEffectivePolicyIsMergedFromTheRootDown(t *testing.T) {
	t.Parallel()
	h := managed(t)
	ou, member := h.unit(h.root, "one"), h.member("member-one")
	h.do("MoveAccount", manager, "POST", accounts+"/"+member+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+ou+`"}`, nil)
	h.refused("ShowEffectivePolicies", manager, "GET", effective+member, "", http.StatusNotFound, "Organizations.1610")
	h.enable(PolicyTypeTagPolicy)
	h.refused("ShowEffectivePolicies", manager, "GET", effective+member, "", http.StatusNotFound, "Organizations.1610")
	h.attach(h.policy(PolicyTypeTagPolicy, "team", teamTag), h.root)
	h.attach(h.policy(PolicyTypeTagPolicy, "green", `{"tags":{"team":{"tag_value":{"@@append":["green"],"@@remove":["red"]}}}}`), ou)
	h.attach(h.policy(PolicyTypeTagPolicy, "enforced", `{"tags":{"team":{"enforced_for":{"@@assign":["organizations:*"]}}}}`), member)
	same(t, h.effective(manager, manager), `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`)
	want := `{"tags":{"team":{"tag_key":"Team","tag_value":["blue","green"],"enforced_for":["organizations:*"]}}}`
	same(t, h.effective(member, manager), want)
	same(t, h.effective(member, member), want)
	h.refused("ShowEffectivePolicies", member, "GET", effective+manager, "", http.StatusUnauthorized, "Organizations.1002")
	for id, want := range map[string]struct {
		status int
		code   string
	}{
		ou: {http.StatusBadRequest, "Organizations.1000"}, h.root: {http.StatusBadRequest, "Organizations.1000"},
		"none": {http.StatusNotFound, "Organizations.1609"}, stranger: {http.StatusNotFound, "Organizations.1609"},
	} {
		h.refused("ShowEffectivePolicies", manager, "GET", effective+id, "", want.status, want.code)
	}
	h.refused("ShowEffectivePolicies", manager, "GET", "/v1/organizations/entities/effective-policies?policy_type=service_control_policy&entity_id="+member,
		"", http.StatusBadRequest, "Organizations.1000")
}

func TestTagsKeepTheEffectiveTagPolicy(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeTagPolicy)
	h.attach(h.policy(PolicyTypeTagPolicy, "team",
		`{"tags":{"team":{"tag_value":{"@@assign":["red"]},"enforced_for":{"@@assign":["organizations:ous"]}}}}`), h.root)
	ou := h.unit(h.root, "one")
	const path = "/v1/organizations/resources/"
	h.refused("TagResource", manager, "POST", path+ou+"/tag", `{"tags":[{"key":"team","value":"blue"}]}`, http.StatusBadRequest, "Organizations.1703")
	h.do("TagResource", manager, "POST", path+ou+"/tag", `{"tags":[{"key":"team","value":"red"}]}`, nil)
	h.do("TagResource", manager, "POST", path+h.root+"/tag", `{"tags":[{"key":"team","value":"blue"}]}`, nil)
}
