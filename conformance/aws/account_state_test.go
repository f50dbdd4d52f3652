package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestAnOperatorSuspendsAnAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		member := h.account(t)
		put := func(state types.AccountState) {
			t.Helper()
			s.Native(t, "PUT", "/_polity/accounts/"+member+"/state", map[string]types.AccountState{"state": state}, nil)
			shown := h.describe(t, member)
			status := types.AccountStatusSuspended
			if state == types.AccountStateActive {
				status = types.AccountStatusActive
			}
			if shown.State != state || shown.Status != status {
				t.Errorf("%s with %s", shown.State, shown.Status)
			}
		}
		for _, state := range []types.AccountState{types.AccountStateSuspended, types.AccountStatePendingActivation} {
			put(state)
			if err := h.trust(t, "ssm.amazonaws.com"); err != nil {
				t.Fatal(err)
			}
			harness.WantAWS(t, h.register(t, member, "ssm.amazonaws.com"), constraint, "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR")
			_, err := h.CloseAccount(t.Context(), &organizations.CloseAccountInput{AccountId: &member})
			harness.WantAWS(t, err, "ConflictException", "")
		}
		put(types.AccountStateActive)
	})
}

func TestOrganizationsInChinaAndGovCloud(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		for partition, want := range map[string]string{"aws-cn": "PolicyTypeNotAvailableForOrganizationException", "aws-us-gov": ""} {
			c := s.Organizations(s.Mint(t, partition))
			if partition == "aws-us-gov" {
				_, err := c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{FeatureSet: types.OrganizationFeatureSetConsolidatedBilling})
				harness.WantAWS(t, err, constraint, "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION")
			}
			if _, err := c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{}); err != nil {
				t.Fatal(err)
			}
			if partition == "aws-cn" {
				_, err := c.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("one"), Email: address()})
				harness.WantAWS(t, err, "", "")
			}
			roots, err := c.ListRoots(t.Context(), &organizations.ListRootsInput{})
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: roots.Roots[0].Id, PolicyType: types.PolicyTypeBackupPolicy})
			if code, _ := harness.AWSError(err); code != want {
				t.Errorf("%s: EnablePolicyType ends with %q", partition, code)
			}
		}
	})
}
