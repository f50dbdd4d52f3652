package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// The deeds of this file are the steps by which a landing zone is set up, updated or repaired. Each runs inside its step's transaction, looks
// at what is there and adds what is missing, so that a set-up after a failed one, and a repair, are the same walk.

// onZone runs fn on the zone of an organization, behind the organization's lock, and keeps the zone as fn leaves it.
func (p *Plane) onZone(ctx context.Context, tx store.Tx, id org.OrganizationID, fn func(org.Organization, *landing.Zone) error) error {
	o, err := tx.LockOrganization(ctx, id)
	if err != nil {
		return err
	}
	z, err := tx.Zone(ctx, id)
	if err != nil {
		return err
	}
	if err := fn(o, &z); err != nil {
		return err
	}
	z.UpdatedAt = p.now()
	return tx.PutZone(ctx, z)
}

func advance(z *landing.Zone, step string) {
	z.Steps = landing.Advance(z.Steps, step, landing.Succeeded)
}

// BuildStructure makes the zone's units below the root, takes up those that have their names, and registers them and the root.
func (p *Plane) BuildStructure(ctx context.Context, tx store.Tx, id org.OrganizationID) error {
	return p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		if err := p.register(ctx, tx, o, o.RootID, landing.RootUnit); err != nil {
			return err
		}
		for _, part := range z.Setup.Structure {
			if part.UnitName == "" {
				continue
			}
			u, err := p.unitBelowRoot(ctx, tx, z.Setup.RequestedBy, o, part.UnitName)
			if err != nil {
				return err
			}
			t := landing.CustomUnit
			if part.Core {
				t = landing.CoreUnit
			}
			if err := p.register(ctx, tx, o, u, t); err != nil {
				return err
			}
		}
		advance(z, landing.StepStructure)
		return nil
	})
}

// register writes a unit as registered; one that is already stays as it is.
func (p *Plane) register(ctx context.Context, tx store.Tx, o org.Organization, id org.UnitID, t landing.UnitType) error {
	now := p.now()
	next := landing.Unit{OrganizationID: o.ID, UnitID: id, Type: t, State: landing.UnitRegistered, CreatedAt: now, UpdatedAt: now}
	was, err := tx.ManagedUnit(ctx, o.ID, id)
	switch {
	case err == nil && was.Type == t && was.State == landing.UnitRegistered:
		return nil
	case err == nil:
		next.CreatedAt = was.CreatedAt
	case org.ReasonOf(err) != org.ManagedUnitMissing:
		return err
	}
	return tx.PutManagedUnit(ctx, next)
}

func (p *Plane) unitBelowRoot(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, name string) (org.UnitID, error) {
	found, err := unitNamed(ctx, tx, o, name)
	if err != nil || found != "" {
		return found, err
	}
	u, err := p.addUnit(ctx, tx, by, o, o.RootID, name, nil)
	return u.ID, err
}

// unitNamed returns the unit of a name directly below the root, "" when there is none.
func unitNamed(ctx context.Context, r store.Reader, o org.Organization, name string) (org.UnitID, error) {
	for page := (org.Page{Limit: 500}); ; {
		units, next, err := r.Units(ctx, o.ID, o.RootID, page)
		if err != nil {
			return "", err
		}
		for _, u := range units {
			if u.Name == name {
				return u.ID, nil
			}
		}
		if next == "" {
			return "", nil
		}
		page.After = next
	}
}

// AdoptManagement makes the management account the zone's primary account and gives the service its agency there.
func (p *Plane) AdoptManagement(ctx context.Context, tx store.Tx, id org.OrganizationID) error {
	return p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		if err := p.grantAgency(ctx, tx, o, o.ManagementID, landing.AdminAgency, landing.Service, false); err != nil {
			return err
		}
		a, err := p.coreRow(ctx, tx, o, o.ManagementID, landing.PrimaryAccount, false)
		if err != nil {
			return err
		}
		a.State, a.IdentityEmail, a.Regions = landing.AccountEnrolled, "", z.Setup.Regions
		if z.Setup.IdentityCenter {
			a.IdentityEmail = z.Setup.IdentityStoreEmail
		}
		advance(z, landing.StepIdentity)
		return tx.PutManagedAccount(ctx, a)
	})
}

// FinishZone ends the action: the zone governs from now on.
func (p *Plane) FinishZone(ctx context.Context, tx store.Tx, id org.OrganizationID) error {
	return p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		advance(z, landing.StepMandatoryControls)
		*z = z.Finish(p.now())
		return p.record(ctx, tx, o, org.LandingZoneSetUp, org.Caller{}, string(o.ID), map[string]string{"action": string(z.Action), "status": string(z.Status)})
	})
}

// FailZone ends the action with a message. What was made stays, for the next set-up to take up.
func (p *Plane) FailZone(ctx context.Context, tx store.Tx, id org.OrganizationID, message string) error {
	return p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		*z = z.Fail(message, p.now())
		return p.record(ctx, tx, o, org.LandingZoneSetUp, org.Caller{}, string(o.ID), map[string]string{"action": string(z.Action), "status": string(z.Status)})
	})
}
