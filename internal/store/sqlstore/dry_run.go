package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func (r *reader) DryRun(ctx context.Context, o org.OrganizationID, t org.PolicyType) (org.DryRun, error) {
	row, err := r.db.GetDryRun(ctx, string(o), string(t))
	if errors.Is(err, sql.ErrNoRows) {
		return org.DryRun{OrganizationID: o, Type: t}, nil
	}
	if err != nil {
		return org.DryRun{}, r.fault(err, "read the dry run of", o)
	}
	return org.DryRun{
		OrganizationID: o, Type: t, On: row.Enabled, Bucket: row.Bucket, Region: row.Region, Prefix: row.Prefix, Agency: row.Agency,
		CreatedAt: moment(row.CreatedAt), UpdatedAt: moment(row.UpdatedAt), SwitchedAt: moment(row.SwitchedAt),
	}, nil
}

func (t *tx) PutDryRun(ctx context.Context, d org.DryRun) error {
	err := t.db.PutDryRun(ctx, query.PutDryRunParams{
		OrganizationID: string(d.OrganizationID), Type: string(d.Type), Enabled: d.On, Bucket: d.Bucket, Region: d.Region, Prefix: d.Prefix,
		Agency: d.Agency, CreatedAt: micros(d.CreatedAt), UpdatedAt: micros(d.UpdatedAt), SwitchedAt: micros(d.SwitchedAt),
	})
	return t.fault(err, "write the dry run of", d.OrganizationID)
}

func dryRunRecordsOf(rows []query.DryRunRecord) ([]org.DryRunRecord, error) {
	out := make([]org.DryRunRecord, len(rows))
	for i, row := range rows {
		if err := decode(row.Record, &out[i]); err != nil {
			return nil, err
		}
		out[i].OrganizationID, out[i].Number = org.OrganizationID(row.OrganizationID), row.Number
	}
	return out, nil
}

func (r *reader) DryRunRecords(ctx context.Context, o org.OrganizationID, after int64, limit int) ([]org.DryRunRecord, error) {
	rows, err := r.db.ListDryRunRecords(ctx, string(o), after, int32(limit))
	if err != nil {
		return nil, r.fault(err, "list dry-run records of", o)
	}
	return dryRunRecordsOf(rows)
}

func (r *reader) DryRunRecordsToDeliver(ctx context.Context, limit int) ([]org.DryRunRecord, error) {
	rows, err := r.db.ListDryRunRecordsToDeliver(ctx, int32(limit))
	if err != nil {
		return nil, r.fault(err, "list dry-run records", "to deliver")
	}
	return dryRunRecordsOf(rows)
}

func (t *tx) AppendDryRunRecord(ctx context.Context, of org.PolicyType, r org.DryRunRecord) error {
	number, err := t.db.NextDryRunRecord(ctx, string(r.OrganizationID), string(of))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		r.Number = number
		err = t.db.InsertDryRunRecord(ctx, string(r.OrganizationID), number, encode(r))
	}
	return t.fault(err, "append the dry-run record", r.ID)
}

func (t *tx) MarkDelivered(ctx context.Context, o org.OrganizationID, number int64) error {
	return t.fault(t.db.MarkDryRunRecordDelivered(ctx, string(o), number), "mark a dry-run record of", o)
}
