package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// Tables lists the tables, each before those that its rows belong to.
var Tables = []string{
	"resource_policies", "delegations", "trusted_services", "root_features",
	"dry_run_records", "dry_runs", "kept_policies", "policy_changes", "attachments", "policy_types", "policy_type_switches", "policies",
	"closures", "contacts", "email_changes", "account_regions",
	"operations", "managed_accounts", "managed_units", "zones", "sagas", "events", "tags", "keys", "principals", "reservations", "creations",
	"transfers", "handshakes", "accounts", "units", "organizations", "settings",
}

// Clear implements store.Store.
func (s *Store) Clear(ctx context.Context) error {
	return s.run(ctx, "clear", s.engine.Update, func(db query.DBTX) error {
		for _, t := range Tables {
			if t == "settings" {
				continue
			}
			if _, err := db.ExecContext(ctx, "DELETE FROM "+t); err != nil {
				return org.Because(err, "clear %s", t)
			}
		}
		return nil
	})
}

// Rows counts the rows of each table that has any.
func (s *Store) Rows(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := s.run(ctx, "count", s.engine.View, func(db query.DBTX) error {
		clear(out)
		for _, t := range Tables {
			var n int
			if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+t).Scan(&n); err != nil {
				return org.Because(err, "count %s", t)
			}
			if n > 0 {
				out[t] = n
			}
		}
		return nil
	})
	return out, err
}
