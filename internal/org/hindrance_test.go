package org

import (
	"errors"
	"testing"
	"time"
)

func TestWhatHindersWhichDeed(t *testing.T) {
	t.Parallel()
	born := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	everything := Hindrance(-1)
	for says, c := range map[string]struct {
		p     Partition
		by    Hindrance
		deed  Deed
		after time.Duration
		want  Reason
	}{
		"nothing founds": {AWS, 0, Founding, 0, ""},
		"everything but what matters to founding": {AWS, everything &^ (NoSignUp | NoContact | NoPayment), Founding, 0, ""},
		"founding, unfinished":                    {AWS, everything, Founding, 0, SignUpUnfinished},
		"founding without an address":             {AWS, NoContact | NoPayment, Founding, 0, ContactDataMissing},
		"founding without payment":                {AWS, NoPayment, Founding, 0, FounderPaymentMissing},
		"founding without a license":              {AWS, NoLicense, Founding, 0, ""},
		"founding without a license in China":     {AWSChina, NoLicense, Founding, 0, LicenseMissing},
		"creating without an address":             {AWS, NoContact | OtherMarketplace, Creating, 0, ContactDataMissing},
		"creating from another marketplace":       {AWSGov, OtherMarketplace, Creating, 0, MarketplaceDiffers},
		"creating without payment":                {AWS, NoPayment | WrongPayment | NoLicense, Creating, 0, ""},
		"inviting, unfinished":                    {AWS, NoSignUp | NoVerifiedEmail, Inviting, 0, SignUpUnfinished},
		"inviting, unverified":                    {AWS, NoVerifiedEmail, Inviting, SignUpCodeLife - 1, OwnerUnverified},
		"inviting, unverified for a day":          {AWS, NoVerifiedEmail, Inviting, SignUpCodeLife, EmailCodeExpired},
		"inviting, verified":                      {AWS, everything &^ (NoSignUp | NoVerifiedEmail), Inviting, SignUpCodeLife, ""},
		"joining without payment":                 {AWS, everything, Joining, 0, MemberPaymentMissing},
		"taking a bill, unverified":               {AWS, everything, TakingBill, 0, ManagementUnverified},
		"taking a bill, unverified for a day":     {AWS, everything, TakingBill, SignUpCodeLife, EmailCodeExpired},
		"handing over a contract":                 {AWS, everything, HandingBill, 0, PricingUnsupported},
		"handing over a balance":                  {AWS, PrepaidBalance | LegacyPermissions, HandingBill, 0, PrepaymentUnused},
		"handing over with old permissions":       {AWS, LegacyPermissions, HandingBill, 0, LegacyPermissionsUsed},
		"Huawei Cloud, founding":                  {Huawei, everything, Founding, 0, ""},
		"Huawei Cloud, inviting":                  {Huawei, everything, Inviting, 0, ""},
		"Huawei Cloud, joining":                   {Huawei, everything, Joining, 0, ""},
		"Huawei Cloud, leaving":                   {Huawei, everything, Leaving, 0, AgreementMissing},
	} {
		a := Account{Partition: c.p, Hindrances: c.by, CreatedAt: born}
		if got := reasonOf(RulesOf(c.p).CheckDeed(a, c.deed, born.Add(c.after))); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}

func TestHowTheManagementAccountFailsACreation(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		p    Partition
		by   Hindrance
		step Step
		want Failure
	}{
		"no payment":                         {AWS, NoPayment | WrongPayment, StepBilling, FailPaymentMissing},
		"a wrong payment":                    {AWS, WrongPayment | NoLicense, StepBilling, FailPaymentRefused},
		"no license":                         {AWSGov, NoLicense, StepBilling, FailBusinessMissing},
		"a wrong address":                    {AWS, WrongAddress, StepReserve, FailAddressRefused},
		"a wrong address, later":             {AWS, WrongAddress, StepBilling, ""},
		"no payment, earlier":                {AWS, NoPayment, StepReserve, ""},
		"what is the matter with other deed": {AWS, ^(NoPayment | WrongPayment | NoLicense), StepBilling, ""},
		"Huawei Cloud":                       {Huawei, ^Hindrance(0), StepBilling, ""},
	} {
		err := RulesOf(c.p).CheckStep(Account{Hindrances: c.by}, c.step)
		var got Failure
		if e, ok := errors.AsType[*CreationError](err); ok {
			got = e.Failure
		}
		if got != c.want || (err == nil) != (c.want == "") {
			t.Errorf("%s: %v, want %q", says, err, c.want)
		}
	}
}

func TestStoredHindrancesKeepTheirMeaning(t *testing.T) {
	t.Parallel()
	for i, h := range []Hindrance{
		NoAgreement, NoPhone, NoPayment, WrongPayment, NoSignUp, NoContact, NoLicense, WrongAddress, OtherMarketplace, NoVerifiedEmail, OtherSeller,
		ContractPricing, PrepaidBalance, LegacyPermissions,
	} {
		if h != 1<<i {
			t.Errorf("the hindrance %d is kept as %d", i, h)
		}
	}
}

func TestWhatForbidsJoining(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	vendor := RulesOf(AWS).Vendor
	for says, c := range map[string]struct {
		q        Quotas
		state    AccountState
		by, host Hindrance
		after    time.Duration
		want     Reason
	}{
		"nothing":                          {vendor, AccountActive, 0, 0, 5 * time.Minute, ""},
		"its state":                        {vendor, AccountClosed, NoPayment, 0, 0, ClosedCannotLeave},
		"its seller":                       {vendor, AccountActive, OtherSeller | NoPayment, 0, 0, SellerDiffers},
		"the seller of the organization":   {vendor, AccountActive, 0, OtherSeller, 0, SellerDiffers},
		"not a seller that is the same":    {vendor, AccountActive, OtherSeller, OtherSeller, 5 * time.Minute, ""},
		"its payment":                      {vendor, AccountActive, NoPayment, 0, 0, MemberPaymentMissing},
		"not the payment of the host":      {vendor, AccountActive, 0, NoPayment, 5 * time.Minute, ""},
		"a change a moment ago":            {vendor, AccountActive, 0, 0, 5*time.Minute - 1, MembershipRate},
		"no change, where nobody counts":   {RulesOf(AWS).Relaxed, AccountActive, 0, 0, 0, ""},
		"no change on Huawei Cloud either": {RulesOf(Huawei).Vendor, AccountActive, 0, 0, 0, ""},
	} {
		a := Account{Partition: AWS, State: c.state, Hindrances: c.by, JoinedAt: at}
		if got := reasonOf(CheckJoining(c.q, a, Account{Hindrances: c.host}, at.Add(c.after))); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
	if got := reasonOf(CheckJoining(vendor, Account{Partition: AWS, State: AccountActive}, Account{}, at)); got != "" {
		t.Errorf("an account that was never a member: %s", got)
	}
	mover := Account{Partition: AWS, OrganizationID: "o", State: AccountActive, Hindrances: NoPayment}
	if got := reasonOf(CheckJoining(vendor, mover, Account{}, at)); got != "" {
		t.Errorf("a member of another organization that cannot pay: %s", got)
	}
}
