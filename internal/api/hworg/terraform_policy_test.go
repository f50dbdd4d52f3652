package hworg

import (
	"slices"
	"testing"
)

func TestTerraformPolicy(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy, PolicyTypeTagPolicy)
	for kind, content := range map[string]string{"service_control_policy": denyLeave, "tag_policy": teamTag} {
		p := h.provider(manager)
		made := p.must("POST", policies, jsonText(map[string]any{"name": "one", "type": kind, "content": content, "tags": []any{}}))
		id := word(made, "policy.policy_summary.id")
		read := func(name, description string) {
			t.Helper()
			found := p.must("GET", policies+"/"+id, "")
			if word(found, "policy.content") != content || word(found, "policy.policy_summary.name") != name || word(found, "policy.policy_summary.type") != kind ||
				word(found, "policy.policy_summary.description") != description || word(found, "policy.policy_summary.urn") == "" {
				t.Errorf("read %v", found)
			}
			p.tagsOfType("organizations:policies", id)
		}
		read("one", "")
		p.must("PATCH", policies+"/"+id, jsonText(map[string]any{"name": "two", "content": content, "description": "of two"}))
		p.retag("organizations:policies", id, nil, map[string]string{"k": "v"})
		read("two", "of two")
		p.must("PATCH", policies+"/"+id, jsonText(map[string]any{"name": "two", "content": content, "description": ""}))
		p.retag("organizations:policies", id, map[string]string{"k": "v"}, map[string]string{})
		read("two", "")
		p.must("DELETE", policies+"/"+id, "")
		p.gone("GET", policies+"/"+id, "")
		p.gone("DELETE", policies+"/"+id, "")
		p.used("CreatePolicy", "CreateTagResource", "DeletePolicy", "DeleteTagResource", "ListTagResources", "ShowPolicy", "UpdatePolicy")
	}
}

func TestTerraformPolicyAttach(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	ou, member, id := h.unit(h.root, "one"), h.member("member-one"), h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	p := h.provider(manager)
	path := policies + "/" + id
	for _, entity := range []string{h.root, ou, member} {
		p.must("POST", path+"/attach", `{"entity_id":"`+entity+`"}`)
		if got := p.items(path+"/attached-entities", "attached_entities"); !slices.Contains(got, entity) {
			t.Errorf("%s is not among %v", entity, got)
		}
		p.must("POST", path+"/detach", `{"entity_id":"`+entity+`"}`)
		same(t, len(p.items(path+"/attached-entities", "attached_entities")), 0)
	}
	p.must("DELETE", path, "")
	p.gone("GET", path+"/attached-entities", "")
	p.used("AttachPolicy", "DeletePolicy", "DetachPolicy", "ListEntitiesForPolicy")
}
