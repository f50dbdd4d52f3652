package org

import "testing"

// AWS Organizations User Guide, "Monitor the state of your AWS accounts".
func TestWhatTheStatesOfAnAccountMean(t *testing.T) {
	t.Parallel()
	o := Organization{Partition: AWS, ManagementID: "m", FeatureSet: AllFeatures}
	for state, want := range map[AccountState]struct{ caller, delegate, set Reason }{
		AccountActive:            {"", "", ""},
		AccountPendingClosure:    {"", "", AccountClosing},
		AccountSuspended:         {KeyUnknown, DelegateSuspended, ""},
		AccountPendingActivation: {KeyUnknown, DelegateSuspended, ""},
		AccountClosed:            {"", DelegateSuspended, AccountAlreadyClosed},
	} {
		a := Account{ID: "a", State: state}
		if got := reasonOf(a.CheckUsable()); got != want.caller {
			t.Errorf("a caller that is %s: %q, want %q", state, got, want.caller)
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
