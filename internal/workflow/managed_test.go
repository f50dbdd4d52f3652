package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/workflow"
)

func (b *bundle) managedUnit(t *testing.T, name string) controlplane.ManagedUnit {
	t.Helper()
	return must(b.plane.CreateManagedUnit(t.Context(), b.admin, b.org.RootID, name))
}

func managedWish() landing.AccountRequest {
	return landing.AccountRequest{Name: "workload-1", UnitName: "Workloads", IdentityUser: "operator", IdentityEmail: "operator@example.com"}
}

func (b *bundle) operation(t *testing.T, id org.OperationID) controlplane.Operation {
	t.Helper()
	return must(b.plane.GetOperation(t.Context(), b.admin, id))
}

func (b *bundle) operationEnded(t *testing.T, id org.OperationID) controlplane.Operation {
	t.Helper()
	eventually(t, func() bool { return b.operation(t, id).Status != landing.Running })
	return b.operation(t, id)
}

// isEnrolled looks at the account that an operation made, which stands in the organization's list under its very name.
func (b *bundle) isEnrolled(t *testing.T, n controlplane.Operation, u controlplane.ManagedUnit) {
	t.Helper()
	if n.Status != landing.Succeeded || n.Message != "" || landing.Percent(n.Steps) != 100 || len(n.Steps) != len(landing.AccountSteps) {
		t.Fatalf("the operation ends as %+v", n.Operation)
	}
	a := must(b.plane.GetManagedAccount(t.Context(), b.admin, n.AccountID))
	if a.Managed.State != landing.AccountEnrolled || a.Managed.Type != landing.CustomAccount || !a.Managed.MadeHere || a.Managed.IdentityUser != "operator" ||
		a.Managed.IdentityEmail != "operator@example.com" || len(a.Managed.Regions) != 2 || b.agency(t, n.AccountID) != landing.ExecutionAgency {
		t.Errorf("the account is %+v", a.Managed)
	}
	listed := must(b.plane.ListAccounts(t.Context(), b.admin, u.Unit.ID, org.Page{Limit: 10})).Accounts
	if len(listed) != 1 || listed[0].Name != "workload-1" || listed[0].ID != n.AccountID {
		t.Errorf("the organization lists %+v in the unit", listed)
	}
	governed := must(b.plane.ListManagedAccounts(t.Context(), b.admin, u.Unit.ID, org.Page{Limit: 10})).Accounts
	if len(governed) != 1 || governed[0].Account.ID != n.AccountID || governed[0].Parent.ID != u.Unit.ID {
		t.Errorf("the zone lists %+v in the unit", governed)
	}
}

func TestAManagedAccountIsMade(t *testing.T) {
	t.Parallel()
	b := deployed(t)
	u := b.managedUnit(t, "Workloads")
	asked, err := b.plane.CreateManagedAccount(t.Context(), b.admin, u.Unit.ID, managedWish())
	if err != nil {
		t.Fatal(err)
	}
	n := b.operationEnded(t, asked.ID)
	b.isEnrolled(t, n, u)
	latest := must(b.plane.LatestOperation(t.Context(), b.admin, n.AccountID, ""))
	if d := cmp.Diff(n, latest); d != "" {
		t.Error(d)
	}
	if !slices.Contains(b.events(t, 0), org.ManagedAccountCreated) {
		t.Error("nothing is told of it")
	}
}

func TestEveryFailureOfACreationFailsTheOperation(t *testing.T) {
	t.Parallel()
	b := deployed(t)
	u := b.managedUnit(t, "Workloads")
	for _, why := range []org.Failure{org.FailCallerUnknown, org.FailNameInUse, org.FailAccount, org.FailToken, org.FailServiceRole, org.FailAccessRole, org.FailFinanceUnlinked} {
		must(b.faults.Add(twin.Fault{Failure: string(why)}))
		asked := must(b.plane.CreateManagedAccount(t.Context(), b.admin, u.Unit.ID, managedWish()))
		n := b.operationEnded(t, asked.ID)
		if n.Status != landing.Failed || n.Creation == nil || n.Creation.Failure != why || !strings.Contains(n.Message, string(why)) || n.AccountID != "" {
			t.Errorf("%s: the operation ends as %+v", why, n.Operation)
		}
		if n.Steps[0].Status != landing.Failed {
			t.Errorf("%s: its steps are %+v", why, n.Steps)
		}
	}
	if got := len(must(b.plane.ListManagedAccounts(t.Context(), b.admin, u.Unit.ID, org.Page{Limit: 10})).Accounts); got != 0 {
		t.Errorf("%d accounts are left over", got)
	}
	b.isEnrolled(t, b.operationEnded(t, must(b.plane.CreateManagedAccount(t.Context(), b.admin, u.Unit.ID, managedWish())).ID), u)
}

func TestCreateManagedAccountBrokenAndRepeatedAtEachStep(t *testing.T) {
	t.Parallel()
	durabletest.Exercise(t, func(t *testing.T) durabletest.Bench[store.Tx] {
		b := ready(t)
		u := b.managedUnit(t, "Workloads")
		asked := must(b.plane.CreateManagedAccount(t.Context(), b.admin, u.Unit.ID, managedWish()))
		saga, before := <-b.sagas, b.rows(t)["accounts"]
		return durabletest.Bench[store.Tx]{
			Journal: nursery{b.store, b}, Workflow: b.flow(t, org.CreateManagedAccount), Saga: saga,
			Clean: func(t *testing.T) {
				n := b.operation(t, asked.ID)
				if n.Status != landing.Failed || n.Message == "" {
					t.Fatalf("the operation ends as %+v", n.Operation)
				}
				b.isKept(t, n)
			},
			Done: func(t *testing.T) {
				b.isEnrolled(t, b.operation(t, asked.ID), u)
				if got := b.rows(t)["accounts"] - before; got != 1 {
					t.Errorf("%d accounts were made", got)
				}
			},
		}
	})
}

// isKept looks at an account whose operation failed: it stays a member, and the zone says how far it came.
func (b *bundle) isKept(t *testing.T, n controlplane.Operation) {
	t.Helper()
	if n.AccountID == "" {
		return
	}
	a := must(b.plane.GetManagedAccount(t.Context(), b.admin, n.AccountID))
	want := landing.AccountEnrollFailed
	if n.Steps[1].Status != landing.Succeeded {
		want = landing.AccountCreateFailed
	}
	if a.Managed.State != want || a.Managed.Message != n.Message || a.Account.OrganizationID != b.org.ID {
		t.Errorf("the account is %s (%s), want %s; the operation is %+v", a.Managed.State, a.Managed.Message, want, n.Operation)
	}
}

// ready is a bundle with a zone, and no engine.
func ready(t *testing.T) *bundle {
	t.Helper()
	b := newBundle(t, setting{partition: org.Huawei})
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		root := landing.Unit{OrganizationID: b.org.ID, UnitID: b.org.RootID, Type: landing.RootUnit, State: landing.UnitRegistered}
		if err := tx.PutManagedUnit(t.Context(), root); err != nil {
			return err
		}
		z := landing.Zone{OrganizationID: b.org.ID, Setup: zoneSetup(), Action: landing.Create}
		return tx.PutZone(t.Context(), z.Finish(b.clock.Now()))
	}))
	return b
}

func TestAUnitIsRegistered(t *testing.T) {
	t.Parallel()
	b := deployed(t)
	u := must(b.plane.CreateUnit(t.Context(), b.admin, b.org.RootID, "Old", nil))
	asked, err := b.plane.RegisterUnit(t.Context(), b.admin, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if n := b.operationEnded(t, asked.ID); n.Status != landing.Succeeded || landing.Percent(n.Steps) != 100 || n.UnitID != u.ID {
		t.Errorf("the operation ends as %+v", n.Operation)
	}
	if m := must(b.plane.GetManagedUnit(t.Context(), b.admin, u.ID)); m.Managed.State != landing.UnitRegistered || m.Managed.Type != landing.CustomUnit {
		t.Errorf("the unit is %+v", m.Managed)
	}
	if latest := must(b.plane.LatestOperation(t.Context(), b.admin, "", u.ID)); latest.ID != asked.ID {
		t.Errorf("the latest operation is %s", latest.ID)
	}
}

func TestRegisterUnitBrokenAndRepeatedAtEachStep(t *testing.T) {
	t.Parallel()
	durabletest.Exercise(t, func(t *testing.T) durabletest.Bench[store.Tx] {
		b := ready(t)
		u := must(b.plane.CreateUnit(t.Context(), b.admin, b.org.RootID, "Old", nil))
		asked := must(b.plane.RegisterUnit(t.Context(), b.admin, u.ID))
		return durabletest.Bench[store.Tx]{
			Journal: b.store, Workflow: b.flow(t, org.RegisterUnit), Saga: <-b.sagas,
			Clean: func(t *testing.T) {
				n, m := b.operation(t, asked.ID), must(b.plane.GetManagedUnit(t.Context(), b.admin, u.ID))
				if n.Status != landing.Failed || n.Message == "" || m.Managed.State != landing.UnitRegisterFailed || m.Managed.Message != n.Message {
					t.Errorf("the operation ends as %+v, the unit as %+v", n.Operation, m.Managed)
				}
				if _, err := b.plane.RegisterUnit(t.Context(), b.admin, u.ID); err != nil {
					t.Errorf("it cannot be registered again: %v", err)
				}
			},
			Done: func(t *testing.T) {
				m := must(b.plane.GetManagedUnit(t.Context(), b.admin, u.ID))
				if n := b.operation(t, asked.ID); n.Status != landing.Succeeded || m.Managed.State != landing.UnitRegistered {
					t.Errorf("the operation ends as %+v, the unit as %+v", n.Operation, m.Managed)
				}
			},
		}
	})
}

func TestAnOperationWhoseUnitIsGoneFails(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(*testing.T, *bundle) (org.UnitID, landing.Operation){
		"a registration": func(t *testing.T, b *bundle) (org.UnitID, landing.Operation) {
			u := must(b.plane.CreateUnit(t.Context(), b.admin, b.org.RootID, "Old", nil))
			return u.ID, must(b.plane.RegisterUnit(t.Context(), b.admin, u.ID))
		},
		"an account's creation": func(t *testing.T, b *bundle) (org.UnitID, landing.Operation) {
			u := b.managedUnit(t, "Workloads")
			return u.Unit.ID, must(b.plane.CreateManagedAccount(t.Context(), b.admin, u.Unit.ID, managedWish()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := ready(t)
			u, asked := begin(t, b)
			check(t, b.store.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteUnit(t.Context(), b.org.ID, u) }))
			b.run(t)
			n := b.operationEnded(t, asked.ID)
			if n.Status != landing.Failed || n.Message == "" {
				t.Errorf("the operation ends as %+v", n.Operation)
			}
			b.isKept(t, n)
		})
	}
}

func TestRealisticDeedsUnderAZoneTakeTheirTimeOnTheClock(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{partition: org.Huawei, pace: workflow.Realistic})
	b.clock.Freeze()
	b.setUp(t, landing.Create, zoneSetup())
	b.run(t)
	time.Sleep(50 * time.Millisecond)
	if z := b.zone(t); z.Status != landing.Running || landing.Percent(z.Steps) != 0 {
		t.Errorf("without time it is at %+v", z.Steps)
	}
	eventually(t, func() bool { // the core accounts take their own time, once they are asked for
		b.clock.Advance(10 * time.Second)
		return b.zone(t).Status == landing.Succeeded
	})
}
