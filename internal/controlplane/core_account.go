package controlplane

import (
	"context"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// RequestCoreAccounts asks for the core accounts that do not exist and are not on their way, and keeps the creations' ids in the zone. It
// reports false, with nothing to keep, while other creations leave no room.
func (p *Plane) RequestCoreAccounts(ctx context.Context, tx store.Tx, id org.OrganizationID) (bool, error) {
	err := p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		accounts := slices.Clone(z.Setup.CoreAccounts())
		for i, a := range accounts {
			there, err := underWay(ctx, tx, o, a)
			if err != nil {
				return err
			}
			if there {
				continue
			}
			n, err := p.RequestAccount(ctx, tx, z.Setup.RequestedBy, o, a.Request())
			if err != nil {
				return err
			}
			accounts[i].CreationID = n.ID
		}
		z.Setup = z.Setup.WithCoreAccounts(accounts)
		return nil
	})
	if org.ReasonOf(err) == org.CreationLimit {
		return false, nil
	}
	return err == nil, err
}

func underWay(ctx context.Context, r store.Reader, o org.Organization, a landing.CoreAccount) (bool, error) {
	if a.AccountID != "" {
		return true, nil
	}
	n, err := creationOf(ctx, r, o.ID, a.CreationID)
	return n != nil && n.State != org.CreationFailed, err
}

// SettleCoreAccounts reports false while a core account is being made. Then it places them in the core unit and writes them down as accounts of
// the zone. It fails with CreationEndedOtherwise when one was not made.
func (p *Plane) SettleCoreAccounts(ctx context.Context, tx store.Tx, id org.OrganizationID) (bool, error) {
	z, err := tx.Zone(ctx, id)
	if err != nil {
		return false, err
	}
	accounts := slices.Clone(z.Setup.CoreAccounts())
	for i, a := range accounts {
		n, err := creationOf(ctx, tx, id, a.CreationID)
		if err != nil {
			return false, err
		}
		made, done, err := outcome(n)
		if err != nil || !done {
			return false, err
		}
		if made != "" {
			accounts[i].AccountID = made
		}
	}
	return true, p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		z.Setup = z.Setup.WithCoreAccounts(accounts)
		for _, a := range accounts {
			if err := p.settleCore(ctx, tx, o, z, a); err != nil {
				return err
			}
		}
		advance(z, landing.StepCoreAccounts)
		return nil
	})
}

// outcome returns the account that a creation made, nil standing for none asked for, and whether the creation is over.
func outcome(n *org.Creation) (made org.AccountID, done bool, err error) {
	switch {
	case n == nil:
		return "", true, nil
	case n.State == org.CreationRunning:
		return "", false, nil
	case n.State == org.CreationFailed:
		cause := &org.CreationError{Failure: n.Failure, Detail: n.FailureDetail}
		return "", false, org.Errorf(org.CreationEndedOtherwise, "the account %s was not created: %s", n.Request.Name, cause)
	}
	return n.AccountID, true, nil
}

func (p *Plane) settleCore(ctx context.Context, tx store.Tx, o org.Organization, z *landing.Zone, core landing.CoreAccount) error {
	a, err := member(ctx, tx, o, core.AccountID)
	if err != nil {
		return err
	}
	if name := z.Setup.CoreUnitName(); name != "" {
		unit, err := unitNamed(ctx, tx, o, name)
		if err != nil {
			return err
		}
		if err := p.place(ctx, tx, z.Setup.RequestedBy, o, a, unit); err != nil {
			return err
		}
	}
	row, err := p.coreRow(ctx, tx, o, a.ID, core.Type, core.CreationID != "")
	if err != nil {
		return err
	}
	if row.State != landing.AccountEnrolled {
		row.State = landing.AccountEnrolling
	}
	return tx.PutManagedAccount(ctx, row)
}

// place is relocate for an account that may be there already.
func (p *Plane) place(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, a org.Account, unit org.UnitID) error {
	if a.ParentID == unit {
		return nil
	}
	return p.relocate(ctx, tx, by, o, a.ID, a.ParentID, unit)
}

// EnrollCore brings the core account of a type under the zone and marks the step done.
func (p *Plane) EnrollCore(ctx context.Context, tx store.Tx, id org.OrganizationID, t landing.AccountType, step string) error {
	return p.onZone(ctx, tx, id, func(o org.Organization, z *landing.Zone) error {
		core := z.Setup.CoreAccount(t)
		if err := p.grantAgency(ctx, tx, o, core.AccountID, landing.ExecutionAgency, string(o.ManagementID), true); err != nil {
			return err
		}
		row, err := tx.ManagedAccount(ctx, o.ID, core.AccountID)
		if err != nil {
			return err
		}
		row.State, row.Regions, row.UpdatedAt = landing.AccountEnrolled, z.Setup.Regions, p.now()
		advance(z, step)
		return tx.PutManagedAccount(ctx, row)
	})
}

// coreRow returns the row of a core account, a fresh one where there is none.
func (p *Plane) coreRow(ctx context.Context, r store.Reader, o org.Organization, id org.AccountID, t landing.AccountType, made bool) (landing.Account, error) {
	row, err := r.ManagedAccount(ctx, o.ID, id)
	if org.ReasonOf(err) == org.ManagedAccountMissing {
		row, err = landing.Account{OrganizationID: o.ID, AccountID: id, CreatedAt: p.now()}, nil
	}
	row.Type, row.MadeHere, row.UpdatedAt = t, made, p.now()
	return row, err
}

// grantAgency gives an account an agency of the zone; one that has it already keeps it.
func (p *Plane) grantAgency(ctx context.Context, tx store.Tx, o org.Organization, a org.AccountID, name, trusts string, administrator bool) error {
	_, err := tx.PrincipalNamed(ctx, a, org.Role, name)
	if err == nil || org.ReasonOf(err) != org.PrincipalMissing {
		return err
	}
	return tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(o.Rules(), org.Role), AccountID: a, Kind: org.Role, Name: name, Path: "/", Administrator: administrator, Trusts: trusts,
		MaxSession: time.Hour, CreatedAt: p.now(),
	})
}
