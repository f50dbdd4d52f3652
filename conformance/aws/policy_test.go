package aws_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

const (
	denyLeave  = "{\r\n  \"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"organizations:LeaveOrganization\",\"Resource\":\"*\"}]}\n"
	emptyTags  = `{"tags":{}}`
	hollowPlan = `{"plans":{"P":{"regions":{"@@assign":["eu-west-1"]}}}}` // sound by itself, invalid where nobody adds rules
)

func (h *house) tryPolicy(t *testing.T, kind types.PolicyType, name, content string) (string, error) {
	t.Helper()
	out, err := h.CreatePolicy(t.Context(), &organizations.CreatePolicyInput{Type: kind, Name: &name, Description: aws.String(""), Content: &content})
	if err != nil {
		return "", err
	}
	return *out.Policy.PolicySummary.Id, nil
}

func (h *house) policy(t *testing.T, kind types.PolicyType, name, content string) string {
	t.Helper()
	return harness.Try(h.tryPolicy(t, kind, name, content)).Or(t)
}

func (h *house) enable(t *testing.T, kinds ...types.PolicyType) {
	t.Helper()
	for _, kind := range kinds {
		out := harness.Try(h.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: kind})).Or(t)
		if !slices.Contains(out.Root.PolicyTypes, types.PolicyTypeSummary{Type: kind, Status: types.PolicyTypeStatusEnabled}) {
			t.Errorf("the root has the types %v", out.Root.PolicyTypes)
		}
	}
}

func (h *house) attach(t *testing.T, policy, target string) error {
	t.Helper()
	_, err := h.AttachPolicy(t.Context(), &organizations.AttachPolicyInput{PolicyId: &policy, TargetId: &target})
	return err
}

func (h *house) detach(t *testing.T, policy, target string) error {
	t.Helper()
	_, err := h.DetachPolicy(t.Context(), &organizations.DetachPolicyInput{PolicyId: &policy, TargetId: &target})
	return err
}

// attached are the ids of the policies on a target in their order, by pages of one.
func (h *house) attached(t *testing.T, kind types.PolicyType, target string) []string {
	t.Helper()
	var out []string
	pages := organizations.NewListPoliciesForTargetPaginator(h, &organizations.ListPoliciesForTargetInput{Filter: kind, TargetId: &target, MaxResults: aws.Int32(1)})
	for pages.HasMorePages() {
		for _, p := range harness.Try(pages.NextPage(t.Context())).Or(t).Policies {
			out = append(out, *p.Id)
		}
	}
	return out
}

func (h *house) effective(t *testing.T, kind types.EffectivePolicyType, account string) (string, error) {
	t.Helper()
	out, err := h.DescribeEffectivePolicy(t.Context(), &organizations.DescribeEffectivePolicyInput{PolicyType: kind, TargetId: &account})
	if err != nil {
		return "", err
	}
	if out.EffectivePolicy.LastUpdatedTimestamp.IsZero() || *out.EffectivePolicy.TargetId != account {
		t.Errorf("the effective policy is %+v", out.EffectivePolicy)
	}
	return *out.EffectivePolicy.PolicyContent, nil
}

func TestPolicyComesBackByteForByte(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.policy(t, types.PolicyTypeServiceControlPolicy, "no-leave", denyLeave)
		got := harness.Try(h.DescribePolicy(t.Context(), &organizations.DescribePolicyInput{PolicyId: &id})).Or(t).Policy
		if *got.Content != denyLeave || aws.ToString(got.PolicySummary.Description) != "" || got.PolicySummary.AwsManaged {
			t.Errorf("the policy is %q, %+v", *got.Content, got.PolicySummary)
		}
		if want := h.arn("policy", h.id+"/service_control_policy/"+id); *got.PolicySummary.Arn != want {
			t.Errorf("the policy's ARN is %s, want %s", *got.PolicySummary.Arn, want)
		}
		changed := harness.Try(h.UpdatePolicy(t.Context(), &organizations.UpdatePolicyInput{PolicyId: &id, Name: aws.String("renamed")})).Or(t).Policy
		if *changed.PolicySummary.Name != "renamed" || *changed.Content != denyLeave {
			t.Errorf("the changed policy is %+v", changed.PolicySummary)
		}
		harness.WantAWS(t, h.tag(t, id, tag("k", "v")), "", "")
		if got := h.tags(t, id); got["k"] != "v" {
			t.Errorf("the policy's tags are %v", got)
		}
		_, err := h.DeletePolicy(t.Context(), &organizations.DeletePolicyInput{PolicyId: &id})
		harness.WantAWS(t, err, "", "")
		_, err = h.DescribePolicy(t.Context(), &organizations.DescribePolicyInput{PolicyId: &id})
		harness.WantAWS(t, err, "PolicyNotFoundException", "")
	})
}

func TestServiceControlPoliciesAreNeverMissing(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		const kind, full = types.PolicyTypeServiceControlPolicy, "p-FullAWSAccess"
		old := h.unit(t, h.root, "old")
		h.enable(t, kind)
		member := h.account(t)
		for _, target := range []string{h.root, old, h.unit(t, old, "new"), member, h.key.Account} {
			if got := h.attached(t, kind, target); !slices.Equal(got, []string{full}) {
				t.Errorf("%s has %v", target, got)
			}
		}
		harness.WantAWS(t, h.detach(t, full, old), constraint, "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")
		mine := h.policy(t, kind, "mine", denyLeave)
		harness.WantAWS(t, h.attach(t, mine, old), "", "")
		harness.WantAWS(t, h.attach(t, mine, old), "DuplicatePolicyAttachmentException", "")
		harness.WantAWS(t, h.detach(t, full, old), "", "")
		harness.WantAWS(t, h.detach(t, full, old), "PolicyNotAttachedException", "")
		_, err := h.DeletePolicy(t.Context(), &organizations.DeletePolicyInput{PolicyId: &mine})
		harness.WantAWS(t, err, "PolicyInUseException", "")
		for i := range 9 {
			harness.WantAWS(t, h.attach(t, h.policy(t, kind, fmt.Sprint(i), denyLeave), old), "", "")
		}
		harness.WantAWS(t, h.attach(t, full, old), constraint, "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")

		off := harness.Try(h.DisablePolicyType(t.Context(), &organizations.DisablePolicyTypeInput{RootId: &h.root, PolicyType: kind})).Or(t)
		if len(off.Root.PolicyTypes) != 0 {
			t.Errorf("the root has the types %v", off.Root.PolicyTypes)
		}
		h.enable(t, kind)
		if got := h.attached(t, kind, old); !slices.Equal(got, []string{full}) {
			t.Errorf("after the type was off the unit has %v", got)
		}
	})
}

func TestResourceControlPolicyOfAWSStays(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.enable(t, types.PolicyTypeResourceControlPolicy)
		harness.WantAWS(t, h.detach(t, "p-RCPFullAWSAccess", h.root), invalid, "NON_DETACHABLE_POLICY")
		_, err := h.UpdatePolicy(t.Context(), &organizations.UpdatePolicyInput{PolicyId: aws.String("p-RCPFullAWSAccess"), Name: aws.String("x")})
		harness.WantAWS(t, err, invalid, "IMMUTABLE_POLICY")
		_, err = h.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: types.PolicyTypeResourceControlPolicy})
		harness.WantAWS(t, err, "PolicyTypeAlreadyEnabledException", "")
	})
}

func TestPolicyIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		h.policy(t, types.PolicyTypeTagPolicy, "taken", emptyTags)
		foreign := other.policy(t, types.PolicyTypeTagPolicy, "foreign", emptyTags)
		for name, c := range map[string]struct {
			kind         types.PolicyType
			name         string
			content      string
			code, reason string
		}{
			"a name that is taken":   {types.PolicyTypeServiceControlPolicy, "taken", denyLeave, "DuplicatePolicyException", ""},
			"a type that is not one": {"X", "x", denyLeave, invalid, "INVALID_ENUM_POLICY_TYPE"},
			"a document of another":  {types.PolicyTypeTagPolicy, "x", denyLeave, "MalformedPolicyDocumentException", ""},
			"a document too long":    {types.PolicyTypeServiceControlPolicy, "x", denyLeave + strings.Repeat(" ", 10240), constraint, "POLICY_CONTENT_LIMIT_EXCEEDED"},
		} {
			_, err := h.tryPolicy(t, c.kind, c.name, c.content)
			if code, reason := harness.AWSError(err); code != c.code || reason != c.reason {
				t.Errorf("%s: CreatePolicy ends with %q %s, want %q %s", name, code, reason, c.code, c.reason)
			}
		}
		change := func(id string, in organizations.UpdatePolicyInput) error {
			in.PolicyId = &id
			return second(h.UpdatePolicy(t.Context(), &in))
		}
		harness.WantAWS(t, h.attach(t, foreign, h.root), "PolicyNotFoundException", "")
		harness.WantAWS(t, change(foreign, organizations.UpdatePolicyInput{Name: aws.String("x")}), "PolicyNotFoundException", "")
		mine := h.policy(t, types.PolicyTypeTagPolicy, "mine", emptyTags)
		harness.WantAWS(t, change(mine, organizations.UpdatePolicyInput{Name: aws.String("taken")}), "DuplicatePolicyException", "")
		harness.WantAWS(t, change(mine, organizations.UpdatePolicyInput{Content: aws.String(denyLeave)}), "MalformedPolicyDocumentException", "")
		tooLong := organizations.UpdatePolicyInput{Content: aws.String(emptyTags + strings.Repeat(" ", 10000))}
		harness.WantAWS(t, change(mine, tooLong), constraint, "POLICY_CONTENT_LIMIT_EXCEEDED")
		harness.WantAWS(t, h.attach(t, mine, h.root), "PolicyTypeNotEnabledException", "")
		h.enable(t, types.PolicyTypeTagPolicy)
		harness.WantAWS(t, h.attach(t, mine, other.root), "TargetNotFoundException", "")

		harness.WantAWS(t, h.attach(t, "p-short", h.root), invalid, "INVALID_SYNTAX_POLICY_ID")
		harness.WantAWS(t, h.attach(t, mine, "nowhere"), invalid, "INVALID_PATTERN_TARGET_ID")
		_, err := h.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: &other.root, PolicyType: types.PolicyTypeBackupPolicy})
		harness.WantAWS(t, err, "RootNotFoundException", "")
	})
}

func TestPoliciesAreMadeAndAttachedInParallel(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.enable(t, types.PolicyTypeTagPolicy)
		var wait sync.WaitGroup
		for i := range 5 {
			wait.Go(func() {
				id, err := h.tryPolicy(t, types.PolicyTypeTagPolicy, fmt.Sprint(i), emptyTags)
				harness.WantAWS(t, err, "", "")
				harness.WantAWS(t, h.attach(t, id, h.root), "", "")
			})
		}
		wait.Wait()
		if got := h.attached(t, types.PolicyTypeTagPolicy, h.root); len(got) != 5 {
			t.Errorf("attached are %v", got)
		}
	})
}

func TestPoliciesOfATypeAreAThousand(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		create := func(i int) error {
			_, err := h.tryPolicy(t, types.PolicyTypeTagPolicy, fmt.Sprint(i), emptyTags)
			return err
		}
		const hands, each = 8, 125
		if codes := atOnce(hands, func(hand int) (err error) {
			for i := 0; i < each && err == nil; i++ {
				err = create(hand*each + i)
			}
			return err
		}); codes[""] != hands {
			t.Fatalf("the first thousand policies end %v", codes)
		}
		harness.WantAWS(t, create(hands*each), constraint, "POLICY_NUMBER_LIMIT_EXCEEDED")
	})
}

// TestEffectivePolicyIsTheWorkedExample walks through example A of the facts: root, unit and account each add something.
func TestEffectivePolicyIsTheWorkedExample(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		const kind, effective = types.PolicyTypeTagPolicy, types.EffectivePolicyTypeTagPolicy
		unit, member := h.unit(t, h.root, "u"), h.account(t)
		_, err := h.effective(t, effective, member)
		harness.WantAWS(t, err, "EffectivePolicyNotFoundException", "")
		h.enable(t, kind)
		_, err = h.MoveAccount(t.Context(), &organizations.MoveAccountInput{AccountId: &member, SourceParentId: &h.root, DestinationParentId: &unit})
		harness.WantAWS(t, err, "", "")
		for target, content := range map[string]string{
			h.root: `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["red","blue"]}}}}`,
			unit:   `{"tags":{"team":{"tag_value":{"@@append":["green"]},"enforced_for":{"@@assign":["ec2:instance"]}}}}`,
			member: `{"tags":{"team":{"tag_value":{"@@remove":["red","white"]}}}}`,
		} {
			harness.WantAWS(t, h.attach(t, h.policy(t, kind, target, content), target), "", "")
		}
		want := `{"tags":{"team":{"tag_key":"Team","tag_value":["blue","green"],"enforced_for":["ec2:instance"]}}}`
		if got := harness.Try(h.effective(t, effective, member)).Or(t); got != want {
			t.Errorf("the effective policy is %s, want %s", got, want)
		}
		_, err = h.effective(t, effective, h.root)
		harness.WantAWS(t, err, invalid, "TARGET_NOT_SUPPORTED")
	})
}

func TestInvalidEffectivePolicyIsListed(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		const kind, effective = types.PolicyTypeBackupPolicy, types.EffectivePolicyTypeBackupPolicy
		h.enable(t, kind)
		member := h.account(t)
		plan := h.policy(t, kind, "plan", hollowPlan)
		harness.WantAWS(t, h.attach(t, plan, member), "", "")
		listed := harness.Try(h.ListAccountsWithInvalidEffectivePolicy(t.Context(), &organizations.ListAccountsWithInvalidEffectivePolicyInput{PolicyType: effective})).Or(t)
		if len(listed.Accounts) != 1 || *listed.Accounts[0].Id != member || listed.PolicyType != effective {
			t.Errorf("invalid are %+v", listed.Accounts)
		}
		in := &organizations.ListEffectivePolicyValidationErrorsInput{PolicyType: effective, AccountId: &member}
		faults := harness.Try(h.ListEffectivePolicyValidationErrors(t.Context(), in)).Or(t)
		if len(faults.EffectivePolicyValidationErrors) == 0 || faults.EvaluationTimestamp == nil || *faults.Path != h.id+"/"+h.root+"/"+member+"/" {
			t.Fatalf("the faults are %+v", faults)
		}
		if first := faults.EffectivePolicyValidationErrors[0]; !slices.Equal(first.ContributingPolicies, []string{plan}) || aws.ToString(first.ErrorCode) == "" {
			t.Errorf("the first fault is %+v", first)
		}
	})
}
