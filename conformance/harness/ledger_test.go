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
	err := ReadRESTContract(t, "hworg").exercised("an engine of nobody", nil)
	if err == nil || strings.Count(err.Error(), "with success") != 69 || strings.Count(err.Error(), "with an error") != 69 {
		t.Errorf("got %v", err)
	}
}
