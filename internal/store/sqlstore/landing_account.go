package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func managedAccountOf(r query.ManagedAccount) (landing.Account, error) {
	a := landing.Account{
		OrganizationID: org.OrganizationID(r.OrganizationID), AccountID: org.AccountID(r.AccountID), Type: landing.AccountType(r.Type), MadeHere: r.MadeHere,
		State: landing.AccountState(r.State), Message: r.Message, IdentityUser: r.IdentityUser, IdentityEmail: r.IdentityEmail,
		CreatedAt: moment(r.CreatedAt), UpdatedAt: moment(r.UpdatedAt),
	}
	if err := decode(r.Blueprint, &a.Blueprint); err != nil {
		return landing.Account{}, err
	}
	return a, decode(r.Regions, &a.Regions)
}

func managedAccountPlace(r query.ManagedAccount) place { return place{r.CreatedAt, r.AccountID} }

func (r *reader) ManagedAccount(ctx context.Context, o org.OrganizationID, id org.AccountID) (landing.Account, error) {
	row, err := r.db.GetManagedAccount(ctx, string(o), string(id))
	if err != nil {
		return landing.Account{}, r.got(err, org.ManagedAccountMissing, "managed account", id)
	}
	return managedAccountOf(row)
}

func (r *reader) ManagedAccounts(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]landing.Account, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	var rows []query.ManagedAccount
	if parent == "" {
		rows, err = r.db.ListManagedAccounts(ctx, string(o), after.time, after.id, ask(p))
	} else {
		rows, err = r.db.ListManagedAccountsBelow(ctx, query.ListManagedAccountsBelowParams{
			OrganizationID: string(o), ParentID: string(parent), AfterTime: after.time, AfterID: after.id, Most: ask(p),
		})
	}
	if err != nil {
		return nil, "", r.fault(err, "list managed accounts of", o)
	}
	return paged(rows, p, managedAccountOf, managedAccountPlace)
}

func (t *tx) PutManagedAccount(ctx context.Context, a landing.Account) error {
	err := t.db.PutManagedAccount(ctx, query.PutManagedAccountParams{
		OrganizationID: string(a.OrganizationID), AccountID: string(a.AccountID), Type: string(a.Type), MadeHere: a.MadeHere, State: string(a.State),
		Message: a.Message, IdentityUser: a.IdentityUser, IdentityEmail: a.IdentityEmail, Blueprint: encode(a.Blueprint), Regions: encode(a.Regions),
		CreatedAt: micros(a.CreatedAt), UpdatedAt: micros(a.UpdatedAt),
	})
	return t.fault(err, "put managed account", a.AccountID)
}

func (t *tx) DeleteManagedAccount(ctx context.Context, o org.OrganizationID, id org.AccountID) error {
	n, err := t.db.DeleteManagedAccount(ctx, string(o), string(id))
	return t.hit(n, err, org.ManagedAccountMissing, "managed account", id)
}
