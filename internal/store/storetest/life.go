package storetest

import (
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

type closed struct{ Running, Lately int }

func (b bench) closures(o org.Organization, since time.Time) closed {
	b.Helper()
	return read(b, func(r store.Reader) (c closed, err error) {
		c.Running, c.Lately, err = r.CountClosures(b.Context(), o.ID, since)
		return c, err
	})
}

func (b bench) close(a org.Account, at time.Time) org.Account {
	b.Helper()
	a.State, a.ClosedAt = org.AccountClosed, at
	b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
	return a
}

// fillLife writes a row of everything that an account may go through.
func (b bench) fillLife(tx store.Tx, o org.Organization, a org.Account) error {
	ctx := b.Context()
	return errors.Join(
		tx.PutClosure(ctx, org.Closure{OrganizationID: o.ID, AccountID: a.ID}),
		tx.PutContact(ctx, org.Contact{AccountID: a.ID, Kind: org.PrimaryContact}),
		tx.PutEmailChange(ctx, org.EmailChange{AccountID: a.ID}),
		tx.PutRegion(ctx, org.Region{AccountID: a.ID, Name: "r"}),
	)
}

var life = []try{
	{"an account's closing, its twin and what hinders it come back", func(b bench) {
		o := b.organization()
		a := b.account(o, o.RootID, start)
		a.TwinID, a.Hindrances = "t", org.NoPhone|org.LegacyPermissions
		a = b.close(a, after(3))
		b.equal(a, b.findAccount(a.ID))
	}},
	{"closed members are listed, those closed longest first", func(b bench) {
		o := b.organization()
		late, early := b.close(b.account(o, o.RootID, after(1)), after(9)), b.close(b.account(o, o.RootID, after(2)), after(8))
		b.account(o, o.RootID, after(3))
		stranger := b.organization()
		b.close(b.account(stranger, stranger.RootID, start), after(7))
		for limit, want := range map[int][]org.AccountID{1: {early.ID}, 2: {early.ID, late.ID}, 9: {early.ID, late.ID}} {
			found := read(b, func(r store.Reader) ([]org.Account, error) { return r.ClosedAccounts(b.Context(), o.ID, limit) })
			b.equal(want, ids(found, func(a org.Account) org.AccountID { return a.ID }))
		}
	}},
	{"members that are closed or being closed are listed by their joining, with their latest closure", func(b bench) {
		o, stranger := b.organization(), b.organization()
		second, first, open := b.account(o, o.RootID, after(2)), b.account(o, o.RootID, after(1)), b.account(o, o.RootID, after(3))
		b.close(b.account(stranger, stranger.RootID, start), after(7))
		first = b.close(first, after(9))
		second.State = org.AccountPendingClosure
		closing := func(a org.Account, s org.ClosureState, at time.Time) org.Closure {
			return org.Closure{OrganizationID: o.ID, AccountID: a.ID, State: s, RequestedAt: at, CompletedAt: at.Add(time.Second)}
		}
		b.update(func(tx store.Tx) error {
			return errors.Join(
				tx.UpdateAccount(b.Context(), second),
				tx.PutClosure(b.Context(), closing(first, org.ClosureFailed, after(7))),
				tx.PutClosure(b.Context(), closing(first, org.ClosureSucceeded, after(8))),
				tx.PutClosure(b.Context(), closing(second, org.ClosureRunning, after(6))),
				tx.PutClosure(b.Context(), closing(open, org.ClosureFailed, after(5))),
			)
		})
		found := read(b, func(r store.Reader) ([]org.ClosedMember, error) { return r.ClosedMembers(b.Context(), o.ID) })
		b.equal([]org.ClosedMember{
			{Account: first, Closure: closing(first, org.ClosureSucceeded, after(8))}, {Account: second, Closure: closing(second, org.ClosureRunning, after(6))},
		}, found)
	}},
	{"an organization is due from its moment on, until another is set", func(b bench) {
		// Other tests share the database, so these moments lie before all others.
		early, none := b.organization(), b.organization()
		at := time.Unix(int64(len(early.ID)), 0).UTC()
		b.equal(true, early.DueAt.IsZero())
		due := func(now time.Time) []org.OrganizationID {
			return read(b, func(r store.Reader) ([]org.OrganizationID, error) { return r.DueOrganizations(b.Context(), now, 5) })
		}
		b.update(func(tx store.Tx) error { return tx.SetDue(b.Context(), early.ID, at) })
		b.equal([]org.OrganizationID{}, due(at.Add(-time.Microsecond)))
		b.equal([]org.OrganizationID{early.ID}, due(at))
		found := read(b, func(r store.Reader) (org.Organization, error) { return r.Organization(b.Context(), early.ID) })
		b.equal(at, found.DueAt)
		b.update(func(tx store.Tx) error {
			if err := tx.SetDue(b.Context(), none.ID, time.Time{}); err != nil {
				return err
			}
			return tx.SetDue(b.Context(), early.ID, time.Time{})
		})
		b.equal([]org.OrganizationID{}, due(at))
		b.fails(org.OrganizationMissing, func(tx store.Tx) error { return tx.SetDue(b.Context(), "none", at) })
	}},
	{"closures count while they run, and by their age unless they failed", func(b bench) {
		o := b.organization()
		put := func(a org.AccountID, s org.ClosureState, at time.Time) org.Closure {
			c := org.Closure{OrganizationID: o.ID, AccountID: a, State: s, RequestedAt: at, CompletedAt: at.Add(time.Second)}
			b.update(func(tx store.Tx) error { return tx.PutClosure(b.Context(), c) })
			return c
		}
		put("a", org.ClosureRunning, after(1))
		put("b", org.ClosureFailed, after(2))
		put("c", org.ClosureRunning, after(3))
		ended := put("c", org.ClosureSucceeded, after(3))
		b.equal(closed{1, 2}, b.closures(o, start))
		b.equal(closed{1, 1}, b.closures(o, after(1)))
		b.equal(closed{1, 0}, b.closures(o, after(3)))
		b.equal(closed{}, b.closures(b.organization(), start))
		find := func(a org.AccountID) func(store.Reader) (org.Closure, error) {
			return func(r store.Reader) (org.Closure, error) { return r.Closure(b.Context(), o.ID, a) }
		}
		b.equal(ended, read(b, find("c")))
		again := put("c", org.ClosureRunning, after(4))
		b.equal(again, read(b, find("c")))
		misses(b, org.AccountNotClosed, find("z"))
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), o.ID) })
		b.equal(closed{}, b.closures(o, start))
	}},
	{"a unit takes a name that no sibling has, and its old one is free at once", func(b bench) {
		o := b.organization()
		u, sibling := b.unit(o, o.RootID, "u", 1), b.unit(o, o.RootID, "sibling", 2)
		below := b.unit(o, sibling.ID, "below", 3)
		rename := func(id org.UnitID, name string) func(store.Tx) error {
			return func(tx store.Tx) error { return tx.RenameUnit(b.Context(), o.ID, id, name) }
		}
		b.fails(org.UnitNameTaken, rename(u.ID, "sibling"))
		b.fails(org.UnitMissing, rename("none", "x"))
		for _, name := range []string{"u", "below", "Sibling", "u_tmp"} {
			b.update(rename(u.ID, name))
			found := read(b, func(r store.Reader) (org.Unit, error) { return r.Unit(b.Context(), o.ID, u.ID) })
			b.equal(name, found.Name)
		}
		b.update(rename(below.ID, "u"))
		b.update(rename(sibling.ID, "u"))
		b.update(func(tx store.Tx) error {
			if got := org.ReasonOf(tx.RenameUnit(b.Context(), o.ID, u.ID, "u")); got != org.UnitNameTaken {
				b.Errorf("reason %q", got)
			}
			return tx.RenameUnit(b.Context(), o.ID, u.ID, "a refused name ends no transaction")
		})
	}},
	{"contacts are kept by kind, and go with their account", func(b bench) {
		o := b.organization()
		a, other := b.account(o, o.RootID, start), b.account(o, o.RootID, start)
		find := func(a org.AccountID, k org.ContactKind) func(store.Reader) (org.Contact, error) {
			return func(r store.Reader) (org.Contact, error) { return r.Contact(b.Context(), a, k) }
		}
		c := org.Contact{AccountID: a.ID, Kind: org.BillingContact, Fields: map[string]string{"name": "Ä", "empty": ""}}
		misses(b, org.ContactMissing, find(a.ID, c.Kind))
		b.update(func(tx store.Tx) error { return tx.PutContact(b.Context(), c) })
		c.Fields = map[string]string{"name": "B"}
		b.update(func(tx store.Tx) error { return tx.PutContact(b.Context(), c) })
		b.equal(c, read(b, find(a.ID, c.Kind)))
		misses(b, org.ContactMissing, find(a.ID, org.SecurityContact))
		misses(b, org.ContactMissing, find(other.ID, c.Kind))
		b.fails(org.ContactMissing, func(tx store.Tx) error { return tx.DeleteContact(b.Context(), other.ID, c.Kind) })
		b.update(func(tx store.Tx) error { return tx.DeleteContact(b.Context(), a.ID, c.Kind) })
		misses(b, org.ContactMissing, find(a.ID, c.Kind))
		b.update(func(tx store.Tx) error { return tx.PutContact(b.Context(), c) })
		b.update(func(tx store.Tx) error { return tx.DeleteAccount(b.Context(), a.ID) })
		misses(b, org.ContactMissing, find(a.ID, c.Kind))
	}},
	{"a change of an address is replaced by a later one", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		find := func(r store.Reader) (org.EmailChange, error) { return r.EmailChange(b.Context(), a.ID) }
		misses(b, org.EmailChangeMissing, find)
		for _, email := range []string{"x@example.com", "y@example.com"} {
			c := org.EmailChange{AccountID: a.ID, Email: email, Code: "123abc", RequestedAt: after(1)}
			b.update(func(tx store.Tx) error { return tx.PutEmailChange(b.Context(), c) })
			b.equal(c, read(b, find))
		}
		for range 2 {
			b.update(func(tx store.Tx) error { return tx.DeleteEmailChange(b.Context(), a.ID) })
			misses(b, org.EmailChangeMissing, find)
		}
	}},
	{"an account's switched regions are listed by name", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		one := org.Region{AccountID: a.ID, Name: "b", Status: org.RegionEnabling, ChangedAt: after(1)}
		two := org.Region{AccountID: a.ID, Name: "a", Status: org.RegionDisabled, ChangedAt: after(2)}
		for _, g := range []org.Region{one, two} {
			b.update(func(tx store.Tx) error { return tx.PutRegion(b.Context(), g) })
		}
		one.Status = org.RegionEnabled
		b.update(func(tx store.Tx) error { return tx.PutRegion(b.Context(), one) })
		b.equal([]org.Region{two, one}, read(b, func(r store.Reader) ([]org.Region, error) { return r.Regions(b.Context(), a.ID) }))
	}},
	{"one value of a holder is given back alone", func(b bench) {
		holder := id("holder")
		one := org.Reservation{Partition: org.AWS, Field: org.FieldEmail, Value: id("v"), Slots: 1, Holder: holder}
		two := one
		two.Value = id("v")
		stranger := one
		stranger.Holder = id("holder")
		reserve := func(r org.Reservation) string {
			var taken string
			b.update(func(tx store.Tx) (err error) { taken, err = tx.Reserve(b.Context(), r); return err })
			return taken
		}
		reserve(one)
		reserve(two)
		b.update(func(tx store.Tx) error { return tx.ReleaseReservation(b.Context(), stranger) })
		b.equal(holder, reserve(stranger))
		b.update(func(tx store.Tx) error { return tx.ReleaseReservation(b.Context(), one) })
		b.equal("", reserve(stranger))
		two.Holder = stranger.Holder
		b.equal(holder, reserve(two))
	}},
}
