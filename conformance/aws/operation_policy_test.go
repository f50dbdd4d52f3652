package aws_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// policyInput makes what a policy operation's smallest input names, and puts the names into it.
func (h *house) policyInput(t *testing.T, name string, in map[string]any) {
	t.Helper()
	if _, ok := in["PolicyType"]; ok {
		in["PolicyType"] = "TAG_POLICY"
	}
	if _, ok := in["Filter"].(string); ok {
		in["Filter"] = "TAG_POLICY"
	}
	switch name {
	case "CreatePolicy":
		in["Type"], in["Content"] = "TAG_POLICY", emptyTags
		return
	case "EnablePolicyType":
		return
	}
	if !strings.Contains(name, "Policy") && !strings.Contains(name, "Policies") || strings.Contains(name, "ResourcePolicy") {
		return
	}
	h.enable(t, types.PolicyTypeTagPolicy)
	id := h.policy(t, types.PolicyTypeTagPolicy, "called", emptyTags)
	if strings.Contains(name, "Effective") || name == "DetachPolicy" {
		if err := h.attach(t, id, h.root); err != nil {
			t.Fatal(err)
		}
	}
	if name == "DescribeEffectivePolicy" {
		in["TargetId"] = h.key.Account
	}
	if _, ok := in["PolicyId"]; ok {
		in["PolicyId"] = id
	}
}
