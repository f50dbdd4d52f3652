package awsorg

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEffectivePoliciesAreAnsweredAsDocumented(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("one")
	h.enable("TAG_POLICY")
	h.pass(100 * time.Second)
	h.attach(h.policy("TAG_POLICY", "t", tagPolicy), h.r)
	want := `{"EffectivePolicy":{"PolicyContent":"{\"tags\":{\"team\":{\"tag_key\":\"Team\",\"tag_value\":[\"blue\",\"green\"]}}}",` +
		`"LastUpdatedTimestamp":1767225701.125,"TargetId":"` + member + `","PolicyType":"TAG_POLICY"}}`
	h.answers("DescribeEffectivePolicy", payer, object("PolicyType", "TAG_POLICY", "TargetId", member), want)
	h.answers("DescribeEffectivePolicy", member, object("PolicyType", "TAG_POLICY"), want)
	h.answers("ListAccountsWithInvalidEffectivePolicy", payer, object("PolicyType", "TAG_POLICY"), `{"Accounts":[],"PolicyType":"TAG_POLICY"}`)
	h.answers("ListEffectivePolicyValidationErrors", payer, object("PolicyType", "TAG_POLICY", "AccountId", member),
		`{"AccountId":"`+member+`","PolicyType":"TAG_POLICY","Path":"{o}/{r}/`+member+`/","EvaluationTimestamp":1767225701.125,"EffectivePolicyValidationErrors":[]}`)
}

func TestAnInvalidEffectivePolicyIsTold(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("one")
	h.enable("BACKUP_POLICY")
	plan := h.policy("BACKUP_POLICY", "plan", hollowPlan)
	h.attach(plan, member)
	found := h.do("ListAccountsWithInvalidEffectivePolicy", payer, object("PolicyType", "BACKUP_POLICY"))
	if h.find(found, "Accounts", 0, "Id") != member || h.find(found, "PolicyType") != "BACKUP_POLICY" {
		t.Errorf("%v", found)
	}
	faults := h.do("ListEffectivePolicyValidationErrors", payer, object("PolicyType", "BACKUP_POLICY", "AccountId", member))
	fault := h.find(faults, "EffectivePolicyValidationErrors", 0)
	if h.find(fault, "ErrorCode") == "" || h.find(fault, "ContributingPolicies", 0) != plan || h.find(fault, "PathToError") == "" {
		t.Errorf("%v", faults)
	}
	h.refuses("the effective policy", "DescribeEffectivePolicy", payer, object("PolicyType", "BACKUP_POLICY", "TargetId", member), "EffectivePolicyNotFoundException", "")
	records := h.trail()
	told := records[len(records)-2] // the attaching comes last
	details := told["serviceEventDetails"].(map[string]any)
	if told["eventName"] != "EffectivePolicyValidation" || details["state"] != "INVALID" || details["policyType"] != "BACKUP_POLICY" || details["accountId"] != member {
		t.Errorf("%v", told)
	}
	first := h.find(details, "validationErrors", 0)
	if h.find(first, "accountPath") != h.o+"/"+h.r+"/"+member+"/" || h.find(first, "errorCode") != h.find(fault, "ErrorCode") {
		t.Errorf("%v", details)
	}
	if last := records[len(records)-1]; last["eventName"] != "AttachPolicy" {
		t.Errorf("%v", last)
	}
}

// A plan that is whole, spoilt one level further down in each of the ways that have a code, and mended again.
func TestTheLastValidPolicyStaysInForceUntilTheMergeIsMended(t *testing.T) {
	t.Parallel()
	h := managed(t)
	unit := h.unit(h.r, "u")
	member, beside := h.member("one"), h.member("two")
	h.do("MoveAccount", payer, object("AccountId", member, "SourceParentId", h.r, "DestinationParentId", unit))
	const kind = "BACKUP_POLICY"
	h.enable(kind)
	whole := h.policy(kind, "whole", typeCases[kind].right)
	h.attach(whole, h.r)
	valid := h.do("DescribeEffectivePolicy", payer, object("PolicyType", kind, "TargetId", member))
	if content := h.find(valid, "EffectivePolicy", "PolicyContent").(string); !strings.Contains(content, `arn:aws:iam::`+member+`:role/B`) {
		t.Errorf("the account's id is not in %s", content)
	}
	rules := ""
	for i := range 10 {
		rules += fmt.Sprintf(`,"r%d":{"schedule_expression":{"@@assign":"cron(0 2 ? * * *)"},"target_backup_vault_name":{"@@assign":"V"}}`, i)
	}
	spoiler := h.policy(kind, "spoiler", `{"plans":{}}`)
	h.attach(spoiler, unit)
	for _, c := range []struct{ content, code, path string }{
		{`{"plans":{"Daily":{"regions":{"@@remove":["eu-west-1"]}}}}`, "ELEMENTS_TOO_FEW", "plans/Daily/regions"},
		{`{"plans":{"Daily":{"rules":{` + rules[1:] + `}}}}`, "ELEMENTS_TOO_MANY", "plans/Daily/rules"},
		{`{"plans":{"Daily":{"rules":{"Noon":{"schedule_expression":{"@@assign":"cron(0 12 ? * * *)"}}}}}}`, "KEY_REQUIRED", "plans/Daily/rules/noon"},
	} {
		h.pass(time.Minute)
		h.do("UpdatePolicy", payer, object("PolicyId", spoiler, "Content", c.content))
		told := h.do("ListEffectivePolicyValidationErrors", payer, object("PolicyType", kind, "AccountId", member))
		faults := h.find(told, "EffectivePolicyValidationErrors").([]any)
		if len(faults) != 1 || h.find(faults[0], "ErrorCode") != c.code || h.find(faults[0], "PathToError") != c.path {
			t.Errorf("%s: %v", c.code, faults)
		}
		if by := fmt.Sprint(h.find(faults[0], "ContributingPolicies")); !strings.Contains(by, spoiler) {
			t.Errorf("%s: made by %s", c.code, by)
		}
		if d := cmp.Diff(valid, h.do("DescribeEffectivePolicy", payer, object("PolicyType", kind, "TargetId", member))); d != "" {
			t.Errorf("%s: %s", c.code, d)
		}
		bad := h.find(h.do("ListAccountsWithInvalidEffectivePolicy", payer, object("PolicyType", kind)), "Accounts").([]any)
		if len(bad) != 1 || h.find(bad[0], "Id") != member {
			t.Errorf("%s: invalid are %v", c.code, bad)
		}
		told = h.do("ListEffectivePolicyValidationErrors", payer, object("PolicyType", kind, "AccountId", beside))
		if n := len(h.find(told, "EffectivePolicyValidationErrors").([]any)); n != 0 {
			t.Errorf("%s: %d errors beside the unit", c.code, n)
		}
	}
	h.do("DetachPolicy", payer, object("PolicyId", spoiler, "TargetId", unit))
	h.answers("ListAccountsWithInvalidEffectivePolicy", payer, object("PolicyType", kind), `{"Accounts":[],"PolicyType":"`+kind+`"}`)
	var states []string
	for _, e := range h.trail() {
		if e["eventName"] == "EffectivePolicyValidation" {
			states = append(states, e["serviceEventDetails"].(map[string]any)["state"].(string))
		}
	}
	if !slices.Equal(states, []string{"INVALID", "VALID"}) {
		t.Errorf("events tell of %v", states)
	}
}
