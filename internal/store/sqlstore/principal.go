package sqlstore

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func principalOf(r query.Principal) org.Principal {
	return org.Principal{
		ID: org.PrincipalID(r.ID), AccountID: org.AccountID(r.AccountID), Kind: org.PrincipalKind(r.Kind), Name: r.Name, Path: r.Path,
		Administrator: r.Administrator, Trusts: r.Trusts, MaxSession: time.Duration(r.MaxSession) * time.Microsecond, CreatedAt: moment(r.CreatedAt),
		Description: r.Description,
	}
}

func (r *reader) Principal(ctx context.Context, id org.PrincipalID) (org.Principal, error) {
	row, err := r.db.GetPrincipal(ctx, string(id))
	if err != nil {
		return org.Principal{}, r.got(err, org.PrincipalMissing, "principal", id)
	}
	return principalOf(row), nil
}

func (r *reader) PrincipalNamed(ctx context.Context, a org.AccountID, k org.PrincipalKind, name string) (org.Principal, error) {
	row, err := r.db.GetPrincipalNamed(ctx, string(a), string(k), name)
	if err != nil {
		return org.Principal{}, r.got(err, org.PrincipalMissing, "principal", name)
	}
	return principalOf(row), nil
}

func (r *reader) Principals(ctx context.Context, a org.AccountID) ([]org.Principal, error) {
	rows, err := r.db.ListPrincipals(ctx, string(a))
	if err != nil {
		return nil, r.fault(err, "list principals of", a)
	}
	out := make([]org.Principal, len(rows))
	for i, row := range rows {
		out[i] = principalOf(row)
	}
	return out, nil
}

func (t *tx) InsertPrincipal(ctx context.Context, p org.Principal) error {
	n, err := t.db.InsertPrincipal(ctx, query.InsertPrincipalParams{
		ID: string(p.ID), AccountID: string(p.AccountID), Kind: string(p.Kind), Name: p.Name, Path: p.Path, Administrator: p.Administrator,
		Trusts: p.Trusts, MaxSession: p.MaxSession.Microseconds(), CreatedAt: micros(p.CreatedAt),
		Description: p.Description,
	})
	return t.fresh(n, err, org.PrincipalExists, "principal", p.Name)
}

func (t *tx) DeletePrincipal(ctx context.Context, id org.PrincipalID) error {
	return t.fault(t.db.DeletePrincipal(ctx, string(id)), "delete principal", id)
}

func (r *reader) Key(ctx context.Context, id org.KeyID) (org.Key, error) {
	row, err := r.db.GetKey(ctx, string(id))
	if err != nil {
		return org.Key{}, r.got(err, org.KeyMissing, "key", id)
	}
	return org.Key{
		ID: org.KeyID(row.ID), AccountID: org.AccountID(row.AccountID), PrincipalID: org.PrincipalID(row.PrincipalID), Sealed: bytesOf(row.Sealed),
		Status: org.KeyStatus(row.Status), CreatedAt: moment(row.CreatedAt),
	}, nil
}

func (t *tx) InsertKey(ctx context.Context, k org.Key) error {
	n, err := t.db.InsertKey(ctx, query.InsertKeyParams{
		ID: string(k.ID), AccountID: string(k.AccountID), PrincipalID: string(k.PrincipalID), Sealed: blob(k.Sealed), Status: string(k.Status),
		CreatedAt: micros(k.CreatedAt),
	})
	return t.fresh(n, err, org.ConcurrentModification, "key", k.ID)
}
