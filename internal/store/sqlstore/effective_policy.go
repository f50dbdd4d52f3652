package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func keptOf(r query.KeptPolicy) org.KeptPolicy {
	return org.KeptPolicy{
		OrganizationID: org.OrganizationID(r.OrganizationID), Type: org.PolicyType(r.Type), AccountID: org.AccountID(r.AccountID), Content: r.Content,
		UpdatedAt: moment(r.UpdatedAt), KeptAt: moment(r.KeptAt),
	}
}

func (r *reader) PolicyChangedAt(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string) (time.Time, error) {
	at, err := r.db.PolicyChangedAt(ctx, string(o), target, string(t))
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return moment(at), r.fault(err, "read policy change at", target)
}

func (r *reader) KeptPolicy(ctx context.Context, o org.OrganizationID, t org.PolicyType, a org.AccountID) (org.KeptPolicy, error) {
	row, err := r.db.GetKeptPolicy(ctx, string(o), string(a), string(t))
	if err != nil {
		return org.KeptPolicy{}, r.got(err, org.EffectivePolicyMissing, "kept policy of", a)
	}
	return keptOf(row), nil
}

func (r *reader) KeptPolicies(ctx context.Context, o org.OrganizationID, t org.PolicyType, p org.Page) ([]org.KeptPolicy, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListKeptPolicies(ctx, query.ListKeptPoliciesParams{
		OrganizationID: string(o), Type: string(t), AfterTime: after.time, AfterID: after.id, Most: ask(p),
	})
	if err != nil {
		return nil, "", r.fault(err, "list kept policies of", o)
	}
	return paged(rows, p, plain(keptOf), func(r query.KeptPolicy) place { return place{r.KeptAt, r.AccountID} })
}

func (t *tx) MarkPolicyChange(ctx context.Context, o org.OrganizationID, p org.PolicyType, target string, at time.Time) error {
	return t.fault(t.db.PutPolicyChange(ctx, string(o), target, string(p), micros(at)), "mark policy change at", target)
}

func (t *tx) MarkPolicyChanges(ctx context.Context, o org.OrganizationID, id org.PolicyID, at time.Time) error {
	return t.fault(t.db.PutPolicyChangeOf(ctx, micros(at), string(o), string(id)), "mark policy changes by", id)
}

func (t *tx) KeepPolicy(ctx context.Context, k org.KeptPolicy) error {
	return t.fault(t.db.InsertKeptPolicy(ctx, query.InsertKeptPolicyParams{
		OrganizationID: string(k.OrganizationID), Type: string(k.Type), AccountID: string(k.AccountID), Content: k.Content,
		UpdatedAt: micros(k.UpdatedAt), KeptAt: micros(k.KeptAt),
	}), "keep policy of", k.AccountID)
}

func (t *tx) DropKeptPolicy(ctx context.Context, o org.OrganizationID, p org.PolicyType, a org.AccountID) error {
	return t.fault(t.db.DeleteKeptPolicy(ctx, string(o), string(a), string(p)), "drop kept policy of", a)
}
