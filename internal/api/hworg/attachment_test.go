package hworg

import (
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

func (h *house) attach(policy, entity string) {
	h.t.Helper()
	rec := h.ask("AttachPolicy", manager, "POST", policies+"/"+policy+"/attach", `{"entity_id":"`+entity+`"}`)
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		h.t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
}

func (h *house) detach(policy, entity string) {
	h.t.Helper()
	rec := h.ask("DetachPolicy", manager, "POST", policies+"/"+policy+"/detach", `{"entity_id":"`+entity+`"}`)
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		h.t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
}

func (h *house) attachedTo(policy string) []EntityDto {
	h.t.Helper()
	var out ListEntitiesForPolicyResult
	h.do("ListEntitiesForPolicy", manager, "GET", policies+"/"+policy+"/attached-entities", "", &out)
	return out.AttachedEntities
}

// statuses are what ListRoots tells of the policy types.
func (h *house) statuses() string {
	h.t.Helper()
	var out ListRootsResult
	h.do("ListRoots", manager, "GET", "/v1/organizations/roots", "", &out)
	return strings.Join(hwrest.Each(out.Roots[0].PolicyTypes, func(p PolicyTypeSummaryDto) string { return string(p.Type) + " " + string(p.Status) }), ", ")
}

func TestPolicyTypesAreSwitchedAtOnceAndKeepTheirRows(t *testing.T) {
	t.Parallel()
	h := managed(t)
	const off = "service_control_policy disabled, tag_policy disabled"
	same(t, h.statuses(), off)
	ou, member := h.unit(h.root, "one"), h.member("member-one")
	body := jsonText(map[string]any{"root_id": h.root, "policy_type": "service_control_policy"})
	var on EnablePolicyTypeResult
	for range 2 { // it is safe to repeat
		h.do("EnablePolicyType", manager, "POST", policies+"/enable", body, &on)
		same(t, on.Root.PolicyTypes[0], PolicyTypeSummaryDto{Type: PolicyTypeServiceControlPolicy, Status: PolicyTypeStatusEnabled})
		same(t, h.statuses(), "service_control_policy enabled, tag_policy disabled")
	}
	same(t, len(h.attachedTo("p-FullAccess")), 4)
	for _, entity := range []string{h.root, ou, member, manager, h.unit(ou, "later"), h.member("member-two")} {
		same(t, h.listed("&attached_entity_id="+entity, 10), "p-FullAccess")
	}
	one := h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	h.attach(one, ou)
	var disabled DisablePolicyTypeResult
	h.do("DisablePolicyType", manager, "POST", policies+"/disable", body, &disabled)
	same(t, disabled.Root.PolicyTypes[0], PolicyTypeSummaryDto{Type: PolicyTypeServiceControlPolicy, Status: PolicyTypeStatusDisabled})
	same(t, h.statuses(), off)
	same(t, h.listed("&attached_entity_id="+ou, 10), "")
	same(t, h.listed("", 10), "p-FullAccess "+one)
	h.refused("AttachPolicy", manager, "POST", policies+"/"+one+"/attach", `{"entity_id":"`+ou+`"}`, http.StatusBadRequest, "Organizations.1604")
	h.refused("DisablePolicyType", manager, "POST", policies+"/disable", body, http.StatusBadRequest, "Organizations.1604")
	h.enable(PolicyTypeServiceControlPolicy)
	same(t, h.listed("&attached_entity_id="+ou, 10), "p-FullAccess")
	h.enable(PolicyTypeTagPolicy)
	same(t, h.statuses(), "service_control_policy enabled, tag_policy enabled")
	for _, deed := range []string{"Enable", "Disable"} {
		h.refused(deed+"PolicyType", manager, "POST", policies+"/"+strings.ToLower(deed), `{"root_id":"r-none","policy_type":"tag_policy"}`, http.StatusNotFound, "Organizations.1201")
	}
}

func TestAttachAndDetach(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	ou, member := h.unit(h.root, "one"), h.member("member-one")
	one := h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	for _, entity := range []string{h.root, ou, member} {
		h.attach(one, entity)
	}
	same(t, h.attachedTo(one), []EntityDto{
		{ID: h.root, Name: "root", Type: EntityTypeRoot}, {ID: ou, Name: "one", Type: EntityTypeOrganizationalUnit}, {ID: member, Name: "member-one", Type: EntityTypeAccount},
	})
	var page ListEntitiesForPolicyResult
	h.do("ListEntitiesForPolicy", manager, "GET", policies+"/"+one+"/attached-entities?limit=2", "", &page)
	h.do("ListEntitiesForPolicy", manager, "GET", policies+"/"+one+"/attached-entities?limit=2&marker="+*page.PageInfo.NextMarker, "", &page)
	if len(page.AttachedEntities) != 1 || page.AttachedEntities[0].ID != member || page.PageInfo.NextMarker != nil {
		t.Errorf("got %+v", page)
	}
	h.refused("DeletePolicy", manager, "DELETE", policies+"/"+one, "", http.StatusBadRequest, "Organizations.1603")
	h.detach("p-FullAccess", ou) // another is there
	h.refused("DetachPolicy", manager, "POST", policies+"/"+one+"/detach", `{"entity_id":"`+ou+`"}`, http.StatusBadRequest, "Organizations.1607")
	h.attach("p-FullAccess", ou)
	for _, entity := range []string{h.root, ou, member} {
		h.detach(one, entity)
	}
	same(t, h.attachedTo(one), []EntityDto{})
	h.do("DeletePolicy", manager, "DELETE", policies+"/"+one, "", nil)
}

func TestAnAttachedPolicyBindsTheMember(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	member := h.member("member-one")
	h.do("ShowOrganization", member, "GET", organizations, "", nil)
	h.attach(h.policy(PolicyTypeServiceControlPolicy, "blind", `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["organizations:organizations:get"]}}`), member)
	h.refused("ShowOrganization", member, "GET", organizations, "", http.StatusForbidden, "Organizations.1007")
	h.do("ShowOrganization", manager, "GET", organizations, "", nil)
	h.do("DisablePolicyType", manager, "POST", policies+"/disable", `{"root_id":"`+h.root+`","policy_type":"service_control_policy"}`, nil)
	h.do("ShowOrganization", member, "GET", organizations, "", nil)
}

func TestRefusedAttachments(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	ou := h.unit(h.root, "one")
	var ids []string
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		ids = append(ids, h.policy(PolicyTypeServiceControlPolicy, name, denyLeave))
	}
	for _, id := range ids[:4] {
		h.attach(id, ou)
	}
	for name, test := range map[string]struct {
		operation, policy, entity string
		status                    int
		code                      string
	}{
		"a sixth policy":                     {"Attach", ids[4], ou, http.StatusBadRequest, "Organizations.1614"},
		"a policy that is attached":          {"Attach", ids[0], ou, http.StatusConflict, "Organizations.1606"},
		"a policy that is not there":         {"Attach", "p-none", ou, http.StatusNotFound, "Organizations.1601"},
		"an entity that is not there":        {"Attach", ids[0], "ou-none", http.StatusNotFound, "Organizations.1609"},
		"an account of nobody":               {"Attach", ids[0], stranger, http.StatusNotFound, "Organizations.1609"},
		"detaching what is not attached":     {"Detach", ids[0], h.root, http.StatusBadRequest, "Organizations.1611"},
		"detaching what is not there":        {"Detach", "p-none", ou, http.StatusNotFound, "Organizations.1601"},
		"detaching from what is not there":   {"Detach", ids[0], "ou-none", http.StatusNotFound, "Organizations.1609"},
		"detaching the last one of the root": {"Detach", "p-FullAccess", h.root, http.StatusBadRequest, "Organizations.1607"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			path := policies + "/" + test.policy + "/" + strings.ToLower(test.operation)
			h.refused(test.operation+"Policy", manager, "POST", path, `{"entity_id":"`+test.entity+`"}`, test.status, test.code)
		})
	}
	h.t = t
	h.refused("ListEntitiesForPolicy", manager, "GET", policies+"/p-none/attached-entities", "", http.StatusNotFound, "Organizations.1601")
}
