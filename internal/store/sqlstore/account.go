package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func accountOf(r query.Account) org.Account {
	return org.Account{
		ID: org.AccountID(r.ID), Partition: org.Partition(r.Partition), OrganizationID: org.OrganizationID(r.OrganizationID),
		ParentID: org.UnitID(r.ParentID), Name: r.Name, Email: r.Email, Phone: r.Phone, Description: r.Description, Resource: r.Resource,
		State: org.AccountState(r.State), JoinMethod: org.JoinMethod(r.JoinMethod), JoinedAt: moment(r.JoinedAt), CreatedAt: moment(r.CreatedAt),
		ClosedAt: moment(r.ClosedAt), TwinID: org.AccountID(r.TwinID), Hindrances: org.Hindrance(r.Lacks),
	}
}

func accountPlace(r query.Account) place { return place{r.JoinedAt, r.ID} }

func (r *reader) Account(ctx context.Context, id org.AccountID) (org.Account, error) {
	if a, ok := r.known.account(id); ok {
		return a, nil
	}
	row, err := r.db.GetAccount(ctx, string(id))
	if err != nil {
		return org.Account{}, r.got(err, org.AccountMissing, "account", id)
	}
	a := accountOf(row)
	r.known.keep(a, false)
	return a, nil
}

// Member asks once where Account and Organization would ask twice: nearly every request begins with it.
func (r *reader) Member(ctx context.Context, id org.AccountID) (org.Account, org.Organization, error) {
	if a, o, ok := r.known.member(id); ok {
		return a, o, nil
	}
	row, err := r.db.GetMember(ctx, string(id))
	switch {
	case errors.Is(err, sql.ErrNoRows): // it stands alone, or is missing
		a, err := r.Account(ctx, id)
		return a, org.Organization{}, err
	case err != nil:
		return org.Account{}, org.Organization{}, r.fault(err, "get member", id)
	}
	a := accountOf(row.Account)
	r.known.keep(a, false)
	r.known.organization = organizationOf(row.Organization)
	return a, r.known.organization, nil
}

// Accounts that are being created are no members yet, and neither listed nor counted.
func (r *reader) Accounts(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]org.Account, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	var rows []query.Account
	if parent == "" {
		rows, err = r.db.ListAccounts(ctx, string(o), after.time, after.id, ask(p))
	} else {
		rows, err = r.db.ListAccountsBelow(ctx, query.ListAccountsBelowParams{
			OrganizationID: string(o), ParentID: string(parent), AfterTime: after.time, AfterID: after.id, Most: ask(p),
		})
	}
	if err != nil {
		return nil, "", r.fault(err, "list accounts of", o)
	}
	return paged(rows, p, plain(accountOf), accountPlace)
}

func (r *reader) CountAccounts(ctx context.Context, o org.OrganizationID, parent org.UnitID) (int, error) {
	var n int64
	var err error
	if parent == "" {
		n, err = r.db.CountAccounts(ctx, string(o))
	} else {
		n, err = r.db.CountAccountsBelow(ctx, string(o), string(parent))
	}
	return int(n), r.fault(err, "count accounts of", o)
}

func (r *reader) CountActiveAccounts(ctx context.Context, o org.OrganizationID) (int, error) {
	n, err := r.db.CountActiveAccounts(ctx, string(o))
	return int(n), r.fault(err, "count active accounts of", o)
}

func (t *tx) LockAccount(ctx context.Context, id org.AccountID) (org.Account, error) {
	row, err := t.db.LockAccount(ctx, string(id))
	t.known.forget()
	if err != nil {
		return org.Account{}, t.got(err, org.AccountMissing, "account", id)
	}
	a := accountOf(row)
	t.known.keep(a, true)
	return a, nil
}

func (t *tx) InsertAccount(ctx context.Context, a org.Account) error {
	n, err := t.db.InsertAccount(ctx, query.InsertAccountParams{
		ID: string(a.ID), Partition: string(a.Partition), OrganizationID: string(a.OrganizationID), ParentID: string(a.ParentID), Name: a.Name,
		Email: a.Email, Phone: a.Phone, Description: a.Description, Resource: a.Resource, State: string(a.State), JoinMethod: string(a.JoinMethod),
		JoinedAt: micros(a.JoinedAt), CreatedAt: micros(a.CreatedAt), ClosedAt: micros(a.ClosedAt), TwinID: string(a.TwinID), Lacks: int64(a.Hindrances),
	})
	if err := t.fresh(n, err, org.ConcurrentModification, "account", a.ID); err != nil {
		return err
	}
	t.known.wrote(a)
	if a.ParentID == "" {
		return nil
	}
	return t.placeManaged(ctx, a)
}

func (t *tx) UpdateAccount(ctx context.Context, a org.Account) error {
	n, err := t.db.UpdateAccount(ctx, query.UpdateAccountParams{
		ID: string(a.ID), Partition: string(a.Partition), OrganizationID: string(a.OrganizationID), ParentID: string(a.ParentID), Name: a.Name,
		Email: a.Email, Phone: a.Phone, Description: a.Description, Resource: a.Resource, State: string(a.State), JoinMethod: string(a.JoinMethod),
		JoinedAt: micros(a.JoinedAt), CreatedAt: micros(a.CreatedAt), ClosedAt: micros(a.ClosedAt), TwinID: string(a.TwinID), Lacks: int64(a.Hindrances),
	})
	if err := t.hit(n, err, org.AccountMissing, "account", a.ID); err != nil {
		return err
	}
	t.known.wrote(a)
	return t.placeManaged(ctx, a)
}

// placeManaged lets the landing zone's row of an account follow the account to its parent.
func (t *tx) placeManaged(ctx context.Context, a org.Account) error {
	err := t.db.PlaceManagedAccount(ctx, string(a.OrganizationID), string(a.ParentID), string(a.ID))
	return t.fault(err, "place managed account", a.ID)
}

func (t *tx) DeleteAccount(ctx context.Context, id org.AccountID) error {
	if err := t.db.DeleteAccountTags(ctx, string(id)); err != nil {
		return t.fault(err, "delete tags of", id)
	}
	delete(t.known.accounts, id)
	n, err := t.db.DeleteAccount(ctx, string(id))
	if err != nil || n == 0 {
		return t.fault(err, "delete account", id)
	}
	return t.placeManaged(ctx, org.Account{ID: id})
}
