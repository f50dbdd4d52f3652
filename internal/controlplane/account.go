package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// An Account is a member account in its organization, with the units from the root down to its parent.
type Account struct {
	Organization org.Organization
	org.Account
	Path []org.UnitID
}

// Accounts is a page of member accounts. Next is empty on the last one.
type Accounts struct {
	Accounts []Account
	Next     string
}

// GetAccount returns a member of the caller's organization. It fails with AccountMissing for any other account.
func (p *Plane) GetAccount(ctx context.Context, c org.Caller, id org.AccountID) (Account, error) {
	return view(ctx, p, func(r store.Reader) (Account, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:DescribeAccount", onAccount(id))
		if err != nil {
			return Account{}, err
		}
		a, err := member(ctx, r, o, id)
		if err != nil {
			return Account{}, err
		}
		path, err := paths(r, o).to(ctx, a.ParentID)
		return Account{Organization: o, Account: a, Path: path}, err
	})
}

// ListAccounts lists the members directly below parent in the order of their joining, or all of the organization when parent is empty. It
// fails with ParentMissing.
func (p *Plane) ListAccounts(ctx context.Context, c org.Caller, parent org.UnitID, page org.Page) (Accounts, error) {
	return view(ctx, p, func(r store.Reader) (Accounts, error) {
		action := "organizations:ListAccounts"
		if parent != "" {
			action = "organizations:ListAccountsForParent"
		}
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, action, page, under(parent))
		if err != nil {
			return Accounts{}, err
		}
		if err := parentExists(ctx, r, o, parent); err != nil {
			return Accounts{}, err
		}
		found, next, err := r.Accounts(ctx, o.ID, parent, page)
		if err != nil {
			return Accounts{}, err
		}
		out, ways := Accounts{Next: cursor(o, next)}, paths(r, o)
		for _, a := range found {
			path, err := ways.to(ctx, a.ParentID)
			if err != nil {
				return Accounts{}, err
			}
			out.Accounts = append(out.Accounts, Account{Organization: o, Account: a, Path: path})
		}
		return out, nil
	})
}

// MoveAccount moves a member from its present parent to another unit or to the root. It fails with AccountMissing, with
// SourceParentMissing when source is not the present parent, with DestinationParentMissing, and with AccountAlreadyThere when both
// are the same.
func (p *Plane) MoveAccount(ctx context.Context, c org.Caller, id org.AccountID, source, destination org.UnitID) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:MoveAccount")
		if err != nil {
			return err
		}
		return p.relocate(ctx, tx, c, o, id, source, destination)
	})
}

// relocate is MoveAccount inside a transaction that has locked the organization and is authorized.
func (p *Plane) relocate(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, id org.AccountID, source, destination org.UnitID) error {
	a, err := member(ctx, tx, o, id)
	if err != nil {
		return err
	}
	if a.ParentID != source {
		return org.Errorf(org.SourceParentMissing, "%s is not the parent of the account %s", source, id)
	}
	if _, err := tx.Unit(ctx, o.ID, destination); err != nil {
		return instead(err, org.UnitMissing, org.DestinationParentMissing)
	}
	if source == destination {
		return org.Errorf(org.AccountAlreadyThere, "the account %s is in %s already", id, destination)
	}
	from := a
	a.ParentID = destination
	if err := p.moved(ctx, tx, o, from, destination, func() error { return tx.UpdateAccount(ctx, a) }); err != nil {
		return err
	}
	return p.record(ctx, tx, o, org.AccountMoved, by, string(id), map[string]string{"sourceParentId": string(source), "destinationParentId": string(destination)})
}

// member returns a member of the organization. Accounts elsewhere, and those still being created, are as good as missing.
func member(ctx context.Context, r store.Reader, o org.Organization, id org.AccountID) (org.Account, error) {
	a, err := r.Account(ctx, id)
	if err != nil {
		return org.Account{}, err
	}
	if a.OrganizationID != o.ID {
		return org.Account{}, org.Errorf(org.AccountMissing, "the account %s is not a member of the organization", id)
	}
	return a, nil
}
