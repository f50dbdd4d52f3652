package landing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
)

func TestWhatAUnitTakes(t *testing.T) {
	t.Parallel()
	const running, registered, failed = landing.UnitRegistering, landing.UnitRegistered, landing.UnitRegisterFailed
	for _, c := range []struct {
		name                       string
		unit                       landing.Unit
		units, accounts, registers org.Reason
	}{
		{"the root", landing.Unit{Type: landing.RootUnit, State: registered}, "", org.UnitRefusesAccounts, org.UnitNotRegistrable},
		{"the core unit", landing.Unit{Type: landing.CoreUnit, State: registered}, org.ParentIsCore, org.UnitRefusesAccounts, org.UnitNotRegistrable},
		{"a registered unit", landing.Unit{Type: landing.CustomUnit, State: registered}, "", "", org.UnitAlreadyRegistered},
		{"a unit being registered", landing.Unit{Type: landing.CustomUnit, State: running}, org.ParentNotRegistered, org.ManagedOperationRunning, org.ManagedOperationRunning},
		{"a unit that failed to be", landing.Unit{Type: landing.CustomUnit, State: failed}, org.ParentNotRegistered, org.ParentNotRegistered, ""},
		{"a unit of the organization alone", landing.Unit{}, org.ParentNotRegistered, org.ParentNotRegistered, ""},
	} {
		got := []org.Reason{org.ReasonOf(c.unit.TakesUnits()), org.ReasonOf(c.unit.TakesAccounts()), org.ReasonOf(c.unit.Registrable())}
		if d := cmp.Diff([]org.Reason{c.units, c.accounts, c.registers}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestAccountRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		q        landing.AccountRequest
		fails    org.Reason
		resource bool
	}{
		{"a name is enough", landing.AccountRequest{Name: "account-1"}, "", true},
		{"a phone makes a full account", landing.AccountRequest{Name: "account-1", Phone: "13800000000"}, "", false},
		{"an address makes a full account", landing.AccountRequest{Name: "account-1", Email: "a@example.com"}, "", false},
		{"an identity user has an address", landing.AccountRequest{Name: "account-1", IdentityUser: "u", IdentityEmail: "u@example.com"}, "", true},
		{"an identity user without one", landing.AccountRequest{Name: "account-1", IdentityUser: "u"}, org.IdentityStoreMailMissing, true},
		{"an identity user with a wrong one", landing.AccountRequest{Name: "account-1", IdentityUser: "u", IdentityEmail: "u"}, org.InvalidEmail, true},
		{"a wrong address", landing.AccountRequest{Name: "account-1", Email: "a"}, org.InvalidEmail, false},
		{"a wrong name", landing.AccountRequest{Name: "1"}, org.InvalidAccountName, true},
		{"a blueprint", landing.AccountRequest{Name: "account-1", Blueprint: landing.Blueprint{ProductID: "p"}}, org.NotServed, true},
	} {
		if err := c.q.Check(rules); org.ReasonOf(err) != c.fails {
			t.Errorf("%s: %v, want %q", c.name, err, c.fails)
		}
		if got := c.q.Account(); got.Resource != c.resource || got.Name != c.q.Name {
			t.Errorf("%s: the organization is asked for %+v", c.name, got)
		}
	}
}

func TestAnAccountFailsInWhatItWasUnderWayTo(t *testing.T) {
	t.Parallel()
	for from, want := range map[landing.AccountState]landing.AccountState{
		landing.AccountCreating: landing.AccountCreateFailed, landing.AccountEnrolling: landing.AccountEnrollFailed,
	} {
		a := landing.Account{State: from}
		if got := a.Fail("no", noon); got.State != want || got.Message != "no" || got.UpdatedAt != noon {
			t.Errorf("from %s: %+v", from, got)
		}
	}
}

func TestAnOperationEnds(t *testing.T) {
	t.Parallel()
	n := landing.Operation{Status: landing.Running, Steps: landing.Steps(landing.AccountSteps...)}
	n = n.Advance(landing.StepCreate, noon)
	if got := n.Fail("no", noon); got.Status != landing.Failed || got.Message != "no" || got.Steps[0].Status != landing.Succeeded || got.Steps[1].Status != landing.Failed {
		t.Errorf("it fails as %+v", got)
	}
	if got := n.Finish(noon); got.Status != landing.Succeeded || landing.Percent(got.Steps) != 16 {
		t.Errorf("it ends as %+v", got)
	}
}
