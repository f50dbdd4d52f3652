package hworg

import (
	"net/http"
	"testing"
)

// The editions of the User Guide's "SCP Syntax" differ in what a document may say.
func TestServiceControlPoliciesAreWrittenByTheEditionThatIsSet(t *testing.T) {
	t.Parallel()
	const head, tail = `{"Version":"5.0","Statement":[{`, `}]}`
	for _, c := range []struct {
		says, statement string
		in2025, in2024  bool
	}{
		{"a plain Deny", `"Effect":"Deny","Action":["ecs:*"]`, true, true},
		{"an Allow", `"Effect":"Allow","Action":["*"],"Resource":["*"]`, false, true},
		{"an Allow with a condition", `"Effect":"Allow","Action":["*"],"Condition":{"StringEquals":{"g:UserName":["a"]}}`, false, false},
		{"a Deny without an action", `"Effect":"Deny","Resource":["ecs:*:*:instance:*"]`, true, false},
		{"a Deny by NotAction", `"Effect":"Deny","NotAction":["iam:*"]`, false, true},
		{"a Deny by NotResource", `"Effect":"Deny","Action":["ecs:*"],"NotResource":["ecs:*:*:instance:*"]`, true, false},
		{"a wildcard within an action", `"Effect":"Deny","Action":["ecs:*:get"]`, true, false},
	} {
		for old, legal := range map[bool]bool{false: c.in2025, true: c.in2024} {
			h := managed(t)
			h.plane.Edition2024 = old
			h.enable(PolicyTypeServiceControlPolicy)
			body := jsonText(map[string]any{"name": "one", "type": "service_control_policy", "content": head + c.statement + tail, "description": ""})
			rec := h.ask("CreatePolicy", manager, "POST", policies, body)
			if want := map[bool]int{true: http.StatusCreated, false: http.StatusBadRequest}[legal]; rec.Code != want {
				t.Errorf("%s, by the rules of 2024: %t: %d %s", c.says, old, rec.Code, rec.Body)
			}
		}
	}
}

func TestAnAllowOf2024HoldsOnWhenTheEditionChanges(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Edition2024 = true
	h.enable(PolicyTypeServiceControlPolicy)
	member := h.member("member-one")
	few := h.policy(PolicyTypeServiceControlPolicy, "few", `{"Version":"5.0","Statement":[{"Effect":"Allow","Action":["ecs:*"],"Resource":["*"]}]}`)
	h.attach(few, member)
	h.do("ShowOrganization", member, "GET", "/v1/organizations", "", nil)
	h.detach("p-FullAccess", member)
	for _, old := range []bool{true, false} {
		h.plane.Edition2024 = old
		h.refused("ShowOrganization", member, "GET", "/v1/organizations", "", http.StatusForbidden, "Organizations.1007")
	}
	h.refused("UpdatePolicy", manager, "PATCH", policies+"/"+few, `{"content":"{\"Version\":\"5.0\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"*\"],\"Resource\":[\"*\"]}]}"}`,
		http.StatusBadRequest, "Organizations.1605")
}
