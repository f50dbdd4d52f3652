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
	if o := r.known.organization; o.ID == id && id != "" {
		return o, nil
	}
	row, err := r.db.GetOrganization(ctx, string(id))
	if err != nil {
		return org.Organization{}, r.got(err, org.OrganizationMissing, "organization", id)
	}
	r.known.organization = organizationOf(row)
	return r.known.organization, nil
}

func (t *tx) LockOrganization(ctx context.Context, id org.OrganizationID) (org.Organization, error) {
	row, err := t.db.LockOrganization(ctx, string(id))
	return t.locked(row, err, "organization", id)
}

func (t *tx) LockHome(ctx context.Context, id org.AccountID) (org.Organization, error) {
	row, err := t.db.LockHome(ctx, string(id))
	return t.locked(row, err, "organization of", id)
}

func (t *tx) locked(row query.Organization, err error, noun string, id any) (org.Organization, error) {
	t.known.forget()
	if err != nil {
		return org.Organization{}, t.got(err, org.OrganizationMissing, noun, id)
	}
	t.known.organization = organizationOf(row)
	return t.known.organization, nil
}

func (t *tx) InsertOrganization(ctx context.Context, o org.Organization) error {
	n, err := t.db.InsertOrganization(ctx, query.InsertOrganizationParams{
		ID: string(o.ID), Partition: string(o.Partition), ManagementID: string(o.ManagementID), RootID: string(o.RootID),
		FeatureSet: string(o.FeatureSet), CreatedAt: micros(o.CreatedAt), Version: o.Version,
	})
	return t.fresh(n, err, org.ConcurrentModification, "organization", o.ID)
}

func (t *tx) DeleteOrganization(ctx context.Context, id org.OrganizationID) error {
	t.known.forget()
	n, err := t.db.DeleteOrganization(ctx, string(id))
	return t.hit(n, err, org.OrganizationMissing, "organization", id)
}
