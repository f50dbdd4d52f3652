package harness

import (
	"strings"
	"testing"
)

func TestTheLedgerKnowsOperationsByTheirPaths(t *testing.T) {
	t.Parallel()
	c := ReadRESTContract(t, "hworg")
	for request, want := range map[string]string{
		"GET /v1/organizations/accounts/a":                          "ShowAccount",
		"GET /v1/organizations/organizations%3Aous/tags":            "ListResourceTags",
		"GET /v1/organizations/organizations:ous/ou-1/tags":         "ListTagResources",
		"GET /v1/organizations/resources/ou-1/tags":                 "ListTagsForResource",
		"POST /v1/organizations/accounts/invite":                    "InviteAccount",
		"POST /v1/organizations/policies/enable":                    "EnablePolicyType",
		"GET /v1/organizations/entities/effective-policies":         "ShowEffectivePolicies",
		"POST /v2/organizations/accounts":                           "CreateResourceAccount",
		"POST /v1/organizations/organizations:ous/ou-1/tags/create": "CreateTagResource",
		"GET /v1/nothing": "", "PUT /v1/organizations": "", "GET /v1/organizations/accounts//": "",
	} {
		method, path, _ := strings.Cut(request, " ")
		if got := c.operation(method, path); got != want {
			t.Errorf("%s is %q, want %q", request, got, want)
		}
	}
}

func TestTheLedgerMissesWhatWasNotCalled(t *testing.T) {
	t.Parallel()
	c := ReadRESTContract(t, "hworg")
	conflicts, all := []string{"CreateOrganization"}, map[entry]bool{}
	err := c.exercised("sqlite", nil, conflicts)
	for status, want := range map[string]int{"200": 69, "400": 44, "401": 64, "403": 35, "404": 32, "409": 1, "429": 69, "500": 69} {
		if got := strings.Count(err.Error()+";", " "+status+";"); got != want {
			t.Errorf("%d operations have to be answered %s, want %d", got, status, want)
		}
	}
	for _, op := range c.Operations {
		for _, status := range append(op.refusals(), 204, 409, 429, 500) {
			e := entry{"sqlite", op.Method, op.Path, status}
			if status == 429 || status == 500 {
				e.engine = "memory"
			}
			all[e] = true
		}
	}
	if err := c.exercised("sqlite", all, conflicts); err != nil {
		t.Error(err)
	}
	move := entry{"sqlite", "POST", "/v1/organizations/accounts/{account_id}/move", 404}
	delete(all, move)
	move.engine = "memory"
	all[move] = true
	if err := c.exercised("sqlite", all, conflicts); err == nil || !strings.HasSuffix(err.Error(), "never sees: MoveAccount 404") {
		t.Errorf("got %v", err)
	}
}
