package storetest

import (
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) unit(o org.Organization, parent org.UnitID, name string, at int) org.Unit {
	b.Helper()
	u := org.Unit{ID: org.UnitID(id("ou")), OrganizationID: o.ID, ParentID: parent, Name: name, Depth: 1, CreatedAt: after(at)}
	b.update(func(tx store.Tx) error { return tx.InsertUnit(b.Context(), u) })
	return u
}

func (b bench) units(o org.Organization, parent org.UnitID, limit int) []org.Unit {
	b.Helper()
	return all(b, limit, func(r store.Reader, p org.Page) ([]org.Unit, string, error) {
		return r.Units(b.Context(), o.ID, parent, p)
	})
}

var units = []try{
	{"a unit comes back as it was, the root too", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "Ünit '\"; DROP TABLE units", 1)
		b.equal(u, read(b, func(r store.Reader) (org.Unit, error) { return r.Unit(b.Context(), o.ID, u.ID) }))
		root := read(b, func(r store.Reader) (org.Unit, error) { return r.Unit(b.Context(), o.ID, o.RootID) })
		if !root.IsRoot() || root.Name != "Root" {
			b.Errorf("%+v", root)
		}
	}},
	{"a unit is missing in another organization", func(b bench) {
		o, other := b.organization(), b.organization()
		u := b.unit(o, o.RootID, "u", 1)
		misses(b, org.UnitMissing, func(r store.Reader) (org.Unit, error) { return r.Unit(b.Context(), other.ID, u.ID) })
		b.fails(org.UnitMissing, func(tx store.Tx) error { return tx.DeleteUnit(b.Context(), other.ID, u.ID) })
		b.equal(0, len(b.units(other, "", 10)))
	}},
	{"units are listed oldest first, those of one time by id, without the root", func(b bench) {
		o := b.organization()
		late := b.unit(o, o.RootID, "a", 9)
		one, two := b.unit(o, o.RootID, "c", 5), b.unit(o, o.RootID, "b", 5)
		below := b.unit(o, one.ID, "a", 1)
		for _, limit := range []int{1, 2, 3, 4, 100} {
			b.equal([]org.Unit{below, one, two, late}, b.units(o, "", limit))
			b.equal([]org.Unit{one, two, late}, b.units(o, o.RootID, limit))
		}
		b.equal([]org.Unit{below}, b.units(o, one.ID, 1))
		b.equal(0, len(b.units(o, two.ID, 1)))
		for parent, want := range map[org.UnitID]int{"": 4, o.RootID: 3, one.ID: 1, two.ID: 0} {
			b.equal(want, read(b, func(r store.Reader) (int, error) { return r.CountUnits(b.Context(), o.ID, parent) }))
		}
	}},
	{"a sibling's name is taken, exactly as it is written, and the transaction may go on", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "Name", 1)
		twin := org.Unit{ID: org.UnitID(id("ou")), OrganizationID: o.ID, ParentID: o.RootID, Name: "Name"}
		b.fails(org.UnitNameTaken, func(tx store.Tx) error { return tx.InsertUnit(b.Context(), twin) })
		b.update(func(tx store.Tx) error {
			if got := org.ReasonOf(tx.InsertUnit(b.Context(), twin)); got != org.UnitNameTaken {
				b.Errorf("reason %q", got)
			}
			twin.Name = "name"
			return tx.InsertUnit(b.Context(), twin)
		})
		b.unit(o, o.RootID, "Name ", 1)
		b.unit(o, u.ID, "Name", 1)
		b.equal(4, len(b.units(o, "", 10)))
	}},
	{"a taken id is refused", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "u", 1)
		u.Name = "other"
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertUnit(b.Context(), u) })
	}},
	{"of those who take a name at once, one gets it", func(b bench) {
		o := b.organization()
		wins := make(chan error, 8)
		_ = together(8, func(int) error {
			u := org.Unit{ID: org.UnitID(id("ou")), OrganizationID: o.ID, ParentID: o.RootID, Name: "race"}
			wins <- b.Update(b.Context(), func(tx store.Tx) error { return tx.InsertUnit(b.Context(), u) })
			return nil
		})
		won := 0
		for range 8 {
			if err := <-wins; err == nil {
				won++
			} else if org.ReasonOf(err) != org.UnitNameTaken {
				b.Error(err)
			}
		}
		b.equal(1, won)
	}},
	{"a unit goes with its tags and its landing-zone row", func(b bench) {
		o := b.organization()
		u, other := b.unit(o, o.RootID, "u", 1), b.unit(o, o.RootID, "v", 1)
		b.update(func(tx store.Tx) error {
			for _, id := range []org.UnitID{u.ID, other.ID} {
				if err := tx.PutTags(b.Context(), o.ID, org.Resource(id), []org.Tag{{Key: "k"}}); err != nil {
					return err
				}
				if err := tx.PutManagedUnit(b.Context(), landing.Unit{OrganizationID: o.ID, UnitID: id}); err != nil {
					return err
				}
			}
			return tx.DeleteUnit(b.Context(), o.ID, u.ID)
		})
		misses(b, org.UnitMissing, func(r store.Reader) (org.Unit, error) { return r.Unit(b.Context(), o.ID, u.ID) })
		misses(b, org.ManagedUnitMissing, func(r store.Reader) (landing.Unit, error) { return r.ManagedUnit(b.Context(), o.ID, u.ID) })
		b.equal(0, len(b.tags(o, org.Resource(u.ID))))
		b.equal(1, len(b.tags(o, org.Resource(other.ID))))
		read(b, func(r store.Reader) (landing.Unit, error) { return r.ManagedUnit(b.Context(), o.ID, other.ID) })
	}},
}
