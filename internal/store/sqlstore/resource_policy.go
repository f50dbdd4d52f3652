package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func (r *reader) ResourcePolicy(ctx context.Context, o org.OrganizationID) (org.ResourcePolicy, error) {
	row, err := r.db.GetResourcePolicy(ctx, string(o))
	if err != nil {
		return org.ResourcePolicy{}, r.got(err, org.ResourcePolicyMissing, "resource policy of", o)
	}
	return org.ResourcePolicy{
		ID: org.ResourcePolicyID(row.ID), OrganizationID: org.OrganizationID(row.OrganizationID), Content: row.Content,
		CreatedAt: moment(row.CreatedAt), UpdatedAt: moment(row.UpdatedAt),
	}, nil
}

func (t *tx) PutResourcePolicy(ctx context.Context, p org.ResourcePolicy) error {
	return t.fault(t.db.PutResourcePolicy(ctx, query.PutResourcePolicyParams{
		OrganizationID: string(p.OrganizationID), ID: string(p.ID), Content: p.Content, CreatedAt: micros(p.CreatedAt), UpdatedAt: micros(p.UpdatedAt),
	}), "write resource policy of", p.OrganizationID)
}

func (t *tx) DeleteResourcePolicy(ctx context.Context, o org.OrganizationID) error {
	p, err := t.ResourcePolicy(ctx, o)
	if err != nil {
		return err
	}
	n, err := t.db.DeleteResourcePolicy(ctx, string(o))
	if err := t.hit(n, err, org.ResourcePolicyMissing, "resource policy of", o); err != nil {
		return err
	}
	return t.fault(t.db.DeleteTags(ctx, string(o), string(p.ID)), "delete tags of", p.ID)
}
