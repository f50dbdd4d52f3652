package storetest

import (
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) find(o org.OrganizationID) org.Organization {
	return read(b, func(r store.Reader) (org.Organization, error) { return r.Organization(b.Context(), o) })
}

var organizations = []try{
	{"an organization comes back as it was, its time in microseconds and UTC", func(b bench) {
		o := b.organization()
		b.equal(o, b.find(o.ID))
		east := o
		east.ID = org.OrganizationID(id("o"))
		east.CreatedAt = start.Add(789).In(time.FixedZone("east", 3*3600))
		b.update(func(tx store.Tx) error { return tx.InsertOrganization(b.Context(), east) })
		got := b.find(east.ID)
		if got.CreatedAt != start {
			b.Errorf("%v, want %v", got.CreatedAt, start)
		}
	}},
	{"times may be zero, old and far away", func(b bench) {
		for _, at := range []time.Time{{}, time.Unix(0, 0).UTC(), time.Date(1601, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
			o := org.Organization{ID: org.OrganizationID(id("o")), CreatedAt: at}
			b.update(func(tx store.Tx) error { return tx.InsertOrganization(b.Context(), o) })
			if got := b.find(o.ID).CreatedAt; got != at {
				b.Errorf("%v, want %v", got, at)
			}
		}
	}},
	{"a missing organization is missing for all", func(b bench) {
		misses(b, org.OrganizationMissing, func(r store.Reader) (org.Organization, error) { return r.Organization(b.Context(), "o-none") })
		b.fails(org.OrganizationMissing, func(tx store.Tx) error {
			_, err := tx.LockOrganization(b.Context(), "o-none")
			return err
		})
		b.fails(org.OrganizationMissing, func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), "o-none") })
	}},
	{"a taken id is refused", func(b bench) {
		o := b.organization()
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertOrganization(b.Context(), o) })
	}},
	{"ids are compared by case", func(b bench) {
		o := b.organization()
		upper := o
		upper.ID = "O" + o.ID[1:]
		b.update(func(tx store.Tx) error { return tx.InsertOrganization(b.Context(), upper) })
		b.equal(o, b.find(o.ID))
		b.equal(upper, b.find(upper.ID))
	}},
	{"a lock bumps the version and returns the new one", func(b bench) {
		o := b.organization()
		for want := int64(2); want < 5; want++ {
			b.update(func(tx store.Tx) error {
				got, err := tx.LockOrganization(b.Context(), o.ID)
				o.Version = want
				b.equal(o, got)
				return err
			})
		}
		b.equal(o, b.find(o.ID))
	}},
	{"the home of an account is locked as under its own id", func(b bench) {
		o := b.organization()
		a, alone := b.account(o, o.RootID, start), b.account(org.Organization{}, "", start)
		b.update(func(tx store.Tx) error {
			got, err := tx.LockHome(b.Context(), a.ID)
			o.Version++
			b.equal(o, got)
			return err
		})
		b.equal(o, b.find(o.ID))
		for _, homeless := range []org.AccountID{alone.ID, "none"} {
			b.fails(org.OrganizationMissing, func(tx store.Tx) error {
				_, err := tx.LockHome(b.Context(), homeless)
				return err
			})
		}
	}},
	{"a transaction reads the organization that it wrote", func(b bench) {
		o := b.organization()
		look := func(tx store.Tx) org.Organization {
			got, err := tx.Organization(b.Context(), o.ID)
			b.equal(nil, err)
			return got
		}
		b.update(func(tx store.Tx) error {
			b.equal(o, look(tx))
			locked, err := tx.LockOrganization(b.Context(), o.ID)
			b.equal(locked, look(tx))
			o.Version, o.DueAt, o.FeatureSet = locked.Version, after(7), org.ConsolidatedBilling
			err = errors.Join(err, tx.SetDue(b.Context(), o.ID, o.DueAt), tx.SetFeatureSet(b.Context(), o.ID, o.FeatureSet))
			b.equal(o, look(tx))
			return err
		})
		b.equal(o, b.find(o.ID))
		b.fails(org.OrganizationMissing, func(tx store.Tx) error {
			b.equal(o, look(tx))
			err := tx.DeleteOrganization(b.Context(), o.ID)
			_, gone := tx.Organization(b.Context(), o.ID)
			return errors.Join(err, gone)
		})
	}},
	{"a lock that is rolled back bumps nothing", func(b bench) {
		o := b.organization()
		b.fails(org.TagLimit, func(tx store.Tx) error {
			_, _ = tx.LockOrganization(b.Context(), o.ID)
			return org.E(org.TagLimit)
		})
		b.equal(o, b.find(o.ID))
	}},
	{"versions of concurrent writers grow without a gap", func(b bench) {
		o := b.organization()
		const writers, each = 8, 8
		err := together(writers, func(int) error {
			for range each {
				err := b.Update(b.Context(), func(tx store.Tx) error {
					now, err := tx.LockOrganization(b.Context(), o.ID)
					if err != nil {
						return err
					}
					return tx.AppendEvent(b.Context(), org.Event{OrganizationID: o.ID, Version: now.Version, ID: id("e")})
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		b.equal(nil, err)
		written := read(b, func(r store.Reader) ([]org.Event, error) { return r.Events(b.Context(), o.ID, 0, 0, 1000) })
		if len(written) != writers*each {
			b.Fatalf("%d events", len(written))
		}
		for i, e := range written {
			if e.Version != int64(i+2) || e.Index != 0 {
				b.Fatalf("event %d has the place (%d, %d)", i, e.Version, e.Index)
			}
		}
	}},
}
