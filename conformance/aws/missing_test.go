package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// TestWhatIsNotThere asks each operation for what another one may have made, and nobody has.
func TestWhatIsNotThere(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, ctx := newHouse(t, s), t.Context()
		const kind, effective = types.PolicyTypeTagPolicy, types.EffectivePolicyTypeTagPolicy
		account, policy, unit := aws.String("000000000000"), aws.String("p-00000000"), aws.String("ou-"+h.root[2:]+"-00000000")
		mine := h.policy(t, kind, "mine", emptyTags)
		harness.WantAWS(t, h.trust(t, ssm), "", "")
		const noAccount, noPolicy, noTarget, noEffective = "AccountNotFoundException", "PolicyNotFoundException", "TargetNotFoundException", "EffectivePolicyNotFoundException"
		invalidAccounts := func() error {
			return second(h.ListAccountsWithInvalidEffectivePolicy(ctx, &organizations.ListAccountsWithInvalidEffectivePolicyInput{PolicyType: effective}))
		}
		errorsOf := func(account *string) func() error {
			return func() error {
				return second(h.ListEffectivePolicyValidationErrors(ctx, &organizations.ListEffectivePolicyValidationErrorsInput{PolicyType: effective, AccountId: account}))
			}
		}
		turnOff := func(root *string) func() error {
			return func() error {
				return second(h.DisablePolicyType(ctx, &organizations.DisablePolicyTypeInput{RootId: root, PolicyType: kind}))
			}
		}
		// Nothing is effective and nothing can be disabled before the type is enabled.
		harness.WantAWS(t, invalidAccounts(), noEffective, "")
		harness.WantAWS(t, errorsOf(&h.key.Account)(), noEffective, "")
		harness.WantAWS(t, turnOff(&h.root)(), "PolicyTypeNotEnabledException", "")
		h.enable(t, kind)
		for name, c := range map[string]struct {
			call func() error
			code string
		}{
			"DisablePolicyType": {turnOff(aws.String("r-0000")), "RootNotFoundException"},
			"DeletePolicy":      {func() error { return second(h.DeletePolicy(ctx, &organizations.DeletePolicyInput{PolicyId: policy})) }, noPolicy},
			"UpdatePolicy":      {func() error { return second(h.UpdatePolicy(ctx, &organizations.UpdatePolicyInput{PolicyId: policy})) }, noPolicy},
			"ListTargetsForPolicy": {func() error {
				return second(h.ListTargetsForPolicy(ctx, &organizations.ListTargetsForPolicyInput{PolicyId: policy}))
			}, noPolicy},
			"DetachPolicy":             {func() error { return h.detach(t, *policy, h.root) }, noPolicy},
			"DetachPolicy from nobody": {func() error { return h.detach(t, mine, *account) }, noTarget},
			"DescribeEffectivePolicy":  {func() error { return second(h.effective(t, effective, *account)) }, noTarget},
			"ListPoliciesForTarget": {func() error {
				return second(h.ListPoliciesForTarget(ctx, &organizations.ListPoliciesForTargetInput{Filter: kind, TargetId: unit}))
			}, noTarget},
			"ListEffectivePolicyValidationErrors": {errorsOf(account), noAccount},
			"RegisterDelegatedAdministrator":      {func() error { return h.register(t, *account, ssm) }, noAccount},
			"DeregisterDelegatedAdministrator":    {func() error { return h.deregister(t, *account, ssm) }, noAccount},
			"ListDelegatedServicesForAccount": {func() error {
				return second(h.ListDelegatedServicesForAccount(ctx, &organizations.ListDelegatedServicesForAccountInput{AccountId: account}))
			}, noAccount},
			"ListChildren": {func() error {
				return second(h.ListChildren(ctx, &organizations.ListChildrenInput{ParentId: unit, ChildType: types.ChildTypeAccount}))
			}, "ParentNotFoundException"},
			"ListInboundResponsibilityTransfers": {func() error {
				return second(h.ListInboundResponsibilityTransfers(ctx, &organizations.ListInboundResponsibilityTransfersInput{
					Type: types.ResponsibilityTransferTypeBilling, Id: aws.String("rt-00000000"),
				}))
			}, "ResponsibilityTransferNotFoundException"},
		} {
			if code, _ := harness.AWSError(c.call()); code != c.code {
				t.Errorf("%s ends with %q, want %s", name, code, c.code)
			}
		}
	})
}
