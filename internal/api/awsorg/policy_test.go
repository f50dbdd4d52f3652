package awsorg

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	denyLeave = "{\n\t\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"organizations:LeaveOrganization\", \"Resource\": \"*\"} }\r\n"
	scp       = "SERVICE_CONTROL_POLICY"
	tagPolicy = `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["blue","green"]}}}}`
	// A plan without rules is sound as a policy, and invalid where nobody adds any.
	hollowPlan = `{"plans":{"P":{"regions":{"@@assign":["eu-west-1"]}}}}`
)

func (h *house) policy(kind, name, content string) string {
	h.Helper()
	made := h.do("CreatePolicy", payer, object("Name", name, "Description", "", "Type", kind, "Content", content))
	return h.find(made, "Policy", "PolicySummary", "Id").(string)
}

func (h *house) enable(kind string) {
	h.Helper()
	h.do("EnablePolicyType", payer, object("RootId", h.r, "PolicyType", kind))
}

func (h *house) attach(policy, target string) {
	h.Helper()
	h.do("AttachPolicy", payer, object("PolicyId", policy, "TargetId", target))
}

func TestAPolicyIsAnsweredAsDocumented(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.policy(scp, "no-leave", denyLeave)
	if !strings.HasPrefix(id, "p-") || len(id) != 12 {
		t.Errorf("id %s", id)
	}
	summary := map[string]any{
		"Id": id, "Arn": "arn:aws:organizations::" + payer + ":policy/" + h.o + "/service_control_policy/" + id, "Name": "no-leave", "Description": "",
		"Type": scp, "AwsManaged": false,
	}
	want := map[string]any{"Policy": map[string]any{"Content": denyLeave, "PolicySummary": summary}}
	if d := cmp.Diff(want, h.do("DescribePolicy", payer, object("PolicyId", id))); d != "" {
		t.Error(d)
	}
	full := map[string]any{
		"Id": "p-FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Name": "FullAWSAccess",
		"Description": "Allows access to every operation", "Type": scp, "AwsManaged": true,
	}
	if d := cmp.Diff(map[string]any{"Policies": []any{full, summary}}, h.do("ListPolicies", payer, object("Filter", scp))); d != "" {
		t.Error(d)
	}
	changed := h.do("UpdatePolicy", payer, object("PolicyId", id, "Description", "said"))
	if h.find(changed, "Policy", "PolicySummary", "Description") != "said" || h.find(changed, "Policy", "Content") != denyLeave {
		t.Errorf("%v", changed)
	}
	if changed = h.do("UpdatePolicy", payer, object("PolicyId", id, "Description", "")); h.find(changed, "Policy", "PolicySummary", "Description") != "" {
		t.Errorf("%v", changed)
	}
	h.answers("DeletePolicy", payer, object("PolicyId", id), "")
}

func TestPolicyTypesInTheRoot(t *testing.T) {
	t.Parallel()
	h := managed(t)
	root := func(types string) string {
		return `{"Id":"{r}","Name":"Root","Arn":"arn:aws:organizations::` + payer + `:root/{o}/{r}","PolicyTypes":[` + types + `]}`
	}
	on := root(`{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}`)
	h.answers("ListRoots", payer, `{}`, `{"Roots":[`+root("")+`]}`)
	h.answers("EnablePolicyType", payer, object("RootId", h.r, "PolicyType", scp), `{"Root":`+on+`}`)
	h.answers("ListRoots", payer, `{}`, `{"Roots":[`+on+`]}`)
	h.refuses("twice", "EnablePolicyType", payer, object("RootId", h.r, "PolicyType", scp), "PolicyTypeAlreadyEnabledException", "")
	h.answers("DisablePolicyType", payer, object("RootId", h.r, "PolicyType", scp), `{"Root":`+root("")+`}`)
	h.refuses("twice", "DisablePolicyType", payer, object("RootId", h.r, "PolicyType", scp), "PolicyTypeNotEnabledException", "")
	for kind := range map[PolicyType]bool{PolicyTypeResourceControlPolicy: true, PolicyTypeNetworkSecurityDirectorPolicy: true} {
		h.enable(string(kind))
	}
	if n := len(h.find(h.do("ListRoots", payer, `{}`), "Roots", 0, "PolicyTypes").([]any)); n != 2 {
		t.Errorf("%d types", n)
	}
}

func TestEveryTypeOfTheContractIsKnown(t *testing.T) {
	t.Parallel()
	h := managed(t)
	if len(policyTypes) != 13 {
		t.Fatalf("%d types", len(policyTypes))
	}
	for ours, theirs := range policyTypes {
		if policyType(theirs) != ours {
			t.Errorf("%s is read back as %s", theirs, policyType(theirs))
		}
		h.do("ListPolicies", payer, object("Filter", string(theirs)))
	}
}

func TestAttachmentsAreListedFromBothSides(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(scp)
	unit, member := h.unit(h.r, "u"), h.member("one")
	id := h.policy(scp, "a", denyLeave)
	for _, target := range []string{member, h.r, unit} {
		h.attach(id, target)
	}
	arn := "arn:aws:organizations::" + payer + ":"
	want := []any{
		map[string]any{"TargetId": member, "Arn": arn + "account/" + h.o + "/" + member, "Name": "one", "Type": "ACCOUNT"},
		map[string]any{"TargetId": h.r, "Arn": arn + "root/" + h.o + "/" + h.r, "Name": "Root", "Type": "ROOT"},
		map[string]any{"TargetId": unit, "Arn": arn + "ou/" + h.o + "/" + unit, "Name": "u", "Type": "ORGANIZATIONAL_UNIT"},
	}
	var got []any
	body := object("PolicyId", id)
	for token := any(""); token != nil; {
		page := h.do("ListTargetsForPolicy", payer, strings.TrimSuffix(body, "}")+`,"MaxResults":2`+next(token)+`}`)
		got, token = append(got, h.find(page, "Targets").([]any)...), h.find(page, "NextToken")
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	names := func(target string) (out []any) {
		for _, p := range h.find(h.do("ListPoliciesForTarget", payer, object("TargetId", target, "Filter", scp)), "Policies").([]any) {
			out = append(out, h.find(p, "Name"))
		}
		return out
	}
	if got := names(unit); !slices.Equal(got, []any{"FullAWSAccess", "a"}) {
		t.Errorf("%v", got)
	}
	h.answers("DetachPolicy", payer, object("PolicyId", "p-FullAWSAccess", "TargetId", unit), "")
	if got := names(unit); !slices.Equal(got, []any{"a"}) {
		t.Errorf("%v", got)
	}
}

func next(token any) string {
	if token == "" {
		return ""
	}
	return fmt.Sprintf(`,"NextToken":%q`, token)
}

func TestWhatPolicyOperationsRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(scp)
	h.enable("RESOURCE_CONTROL_POLICY")
	id, tags := h.policy(scp, "a", denyLeave), h.policy("TAG_POLICY", "t", tagPolicy)
	h.attach(id, h.r)
	create := func(kind, name, content string) string {
		return object("Name", name, "Description", "", "Type", kind, "Content", content)
	}
	on := func(policy, target string) string { return object("PolicyId", policy, "TargetId", target) }
	for _, c := range []struct{ says, operation, body, code, reason string }{
		{"a name that is taken", "CreatePolicy", create("TAG_POLICY", "a", tagPolicy), "DuplicatePolicyException", ""},
		{"no document", "CreatePolicy", create(scp, "x", "x"), "MalformedPolicyDocumentException", ""},
		{"a long document", "CreatePolicy", create(scp, "x", denyLeave+strings.Repeat(" ", 10240)), constraint, "POLICY_CONTENT_LIMIT_EXCEEDED"},
		{"no such type", "CreatePolicy", create("X", "x", "x"), invalidInput, "INVALID_ENUM_POLICY_TYPE"},
		{"no description", "CreatePolicy", object("Name", "x", "Type", scp, "Content", "x"), invalidInput, "INPUT_REQUIRED"},
		{"a system tag", "CreatePolicy", strings.TrimSuffix(create(scp, "x", denyLeave), "}") + `,"Tags":[{"Key":"aws:x","Value":""}]}`, invalidInput, "INVALID_SYSTEM_TAGS_PARAMETER"},
		{"no such policy", "UpdatePolicy", object("PolicyId", "p-0000000000"), "PolicyNotFoundException", ""},
		{"no id", "UpdatePolicy", object("PolicyId", "x"), invalidInput, "INVALID_SYNTAX_POLICY_ID"},
		{"AWS's own", "UpdatePolicy", object("PolicyId", "p-FullAWSAccess"), invalidInput, "IMMUTABLE_POLICY"},
		{"another's name", "UpdatePolicy", object("PolicyId", id, "Name", "t"), "DuplicatePolicyException", ""},
		{"a bad document", "UpdatePolicy", object("PolicyId", id, "Content", tagPolicy), "MalformedPolicyDocumentException", ""},
		{"an attached one", "DeletePolicy", object("PolicyId", id), "PolicyInUseException", ""},
		{"AWS's own", "DeletePolicy", object("PolicyId", "p-RCPFullAWSAccess"), invalidInput, "IMMUTABLE_POLICY"},
		{"no such policy", "DescribePolicy", object("PolicyId", "p-0000000000"), "PolicyNotFoundException", ""},
		{"no such policy", "ListTargetsForPolicy", object("PolicyId", "p-0000000000"), "PolicyNotFoundException", ""},
		{"no such target", "ListPoliciesForTarget", object("TargetId", "ou-none-12345678", "Filter", scp), "TargetNotFoundException", ""},
		{"a type that is off", "AttachPolicy", on(tags, h.r), "PolicyTypeNotEnabledException", ""},
		{"a second time", "AttachPolicy", on(id, h.r), "DuplicatePolicyAttachmentException", ""},
		{"no such policy", "AttachPolicy", on("p-0000000000", h.r), "PolicyNotFoundException", ""},
		{"no such target", "AttachPolicy", on(id, "999999999999"), "TargetNotFoundException", ""},
		{"no id", "AttachPolicy", on(id, "x"), invalidInput, "INVALID_PATTERN_TARGET_ID"},
		{"one that is not attached", "DetachPolicy", on(id, payer), "PolicyNotAttachedException", ""},
		{"the last one", "DetachPolicy", on("p-FullAWSAccess", payer), constraint, "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"},
		{"one that stays", "DetachPolicy", on("p-RCPFullAWSAccess", h.r), invalidInput, "NON_DETACHABLE_POLICY"},
		{"no such root", "EnablePolicyType", object("RootId", "r-none", "PolicyType", "TAG_POLICY"), "RootNotFoundException", ""},
		{"no such root", "DisablePolicyType", object("RootId", "r-none", "PolicyType", "TAG_POLICY"), "RootNotFoundException", ""},
		{"a root", "DescribeEffectivePolicy", object("TargetId", h.r, "PolicyType", "TAG_POLICY"), invalidInput, "TARGET_NOT_SUPPORTED"},
		{"no such account", "DescribeEffectivePolicy", object("TargetId", "999999999999", "PolicyType", "TAG_POLICY"), "TargetNotFoundException", ""},
		{"a type that is off", "DescribeEffectivePolicy", object("PolicyType", "TAG_POLICY"), "EffectivePolicyNotFoundException", ""},
		{"a type that is not inherited", "DescribeEffectivePolicy", object("PolicyType", scp), invalidInput, "INVALID_ENUM_POLICY_TYPE"},
		{"no such account", "ListEffectivePolicyValidationErrors", object("AccountId", "999999999999", "PolicyType", "TAG_POLICY"), "AccountNotFoundException", ""},
		{"a type that is off", "ListAccountsWithInvalidEffectivePolicy", object("PolicyType", "TAG_POLICY"), "EffectivePolicyNotFoundException", ""},
		{"AWS's own", "TagResource", `{"ResourceId":"p-FullAWSAccess","Tags":[{"Key":"k","Value":""}]}`, "TargetNotFoundException", ""},
	} {
		h.refuses(c.says, c.operation, payer, c.body, c.code, c.reason)
	}
	for i := range 8 {
		h.attach(h.policy(scp, fmt.Sprint(i), denyLeave), h.r)
	}
	h.refuses("an eleventh", "AttachPolicy", payer, on(h.policy(scp, "last", denyLeave), h.r), constraint, "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")
}
