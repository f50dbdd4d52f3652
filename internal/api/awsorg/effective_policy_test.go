package awsorg

import (
	"testing"
	"time"
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
