package aws_test

import (
	"regexp"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestOrganizationIsWhatItsCreatorSees(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		o := harness.Try(h.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})).Or(t).Organization
		if !regexp.MustCompile(`^o-[a-z0-9]{10,32}$`).MatchString(*o.Id) || *o.Id != h.id {
			t.Errorf("the organization's id is %q, and was %q when it was created", *o.Id, h.id)
		}
		if *o.Arn != h.arn("organization", h.id) || *o.MasterAccountArn != h.arn("account", h.id+"/"+h.key.Account) {
			t.Errorf("the ARNs are %s and %s", *o.Arn, *o.MasterAccountArn)
		}
		if o.FeatureSet != types.OrganizationFeatureSetAll || *o.MasterAccountId != h.key.Account || *o.MasterAccountEmail == "" {
			t.Errorf("the organization is %s under %s (%s)", o.FeatureSet, *o.MasterAccountId, *o.MasterAccountEmail)
		}
		//lint:ignore SA1019 old clients read it
		available := o.AvailablePolicyTypes
		if len(available) != 1 || available[0].Type != types.PolicyTypeServiceControlPolicy || available[0].Status != types.PolicyTypeStatusEnabled {
			t.Errorf("the available policy types are %v, want service control policies", available)
		}
	})
}

func TestRootIsOneAndWithoutPolicies(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		out := harness.Try(h.ListRoots(t.Context(), &organizations.ListRootsInput{})).Or(t)
		if len(out.Roots) != 1 || out.NextToken != nil {
			t.Fatalf("there are %d roots, want one and no further page", len(out.Roots))
		}
		r := out.Roots[0]
		if !regexp.MustCompile(`^r-[0-9a-z]{4,32}$`).MatchString(*r.Id) || *r.Name != "Root" || *r.Arn != h.arn("root", h.id+"/"+h.root) {
			t.Errorf("the root is %s, %s, %s", *r.Id, *r.Name, *r.Arn)
		}
		if len(r.PolicyTypes) != 0 {
			t.Errorf("the root has policy types %v, want none before one is enabled", r.PolicyTypes)
		}
	})
}

func TestCreatorIsManagementAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		a := h.describe(t, h.key.Account)
		if a.JoinedMethod != types.AccountJoinedMethodInvited || a.State != types.AccountStateActive || a.JoinedTimestamp == nil {
			t.Errorf("the management account joined %s, is %s", a.JoinedMethod, a.State)
		}
		if h.parent(t, h.key.Account) != h.root {
			t.Error("the management account is not under the root")
		}
		if all := h.accounts(t, 20); len(all) != 1 || *all[0].Id != h.key.Account {
			t.Errorf("a fresh organization has accounts %v, want its creator's alone", all)
		}
	})
}

func TestOrganizationLivesOnceForAnAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		c := s.Organizations(s.Mint(t, harness.AWS))
		describe := func() error {
			_, err := c.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
			return err
		}
		create := func(set types.OrganizationFeatureSet) error {
			_, err := c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{FeatureSet: set})
			return err
		}
		remove := func() error {
			_, err := c.DeleteOrganization(t.Context(), &organizations.DeleteOrganizationInput{})
			return err
		}
		harness.WantAWS(t, describe(), "AWSOrganizationsNotInUseException", "")
		harness.WantAWS(t, remove(), "AWSOrganizationsNotInUseException", "")
		harness.WantAWS(t, create("SOME"), invalid, "INVALID_ENUM")
		harness.WantAWS(t, create(""), "", "")
		harness.WantAWS(t, create(""), "AlreadyInOrganizationException", "")
		harness.WantAWS(t, remove(), "", "")
		harness.WantAWS(t, describe(), "AWSOrganizationsNotInUseException", "")
		harness.WantAWS(t, create(types.OrganizationFeatureSetConsolidatedBilling), "", "")
	})
}

func TestOrganizationEndsWithUnitsButNotWithMembers(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.unit(t, h.root, "left over")
		harness.Try(h.DeleteOrganization(t.Context(), &organizations.DeleteOrganizationInput{})).Or(t)

		full := newHouse(t, s)
		full.account(t)
		_, err := full.DeleteOrganization(t.Context(), &organizations.DeleteOrganizationInput{})
		harness.WantAWS(t, err, "OrganizationNotEmptyException", "")
	})
}

func TestConsolidatedBillingHasAccountsAndUnitsButNoPolicies(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := begin(t, s, types.OrganizationFeatureSetConsolidatedBilling)
		o := harness.Try(h.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})).Or(t).Organization
		//lint:ignore SA1019 old clients read it
		if o.FeatureSet != types.OrganizationFeatureSetConsolidatedBilling || len(o.AvailablePolicyTypes) != 0 {
			t.Errorf("the organization is %s with policy types %v", o.FeatureSet, o.AvailablePolicyTypes)
		}
		unit, account := h.unit(t, h.root, "billed"), h.account(t)
		harness.Try(h.MoveAccount(t.Context(), &organizations.MoveAccountInput{AccountId: &account, SourceParentId: &h.root, DestinationParentId: &unit})).Or(t)
		if h.parent(t, account) != unit {
			t.Error("the account was not moved")
		}
	})
}
