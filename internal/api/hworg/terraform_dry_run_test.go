package hworg

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// tried posts a configuration as the provider does, members that are empty left out but for the prefix, and polls it every five seconds until it is
// enabled or disabled. It returns the statuses seen.
func (p *provider) tried(status, prefix string) string {
	p.t.Helper()
	body := map[string]any{"root_id": p.root, "policy_type": "service_control_policy", "bucket_prefix": prefix, "bucket_name": "logs", "region_id": "cn-north-4",
		"agency_name": "ServiceLinkedAgencyForOrganizations"}
	if status != "" {
		body["status"] = status
	}
	p.must("POST", dryRunConfig, jsonText(body))
	var seen []string
	for range 60 {
		now := word(p.must("GET", p.dryRunQuery(), ""), "root.status")
		seen = append(seen, now)
		if now == "enabled" || now == "disabled" {
			return strings.Join(slices.Compact(seen), " ")
		}
		p.later(5 * time.Second)
	}
	p.t.Fatal("the dry run stays on its way")
	return ""
}

func TestTerraformPolicyDryRunConfiguration(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Realistic = true
	p := h.provider(manager)
	read := func(status, prefix string) {
		t.Helper()
		root, _ := at(p.must("GET", h.dryRunQuery(), ""), "root").(map[string]any)
		for name, want := range map[string]string{
			"root_id": h.root, "policy_type": "service_control_policy", "status": status, "bucket_name": "logs", "region_id": "cn-north-4", "bucket_prefix": prefix,
			"agency_name": "ServiceLinkedAgencyForOrganizations",
		} {
			same(t, word(root, name), want)
		}
		for _, name := range []string{"created_at", "updated_at"} {
			if _, err := time.Parse(time.RFC3339, word(root, name)); err != nil {
				t.Error(err)
			}
		}
	}
	same(t, p.tried("enabled", ""), "pending_enable enabled")
	read("enabled", "")
	same(t, p.tried("enabled", "tried"), "enabled")
	read("enabled", "tried")
	same(t, p.tried("", ""), "enabled") // without a status in the configuration
	read("enabled", "")
	same(t, p.tried("disabled", ""), "pending_disable disabled") // as destroying does
	read("disabled", "")
	p.used("ShowDryRunConfig", "UpdateDryRunConfig")
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
	p.gone("GET", h.dryRunQuery(), "")
	p.gone("POST", dryRunConfig, jsonText(map[string]any{"root_id": h.root, "policy_type": "service_control_policy", "bucket_prefix": "", "status": "disabled"}))
}

func TestTerraformDryRunPolicy(t *testing.T) {
	t.Parallel()
	h := managed(t)
	p := h.provider(manager)
	body := map[string]any{"name": "one", "type": "service_control_policy", "description": "", "content": denyLeave, "tags": []any{map[string]any{"key": "k", "value": "v"}}}
	id := word(p.must("POST", dryRunPolicies, jsonText(body)), "policy.policy_summary.id")
	path := dryRunPolicies + "/" + id
	read := func(name, description string, tags map[string]string) {
		t.Helper()
		found := p.must("GET", path, "")
		for member, want := range map[string]string{
			"content": denyLeave, "policy_summary.name": name, "policy_summary.type": "service_control_policy", "policy_summary.description": description,
		} {
			same(t, word(found, "policy."+member), want)
		}
		if word(found, "policy.policy_summary.urn") == "" || at(found, "policy.policy_summary.is_builtin") != false {
			t.Errorf("read %v", found)
		}
		if got := p.tagsOfType("organizations:policies", id); !maps.Equal(got, tags) {
			t.Errorf("%v, want %v", got, tags)
		}
	}
	read("one", "", map[string]string{"k": "v"})
	p.must("PATCH", path, jsonText(map[string]any{"name": "two", "content": denyLeave, "description": "of two"}))
	p.retag("organizations:policies", id, map[string]string{"k": "v"}, map[string]string{"l": ""})
	read("two", "of two", map[string]string{"l": ""})
	p.must("PATCH", path, jsonText(map[string]any{"name": "two", "content": denyLeave, "description": ""}))
	read("two", "", map[string]string{"l": ""})
	p.must("DELETE", path, "")
	p.gone("GET", path, "")
	p.gone("DELETE", path, "")
	p.used("CreateDryRunPolicy", "CreateTagResource", "DeleteDryRunPolicy", "DeleteTagResource", "ListTagResources", "ShowDryRunPolicy", "UpdateDryRunPolicy")
}

// TestTerraformDryRunPolicyEntityAttach goes through the resource and the data sources dry_run_policies and dry_run_policy_attached_entities, which
// read by next_marker.
func TestTerraformDryRunPolicyEntityAttach(t *testing.T) {
	t.Parallel()
	h := managed(t)
	p := h.provider(manager)
	p.tried("enabled", "")
	ou, member, id, other := h.unit(h.root, "one"), h.member("member-one"), h.triedPolicy("one"), h.triedPolicy("two")
	path := dryRunPolicies + "/" + id
	p.called = map[string]bool{}
	var attached []string
	for _, entity := range []string{h.root, ou, member} {
		p.must("POST", path+"/attach", `{"entity_id":"`+entity+`"}`)
		attached = append(attached, entity)
		got := p.pages(path+"/attached-entities", "", "attached_entities", "id")
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(attached))) {
			t.Errorf("%v is attached, want %v", got, attached)
		}
	}
	// Markers are the ids of rows too, in each space alone.
	all := p.items(path+"/attached-entities", "attached_entities")
	same(t, len(all), 3)
	for i, entity := range all {
		same(t, values(p.must("GET", path+"/attached-entities?limit=1&marker="+entity, ""), "attached_entities", "id"), all[i+1:min(i+2, len(all))])
	}
	same(t, p.pages(path+"/attached-entities", "limit=1", "attached_entities", "id"), all)
	same(t, slices.Sorted(slices.Values(p.pages(path+"/attached-entities", "", "attached_entities", "name"))), []string{"member-one", "one", "root"})
	p.used("AttachDryRunPolicy", "ListEntitiesForDryRunPolicy")

	for query, want := range map[string][]string{
		"": {id, other}, "policy_type=service_control_policy": {id, other}, "policy_type=service_control_policy&attached_entity_id=" + ou: {id}, "limit=1": {id, other},
	} {
		same(t, p.pages(dryRunPolicies, query, "policies", "id"), want)
	}
	same(t, p.items(dryRunPolicies, "policies"), []string{id, other})
	p.used("ListDryRunPolicies")

	for _, entity := range attached {
		p.must("POST", path+"/detach", `{"entity_id":"`+entity+`"}`)
		if got := p.pages(path+"/attached-entities", "", "attached_entities", "id"); slices.Contains(got, entity) {
			t.Errorf("%s is attached still", entity)
		}
	}
	p.must("DELETE", path, "")
	p.gone("GET", path+"/attached-entities", "")
	p.gone("POST", path+"/detach", `{"entity_id":"`+ou+`"}`)
	p.used("DeleteDryRunPolicy", "DetachDryRunPolicy", "ListEntitiesForDryRunPolicy")
}
