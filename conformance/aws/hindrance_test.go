package aws_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// hinder says all that is the matter with an account.
func hinder(t *testing.T, s *harness.Server, account string, by ...string) {
	t.Helper()
	s.Native(t, "PUT", "/_polity/accounts/"+account+"/hindrances", map[string][]string{"hindrances": by}, nil)
}

// A hindered deed is refused while something is the matter with an account.
type hindered struct {
	by           string
	account      string
	deed         func() error
	code, reason string
}

func (c hindered) want(t *testing.T, s *harness.Server) {
	t.Helper()
	hinder(t, s, c.account, c.by)
	defer hinder(t, s, c.account)
	if code, reason := harness.AWSError(c.deed()); code != c.code || reason != c.reason {
		t.Errorf("%s: the deed ends with %s %s, want %s %s", c.by, code, reason, c.code, c.reason)
	}
}

func TestFoundingIsHindered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		for _, c := range []struct{ partition, by, reason string }{
			{harness.AWS, "no-sign-up", "ACCOUNT_CREATION_NOT_COMPLETE"},
			{harness.AWS, "no-contact", "MASTER_ACCOUNT_MISSING_CONTACT_INFO"},
			{harness.AWS, "no-payment", "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"},
			{"aws-cn", "no-license", "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE"},
		} {
			k := s.Mint(t, c.partition)
			found := func() error {
				_, err := s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})
				return err
			}
			hindered{c.by, k.Account, found, constraint, c.reason}.want(t, s)
			if err := found(); err != nil {
				t.Errorf("without %s: %v", c.by, err)
			}
		}
	})
}

func TestCreatingIsHindered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		s.Native(t, "POST", "/_polity/accounts/"+h.key.Account+"/pair", nil, nil)
		create := func() error {
			_, err := h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("hindered"), Email: address()})
			return err
		}
		pair := func(name string) func() error {
			return func() error {
				_, err := h.CreateGovCloudAccount(t.Context(), &organizations.CreateGovCloudAccountInput{AccountName: &name, Email: address()})
				return err
			}
		}
		for by, reason := range map[string]string{
			"no-contact": "MASTER_ACCOUNT_MISSING_CONTACT_INFO", "other-marketplace": "MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE",
		} {
			hindered{by, h.key.Account, create, constraint, reason}.want(t, s)
			hindered{by, h.key.Account, pair("hindered"), constraint, reason}.want(t, s)
		}
		harness.WantAWS(t, pair("two words")(), invalid, "INVALID_FULL_NAME_TARGET")
		for by, want := range map[string]types.CreateAccountFailureReason{
			"no-payment": types.CreateAccountFailureReasonMissingPaymentInstrument, "wrong-payment": types.CreateAccountFailureReasonInvalidPaymentInstrument,
			"no-license": types.CreateAccountFailureReasonMissingBusinessValidation, "wrong-address": types.CreateAccountFailureReasonInvalidAddress,
		} {
			hinder(t, s, h.key.Account, by)
			if made := h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("hindered"), Email: address()}); made.FailureReason != want {
				t.Errorf("%s: the creation ends %s %s, want %s", by, made.State, made.FailureReason, want)
			}
		}
	})
}

func TestInvitingAndJoiningAreHindered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, guest := newHouse(t, s), s.Mint(t, harness.AWS)
		invite := func() error {
			_, err := h.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{Target: accountParty(guest.Account)})
			return err
		}
		hindered{"no-sign-up", h.key.Account, invite, constraint, "ACCOUNT_CREATION_NOT_COMPLETE"}.want(t, s)
		hindered{"no-verified-email", h.key.Account, invite, "AccountOwnerNotVerifiedException", ""}.want(t, s)
		sent := h.invite(t, accountParty(guest.Account))
		join := func() error { return tryAccept(t, s.Organizations(guest), sent.Id) }
		for _, c := range []hindered{
			{"no-payment", guest.Account, join, handshakeConstraint, "PAYMENT_INSTRUMENT_REQUIRED"},
			{"other-seller", guest.Account, join, handshakeConstraint, "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"},
			{"other-seller", h.key.Account, join, handshakeConstraint, "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"},
		} {
			c.want(t, s)
		}
		if err := join(); err != nil {
			t.Error(err)
		}
	})
}

func TestLeavingIsHindered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.account(t)
		member := h.as(t, id)
		remove := func() error {
			return second(h.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &id}))
		}
		leave := func() error {
			return second(member.LeaveOrganization(t.Context(), &organizations.LeaveOrganizationInput{}))
		}
		for by, reason := range map[string]string{
			"no-agreement": "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA", "no-phone": "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION",
			"no-payment": "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED", "wrong-payment": "INVALID_PAYMENT_INSTRUMENT",
		} {
			hindered{by, id, remove, constraint, reason}.want(t, s)
			hindered{by, id, leave, constraint, reason}.want(t, s)
		}
	})
}

func TestTransfersAreHindered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		payer, source := newHouse(t, s), newHouse(t, s)
		at := func(start *time.Time) func() error {
			return func() error {
				_, err := payer.tryTransfer(t, accountParty(source.key.Account), start)
				return err
			}
		}
		offer := at(monthsOn(2))
		bills := []struct{ by, code, reason string }{
			{"contract-pricing", constraint, "UNSUPPORTED_PRICING"},
			{"prepaid-balance", handshakeConstraint, "UNUSED_PREPAYMENT_BALANCE"},
			{"legacy-permissions", handshakeConstraint, "LEGACY_PERMISSIONS_STILL_IN_USE"},
		}
		hindered{"no-verified-email", payer.key.Account, offer, handshakeConstraint, "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED"}.want(t, s)
		harness.WantAWS(t, at(aws.Time(time.Unix(0, 0)))(), invalid, "INVALID_START_DATE")
		for _, b := range bills {
			hindered{b.by, source.key.Account, offer, b.code, b.reason}.want(t, s)
		}
		sent := harness.Try(payer.tryTransfer(t, accountParty(source.key.Account), monthsOn(2))).Or(t)
		takeOver := func() error { return tryAccept(t, source.Client, sent.Id) }
		for _, b := range bills {
			hindered{b.by, source.key.Account, takeOver, b.code, b.reason}.want(t, s)
		}
		if err := takeOver(); err != nil {
			t.Error(err)
		}
	})
}

func TestMembershipChangesNotTwiceInAMoment(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		h, guest := newHouse(t, s), s.Mint(t, harness.AWS)
		client := s.Organizations(guest)
		accept(t, client, h.invite(t, accountParty(guest.Account)).Id)
		if _, err := client.LeaveOrganization(t.Context(), &organizations.LeaveOrganizationInput{}); err != nil {
			t.Fatal(err)
		}
		err := tryAccept(t, client, h.invite(t, accountParty(guest.Account)).Id)
		harness.WantAWS(t, err, handshakeConstraint, "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED")
	}, "--quota", "join-minutes=5")
}

// The code in the mail that verifies an address lives for a day, which a twin lets pass.
func TestVerificationOfAnAddressExpires(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	h, guest := newHouse(t, s), s.Mint(t, harness.AWS)
	hinder(t, s, h.key.Account, "no-verified-email")
	harness.WantAWS(t, h.tryInvite(t, accountParty(guest.Account)), "AccountOwnerNotVerifiedException", "")
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "24h"}, nil)
	harness.WantAWS(t, h.tryInvite(t, accountParty(guest.Account)), constraint, "EMAIL_VERIFICATION_CODE_EXPIRED")
}
