package aws_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestAnAccountInNoOrganizationIsToldSo(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, lone := harness.ReadAWSContract(t), &house{Client: s.Organizations(s.Mint(t, harness.AWS))}
		// What they received is what such accounts ask for.
		outside := map[string]string{
			"AcceptHandshake": "HandshakeNotFoundException", "CancelHandshake": "HandshakeNotFoundException", "DeclineHandshake": "HandshakeNotFoundException",
			"DescribeHandshake": "HandshakeNotFoundException", "ListHandshakesForAccount": "",
		}
		for _, name := range contract.Names() {
			want, may := outside[name]
			if !may {
				want = "AWSOrganizationsNotInUseException"
			}
			if name == "CreateOrganization" {
				continue // which would end that
			}
			if code, _ := harness.AWSError(lone.invoke(t, name, smallest(t, contract, name))); code != want {
				t.Errorf("%s ends with %q, want %q", name, code, want)
			}
		}
	})
}

// A missing right is told before what is missing: of all that these calls are about, nothing exists.
func TestWhoMayDoNothingIsDeniedEverything(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadAWSContract(t), newHouse(t, s)
		h.enable(t, types.PolicyTypeServiceControlPolicy)
		account := h.account(t)
		member := &house{Client: h.as(t, account)}
		h.deny(t, account, "nothing", "organizations:*", "*")
		for _, name := range contract.Names() {
			if name == "CreateOrganization" {
				continue // which members are past
			}
			if code, _ := harness.AWSError(member.invoke(t, name, smallest(t, contract, name))); code != "AccessDeniedException" {
				t.Errorf("%s ends with %q", name, code)
			}
		}
	})
}

// Sessions of root users are for a task, and founding is part of none.
func TestASessionForATaskFoundsNothing(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		member := h.account(t)
		harness.WantAWS(t, h.trust(t, "iam.amazonaws.com"), "", "")
		harness.Try(s.IAM(h.key).EnableOrganizationsRootCredentialsManagement(t.Context(), &iam.EnableOrganizationsRootCredentialsManagementInput{})).Or(t)
		session := harness.Try(rootly(t, s, h.key, member, "IAMAuditRootUserCredentials")).Or(t)
		harness.Try(h.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &member})).Or(t)
		_, err := s.Organizations(session).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})
		harness.WantAWS(t, err, "AccessDeniedException", "")
	})
}

// needAll are the operations that need all features, which comes before what exists.
var needAll = []string{
	"CloseAccount", "EnableAWSServiceAccess", "DisableAWSServiceAccess", "ListAWSServiceAccessForOrganization", "RegisterDelegatedAdministrator",
	"DeregisterDelegatedAdministrator", "ListDelegatedAdministrators", "ListDelegatedServicesForAccount", "PutResourcePolicy", "DescribeResourcePolicy", "DeleteResourcePolicy",
	"DisablePolicyType", "DescribeEffectivePolicy", "ListAccountsWithInvalidEffectivePolicy", "ListEffectivePolicyValidationErrors",
}

func TestWhoSharesBillsAloneLacksFeatures(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadAWSContract(t), begin(t, s, types.OrganizationFeatureSetConsolidatedBilling)
		for _, name := range needAll {
			if code, reason := harness.AWSError(h.invoke(t, name, smallest(t, contract, name))); code != constraint || reason != "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE" {
				t.Errorf("%s ends with %q %s", name, code, reason)
			}
		}
		for _, name := range []string{"CreatePolicy", "EnablePolicyType"} {
			if code, _ := harness.AWSError(h.invoke(t, name, smallest(t, contract, name))); code != "PolicyTypeNotAvailableForOrganizationException" {
				t.Errorf("%s ends with %q", name, code)
			}
		}
	})
}

// lacking are the operations that a partition does not have: accounts that are made and closed elsewhere, and bills that are not handed over.
var lacking = map[string][]string{
	"aws-us-gov": slices.Concat([]string{"CreateAccount", "CreateGovCloudAccount", "CloseAccount"}, transfers),
	"aws-cn":     slices.Concat([]string{"CreateGovCloudAccount"}, transfers),
}

var transfers = []string{
	"InviteOrganizationToTransferResponsibility", "DescribeResponsibilityTransfer", "ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers",
	"UpdateResponsibilityTransfer", "TerminateResponsibilityTransfer",
}

func TestPartitionsLackOperations(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract := harness.ReadAWSContract(t)
		for partition, names := range lacking {
			h := &house{Client: s.Organizations(s.Mint(t, partition))}
			harness.Try(h.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
			for _, name := range names {
				if code, _ := harness.AWSError(h.invoke(t, name, smallest(t, contract, name))); code != "UnsupportedAPIEndpointException" {
					t.Errorf("%s: %s ends with %q", partition, name, code)
				}
			}
		}
	})
}
