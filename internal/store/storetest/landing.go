package storetest

import (
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) managed(o org.Organization, parent org.UnitID, limit int) []org.AccountID {
	b.Helper()
	found := all(b, limit, func(r store.Reader, p org.Page) ([]landing.Account, string, error) {
		return r.ManagedAccounts(b.Context(), o.ID, parent, p)
	})
	return ids(found, func(a landing.Account) org.AccountID { return a.AccountID })
}

func (b bench) latest(o org.Organization, a org.AccountID, u org.UnitID) org.OperationID {
	b.Helper()
	return read(b, func(r store.Reader) (landing.Operation, error) { return r.LatestOperation(b.Context(), o.ID, a, u) }).ID
}

var landingZones = []try{
	{"a zone comes back as it was put last", func(b bench) {
		o := b.organization()
		get := func(r store.Reader) (landing.Zone, error) { return r.Zone(b.Context(), o.ID) }
		misses(b, org.LandingZoneMissing, get)
		z := landing.Zone{
			OrganizationID: o.ID, Action: landing.Create, Status: landing.Running, Steps: landing.Steps("one", "two"), UpdatedAt: start,
			Setup: landing.Setup{
				HomeRegion: "h", Regions: []landing.Region{{Name: "r", Enabled: true}}, IdentityCenter: true,
				Structure: []landing.Structure{{Core: true, UnitName: "u", Accounts: []landing.CoreAccount{{Type: landing.LoggingAccount, Name: "n"}}}},
				Logging:   landing.Logging{BucketName: "b", Bucket: landing.Bucket{RetentionDays: 3, MultiZone: true}},
			},
		}
		b.update(func(tx store.Tx) error { return tx.PutZone(b.Context(), z) })
		b.equal(z, read(b, get))
		z = landing.Zone{OrganizationID: o.ID, Action: landing.Delete, Status: landing.Failed, Message: "m", DeployedAt: after(1), UpdatedAt: after(2)}
		b.update(func(tx store.Tx) error { return tx.PutZone(b.Context(), z) })
		b.equal(z, read(b, get))
	}},
	{"managed units are listed oldest first", func(b bench) {
		o := b.organization()
		misses(b, org.ManagedUnitMissing, func(r store.Reader) (landing.Unit, error) { return r.ManagedUnit(b.Context(), o.ID, "none") })
		want := []landing.Unit{
			{OrganizationID: o.ID, UnitID: "c", Type: landing.CoreUnit, State: landing.UnitRegistered, Message: "m", CreatedAt: after(1), UpdatedAt: after(9)},
			{OrganizationID: o.ID, UnitID: "B", CreatedAt: after(2)},
			{OrganizationID: o.ID, UnitID: "a", CreatedAt: after(2)},
		}
		b.update(func(tx store.Tx) error {
			for _, u := range []landing.Unit{want[2], want[0], want[1], {OrganizationID: o.ID, UnitID: "a", Message: "overwritten"}, want[2]} {
				if err := tx.PutManagedUnit(b.Context(), u); err != nil {
					return err
				}
			}
			return nil
		})
		for _, limit := range []int{1, 2, 3, 9} {
			b.equal(want, all(b, limit, func(r store.Reader, p org.Page) ([]landing.Unit, string, error) {
				return r.ManagedUnits(b.Context(), o.ID, p)
			}))
		}
		b.equal(want[0], read(b, func(r store.Reader) (landing.Unit, error) { return r.ManagedUnit(b.Context(), o.ID, "c") }))
	}},
	{"a managed account comes back as it was put last", func(b bench) {
		o := b.organization()
		a := landing.Account{
			OrganizationID: o.ID, AccountID: org.AccountID(id("a")), Type: landing.CustomAccount, MadeHere: true, State: landing.AccountEnrolled, Message: "m",
			IdentityUser: "u", IdentityEmail: "e", Regions: []landing.Region{{Name: "r"}}, CreatedAt: start, UpdatedAt: after(1),
			Blueprint: landing.Blueprint{ProductID: "p", Variables: `{"a":1}`},
		}
		get := func(r store.Reader) (landing.Account, error) { return r.ManagedAccount(b.Context(), o.ID, a.AccountID) }
		misses(b, org.ManagedAccountMissing, get)
		b.update(func(tx store.Tx) error { return tx.PutManagedAccount(b.Context(), a) })
		b.equal(a, read(b, get))
		a = landing.Account{OrganizationID: o.ID, AccountID: a.AccountID, CreatedAt: after(3)}
		b.update(func(tx store.Tx) error { return tx.PutManagedAccount(b.Context(), a) })
		b.equal(a, read(b, get))
		b.update(func(tx store.Tx) error { return tx.DeleteManagedAccount(b.Context(), o.ID, a.AccountID) })
		b.fails(org.ManagedAccountMissing, func(tx store.Tx) error { return tx.DeleteManagedAccount(b.Context(), o.ID, a.AccountID) })
	}},
	{"managed accounts are listed oldest first, below the parent where each stands now", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "u", 1).ID
		one, two, three := b.account(o, o.RootID, after(5)), b.account(o, o.RootID, after(4)), b.account(o, u, after(3))
		early := org.Account{ID: org.AccountID(id("a")), OrganizationID: o.ID, ParentID: u, State: org.AccountActive}
		b.update(func(tx store.Tx) error {
			for i, a := range []org.Account{one, two, three, early} {
				if err := tx.PutManagedAccount(b.Context(), landing.Account{OrganizationID: o.ID, AccountID: a.ID, CreatedAt: after(i)}); err != nil {
					return err
				}
			}
			return tx.InsertAccount(b.Context(), early) // after its managed row
		})
		for _, limit := range []int{1, 2, 9} {
			b.equal([]org.AccountID{one.ID, two.ID, three.ID, early.ID}, b.managed(o, "", limit))
			b.equal([]org.AccountID{one.ID, two.ID}, b.managed(o, o.RootID, limit))
			b.equal([]org.AccountID{three.ID, early.ID}, b.managed(o, u, limit))
		}
		one.ParentID = u
		two.OrganizationID = b.organization().ID // it has left
		b.update(func(tx store.Tx) error {
			if err := tx.UpdateAccount(b.Context(), one); err != nil {
				return err
			}
			return tx.UpdateAccount(b.Context(), two)
		})
		b.equal([]org.AccountID{}, b.managed(o, o.RootID, 9))
		b.equal([]org.AccountID{one.ID, three.ID, early.ID}, b.managed(o, u, 9))
		b.update(func(tx store.Tx) error { return tx.DeleteAccount(b.Context(), three.ID) })
		b.equal([]org.AccountID{one.ID, early.ID}, b.managed(o, u, 9))
	}},
	{"an operation comes back as it was put last", func(b bench) {
		o := b.organization()
		p := landing.Operation{
			ID: org.OperationID(id("op")), OrganizationID: o.ID, Kind: landing.CreateAccountOperation, UnitID: "u", Status: landing.Running,
			Steps: landing.Steps("one"), Request: landing.AccountRequest{Name: "n", Blueprint: landing.Blueprint{ProductID: "p"}, CreationID: "c"},
			RequestedBy: org.Caller{AccountID: "a"}, CreatedAt: start, UpdatedAt: start,
		}
		get := func(r store.Reader) (landing.Operation, error) { return r.Operation(b.Context(), o.ID, p.ID) }
		misses(b, org.OperationMissing, get)
		b.update(func(tx store.Tx) error { return tx.PutOperation(b.Context(), p) })
		b.equal(p, read(b, get))
		p.AccountID, p.Status, p.Message, p.Steps, p.UpdatedAt = "a", landing.Failed, "m", nil, after(1)
		b.update(func(tx store.Tx) error { return tx.PutOperation(b.Context(), p) })
		b.equal(p, read(b, get))
		other := b.organization()
		misses(b, org.OperationMissing, func(r store.Reader) (landing.Operation, error) { return r.Operation(b.Context(), other.ID, p.ID) })
	}},
	{"the latest operation is that on the account, or on the unit itself", func(b bench) {
		o := b.organization()
		put := func(k landing.OperationKind, a org.AccountID, u org.UnitID, at int) org.OperationID {
			p := landing.Operation{ID: org.OperationID(id("op")), OrganizationID: o.ID, Kind: k, AccountID: a, UnitID: u, CreatedAt: after(at)}
			b.update(func(tx store.Tx) error { return tx.PutOperation(b.Context(), p) })
			return p.ID
		}
		put(landing.RegisterUnitOperation, "", "u", 1)
		unit := put(landing.RegisterUnitOperation, "", "u", 2)
		put(landing.CreateAccountOperation, "", "u", 8) // of an account without an id yet
		account := put(landing.CreateAccountOperation, "a", "u", 9)
		put(landing.CreateAccountOperation, "a", "v", 3)
		b.equal(unit, b.latest(o, "", "u"))
		b.equal(account, b.latest(o, "a", ""))
		b.equal(account, b.latest(o, "a", "u"))
		misses(b, org.OperationMissing, func(r store.Reader) (landing.Operation, error) { return r.LatestOperation(b.Context(), o.ID, "", "v") })
		misses(b, org.OperationMissing, func(r store.Reader) (landing.Operation, error) {
			return r.LatestOperation(b.Context(), o.ID, "none", "u")
		})
	}},
}
