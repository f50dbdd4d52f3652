package org

import "testing"

// AWS Organizations User Guide, "Monitor the state of your AWS accounts".
func TestWhatTheStatesOfAnAccountMean(t *testing.T) {
	t.Parallel()
	o := Organization{Partition: AWS, ManagementID: "m", FeatureSet: AllFeatures}
	for state, want := range map[AccountState]struct{ member, alone, delegate, set Reason }{
		AccountActive:            {"", "", "", ""},
		AccountPendingClosure:    {"", "", "", AccountClosing},
		AccountSuspended:         {KeyUnknown, KeyUnknown, DelegateSuspended, ""},
		AccountPendingActivation: {KeyUnknown, KeyUnknown, DelegateSuspended, ""},
		AccountClosed:            {"", KeyUnknown, DelegateSuspended, AccountAlreadyClosed},
	} {
		a := Account{ID: "a", OrganizationID: "o", State: state}
		if got := reasonOf(a.CheckUsable()); got != want.member {
			t.Errorf("a member that is %s: %q, want %q", state, got, want.member)
		}
		if got := reasonOf(Account{ID: "a", State: state}.CheckUsable()); got != want.alone {
			t.Errorf("one that is %s and stands alone: %q, want %q", state, got, want.alone)
		}
		if got := reasonOf(CheckDelegate(o, a)); got != want.delegate {
			t.Errorf("a delegate that is %s: %q, want %q", state, got, want.delegate)
		}
		for _, to := range []AccountState{AccountActive, AccountSuspended, AccountPendingActivation} {
			if got := reasonOf(CheckStanding(a, to)); got != want.set {
				t.Errorf("%s to %s: %q, want %q", state, to, got, want.set)
			}
		}
		for _, to := range []AccountState{AccountClosed, AccountPendingClosure, AccountCreating, "", "active"} {
			if got := reasonOf(CheckStanding(a, to)); got != InputNotInSet {
				t.Errorf("%s to %q: %q", state, to, got)
			}
		}
	}
}
