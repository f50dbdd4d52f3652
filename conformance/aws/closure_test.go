package aws_test

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) closing(t *testing.T, id string) error {
	t.Helper()
	_, err := h.CloseAccount(t.Context(), &organizations.CloseAccountInput{AccountId: &id})
	return err
}

func TestAccountIsClosedAndRestored(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.account(t)
		email := h.describe(t, id).Email
		if err := h.closing(t, id); err != nil {
			t.Fatal(err)
		}
		if now := h.describe(t, id).Status; now == types.AccountStatusActive {
			t.Error("after CloseAccount the account is still active")
		}
		harness.Until(t, "the account is closed", func() bool { return h.describe(t, id).Status == types.AccountStatusSuspended })
		if now := h.describe(t, id).State; now != types.AccountStateClosed {
			t.Errorf("the account is %s", now)
		}
		harness.WantAWS(t, h.closing(t, id), "AccountAlreadyClosedException", "")
		harness.WantAWS(t, h.closing(t, h.key.Account), constraint, "CANNOT_CLOSE_MANAGEMENT_ACCOUNT")
		harness.WantAWS(t, h.closing(t, "000000000000"), "AccountNotFoundException", "")
		_, err := h.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &id})
		harness.WantAWS(t, err, constraint, "ACCOUNT_CANNOT_LEAVE_ORGANIZATION")
		again := h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("again"), Email: email})
		if again.FailureReason != types.CreateAccountFailureReasonEmailAlreadyExists {
			t.Errorf("the closed account's address gives %s %s", again.State, again.FailureReason)
		}
		s.Native(t, "POST", "/_polity/accounts/"+id+"/restore", nil, nil)
		if now := h.describe(t, id).Status; now != types.AccountStatusActive {
			t.Errorf("restored, the account is %s", now)
		}
	})
}

func TestAccountIsRemoved(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.account(t)
		remove := func() error {
			_, err := h.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &id})
			return err
		}
		hinder(t, s, id, "no-phone", "no-payment")
		harness.WantAWS(t, remove(), constraint, "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION")
		hinder(t, s, id)
		if err := remove(); err != nil {
			t.Fatal(err)
		}
		harness.WantAWS(t, remove(), "AccountNotFoundException", "")
		_, err := h.LeaveOrganization(t.Context(), &organizations.LeaveOrganizationInput{})
		harness.WantAWS(t, err, "MasterCannotLeaveOrganizationException", "")
		if _, err := h.DeleteOrganization(t.Context(), &organizations.DeleteOrganizationInput{}); err != nil {
			t.Error(err)
		}
	})
}

func TestUnitIsRenamedAndDeleted(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		old := h.unit(t, h.root, "prod")
		below := h.unit(t, old, "below")
		rename := func(id, name string) error {
			_, err := h.UpdateOrganizationalUnit(t.Context(), &organizations.UpdateOrganizationalUnitInput{OrganizationalUnitId: &id, Name: &name})
			return err
		}
		remove := func(id string) error {
			_, err := h.DeleteOrganizationalUnit(t.Context(), &organizations.DeleteOrganizationalUnitInput{OrganizationalUnitId: &id})
			return err
		}
		// As org-formation moves a unit: its name is free as soon as it has another.
		for _, err := range []error{rename(old, "prod"), rename(old, "prod_tmp")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		twin := h.unit(t, h.root, "prod")
		harness.WantAWS(t, rename(old, "prod"), "DuplicateOrganizationalUnitException", "")
		harness.WantAWS(t, remove(old), "OrganizationalUnitNotEmptyException", "")
		var children []types.Child
		one := int32(1)
		pages := organizations.NewListChildrenPaginator(h, &organizations.ListChildrenInput{ParentId: &h.root, ChildType: types.ChildTypeOrganizationalUnit, MaxResults: &one})
		for pages.HasMorePages() {
			children = append(children, harness.Try(pages.NextPage(t.Context())).Or(t).Children...)
		}
		if len(children) != 2 || *children[0].Id != old || *children[1].Id != twin || children[0].Type != types.ChildTypeOrganizationalUnit {
			t.Errorf("the root's children are %+v", children)
		}
		for _, id := range []string{below, old} {
			if err := remove(id); err != nil {
				t.Fatal(err)
			}
		}
		harness.WantAWS(t, remove(old), "OrganizationalUnitNotFoundException", "")
		h.unit(t, h.root, "prod_tmp")
	})
}

func TestGovCloudAccountNeedsAPair(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		in := &organizations.CreateGovCloudAccountInput{AccountName: aws.String("pair"), Email: address()}
		_, err := h.CreateGovCloudAccount(t.Context(), in)
		harness.WantAWS(t, err, constraint, "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED")
		s.Native(t, "POST", "/_polity/accounts/"+h.key.Account+"/pair", nil, nil)
		out := harness.Try(h.CreateGovCloudAccount(t.Context(), in)).Or(t)
		made := h.await(t, out.CreateAccountStatus.Id)
		if made.State != types.CreateAccountStateSucceeded || aws.ToString(made.GovCloudAccountId) == "" {
			t.Errorf("the creation ends %s, %s, %s", made.State, made.FailureReason, aws.ToString(made.GovCloudAccountId))
		}
	})
}

func TestAccountServiceIsSignedByItsOwnName(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		for service, want := range map[string]int{"account": http.StatusOK, "organizations": http.StatusForbidden} {
			status, body := s.Account(t, h.key, service, "putAccountName", map[string]string{"AccountName": "renamed"})
			if status != want {
				t.Errorf("signed for %s it answers %d: %s", service, status, body)
			}
		}
		if got := aws.ToString(h.describe(t, h.key.Account).Name); got != "renamed" {
			t.Errorf("the organization knows the account as %s", got)
		}
	})
}
