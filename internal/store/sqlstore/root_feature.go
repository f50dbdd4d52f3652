package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

func (r *reader) RootFeatures(ctx context.Context, o org.OrganizationID) ([]org.RootFeature, error) {
	rows, err := r.db.ListRootFeatures(ctx, string(o))
	if err != nil {
		return nil, r.fault(err, "list root features of", o)
	}
	out := make([]org.RootFeature, len(rows))
	for i, f := range rows {
		out[i] = org.RootFeature(f)
	}
	return out, nil
}

func (t *tx) EnableRootFeature(ctx context.Context, o org.OrganizationID, f org.RootFeature) error {
	return t.fault(t.db.EnableRootFeature(ctx, string(o), string(f)), "enable", f)
}

func (t *tx) DisableRootFeature(ctx context.Context, o org.OrganizationID, f org.RootFeature) error {
	return t.fault(t.db.DisableRootFeature(ctx, string(o), string(f)), "disable", f)
}
