package hworg

import (
	"slices"
	"testing"
)

// switched turns a policy type on or off and polls the root until its row has exactly the wanted word; a row that is missing is waited for without end.
func (p *provider) switched(kind, deed, want string) {
	p.t.Helper()
	root := word(p.must("GET", "/v1/organizations/roots", ""), "roots.0.id")
	p.must("POST", policies+"/"+deed, jsonText(map[string]any{"root_id": root, "policy_type": kind}))
	for range 10 {
		types := at(p.must("GET", "/v1/organizations/roots", ""), "roots.0")
		if i := slices.Index(values(types, "policy_types", "type"), kind); i >= 0 && values(types, "policy_types", "status")[i] == want {
			return
		}
	}
	p.t.Fatalf("the type %s is never %s", kind, want)
}

// enabled are the types that the provider reads as enabled.
func (p *provider) enabled() []string {
	p.t.Helper()
	out := []string{}
	root := at(p.must("GET", "/v1/organizations/roots", ""), "roots.0")
	for i, status := range values(root, "policy_types", "status") {
		if status == "enabled" {
			out = append(out, values(root, "policy_types", "type")[i])
		}
	}
	return out
}

func TestTerraformOrganization(t *testing.T) {
	t.Parallel()
	h := empty(t)
	p := h.provider(manager)
	id := word(p.must("POST", organizations, ""), "organization.id")
	root := word(p.must("GET", "/v1/organizations/roots", ""), "roots.0.id")
	p.tagDeed("organizations:roots", root, "create", map[string]string{"k": "v"})
	p.switched("service_control_policy", "enable", "enabled")
	p.switched("tag_policy", "enable", "enabled")
	found := p.must("GET", organizations, "")
	if word(found, "organization.id") != id || word(found, "organization.management_account_id") != manager || word(found, "organization.urn") == "" {
		t.Errorf("read %v", found)
	}
	same(t, p.enabled(), []string{"service_control_policy", "tag_policy"})
	same(t, p.tagsOfType("organizations:roots", root), map[string]string{"k": "v"})
	p.retag("organizations:roots", root, map[string]string{"k": "v"}, map[string]string{"l": "w"})
	p.switched("service_control_policy", "disable", "disabled")
	same(t, p.enabled(), []string{"tag_policy"})
	p.switched("service_control_policy", "enable", "enabled")
	p.switched("tag_policy", "disable", "disabled")
	same(t, p.enabled(), []string{"service_control_policy"})
	p.must("DELETE", organizations, "")
	p.gone("GET", organizations, "")
	p.gone("DELETE", organizations, "")
	p.used("CreateOrganization", "CreateTagResource", "DeleteOrganization", "DeleteTagResource", "DisablePolicyType", "EnablePolicyType", "ListRoots",
		"ListTagResources", "ShowOrganization")
}

func TestTerraformOrganizationalUnit(t *testing.T) {
	t.Parallel()
	h := managed(t)
	p := h.provider(manager)
	id := word(p.must("POST", units, `{"name":"one","parent_id":"`+h.root+`","tags":[]}`), "organizational_unit.id")
	read := func(name string) {
		t.Helper()
		if found := p.must("GET", units+"/"+id, ""); word(found, "organizational_unit.name") != name || word(found, "organizational_unit.created_at") == "" {
			t.Errorf("read %v", found)
		}
		p.tagsOfType("organizations:ous", id)
	}
	read("one")
	p.must("PATCH", units+"/"+id, `{"name":"two"}`)
	p.retag("organizations:ous", id, nil, map[string]string{"k": "v"})
	p.retag("organizations:ous", id, map[string]string{"k": "v"}, map[string]string{})
	p.retag("organizations:ous", id, nil, map[string]string{"k": "v"})
	read("two")
	p.must("DELETE", units+"/"+id, "")
	p.gone("GET", units+"/"+id, "")
	p.gone("DELETE", units+"/"+id, "")
	p.used("CreateOrganizationalUnit", "CreateTagResource", "DeleteOrganizationalUnit", "DeleteTagResource", "ListTagResources",
		"ShowOrganizationalUnit", "UpdateOrganizationalUnit")
}

func TestTerraformTrustedService(t *testing.T) {
	t.Parallel()
	h := managed(t)
	p := h.provider(manager)
	p.must("POST", services+"/enable", `{"service_principal":"service.SecMaster"}`)
	same(t, p.pages(services, "limit=100", "trusted_services", "service_principal"), []string{"service.SecMaster"})
	p.must("POST", services+"/disable", `{"service_principal":"service.SecMaster"}`)
	p.gone("POST", services+"/disable", `{"service_principal":"service.SecMaster"}`, "Organizations.1900")
	if found := p.must("GET", services+"?limit=100", ""); at(found, "trusted_services") == nil || len(values(found, "trusted_services", "service_principal")) != 0 {
		t.Errorf("read %v, want a list that is empty and not null", found)
	}
	p.used("DisableTrustedService", "EnableTrustedService", "ListTrustedServices")
}

func TestTerraformDelegatedAdministrator(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.trust("service.CTS")
	one, p := h.member("member-one"), h.provider(manager)
	p.must("POST", delegates+"/register", delegation(one, "service.CTS"))
	same(t, p.pages(delegates, "service_principal=service.CTS", "delegated_administrators", "account_id"), []string{one})
	p.must("POST", delegates+"/deregister", delegation(one, "service.CTS"))
	same(t, len(p.pages(delegates, "service_principal=service.CTS", "delegated_administrators", "account_id")), 0)
	p.gone("POST", delegates+"/deregister", delegation(one, "service.CTS"), "Organizations.1500")
	p.used("DeregisterDelegatedAdministrator", "ListDelegatedAdministrators", "RegisterDelegatedAdministrator")
}
