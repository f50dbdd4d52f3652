package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func (e *estate) hinder(id org.AccountID, all org.Hindrance) {
	e.Helper()
	if err := e.plane.SetHindrances(e.Context(), id, all); err != nil {
		e.Fatal(err)
	}
}

// hindered demands that a deed is refused while something is the matter with an account, and then no longer.
func (e *estate) hindered(says string, id org.AccountID, by org.Hindrance, want org.Reason, deed func() error) {
	e.Helper()
	e.hinder(id, by)
	e.refused(says, want, deed)
	e.hinder(id, 0)
}

func TestWhatHindersFromFounding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p    org.Partition
		by   org.Hindrance
		want org.Reason
	}{
		{org.AWS, org.NoSignUp, org.SignUpUnfinished},
		{org.AWS, org.NoContact, org.ContactDataMissing},
		{org.AWS, org.NoPayment, org.FounderPaymentMissing},
		{org.AWSChina, org.NoLicense, org.LicenseMissing},
	} {
		e := lawless(t, c.p)
		by := e.stranger()
		found := func() error {
			_, err := e.plane.CreateOrganization(t.Context(), by, org.AllFeatures)
			return err
		}
		e.hindered(string(c.want), by.AccountID, c.by, c.want, found)
		if err := found(); err != nil {
			t.Errorf("%s: with nothing the matter: %v", c.want, err)
		}
	}
}

func TestWhatHindersFromCreating(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	for _, paired := range []bool{false, true} {
		create := func() error {
			q := org.AccountRequest{Name: "one", Email: "one@corp.example"}
			if paired {
				_, err := e.plane.CreatePairedAccount(t.Context(), e.admin, q)
				return err
			}
			_, err := e.plane.CreateAccount(t.Context(), e.admin, q)
			return err
		}
		if paired {
			if _, err := e.plane.PairAccount(t.Context(), e.admin.AccountID); err != nil {
				t.Fatal(err)
			}
		}
		e.hindered("without contact data", e.admin.AccountID, org.NoContact, org.ContactDataMissing, create)
		e.hindered("from another marketplace", e.admin.AccountID, org.OtherMarketplace, org.MarketplaceDiffers, create)
	}
	e.refused("a name that no account with a twin has", org.PairedNameRefused, func() error {
		_, err := e.plane.CreatePairedAccount(t.Context(), e.admin, org.AccountRequest{Name: "one two", Email: "one@corp.example"})
		return err
	})
}

func TestHowTheManagementAccountFailsTheCreationOfAnother(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	for by, want := range map[org.Hindrance]org.Failure{
		org.NoPayment: org.FailPaymentMissing, org.WrongPayment: org.FailPaymentRefused, org.NoLicense: org.FailBusinessMissing, org.WrongAddress: org.FailAddressRefused,
	} {
		e.hinder(e.admin.AccountID, by)
		n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "one", Email: "one@corp.example"})
		if err != nil {
			t.Fatal(err)
		}
		if got := e.vend(n.ID); got.Failure != want {
			t.Errorf("the creation ends with %q, want %q", got.Failure, want)
		}
	}
	e.hinder(e.admin.AccountID, 0)
	e.account("one")
}

func TestWhatHindersFromInviting(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	invite := e.inviting(toAccount(e.stranger().AccountID))
	e.hindered("with an unfinished sign-up", e.admin.AccountID, org.NoSignUp, org.SignUpUnfinished, invite)
	// The address of an account is to be verified within a day of its creation.
	e.hindered("unverified", e.admin.AccountID, org.NoVerifiedEmail, org.OwnerUnverified, invite)
	e.pass(day)
	e.hindered("unverified after a day", e.admin.AccountID, org.NoVerifiedEmail, org.EmailCodeExpired, invite)
	if err := invite(); err != nil {
		t.Error(err)
	}
}

func TestWhatHindersFromJoining(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	guest := e.stranger()
	join := func(h org.Handshake) func() error { return e.accepting(guest, h.ID) }
	h := e.invite(toAccount(guest.AccountID))
	e.hindered("from another seller", guest.AccountID, org.OtherSeller, org.SellerDiffers, join(h))
	e.hindered("to another seller", e.admin.AccountID, org.OtherSeller, org.SellerDiffers, join(h))
	e.hindered("without payment", guest.AccountID, org.NoPayment, org.MemberPaymentMissing, join(h))
	e.accept(guest, h)
	if err := e.plane.LeaveOrganization(t.Context(), guest); err != nil {
		t.Fatal(err)
	}
	h = e.invite(toAccount(guest.AccountID))
	e.refused("a moment after it left", org.MembershipRate, join(h))
	e.pass(org.RulesOf(org.AWS).Vendor.JoinAfter)
	e.accept(guest, h)
}

func TestAFormerManagementAccountWaitsBeforeItJoins(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	other := e.another()
	h := e.invite(toAccount(other.admin.AccountID))
	if err := e.plane.DeleteOrganization(t.Context(), other.admin); err != nil {
		t.Fatal(err)
	}
	e.refused("at once", org.MembershipRate, e.accepting(other.admin, h.ID))
	e.pass(org.RulesOf(org.AWS).Vendor.JoinAfter)
	e.accept(other.admin, h)
}

func TestWhatHindersTransfers(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	other := e.another()
	offer := e.offering(e.admin, takeFrom(other))
	source := map[org.Hindrance]org.Reason{
		org.ContractPricing: org.PricingUnsupported, org.PrepaidBalance: org.PrepaymentUnused, org.LegacyPermissions: org.LegacyPermissionsUsed,
	}
	e.hindered("an unverified payer", e.admin.AccountID, org.NoVerifiedEmail, org.ManagementUnverified, offer)
	for by, want := range source {
		e.hindered("an offer: "+string(want), other.admin.AccountID, by, want, offer)
	}
	e.pass(day)
	e.hindered("a payer unverified for a day", e.admin.AccountID, org.NoVerifiedEmail, org.EmailCodeExpired, offer)
	e.hinder(e.admin.AccountID, org.ContractPricing|org.PrepaidBalance|org.LegacyPermissions) // it is the other bill that is meant
	h := e.offer(other)
	for by, want := range source {
		e.hindered("its acceptance: "+string(want), other.admin.AccountID, by, want, e.accepting(other.admin, h.ID))
	}
	e.accept(other.admin, h)
	e.status(e.admin, h.TransferID, org.TransferAccepted)
}

func TestAnUnknownAccountHasNoHindrances(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.refused("an unknown account", org.AccountMissing, func() error { return e.plane.SetHindrances(t.Context(), "000000000000", org.NoPayment) })
}
