package hworg

import (
	"slices"
	"strings"
	"testing"
)

// TestTerraformDataSources reads what each data source of the provider reads, with its queries, and finds what is there.
func TestTerraformDataSources(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	h.enable(PolicyTypeServiceControlPolicy, PolicyTypeTagPolicy)
	h.trust("service.CTS")
	member, closing, ou := h.full("member-one"), h.member("member-two"), h.unit(h.root, "one")
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(member, "service.CTS"), nil)
	h.do("CloseAccount", manager, "POST", accounts+"/"+closing+"/close", "", nil)
	team := h.policy(PolicyTypeTagPolicy, "team", teamTag)
	h.attach(team, h.root)
	h.tag(ou, "k", "v")
	invitation := h.invite(stranger).ID
	const v1 = "/v1/organizations"
	for name, s := range map[string]struct {
		path, query, list, key string
		want                   string
		operation              string
	}{
		"accounts":                 {accounts, "limit=200", "accounts", "id", manager + " " + member + " " + closing, "ListAccounts"},
		"accounts of a parent":     {accounts, "limit=200&parent_id=" + ou, "accounts", "id", "", "ListAccounts"},
		"close_account_status":     {closings, "states=pending_closure&states=suspended", "close_account_statuses", "account_id", closing, "ListCloseAccountStatuses"},
		"create_account_status":    {creations, "states=succeeded", "create_account_statuses", "account_id", closing + " " + member, "ListCreateAccountStatuses"},
		"delegated_services":       {accounts + "/" + member + "/delegated-services", "", "delegated_services", "service_principal", "service.CTS", "ListDelegatedServices"},
		"organizational_units":     {units, "limit=200&parent_id=" + h.root, "organizational_units", "name", "one", "ListOrganizationalUnits"},
		"policies":                 {policies, "", "policies", "name", "FullAccess team", "ListPolicies"},
		"policy_attached_entities": {policies + "/" + team + "/attached-entities", "", "attached_entities", "id", h.root, "ListEntitiesForPolicy"},
		"quotas":                   {v1 + "/quotas", "", "quotas.resources", "type", "account organizational_unit policy close_account_count_in_30_days service_control_policy_per_entity", "ListQuotas"},
		"resource_tags":            {v1 + "/organizations:ous/tags", "", "tags", "key", "k", "ListResourceTags"},
		"sent_invitations":         {sent, "", "handshakes", "id", invitation, "ListHandshakes"},
		"tag_policy_services":      {v1 + "/tag-policy-services", "", "services", "service_name", "*organizations", "ListTagPolicyServices"},
		"trusted_services":         {services, "limit=100", "trusted_services", "service_principal", "service.CTS", "ListTrustedServices"},
	} {
		t.Run(name, func(t *testing.T) {
			p := h.provider(manager)
			got := p.pages(s.path, s.query, s.list, s.key)
			want, among := strings.CutPrefix(s.want, "*")
			if joined := strings.Join(got, " "); joined != want && (!among || !slices.Contains(got, want)) {
				t.Errorf("read %s, want %s", joined, want)
			}
			p.used(s.operation)
		})
	}
	p := h.provider(manager)
	found := p.must("GET", v1+"/entities/effective-policies?entity_id="+member+"&policy_type=tag_policy", "")
	if word(found, "policy_content") == "" || word(found, "last_updated_at") == "" {
		t.Errorf("read %v", found)
	}
	p.used("ShowEffectivePolicies")
	found = p.must("GET", v1+"/services", "")
	if list, _ := at(found, "services").([]any); !slices.Contains(list, any("service.CTS")) {
		t.Errorf("read %v", found)
	}
	p.used("ListServices")
	found = p.must("POST", unitInstances+"/filter?limit=100&offset=0", `{"tags":[{"key":"k","values":["v"]}],"matches":null}`)
	if at(found, "total_count") != 1.0 || word(found, "resources.0.resource_id") != ou || word(found, "resources.0.tags.0.value") != "v" {
		t.Errorf("read %v", found)
	}
	p.must("POST", unitInstances+"/filter?limit=100&offset=0", `{"tags":null,"matches":null}`)
	p.used("ListResourceInstances")
	p.must("GET", organizations, "")
	same(t, p.enabled(), []string{"service_control_policy", "tag_policy"})
	p.tagsOfType("organizations:roots", h.root)
	p.used("ListRoots", "ListTagResources", "ShowOrganization")
	guest := h.provider(stranger)
	same(t, guest.pages(received, "", "handshakes", "id"), []string{invitation})
	guest.used("ListReceivedHandshakes")
}
