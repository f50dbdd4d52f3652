package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// The deeds of this file are the steps by which an operation makes an account in a landing zone. Each runs inside its step's transaction.

// RequestManaged asks the organization for the account and keeps the creation's id in the operation. It reports false, with nothing to keep,
// while other creations leave no room.
func (p *Plane) RequestManaged(ctx context.Context, tx store.Tx, n landing.Operation) (bool, error) {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return false, err
	}
	made, err := p.RequestAccount(ctx, tx, n.RequestedBy, o, n.Request.Account())
	if org.ReasonOf(err) == org.CreationLimit {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n.Request.CreationID = made.ID
	return true, tx.PutOperation(ctx, n)
}

// SettleManaged reports false while the organization makes the account. Then it writes the account down under the zone. It fails with
// CreationEndedOtherwise when the account was not made.
func (p *Plane) SettleManaged(ctx context.Context, tx store.Tx, n landing.Operation) (bool, error) {
	creation, err := creationOf(ctx, tx, n.OrganizationID, n.Request.CreationID)
	if err != nil {
		return false, err
	}
	made, done, err := outcome(creation)
	if err != nil || !done {
		return false, err
	}
	now := p.now()
	row := landing.Account{
		OrganizationID: n.OrganizationID, AccountID: made, Type: landing.CustomAccount, MadeHere: true, State: landing.AccountCreating,
		CreatedAt: now, UpdatedAt: now,
	}
	if err := tx.PutManagedAccount(ctx, row); err != nil {
		return false, err
	}
	n.AccountID = made
	return true, tx.PutOperation(ctx, n.Advance(landing.StepCreate, now))
}

// PlaceManaged moves the account into its unit.
func (p *Plane) PlaceManaged(ctx context.Context, tx store.Tx, n landing.Operation) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	a, err := member(ctx, tx, o, n.AccountID)
	if err != nil {
		return err
	}
	if err := p.place(ctx, tx, n.RequestedBy, o, a, n.UnitID); err != nil {
		return err
	}
	return p.further(ctx, tx, n, landing.StepMove, func(row *landing.Account) { row.State = landing.AccountEnrolling })
}

// EnrollManaged gives the zone its agency in the account.
func (p *Plane) EnrollManaged(ctx context.Context, tx store.Tx, n landing.Operation) error {
	o, z, err := zoneFor(ctx, tx, n)
	if err != nil {
		return err
	}
	if err := p.grantAgency(ctx, tx, o, n.AccountID, landing.ExecutionAgency, string(o.ManagementID), true); err != nil {
		return err
	}
	return p.further(ctx, tx, n, landing.StepEnroll, func(row *landing.Account) { row.Regions = z.Setup.Regions })
}

// NameIdentityUser writes down the account's user in the identity center, where the zone has one.
func (p *Plane) NameIdentityUser(ctx context.Context, tx store.Tx, n landing.Operation) error {
	_, z, err := zoneFor(ctx, tx, n)
	if err != nil {
		return err
	}
	return p.further(ctx, tx, n, landing.StepIdentityUser, func(row *landing.Account) {
		if z.Setup.IdentityCenter {
			row.IdentityUser, row.IdentityEmail = n.Request.IdentityUser, n.Request.IdentityEmail
		}
	})
}

// NoteBlueprint writes down the account's blueprint. No request has one yet: AccountRequest.Check refuses it.
func (p *Plane) NoteBlueprint(ctx context.Context, tx store.Tx, n landing.Operation) error {
	if _, err := tx.LockOrganization(ctx, n.OrganizationID); err != nil {
		return err
	}
	return p.further(ctx, tx, n, landing.StepBlueprint, func(row *landing.Account) { row.Blueprint = n.Request.Blueprint })
}

// FinishManaged makes the account an enrolled one, under the controls of its unit, and the operation a success.
func (p *Plane) FinishManaged(ctx context.Context, tx store.Tx, n landing.Operation) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	err = p.record(ctx, tx, o, org.ManagedAccountCreated, n.RequestedBy, string(n.AccountID), map[string]string{"operationId": string(n.ID), "unitId": string(n.UnitID)})
	if err != nil {
		return err
	}
	return p.further(ctx, tx, n.Finish(p.now()), landing.StepControls, func(row *landing.Account) { row.State = landing.AccountEnrolled })
}

// FailManaged ends the operation with a message. An account that was made is a member for good and is not unmade: it stays where it is, under
// the zone, with the state in which it failed.
func (p *Plane) FailManaged(ctx context.Context, tx store.Tx, n landing.Operation, message string) error {
	if _, err := tx.LockOrganization(ctx, n.OrganizationID); err != nil {
		return err
	}
	if n.AccountID != "" {
		row, err := tx.ManagedAccount(ctx, n.OrganizationID, n.AccountID)
		if err != nil && org.ReasonOf(err) != org.ManagedAccountMissing {
			return err
		}
		if err == nil {
			if err := tx.PutManagedAccount(ctx, row.Fail(message, p.now())); err != nil {
				return err
			}
		}
	}
	return tx.PutOperation(ctx, n.Fail(message, p.now()))
}

// further keeps a change of the operation's account and marks the step done.
func (p *Plane) further(ctx context.Context, tx store.Tx, n landing.Operation, step string, change func(*landing.Account)) error {
	row, err := tx.ManagedAccount(ctx, n.OrganizationID, n.AccountID)
	if err != nil {
		return err
	}
	change(&row)
	row.UpdatedAt = p.now()
	if err := tx.PutManagedAccount(ctx, row); err != nil {
		return err
	}
	return tx.PutOperation(ctx, n.Advance(step, p.now()))
}

// zoneFor returns the zone that an operation works for, with its organization, which it locks: whatever departs stays departed.
func zoneFor(ctx context.Context, tx store.Tx, n landing.Operation) (org.Organization, landing.Zone, error) {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return org.Organization{}, landing.Zone{}, err
	}
	z, err := tx.Zone(ctx, o.ID)
	return o, z, err
}
