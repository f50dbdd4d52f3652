package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

func (r *reader) Regions(ctx context.Context, a org.AccountID) ([]org.Region, error) {
	rows, err := r.db.ListAccountRegions(ctx, string(a))
	if err != nil {
		return nil, r.fault(err, "list the regions of", a)
	}
	out := make([]org.Region, len(rows))
	for i, row := range rows {
		out[i] = org.Region{AccountID: a, Name: row.Name, Status: org.RegionStatus(row.Status), ChangedAt: moment(row.ChangedAt)}
	}
	return out, nil
}

func (t *tx) PutRegion(ctx context.Context, g org.Region) error {
	err := t.db.PutAccountRegion(ctx, string(g.AccountID), g.Name, string(g.Status), micros(g.ChangedAt))
	return t.fault(err, "write a region of", g.AccountID)
}
