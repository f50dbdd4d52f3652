package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// RenameUnit gives a unit another name, or its own; an empty name leaves it alone. It fails with UnitMissing, for the root too, with
// InvalidUnitName, and with UnitNameTaken.
func (p *Plane) RenameUnit(ctx context.Context, c org.Caller, id org.UnitID, name string) (Unit, error) {
	return update(ctx, p, func(tx store.Tx) (Unit, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:UpdateOrganizationalUnit")
		if err != nil {
			return Unit{}, err
		}
		u, err := belowRoot(ctx, tx, o, id)
		if err != nil {
			return Unit{}, err
		}
		former := u.Name
		if name != "" && name != former {
			if err := o.Rules().CheckUnitName(name); err != nil {
				return Unit{}, err
			}
			if err := tx.RenameUnit(ctx, o.ID, id, name); err != nil {
				return Unit{}, err
			}
			u.Name = name
		}
		if err := p.record(ctx, tx, o, org.UnitRenamed, c, string(id), map[string]string{"name": u.Name, "formerName": former}); err != nil {
			return Unit{}, err
		}
		path, err := paths(tx, o).to(ctx, id)
		return Unit{Organization: o, Unit: u, Path: path}, err
	})
}

// DeleteUnit removes a unit with its tags and takes the policies off it. It fails with UnitMissing, for the root too, and with UnitNotEmpty while
// units or accounts, closed ones included, are in it.
func (p *Plane) DeleteUnit(ctx context.Context, c org.Caller, id org.UnitID) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:DeleteOrganizationalUnit")
		if err != nil {
			return err
		}
		u, err := belowRoot(ctx, tx, o, id)
		if err != nil {
			return err
		}
		if err := checkUnitEmpty(ctx, tx, o, id); err != nil {
			return err
		}
		if err := p.dropAttachments(ctx, tx, o, string(id)); err != nil {
			return err
		}
		if err := tx.DeleteUnit(ctx, o.ID, id); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.UnitDeleted, c, string(id), map[string]string{"name": u.Name, "parentId": string(u.ParentID)})
	})
}

// belowRoot returns a unit. The root is as good as missing.
func belowRoot(ctx context.Context, r store.Reader, o org.Organization, id org.UnitID) (org.Unit, error) {
	u, err := r.Unit(ctx, o.ID, id)
	if err == nil && u.IsRoot() {
		err = org.Errorf(org.UnitMissing, "%s is the root", id)
	}
	return u, err
}

func checkUnitEmpty(ctx context.Context, r store.Reader, o org.Organization, id org.UnitID) error {
	units, err := r.CountUnits(ctx, o.ID, id)
	if err != nil {
		return err
	}
	accounts, err := r.CountAccounts(ctx, o.ID, id)
	if err != nil {
		return err
	}
	if units+accounts > 0 {
		return org.Errorf(org.UnitNotEmpty, "the unit %s still holds %d units and %d accounts", id, units, accounts)
	}
	return nil
}
