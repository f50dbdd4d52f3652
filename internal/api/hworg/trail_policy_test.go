package hworg

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestPolicyEventsAreTraced(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	id := h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
	h.attach(id, h.root)
	h.detach(id, h.root)
	h.do("UpdatePolicy", manager, "PATCH", policies+"/"+id, `{"name":"two"}`, nil)
	h.do("DeletePolicy", manager, "DELETE", policies+"/"+id, "", nil)
	h.do("DisablePolicyType", manager, "POST", policies+"/disable", `{"root_id":"`+h.root+`","policy_type":"service_control_policy"}`, nil)
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
		request, _ := trace["request"].(string)
		got = append(got, strings.Join([]string{trace["trace_name"].(string), trace["resource_type"].(string), trace["code"].(string), request}, " "))
	}
	same(t, got, []string{
		"enablePolicyType policyType 202 ", `createPolicy policy 201 {"name":"one"}`, `attachPolicy policy 200 {"entity_id":"` + h.root + `"}`,
		`detachPolicy policy 200 {"entity_id":"` + h.root + `"}`, `updatePolicy policy 200 {"name":"two"}`, "deletePolicy policy 204 ", "disablePolicyType policyType 202 ",
	})
}
