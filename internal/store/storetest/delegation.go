package storetest

import (
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) trust(o org.Organization, service string, at int) bool {
	b.Helper()
	var fresh bool
	b.update(func(tx store.Tx) (err error) {
		fresh, err = tx.Trust(b.Context(), org.TrustedService{OrganizationID: o.ID, Service: service, EnabledAt: after(at)})
		return err
	})
	return fresh
}

func (b bench) delegate(o org.Organization, a org.AccountID, service string, at int) org.Delegation {
	b.Helper()
	d := org.Delegation{OrganizationID: o.ID, AccountID: a, Service: service, EnabledAt: after(at)}
	b.update(func(tx store.Tx) error { return tx.InsertDelegation(b.Context(), d) })
	return d
}

func (b bench) delegates(o org.Organization, service string) []org.Delegation {
	b.Helper()
	return read(b, func(r store.Reader) ([]org.Delegation, error) {
		found, _, err := r.Delegates(b.Context(), o.ID, service, org.Page{Limit: 100})
		return found, err
	})
}

// fillDelegation writes a row of everything that this file is about.
func (b bench) fillDelegation(tx store.Tx, o org.Organization, a org.Account) error {
	_, err := tx.Trust(b.Context(), org.TrustedService{OrganizationID: o.ID, Service: "s"})
	return errors.Join(err, tx.InsertDelegation(b.Context(), org.Delegation{OrganizationID: o.ID, AccountID: a.ID, Service: "s"}),
		tx.PutResourcePolicy(b.Context(), org.ResourcePolicy{OrganizationID: o.ID, ID: "rp"}))
}

var delegations = []try{
	{"trust in a service keeps its first date, and is listed by name", func(b bench) {
		o := b.organization()
		for i, s := range []string{"b", "a", "B", "b"} {
			b.equal(i < 3, b.trust(o, s, i))
		}
		b.trust(b.organization(), "c", 0)
		got := all(b, 1, func(r store.Reader, p org.Page) ([]org.TrustedService, string, error) {
			return r.TrustedServices(b.Context(), o.ID, p)
		})
		want := []org.TrustedService{
			{OrganizationID: o.ID, Service: "B", EnabledAt: after(2)}, {OrganizationID: o.ID, Service: "a", EnabledAt: after(1)},
			{OrganizationID: o.ID, Service: "b", EnabledAt: after(0)},
		}
		b.equal(want, got)
		b.equal(want[2], read(b, func(r store.Reader) (org.TrustedService, error) { return r.TrustedService(b.Context(), o.ID, "b") }))
		misses(b, org.TrustedAccessOff, func(r store.Reader) (org.TrustedService, error) { return r.TrustedService(b.Context(), o.ID, "c") })
	}},
	{"distrust takes the service's delegations with it, and no others", func(b bench) {
		o := b.organization()
		b.trust(o, "x", 0)
		b.delegate(o, "1", "x", 0)
		left := b.delegate(o, "1", "y", 1)
		b.update(func(tx store.Tx) error { return tx.Distrust(b.Context(), o.ID, "x") })
		b.equal(0, len(b.delegates(o, "x")))
		b.equal([]org.Delegation{left}, b.delegates(o, "y"))
		b.fails(org.TrustedAccessOff, func(tx store.Tx) error { return tx.Distrust(b.Context(), o.ID, "x") })
	}},
	{"delegates are listed once, with their oldest delegation", func(b bench) {
		o := b.organization()
		two, one := b.delegate(o, "2", "x", 5), b.delegate(o, "1", "y", 3)
		b.delegate(o, "1", "x", 7)
		one.Service, two.Service = "", ""
		b.equal([]org.Delegation{one, two}, b.delegates(o, ""))
		b.equal(2, len(b.delegates(o, "x")))
		b.equal(1, len(b.delegates(o, "y")))
		b.equal(0, len(b.delegates(b.organization(), "")))
		for service, n := range map[string]int{"x": 2, "y": 1, "z": 0} {
			b.equal(n, read(b, func(r store.Reader) (int, error) { return r.CountDelegates(b.Context(), o.ID, service) }))
		}
		b.equal([]org.Delegation{one, two}, all(b, 1, func(r store.Reader, p org.Page) ([]org.Delegation, string, error) {
			return r.Delegates(b.Context(), o.ID, "", p)
		}))
	}},
	{"delegations of a member are listed by service and end one by one or all", func(b bench) {
		o := b.organization()
		made := []org.Delegation{b.delegate(o, "1", "a", 5), b.delegate(o, "1", "b", 3), b.delegate(o, "1", "c", 1)}
		b.delegate(o, "2", "a", 0)
		of := func(a org.AccountID) []org.Delegation {
			return all(b, 2, func(r store.Reader, p org.Page) ([]org.Delegation, string, error) {
				return r.Delegations(b.Context(), o.ID, a, p)
			})
		}
		b.equal(made, of("1"))
		b.equal(made[1], read(b, func(r store.Reader) (org.Delegation, error) { return r.Delegation(b.Context(), o.ID, "1", "b") }))
		misses(b, org.DelegationMissing, func(r store.Reader) (org.Delegation, error) { return r.Delegation(b.Context(), o.ID, "2", "b") })
		b.fails(org.DelegationExists, func(tx store.Tx) error { return tx.InsertDelegation(b.Context(), made[1]) })
		b.update(func(tx store.Tx) error { return tx.DeleteDelegation(b.Context(), o.ID, "1", "b") })
		b.equal([]org.Delegation{made[0], made[2]}, of("1"))
		b.fails(org.DelegationMissing, func(tx store.Tx) error { return tx.DeleteDelegation(b.Context(), o.ID, "1", "b") })
		b.update(func(tx store.Tx) error { return tx.DropDelegations(b.Context(), o.ID, "1") })
		b.equal(0, len(of("1")))
		b.equal(1, len(of("2")))
	}},
	{"an organization has one resource policy, which keeps its id and goes with its tags", func(b bench) {
		o := b.organization()
		policy := func(r store.Reader) (org.ResourcePolicy, error) { return r.ResourcePolicy(b.Context(), o.ID) }
		misses(b, org.ResourcePolicyMissing, policy)
		first := org.ResourcePolicy{ID: "rp-1", OrganizationID: o.ID, Content: "{}", CreatedAt: start, UpdatedAt: start}
		b.update(func(tx store.Tx) error { return tx.PutResourcePolicy(b.Context(), first) })
		b.equal(first, read(b, policy))
		first.Content, first.UpdatedAt = "{ }", after(1)
		b.update(func(tx store.Tx) error { return tx.PutResourcePolicy(b.Context(), first) })
		b.equal(first, read(b, policy))
		b.tag(o, "rp-1", org.Tag{Key: "k"})
		b.update(func(tx store.Tx) error { return tx.DeleteResourcePolicy(b.Context(), o.ID) })
		b.equal(0, len(b.tags(o, "rp-1")))
		misses(b, org.ResourcePolicyMissing, policy)
		b.fails(org.ResourcePolicyMissing, func(tx store.Tx) error { return tx.DeleteResourcePolicy(b.Context(), o.ID) })
	}},
}
