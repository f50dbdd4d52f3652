package org

import (
	"slices"
	"testing"
	"time"
)

func TestWhatForbidsLeaving(t *testing.T) {
	t.Parallel()
	o := Organization{Partition: AWS, ManagementID: "m", FeatureSet: AllFeatures}
	joined := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	vendor, day := RulesOf(AWS).Vendor, 24*time.Hour
	of := func(change func(*Account)) Account {
		a := Account{ID: "a", State: AccountActive, JoinMethod: Created, JoinedAt: joined}
		change(&a)
		return a
	}
	lacking := func(h Hindrance) Account { return of(func(a *Account) { a.Hindrances = h }) }
	in := func(s AccountState) Account { return of(func(a *Account) { a.State = s }) }
	nothing := func(*Account) {}
	for says, c := range map[string]struct {
		q         Quotas
		a         Account
		delegated bool
		after     time.Duration
		want      Reason
	}{
		"after four days":                    {vendor, of(nothing), false, 4 * day, ""},
		"a moment before":                    {vendor, of(nothing), false, 4*day - 1, LeavingTooEarly},
		"Huawei Cloud after four days":       {RulesOf(Huawei).Vendor, of(nothing), false, 4 * day, LeavingTooEarly},
		"Huawei Cloud after seven days":      {RulesOf(Huawei).Vendor, of(nothing), false, 7 * day, ""},
		"at once, where nobody has to wait":  {RulesOf(AWS).Relaxed, of(nothing), false, 0, ""},
		"at once, an invited one":            {vendor, of(func(a *Account) { a.JoinMethod = Invited }), false, 0, ""},
		"the management account":             {vendor, of(func(a *Account) { a.ID = "m" }), true, 0, ManagementCannotLeave},
		"a delegated administrator":          {vendor, of(nothing), true, 9 * day, DelegateCannotLeave},
		"a delegated administrator, early":   {vendor, of(nothing), true, 0, LeavingTooEarly},
		"without an agreement":               {vendor, lacking(NoAgreement | NoPhone | NoPayment), false, 9 * day, AgreementMissing},
		"without a phone":                    {vendor, lacking(NoPhone | NoPayment), false, 9 * day, PhoneUnverified},
		"without a payment method":           {vendor, lacking(NoPayment | WrongPayment), false, 9 * day, PaymentMissing},
		"with a payment method of no use":    {vendor, lacking(WrongPayment), false, 9 * day, PaymentInvalid},
		"a delegate that lacks something":    {vendor, lacking(NoPhone), true, 9 * day, DelegateCannotLeave},
		"a resource account":                 {vendor, of(func(a *Account) { a.Resource = true }), false, 9 * day, ResourceCannotLeave},
		"a closed one":                       {vendor, in(AccountClosed), false, 9 * day, ClosedCannotLeave},
		"one that is being closed":           {vendor, in(AccountPendingClosure), false, 9 * day, ClosedCannotLeave},
		"a suspended one":                    {vendor, in(AccountSuspended), false, 9 * day, ""},
		"a closed one where nobody waits":    {RulesOf(AWS).Relaxed, in(AccountClosed), false, 0, ClosedCannotLeave},
		"a delegate at once, without a wait": {RulesOf(AWS).Relaxed, of(nothing), true, 0, DelegateCannotLeave},
	} {
		if got := reasonOf(CheckLeaving(c.q, o, c.a, c.delegated, joined.Add(c.after))); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
		moving := c.want // whoever moves over to another organization needs nothing to stand alone
		if slices.Contains([]Reason{AgreementMissing, PhoneUnverified, PaymentMissing, PaymentInvalid}, c.want) {
			moving = ""
		}
		if got := reasonOf(CheckMoving(c.q, o, c.a, c.delegated, joined.Add(c.after))); got != moving {
			t.Errorf("%s, which moves over: %q, want %q", says, got, moving)
		}
	}
}

func TestACodeConfirmsOneAddressForADay(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	wish := EmailChange{Email: "a@example.com", Code: "1a2b3c", RequestedAt: at}
	for says, c := range map[string]struct {
		email, code string
		after       time.Duration
		want        Reason
	}{
		"at once":         {"a@example.com", "1a2b3c", 0, ""},
		"at the last":     {"a@example.com", "1a2b3c", CodeLife - 1, ""},
		"too late":        {"a@example.com", "1a2b3c", CodeLife, CodeWrong},
		"another address": {"b@example.com", "1a2b3c", 0, CodeWrong},
		"another code":    {"a@example.com", "1a2b3d", 0, CodeWrong},
		"other letters":   {"a@example.com", "1A2B3C", 0, CodeWrong},
		"no code at all":  {"a@example.com", "", 0, CodeWrong},
	} {
		if got := reasonOf(wish.Confirm(c.email, c.code, at.Add(c.after))); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}
