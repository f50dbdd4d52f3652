package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// A ManagedUnit is a unit that a landing zone governs, with its place in the organization. Parent is zero for the root.
type ManagedUnit struct {
	Organization org.Organization
	Managed      landing.Unit
	Unit         org.Unit
	Parent       org.Unit
}

// ManagedUnits is a page of governed units. Next is empty on the last one.
type ManagedUnits struct {
	Units []ManagedUnit
	Next  string
}

// CreateManagedUnit makes a unit below a governed one and registers it at once. It fails as Zone.Writable does, with ParentMissing, as
// Unit.TakesUnits does for the parent, and as CreateUnit does.
func (p *Plane) CreateManagedUnit(ctx context.Context, c org.Caller, parent org.UnitID, name string) (ManagedUnit, error) {
	return update(ctx, p, func(tx store.Tx) (ManagedUnit, error) {
		o, err := p.govern(ctx, tx, c, "rgc:managedOrganizationalUnit:create")
		if err != nil {
			return ManagedUnit{}, err
		}
		if _, err := tx.Unit(ctx, o.ID, parent); err != nil {
			return ManagedUnit{}, instead(err, org.UnitMissing, org.ParentMissing)
		}
		if err := takesUnits(ctx, tx, o, parent); err != nil {
			return ManagedUnit{}, err
		}
		u, err := p.addUnit(ctx, tx, c, o, parent, name, nil)
		if err != nil {
			return ManagedUnit{}, err
		}
		if err := p.register(ctx, tx, o, u.ID, landing.CustomUnit); err != nil {
			return ManagedUnit{}, err
		}
		if err := p.record(ctx, tx, o, org.UnitRegistered, c, string(u.ID), nil); err != nil {
			return ManagedUnit{}, err
		}
		return managedUnit(ctx, tx, o, u.ID)
	})
}

func takesUnits(ctx context.Context, r store.Reader, o org.Organization, parent org.UnitID) error {
	above, err := governedUnit(ctx, r, o, parent)
	if err != nil {
		return err
	}
	return above.TakesUnits()
}

// governedUnit returns the row of a unit, the zero one for a unit that the zone does not govern.
func governedUnit(ctx context.Context, r store.Reader, o org.Organization, id org.UnitID) (landing.Unit, error) {
	u, err := r.ManagedUnit(ctx, o.ID, id)
	if org.ReasonOf(err) == org.ManagedUnitMissing {
		return landing.Unit{}, nil
	}
	return u, err
}

// GetManagedUnit returns a governed unit. It fails as Zone.Readable does and with ManagedUnitMissing.
func (p *Plane) GetManagedUnit(ctx context.Context, c org.Caller, id org.UnitID) (ManagedUnit, error) {
	return view(ctx, p, func(r store.Reader) (ManagedUnit, error) {
		o, _, err := p.governed(ctx, r, c, "rgc:managedOrganizationalUnit:get")
		if err != nil {
			return ManagedUnit{}, err
		}
		return managedUnit(ctx, r, o, id)
	})
}

func managedUnit(ctx context.Context, r store.Reader, o org.Organization, id org.UnitID) (ManagedUnit, error) {
	row, err := r.ManagedUnit(ctx, o.ID, id)
	if err != nil {
		return ManagedUnit{}, err
	}
	return placedUnit(ctx, r, o, row)
}

func placedUnit(ctx context.Context, r store.Reader, o org.Organization, row landing.Unit) (ManagedUnit, error) {
	u, err := r.Unit(ctx, o.ID, row.UnitID)
	if err != nil {
		return ManagedUnit{}, err
	}
	out := ManagedUnit{Organization: o, Managed: row, Unit: u}
	if u.IsRoot() {
		return out, nil
	}
	out.Parent, err = r.Unit(ctx, o.ID, u.ParentID)
	return out, err
}

// ListManagedUnits lists the governed units, those of the set-up first. It fails as Zone.Readable does.
func (p *Plane) ListManagedUnits(ctx context.Context, c org.Caller, page org.Page) (ManagedUnits, error) {
	return view(ctx, p, func(r store.Reader) (ManagedUnits, error) {
		o, _, err := p.governed(ctx, r, c, "rgc:managedOrganizationalUnit:list")
		if err != nil {
			return ManagedUnits{}, err
		}
		page, err := within(o, page)
		if err != nil {
			return ManagedUnits{}, err
		}
		rows, next, err := r.ManagedUnits(ctx, o.ID, page)
		if err != nil {
			return ManagedUnits{}, err
		}
		out := ManagedUnits{Next: cursor(o, next)}
		for _, row := range rows {
			u, err := placedUnit(ctx, r, o, row)
			if err != nil {
				return ManagedUnits{}, err
			}
			out.Units = append(out.Units, u)
		}
		return out, nil
	})
}
