package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// RegisterUnit accepts a unit of the organization under the zone and returns the operation that brings it there. Its accounts are not taken
// in with it. It fails as Zone.Writable does, with UnitMissing, as Unit.Registrable does, and as Unit.TakesUnits does for its parent.
func (p *Plane) RegisterUnit(ctx context.Context, c org.Caller, id org.UnitID) (landing.Operation, error) {
	return update(ctx, p, func(tx store.Tx) (landing.Operation, error) {
		o, err := p.govern(ctx, tx, c, "rgc:managedOrganizationalUnit:register")
		if err != nil {
			return landing.Operation{}, err
		}
		u, err := tx.Unit(ctx, o.ID, id)
		if err != nil {
			return landing.Operation{}, err
		}
		row, err := governedUnit(ctx, tx, o, id)
		if err != nil {
			return landing.Operation{}, err
		}
		if err := row.Registrable(); err != nil {
			return landing.Operation{}, err
		}
		if err := takesUnits(ctx, tx, o, u.ParentID); err != nil {
			return landing.Operation{}, err
		}
		now := p.now()
		if row.CreatedAt.IsZero() {
			row.CreatedAt = now
		}
		row.OrganizationID, row.UnitID, row.Type, row.State, row.Message, row.UpdatedAt = o.ID, id, landing.CustomUnit, landing.UnitRegistering, "", now
		if err := tx.PutManagedUnit(ctx, row); err != nil {
			return landing.Operation{}, err
		}
		return p.operate(ctx, tx, c, o, org.RegisterUnit, landing.Operation{
			Kind: landing.RegisterUnitOperation, UnitID: id, Steps: landing.Steps(landing.UnitSteps...),
		})
	})
}

// The deeds below are the steps of a registration, each inside its step's transaction.

// CheckUnit makes sure that the unit is still there and still stands where units are governed.
func (p *Plane) CheckUnit(ctx context.Context, tx store.Tx, n landing.Operation) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	u, err := tx.Unit(ctx, o.ID, n.UnitID)
	if err != nil {
		return err
	}
	if err := takesUnits(ctx, tx, o, u.ParentID); err != nil {
		return err
	}
	return tx.PutOperation(ctx, n.Advance(landing.StepUnit, p.now()))
}

// FinishUnit makes the unit a registered one and the operation a success.
func (p *Plane) FinishUnit(ctx context.Context, tx store.Tx, n landing.Operation) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	row, err := tx.ManagedUnit(ctx, o.ID, n.UnitID)
	if err != nil {
		return err
	}
	row.State, row.UpdatedAt = landing.UnitRegistered, p.now()
	if err := tx.PutManagedUnit(ctx, row); err != nil {
		return err
	}
	if err := p.record(ctx, tx, o, org.UnitRegistered, n.RequestedBy, string(n.UnitID), nil); err != nil {
		return err
	}
	n = n.Advance(landing.StepMandatoryControls, p.now())
	return tx.PutOperation(ctx, n.Finish(p.now()))
}

// FailUnit ends a registration with a message. The unit may be registered again.
func (p *Plane) FailUnit(ctx context.Context, tx store.Tx, n landing.Operation, message string) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	row, err := governedUnit(ctx, tx, o, n.UnitID)
	if err != nil {
		return err
	}
	if row.UnitID != "" {
		row.State, row.Message, row.UpdatedAt = landing.UnitRegisterFailed, message, p.now()
		if err := tx.PutManagedUnit(ctx, row); err != nil {
			return err
		}
	}
	return tx.PutOperation(ctx, n.Fail(message, p.now()))
}
