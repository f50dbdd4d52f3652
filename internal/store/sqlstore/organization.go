package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func organizationOf(r query.Organization) org.Organization {
	return org.Organization{
		ID: org.OrganizationID(r.ID), Partition: org.Partition(r.Partition), ManagementID: org.AccountID(r.ManagementID), RootID: org.UnitID(r.RootID),
		FeatureSet: org.FeatureSet(r.FeatureSet), CreatedAt: moment(r.CreatedAt), Version: r.Version,
		DueAt: moment(r.DueAt),
	}
}

func (r *reader) Organization(ctx context.Context, id org.OrganizationID) (org.Organization, error) {
	row, err := r.db.GetOrganization(ctx, string(id))
	if err != nil {
		return org.Organization{}, r.got(err, org.OrganizationMissing, "organization", id)
	}
	return organizationOf(row), nil
}

func (t *tx) LockOrganization(ctx context.Context, id org.OrganizationID) (org.Organization, error) {
	row, err := t.db.LockOrganization(ctx, string(id))
	if err != nil {
		return org.Organization{}, t.got(err, org.OrganizationMissing, "organization", id)
	}
	return organizationOf(row), nil
}

func (t *tx) InsertOrganization(ctx context.Context, o org.Organization) error {
	n, err := t.db.InsertOrganization(ctx, query.InsertOrganizationParams{
		ID: string(o.ID), Partition: string(o.Partition), ManagementID: string(o.ManagementID), RootID: string(o.RootID),
		FeatureSet: string(o.FeatureSet), CreatedAt: micros(o.CreatedAt), Version: o.Version,
	})
	return t.fresh(n, err, org.ConcurrentModification, "organization", o.ID)
}

func (t *tx) DeleteOrganization(ctx context.Context, id org.OrganizationID) error {
	t.creation = nil
	n, err := t.db.DeleteOrganization(ctx, string(id))
	return t.hit(n, err, org.OrganizationMissing, "organization", id)
}
