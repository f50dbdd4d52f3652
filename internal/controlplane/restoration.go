package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// RestoreAccount makes a closed account active again, with its twin. It is the operator's, as it is the support's on the clouds: whoever may ask
// is decided before. It fails with AccountMissing, and as CheckRestoring does.
func (p *Plane) RestoreAccount(ctx context.Context, id org.AccountID) error {
	return p.asOperator(ctx, id, func(tx store.Tx, o *org.Organization, a org.Account) error {
		if err := p.restore(ctx, tx, o, a); err != nil || a.TwinID == "" {
			return err
		}
		before, err := tx.Account(ctx, a.TwinID)
		if err != nil || org.CheckRestoring(p.Quotas(org.RulesOf(before.Partition)), before, p.now()) != nil {
			return err
		}
		home, twin, err := p.lockHome(ctx, tx, before)
		if err != nil {
			return err
		}
		return p.restore(ctx, tx, home, twin)
	})
}

// restore leaves DueAt of the organization alone: finding nothing to do is how it is brought up to date.
func (p *Plane) restore(ctx context.Context, tx store.Tx, o *org.Organization, a org.Account) error {
	if err := org.CheckRestoring(p.Quotas(org.RulesOf(a.Partition)), a, p.now()); err != nil {
		return err
	}
	a.State, a.ClosedAt = org.AccountActive, time.Time{}
	if err := tx.UpdateAccount(ctx, a); err != nil || o == nil {
		return err
	}
	return p.record(ctx, tx, *o, org.AccountRestored, org.Caller{}, string(a.ID), nil)
}

// asOperator changes an account as nobody's caller, behind the lock of its organization, nil when it has none, or else behind its own. It fails
// with AccountMissing, for an account in creation too.
func (p *Plane) asOperator(ctx context.Context, id org.AccountID, fn func(tx store.Tx, o *org.Organization, a org.Account) error) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		before, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		if before.State == org.AccountCreating {
			return org.Errorf(org.AccountMissing, "the account %s is being created", id)
		}
		o, a, err := p.lockHome(ctx, tx, before)
		if err != nil {
			return err
		}
		return fn(tx, o, a)
	})
}

// lockHome locks what keeps an account from changing: its organization, in which it then does what is overdue, or the account itself when it
// stands alone. It returns both as they are behind the lock, and fails with ConcurrentModification when the account changed its organization.
func (p *Plane) lockHome(ctx context.Context, tx store.Tx, before org.Account) (*org.Organization, org.Account, error) {
	if before.OrganizationID == "" {
		a, err := tx.LockAccount(ctx, before.ID)
		if err == nil && a.OrganizationID != "" {
			err = org.Errorf(org.ConcurrentModification, "the account %s joined an organization", a.ID)
		}
		return nil, a, err
	}
	o, err := tx.LockOrganization(ctx, before.OrganizationID)
	if err != nil {
		return nil, org.Account{}, instead(err, org.OrganizationMissing, org.ConcurrentModification)
	}
	if err := p.catchUp(ctx, tx, &o); err != nil {
		return nil, org.Account{}, err
	}
	a, err := tx.Account(ctx, before.ID)
	switch {
	case err != nil:
		return nil, org.Account{}, err
	case a.OrganizationID == "": // it left meanwhile, and the lock of where it was does not keep it any more
		return p.lockHome(ctx, tx, a)
	case a.OrganizationID != o.ID:
		return nil, a, org.Errorf(org.ConcurrentModification, "the account %s changed its organization", a.ID)
	}
	return &o, a, nil
}
