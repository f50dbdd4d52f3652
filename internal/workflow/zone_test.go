package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/twin"
)

// zoneSetup is a set-up that succeeds; each call makes another.
func zoneSetup() landing.Setup {
	return landing.Setup{
		HomeRegion: "cn-north-4", Regions: []landing.Region{{Name: "cn-north-4", Enabled: true}, {Name: "cn-east-3"}},
		IdentityCenter: true, IdentityStoreEmail: "admin@example.com", CloudTrail: true,
		Structure: []landing.Structure{
			{Core: true, UnitName: "Security", Accounts: []landing.CoreAccount{
				{Type: landing.LoggingAccount, Name: "log-archive", Phone: "13800000000"},
				{Type: landing.SecurityAccount, Name: "audit-account", Phone: "13800000000", Email: "audit@example.com"},
			}},
			{UnitName: "Sandbox"},
		},
	}
}

func (b *bundle) setUp(t *testing.T, a landing.Action, s landing.Setup) {
	t.Helper()
	if err := b.plane.SetUpZone(t.Context(), b.admin, a, s); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) zone(t *testing.T) controlplane.Zone {
	t.Helper()
	return must(b.plane.GetZone(t.Context(), b.admin, "test"))
}

// zoneEnded waits for the end of the zone's action.
func (b *bundle) zoneEnded(t *testing.T) controlplane.Zone {
	t.Helper()
	eventually(t, func() bool { return b.zone(t).Status != landing.Running })
	return b.zone(t)
}

// deployed is a bundle whose zone is set up, with an engine that works until the test ends.
func deployed(t *testing.T) *bundle {
	t.Helper()
	b := newBundle(t, setting{partition: org.Huawei})
	b.run(t)
	b.setUp(t, landing.Create, zoneSetup())
	if z := b.zoneEnded(t); z.Status != landing.Succeeded {
		t.Fatalf("the set-up ends as %s: %s", z.Status, z.Message)
	}
	return b
}

// governs looks at what a set-up leaves behind: once each.
func (b *bundle) governs(t *testing.T) {
	t.Helper()
	units := must(b.plane.ListManagedUnits(t.Context(), b.admin, org.Page{Limit: 10}))
	got := map[string]landing.UnitType{}
	for _, u := range units.Units {
		got[u.Unit.Name] = u.Managed.Type
		if u.Managed.State != landing.UnitRegistered {
			t.Errorf("the unit %s is %s", u.Unit.Name, u.Managed.State)
		}
	}
	if d := cmp.Diff(map[string]landing.UnitType{"root": landing.RootUnit, "Security": landing.CoreUnit, "Sandbox": landing.CustomUnit}, got); d != "" {
		t.Error(d)
	}
	type place struct{ Type, Unit, State, Agency string }
	places := map[string]place{}
	for _, a := range must(b.plane.ListManagedAccounts(t.Context(), b.admin, "", org.Page{Limit: 10})).Accounts {
		places[a.Account.Name] = place{string(a.Managed.Type), a.Parent.Name, string(a.Managed.State), b.agency(t, a.Account.ID)}
	}
	want := map[string]place{
		"management":    {"PRIMARY", "root", "ENROLLED", landing.AdminAgency},
		"log-archive":   {"LOGGING", "Security", "ENROLLED", landing.ExecutionAgency},
		"audit-account": {"SECURITY", "Security", "ENROLLED", landing.ExecutionAgency},
	}
	if d := cmp.Diff(want, places); d != "" {
		t.Error(d)
	}
}

// agency names the zone's agency in an account.
func (b *bundle) agency(t *testing.T, a org.AccountID) string {
	t.Helper()
	names := ""
	check(t, b.store.View(t.Context(), func(r store.Reader) error {
		names = ""
		found, err := r.Principals(t.Context(), a)
		for _, p := range found {
			if p.Name == landing.AdminAgency && p.Trusts == landing.Service || p.Name == landing.ExecutionAgency && p.Trusts == string(b.org.ManagementID) && p.Administrator {
				names += p.Name
			}
		}
		return err
	}))
	return names
}

func TestASetUpLeavesAZone(t *testing.T) {
	t.Parallel()
	b := deployed(t)
	b.governs(t)
	z := b.zone(t)
	if !z.Deployed() || landing.Percent(z.Steps) != 100 || len(z.Steps) != len(landing.SetupSteps) || z.Message != "" {
		t.Errorf("the zone is %+v", z.Zone)
	}
	for _, a := range z.Setup.CoreAccounts() {
		if a.AccountID == "" || a.CreationID == "" {
			t.Errorf("the core account is %+v", a)
		}
	}
	primary := must(b.plane.GetCoreAccount(t.Context(), b.admin, landing.PrimaryAccount))
	log := must(b.plane.GetCoreAccount(t.Context(), b.admin, landing.LoggingAccount))
	if primary.Managed.MadeHere || primary.Managed.IdentityEmail != "admin@example.com" || !log.Managed.MadeHere || log.Account.Name != "log-archive" {
		t.Errorf("the core accounts are %+v, %+v", primary, log)
	}
}

func TestAnUpdateAndARepairWalkOverTheWholeZone(t *testing.T) {
	t.Parallel()
	b := deployed(t)
	core := must(b.plane.GetCoreAccount(t.Context(), b.admin, landing.LoggingAccount))
	check(t, b.plane.MoveAccount(t.Context(), b.admin, core.Account.ID, core.Parent.ID, b.org.RootID))
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		p, err := tx.PrincipalNamed(t.Context(), core.Account.ID, org.Role, landing.ExecutionAgency)
		if err != nil {
			return err
		}
		return tx.DeletePrincipal(t.Context(), p.ID)
	}))
	for _, a := range []landing.Action{landing.Repair, landing.Update} {
		before := b.rows(t)["accounts"]
		s := zoneSetup()
		s.Regions[1].Enabled = true
		b.setUp(t, a, s)
		z := b.zoneEnded(t)
		if z.Status != landing.Succeeded || z.Action != a || b.rows(t)["accounts"] != before {
			t.Errorf("the %s ends as %+v", a, z.Zone)
		}
		b.governs(t)
	}
	log := must(b.plane.GetCoreAccount(t.Context(), b.admin, landing.LoggingAccount))
	if !log.Managed.Regions[1].Enabled {
		t.Error("the new region is not governed")
	}
}

func TestASetUpTakesInMembers(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{partition: org.Huawei})
	b.run(t)
	n := b.ended(t, b.request(t, org.AccountRequest{Name: "log-archive", Resource: true}))
	s := zoneSetup()
	s.Structure[0].Accounts[0].AccountID = n.AccountID
	b.setUp(t, landing.Create, s)
	if z := b.zoneEnded(t); z.Status != landing.Succeeded {
		t.Fatalf("the set-up ends as %+v", z.Zone)
	}
	b.governs(t)
	if log := must(b.plane.GetCoreAccount(t.Context(), b.admin, landing.LoggingAccount)); log.Managed.MadeHere || log.Account.ID != n.AccountID {
		t.Errorf("the log account is %+v", log)
	}
}

func TestAFailedSetUpIsTakenUpByTheNext(t *testing.T) {
	t.Parallel()
	for name, why := range map[string]org.Failure{"a name in use": org.FailNameInUse, "a business check": org.FailFinanceUnlinked} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, setting{partition: org.Huawei})
			must(b.faults.Add(twin.Fault{Failure: string(why)}))
			b.run(t)
			b.setUp(t, landing.Create, zoneSetup())
			z := b.zoneEnded(t)
			if z.Status != landing.Failed || z.Message == "" || z.Deployed() || len(z.Refused) != 1 || z.Refused[0].Failure != why {
				t.Fatalf("the set-up ends as %+v, refused %+v", z.Zone, z.Refused)
			}
			if z.Steps[0].Status != landing.Succeeded || z.Steps[1].Status != landing.Failed {
				t.Errorf("its steps are %+v", z.Steps)
			}
			b.quiet(t)
			b.setUp(t, landing.Create, zoneSetup())
			if z := b.zoneEnded(t); z.Status != landing.Succeeded || len(z.Refused) != 0 {
				t.Fatalf("the next one ends as %+v", z.Zone)
			}
			b.governs(t)
		})
	}
}

// nursery makes accounts in passing: each creation that a transaction starts is carried through right behind it, so that an exercise, which knows
// one workflow only, finds it done.
type nursery struct {
	store.Store
	b *bundle
}

func (n nursery) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := n.Store.Update(ctx, fn); err != nil {
		return err
	}
	for {
		select {
		case s := <-n.b.sagas:
			if s.Kind != string(org.CreateAccount) {
				continue
			}
			if err := n.raise(ctx, s); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

func (n nursery) raise(ctx context.Context, s durable.Saga) error {
	return n.Store.Update(ctx, func(tx store.Tx) error {
		r := &durable.Run{Saga: s}
		for _, st := range n.b.flows.All()[0].Steps {
			if err := st.Write(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bundle) flow(t *testing.T, w org.Work) durable.Workflow[store.Tx] {
	t.Helper()
	for _, f := range b.flows.All() {
		if f.Name == string(w) {
			return f
		}
	}
	t.Fatalf("there is no workflow %s", w)
	return durable.Workflow[store.Tx]{}
}

func TestSetUpBrokenAndRepeatedAtEachStep(t *testing.T) {
	t.Parallel()
	durabletest.Exercise(t, func(t *testing.T) durabletest.Bench[store.Tx] {
		b := newBundle(t, setting{partition: org.Huawei})
		b.setUp(t, landing.Create, zoneSetup())
		done := func(t *testing.T) {
			t.Helper()
			if z := b.zone(t); z.Status != landing.Succeeded {
				t.Fatalf("the set-up ends as %+v", z.Zone)
			}
			b.governs(t)
			if n := b.rows(t); n["accounts"] != 3 || n["units"] != 3 {
				t.Errorf("there are %d accounts and %d units", n["accounts"], n["units"])
			}
		}
		return durabletest.Bench[store.Tx]{
			Journal: nursery{b.store, b}, Workflow: b.flow(t, org.SetUpLandingZone), Saga: <-b.sagas,
			Clean: func(t *testing.T) {
				z := b.zone(t)
				if z.Status != landing.Failed || z.Message == "" || z.Deployed() {
					t.Fatalf("the set-up ends as %+v", z.Zone)
				}
				b.run(t)
				b.setUp(t, landing.Create, zoneSetup())
				b.zoneEnded(t)
				done(t)
			},
			Done: done,
		}
	})
}

func TestAZoneThatIsGoneIsNotSetUp(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{partition: org.Huawei})
	b.run(t)
	before := b.rows(t)
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		return tx.Start(t.Context(), "again", org.SetUpLandingZone, "o-gone", time.Now())
	}))
	b.quiet(t)
	b.grew(t, before, nil)
}
