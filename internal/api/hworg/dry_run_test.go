package hworg

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

const (
	dryRunConfig   = "/v1/organizations/dry-run-config"
	dryRunPolicies = "/v1/organizations/dry-run-policies"
)

func (h *house) dryRunQuery() string {
	return dryRunConfig + "?root_id=" + h.root + "&policy_type=service_control_policy"
}

// configure posts what the provider posts, members that are empty left out but for the prefix.
func (h *house) configure(status, bucket, prefix string) {
	h.t.Helper()
	body := map[string]any{"root_id": h.root, "policy_type": "service_control_policy", "bucket_prefix": prefix}
	for name, value := range map[string]string{"status": status, "bucket_name": bucket, "region_id": "cn-north-4", "agency_name": "ServiceLinkedAgencyForOrganizations"} {
		if value != "" {
			body[name] = value
		}
	}
	h.do("UpdateDryRunConfig", manager, "POST", dryRunConfig, jsonText(body), nil)
}

func (h *house) config() DryRunConfigDto {
	h.t.Helper()
	var out ShowDryRunConfigResult
	h.do("ShowDryRunConfig", manager, "GET", h.dryRunQuery(), "", &out)
	return out.Root
}

func (h *house) triedPolicy(name string) string {
	h.t.Helper()
	var out CreateDryRunPolicyResult
	h.do("CreateDryRunPolicy", manager, "POST", dryRunPolicies, jsonText(map[string]any{
		"name": name, "type": "service_control_policy", "description": "", "content": denyLeave, "tags": []any{map[string]any{"key": "k", "value": "v"}},
	}), &out)
	return out.Policy.PolicySummary.ID
}

// TestADryRunIsConfiguredAsTheProviderDoes goes through the resource policy_dry_run_configuration: it posts, polls until the status is enabled or disabled, and
// posts "disabled" to destroy.
func TestADryRunIsConfiguredAsTheProviderDoes(t *testing.T) {
	t.Parallel()
	h := managed(t)
	if got := h.config(); got.Status != PolicyTypeStatusDisabled || got.RootID != h.root || got.PolicyType != DryRunPolicyTypeServiceControlPolicy {
		t.Fatalf("an untouched one is %+v", got)
	}
	h.configure("enabled", "one-logs", "deep/prefix")
	got := h.config()
	if got.Status != PolicyTypeStatusEnabled || *got.BucketName != "one-logs" || *got.BucketPrefix != "deep/prefix" || *got.RegionID != "cn-north-4" || *got.AgencyName == "" {
		t.Fatalf("got %+v", got)
	}
	h.configure("enabled", "two-logs", "")
	if got = h.config(); got.Status != PolicyTypeStatusEnabled || *got.BucketName != "two-logs" || *got.BucketPrefix != "" {
		t.Fatalf("got %+v", got)
	}
	h.configure("disabled", "two-logs", "")
	if got = h.config(); got.Status != PolicyTypeStatusDisabled || *got.BucketName != "two-logs" {
		t.Fatalf("got %+v", got)
	}
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
	h.refused("ShowDryRunConfig", manager, "GET", h.dryRunQuery(), "", http.StatusUnauthorized, "Organizations.1015")
}

func TestRefusedDryRunConfigurations(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("member-1")
	const agency = `"agency_name":"ServiceLinkedAgencyForOrganizations"`
	body := func(root, rest string) string {
		return `{"root_id":"` + root + `","policy_type":"service_control_policy","status":"enabled",` + rest + `}`
	}
	for _, c := range []struct {
		account, body string
		status        int
		code          string
	}{
		{manager, body(h.root, agency), 400, "Organizations.1000"},
		{manager, body(h.root, `"bucket_name":"logs"`), 400, "Organizations.1000"},
		{manager, body(h.root, `"bucket_name":"../x",`+agency), 400, "Organizations.1000"},
		{manager, body(h.root, `"bucket_name":"logs","bucket_prefix":"a/../../b",`+agency), 400, "Organizations.1000"},
		{manager, body(h.root, `"bucket_name":"logs","agency_name":"nobody"`), 400, "Organizations.1000"},
		{manager, body("r-000000000000", `"bucket_name":"logs",`+agency), 404, "Organizations.1201"},
		{manager, `{"root_id":"` + h.root + `","policy_type":"tag_policy"}`, 400, "Organizations.1000"},
		{manager, `{"root_id":"` + h.root + `","policy_type":"service_control_policy","status":"pending_enable"}`, 400, "Organizations.1000"},
		{manager + "-user", body(h.root, `"bucket_name":"logs",`+agency), 403, "Organizations.1007"},
		{member, body(h.root, `"bucket_name":"logs",`+agency), 401, "Organizations.1001"},
		{stranger, body(h.root, `"bucket_name":"logs",`+agency), 401, "Organizations.1015"},
	} {
		h.refused("UpdateDryRunConfig", c.account, "POST", dryRunConfig, c.body, c.status, c.code)
	}
	h.refused("ShowDryRunConfig", member, "GET", h.dryRunQuery(), "", 401, "Organizations.1002")
	h.refused("ShowDryRunConfig", manager, "GET", dryRunConfig+"?root_id="+h.root, "", 400, "Organizations.1000")
	h.refused("ShowDryRunConfig", manager, "GET", dryRunConfig+"?root_id=r-000000000000&policy_type=service_control_policy", "", 404, "Organizations.1201")
	if h.config().Status != PolicyTypeStatusDisabled {
		t.Error("a refused change is one")
	}
}

// TestADryRunPolicyComesAndGoes goes through the resources dry_run_policy and dry_run_policy_entity_attach and their data sources.
func TestADryRunPolicyComesAndGoes(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.triedPolicy("one")
	for _, c := range []struct {
		change map[string]any
		status int
		code   string
	}{
		{map[string]any{"name": "one"}, 409, "Organizations.1602"}, {map[string]any{"name": " x"}, 400, "Organizations.1000"},
		{map[string]any{"content": `{"Version":"5.0","Statement":[{"Effect":"Allow","Action":["*"]}]}`}, 400, "Organizations.1605"},
		{map[string]any{"type": "tag_policy"}, 400, "Organizations.1000"},
	} {
		body := map[string]any{"name": "x", "type": "service_control_policy", "description": "", "content": denyLeave}
		maps.Copy(body, c.change)
		h.refused("CreateDryRunPolicy", manager, "POST", dryRunPolicies, jsonText(body), c.status, c.code)
	}
	unit := h.unit(h.root, "unit")
	var shown ShowDryRunPolicyResult
	h.do("ShowDryRunPolicy", manager, "GET", dryRunPolicies+"/"+id, "", &shown)
	if s := shown.Policy.PolicySummary; shown.Policy.Content != denyLeave || s.Type != PolicyTypeServiceControlPolicy || s.IsBuiltin || s.Description != "" || !strings.HasSuffix(s.URN, "/service_control_policy/"+id) {
		t.Errorf("got %+v", shown)
	}
	var tags ListTagResourcesResult
	h.do("ListTagResources", manager, "GET", "/v1/organizations/organizations:policies/"+id+"/tags", "", &tags)
	same(t, tags.Tags, []TagDto{{Key: "k", Value: "v"}})
	attachment := dryRunPolicies + "/" + id
	entity := `{"entity_id":"` + unit + `"}`
	h.refused("AttachDryRunPolicy", manager, "POST", attachment+"/attach", entity, 400, "Organizations.1604")
	h.configure("enabled", "logs", "")
	h.do("AttachDryRunPolicy", manager, "POST", attachment+"/attach", entity, nil)
	h.refused("AttachDryRunPolicy", manager, "POST", attachment+"/attach", entity, 409, "Organizations.1606")
	h.refused("AttachDryRunPolicy", manager, "POST", attachment+"/attach", `{"entity_id":"ou-none"}`, 404, "Organizations.1609")
	var entities ListEntitiesForDryRunPolicyResult
	h.do("ListEntitiesForDryRunPolicy", manager, "GET", attachment+"/attached-entities", "", &entities)
	same(t, entities.AttachedEntities, []EntityDto{{ID: unit, Name: "unit", Type: EntityTypeOrganizationalUnit}})
	for query, want := range map[string]int{"": 1, "?policy_type=service_control_policy": 1, "?attached_entity_id=" + unit: 1, "?attached_entity_id=" + h.root: 0, "?limit=1&marker=" + id: 0} {
		var out ListDryRunPoliciesResult
		h.do("ListDryRunPolicies", manager, "GET", dryRunPolicies+query, "", &out)
		if len(out.Policies) != want || out.PageInfo.CurrentCount != want {
			t.Errorf("%q lists %+v", query, out)
		}
	}
	h.refused("ListDryRunPolicies", manager, "GET", dryRunPolicies+"?policy_type=tag_policy", "", 400, "Organizations.1000")
	h.refused("DeleteDryRunPolicy", manager, "DELETE", attachment, "", 400, "Organizations.1603")
	h.do("UpdateDryRunPolicy", manager, "PATCH", attachment, `{"name":"two","content":`+quoted(denyLeave)+`,"description":"d"}`, nil)
	h.configure("disabled", "logs", "") // keeps what is attached, so that the provider may detach in any order
	h.do("DetachDryRunPolicy", manager, "POST", attachment+"/detach", entity, nil)
	h.refused("DetachDryRunPolicy", manager, "POST", attachment+"/detach", entity, 400, "Organizations.1611")
	h.do("DeleteDryRunPolicy", manager, "DELETE", attachment, "", nil)
	for _, c := range [][3]string{{"ShowDryRunPolicy", "GET", ""}, {"DeleteDryRunPolicy", "DELETE", ""}, {"ListEntitiesForDryRunPolicy", "GET", "/attached-entities"}} {
		h.refused(c[0], manager, c[1], attachment+c[2], "", 404, "Organizations.1601")
	}
}

func quoted(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(jsonText(map[string]any{"s": s}), `{"s":`), "}")
}

func TestDryRunsAreTraced(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.configure("enabled", "logs", "p")
	id := h.triedPolicy("one")
	h.do("AttachDryRunPolicy", manager, "POST", dryRunPolicies+"/"+id+"/attach", `{"entity_id":"`+h.root+`"}`, nil)
	h.do("DetachDryRunPolicy", manager, "POST", dryRunPolicies+"/"+id+"/detach", `{"entity_id":"`+h.root+`"}`, nil)
	h.do("UpdateDryRunPolicy", manager, "PATCH", dryRunPolicies+"/"+id, `{"name":"two"}`, nil)
	h.do("DeleteDryRunPolicy", manager, "DELETE", dryRunPolicies+"/"+id, "", nil)
	var o ShowOrganizationResult
	h.do("ShowOrganization", manager, "GET", organizations, "", &o)
	events, err := h.plane.ListEvents(t.Context(), org.OrganizationID(o.Organization.ID), 1, 100, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		trace, ok := Trail(e)
		if !ok {
			t.Fatalf("%s is not traced", e.Name)
		}
		got = append(got, strings.Join([]string{trace["trace_name"].(string), trace["resource_type"].(string), trace["code"].(string)}, " "))
	}
	same(t, got, []string{
		"updateDryRunConfig dryRunConfig 200", "createDryRunPolicy policy 201", "attachDryRunPolicy policy 200", "detachDryRunPolicy policy 200",
		"updateDryRunPolicy policy 200", "deleteDryRunPolicy policy 204",
	})
}
