package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// A ManagedAccount is an account that a landing zone governs, with its place in the organization. Parent is zero for one that has left.
type ManagedAccount struct {
	Organization org.Organization
	Managed      landing.Account
	Account      org.Account
	Parent       org.Unit
}

// ManagedAccounts is a page of governed accounts. Next is empty on the last one.
type ManagedAccounts struct {
	Accounts []ManagedAccount
	Next     string
}

// CreateManagedAccount accepts a request for an account in a governed unit and returns the operation that makes it. It fails at once, with
// nothing recorded, as Zone.Writable does, with ParentMissing, with InputMalformed when the unit has another name than the request says, as
// Unit.TakesAccounts and AccountRequest.Check do. Everything else is the operation's own end.
func (p *Plane) CreateManagedAccount(ctx context.Context, c org.Caller, unit org.UnitID, q landing.AccountRequest) (landing.Operation, error) {
	return update(ctx, p, func(tx store.Tx) (landing.Operation, error) {
		o, err := p.govern(ctx, tx, c, "rgc:managedAccount:create")
		if err != nil {
			return landing.Operation{}, err
		}
		u, err := tx.Unit(ctx, o.ID, unit)
		if err != nil {
			return landing.Operation{}, instead(err, org.UnitMissing, org.ParentMissing)
		}
		if u.Name != q.UnitName {
			return landing.Operation{}, org.Errorf(org.InputMalformed, "the name of the unit %s is not %q", unit, q.UnitName)
		}
		row, err := governedUnit(ctx, tx, o, unit)
		if err != nil {
			return landing.Operation{}, err
		}
		if err := row.TakesAccounts(); err != nil {
			return landing.Operation{}, err
		}
		if err := q.Check(o.Rules()); err != nil {
			return landing.Operation{}, err
		}
		return p.operate(ctx, tx, c, o, org.CreateManagedAccount, landing.Operation{
			Kind: landing.CreateAccountOperation, UnitID: unit, Steps: landing.Steps(landing.AccountSteps...), Request: q,
		})
	})
}

// GetManagedAccount returns a governed account. It fails as Zone.Readable does and with ManagedAccountMissing.
func (p *Plane) GetManagedAccount(ctx context.Context, c org.Caller, id org.AccountID) (ManagedAccount, error) {
	return view(ctx, p, func(r store.Reader) (ManagedAccount, error) {
		o, _, err := p.governed(ctx, r, c, "rgc:managedAccount:get")
		if err != nil {
			return ManagedAccount{}, err
		}
		return managedAccount(ctx, r, o, id)
	})
}

// GetCoreAccount returns the core account of a type. It fails as Zone.Readable does and with ManagedAccountMissing.
func (p *Plane) GetCoreAccount(ctx context.Context, c org.Caller, t landing.AccountType) (ManagedAccount, error) {
	return view(ctx, p, func(r store.Reader) (ManagedAccount, error) {
		o, z, err := p.governed(ctx, r, c, "rgc:managedCoreAccount:get")
		if err != nil {
			return ManagedAccount{}, err
		}
		id := o.ManagementID
		if t != landing.PrimaryAccount {
			id = z.Setup.CoreAccount(t).AccountID
		}
		return managedAccount(ctx, r, o, id)
	})
}

func managedAccount(ctx context.Context, r store.Reader, o org.Organization, id org.AccountID) (ManagedAccount, error) {
	row, err := r.ManagedAccount(ctx, o.ID, id)
	if err != nil {
		return ManagedAccount{}, err
	}
	return placedAccount(ctx, r, o, row)
}

func placedAccount(ctx context.Context, r store.Reader, o org.Organization, row landing.Account) (ManagedAccount, error) {
	a, err := r.Account(ctx, row.AccountID)
	if err != nil {
		return ManagedAccount{}, err
	}
	out := ManagedAccount{Organization: o, Managed: row, Account: a}
	if a.OrganizationID != o.ID {
		return out, nil
	}
	out.Parent, err = r.Unit(ctx, o.ID, a.ParentID)
	return out, err
}

// ListManagedAccounts lists the governed accounts directly below a governed unit, all when unit is empty, those of the set-up first. It fails as
// Zone.Readable does and with ManagedUnitMissing.
func (p *Plane) ListManagedAccounts(ctx context.Context, c org.Caller, unit org.UnitID, page org.Page) (ManagedAccounts, error) {
	action := "rgc:managedAccount:list"
	if unit != "" {
		action = "rgc:managedAccountsForParent:list"
	}
	return view(ctx, p, func(r store.Reader) (ManagedAccounts, error) {
		o, _, err := p.governed(ctx, r, c, action)
		if err != nil {
			return ManagedAccounts{}, err
		}
		page, err := within(o, page)
		if err != nil {
			return ManagedAccounts{}, err
		}
		if unit != "" {
			if _, err := r.ManagedUnit(ctx, o.ID, unit); err != nil {
				return ManagedAccounts{}, err
			}
		}
		rows, next, err := r.ManagedAccounts(ctx, o.ID, unit, page)
		if err != nil {
			return ManagedAccounts{}, err
		}
		out := ManagedAccounts{Next: cursor(o, next)}
		for _, row := range rows {
			a, err := placedAccount(ctx, r, o, row)
			if err != nil {
				return ManagedAccounts{}, err
			}
			out.Accounts = append(out.Accounts, a)
		}
		return out, nil
	})
}
