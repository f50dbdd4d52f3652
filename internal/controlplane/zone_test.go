package controlplane_test

import (
	"context"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// governed is one deed under a landing zone, on things that do not exist, and what it finds missing in the end.
type governed struct {
	name   string
	writes bool
	found  org.Reason
	do     func(context.Context, *controlplane.Plane, org.Caller) error
}

func governedDeeds() []governed {
	page := org.Page{Limit: 1}
	return []governed{
		{"CreateManagedUnit", true, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.CreateManagedUnit(ctx, c, "ou-no", "")
			return err
		}},
		{"RegisterUnit", true, org.UnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.RegisterUnit(ctx, c, "ou-no")
			return err
		}},
		{"CreateManagedAccount", true, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.CreateManagedAccount(ctx, c, "ou-no", landing.AccountRequest{})
			return err
		}},
		{"GetManagedUnit", false, org.ManagedUnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetManagedUnit(ctx, c, "ou-no")
			return err
		}},
		{"ListManagedUnits", false, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListManagedUnits(ctx, c, page)
			return err
		}},
		{"GetManagedAccount", false, org.ManagedAccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetManagedAccount(ctx, c, "no")
			return err
		}},
		{"GetCoreAccount", false, org.ManagedAccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetCoreAccount(ctx, c, landing.LoggingAccount)
			return err
		}},
		{"ListManagedAccounts", false, org.ManagedUnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListManagedAccounts(ctx, c, "ou-no", page)
			return err
		}},
		{"GetOperation", false, org.OperationMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetOperation(ctx, c, "no")
			return err
		}},
		{"LatestOperation", false, org.OperationMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.LatestOperation(ctx, c, "no", "")
			return err
		}},
	}
}

func (e *estate) putZone(z landing.Zone) {
	e.Helper()
	z.OrganizationID = e.id
	if err := e.store.Update(e.Context(), func(tx store.Tx) error { return tx.PutZone(e.Context(), z) }); err != nil {
		e.Fatal(err)
	}
}

// The zone's state comes behind the caller and before the existence of anything in it.
func TestTheZoneIsCheckedBetweenTheCallerAndTheRest(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	member, stranger, powerless := e.member(e.account("one")), e.stranger(), e.admin
	powerless.Admin = false
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, d := range governedDeeds() {
		by := func(c org.Caller) func() error { return func() error { return d.do(t.Context(), e.plane, c) } }
		e.putZone(landing.Zone{Action: landing.Create, Status: landing.Failed})
		e.refused(d.name+" by a stranger", org.NotInOrganization, by(stranger))
		e.refused(d.name+" by a member", org.ManagementOnly, by(member))
		e.refused(d.name+" by a powerless user", org.NotPermitted, by(powerless))
		e.refused(d.name+" under a zone that failed", org.LandingZoneMissing, by(e.admin))
		e.putZone(landing.Zone{Action: landing.Create, Status: landing.Running})
		e.refused(d.name+" under a zone being set up", org.LandingZoneUnfinished, by(e.admin))
		e.putZone(landing.Zone{Action: landing.Update, Status: landing.Running, DeployedAt: at})
		if d.writes {
			e.refused(d.name+" under a zone being updated", org.LandingZoneUnfinished, by(e.admin))
		}
		e.putZone(landing.Zone{Action: landing.Update, Status: landing.Failed, DeployedAt: at})
		if d.found != "" {
			e.refused(d.name+" under a zone", d.found, by(e.admin))
		} else if err := by(e.admin)(); err != nil {
			t.Errorf("%s: %v", d.name, err)
		}
	}
}

func wholeSetup() landing.Setup {
	return landing.Setup{
		HomeRegion: "cn-north-4", Regions: []landing.Region{{Name: "cn-north-4", Enabled: true}},
		Structure: []landing.Structure{{Core: true, Accounts: []landing.CoreAccount{
			{Type: landing.LoggingAccount, Name: "log-archive", Phone: "13800000000"},
			{Type: landing.SecurityAccount, Name: "audit-account", Phone: "13800000000", Email: "audit@example.com"},
		}}},
	}
}

func TestSetUpZoneChecksBeforeItWrites(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	member := e.account("one")
	ask := func(c org.Caller, a landing.Action, change func(*landing.Setup)) func() error {
		return func() error {
			s := wholeSetup()
			change(&s)
			return e.plane.SetUpZone(t.Context(), c, a, s)
		}
	}
	same := func(*landing.Setup) {}
	taking := func(id org.AccountID) func(*landing.Setup) {
		return func(s *landing.Setup) { s.Structure[0].Accounts[0].AccountID, s.HomeRegion = id, "mars-1" }
	}
	before := e.rows()
	e.refused("by a stranger", org.NotInOrganization, ask(e.stranger(), landing.Create, same))
	e.refused("by a member", org.ManagementOnly, ask(e.member(member), landing.Create, same))
	e.refused("an update of nothing, before any existence", org.LandingZoneMissing, ask(e.admin, landing.Update, taking("no")))
	e.refused("an account that is no member, before any law", org.AccountMissing, ask(e.admin, landing.Create, taking("no")))
	e.refused("the management account", org.AccountNotManageable, ask(e.admin, landing.Create, taking(e.admin.AccountID)))
	e.refused("a broken law", org.HomeRegionWrong, ask(e.admin, landing.Create, taking(member)))
	if got := e.rows(); got["zones"] != 0 || got["sagas"] != before["sagas"] || got["events"] != before["events"] {
		t.Errorf("the refusals left %v", got)
	}
	if err := e.plane.CheckLaunch(t.Context(), e.admin); err != nil {
		t.Error(err)
	}
	if err := ask(e.admin, landing.Create, same)(); err != nil {
		t.Fatal(err)
	}
	if got := e.rows(); got["zones"] != 1 || got["sagas"] != before["sagas"]+1 {
		t.Errorf("it begins with %v", got)
	}
	e.refused("a second one", org.LandingZoneBusy, ask(e.admin, landing.Create, same))
	e.refused("a check meanwhile", org.LandingZoneBusy, func() error { return e.plane.CheckLaunch(t.Context(), e.admin) })
	z, err := e.plane.GetZone(t.Context(), e.admin, "rgc:landingZoneStatus:get")
	if err != nil || z.Status != landing.Running || z.Setup.CoreUnitName() != landing.DefaultCoreUnit || z.Setup.RequestedBy != e.admin {
		t.Errorf("the zone is %+v, %v", z.Zone, err)
	}
}

func TestARepeatedSetUpForgetsTheAccountsItDoesNotName(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	made := e.account("one")
	s := wholeSetup()
	s.Structure[0].UnitName, s.Structure[0].Accounts[0].AccountID = landing.DefaultCoreUnit, made
	e.putZone(landing.Zone{Setup: s, Action: landing.Create, Status: landing.Failed})
	if err := e.store.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutManagedAccount(t.Context(), landing.Account{OrganizationID: e.id, AccountID: made, Type: landing.LoggingAccount})
	}); err != nil {
		t.Fatal(err)
	}
	s.Structure[0].Accounts[0].Name, s.Structure[0].Accounts[0].AccountID = "another-log", ""
	if err := e.plane.SetUpZone(t.Context(), e.admin, landing.Create, s); err != nil {
		t.Fatal(err)
	}
	err := e.store.View(t.Context(), func(r store.Reader) error {
		_, err := r.ManagedAccount(t.Context(), e.id, made)
		return err
	})
	if org.ReasonOf(err) != org.ManagedAccountMissing {
		t.Errorf("the account is still the zone's: %v", err)
	}
}
