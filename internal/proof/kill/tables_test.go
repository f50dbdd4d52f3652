package kill

import (
	"context"
	"database/sql"
	"encoding/json"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // "pgx"
	_ "modernc.org/sqlite"             // "sqlite"
)

// A database is the tables behind a fleet that has stopped.
type database struct {
	*sql.DB
	t *testing.T
}

func open(t *testing.T, driver, source string) database {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return database{db, t}
}

// obeys puts every law to the tables.
func (d database) obeys(ctx context.Context) {
	d.t.Helper()
	for _, l := range laws {
		rows, err := d.QueryContext(ctx, l.offenders)
		if err != nil {
			d.t.Errorf("%s: %v", l.says, err)
			continue
		}
		for _, first := range texts(d.t, rows) {
			d.t.Errorf("%s, but %q", l.says, first)
		}
	}
}

// texts returns the first few rows of one text column.
func texts(t *testing.T, rows *sql.Rows) []string {
	t.Helper()
	defer rows.Close()
	var out []string
	for rows.Next() && len(out) < 5 {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Error(err)
			return out
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
	return out
}

// holds compares the rows of each creation with what was asked for.
func (d database) holds(ctx context.Context, l *ledger) {
	d.t.Helper()
	rows, err := d.QueryContext(ctx, `SELECT c.id, c.state, c.request, COALESCE(a.name, ''), COALESCE(a.email, ''),
		(SELECT count(*) FROM tags t WHERE t.organization_id = c.organization_id AND t.resource = c.account_id)
		FROM creations c LEFT JOIN accounts a ON a.id = c.account_id`)
	if err != nil {
		d.t.Fatal(err)
	}
	defer rows.Close()
	ids := map[string]string{}
	for rows.Next() {
		var id, state, request, name, email string
		var tags int
		if err := rows.Scan(&id, &state, &request, &name, &email, &tags); err != nil {
			d.t.Fatal(err)
		}
		var r struct{ Name, Email string }
		if err := json.Unmarshal([]byte(request), &r); err != nil {
			d.t.Fatal(err)
		}
		if ids[r.Name] != "" {
			d.t.Errorf("%s is created as %s and as %s", r.Name, ids[r.Name], id)
		}
		ids[r.Name] = id
		w := l.asked[r.Name]
		if r.Email != w.email || state == "SUCCEEDED" && (name != w.name || email != w.email || tags != wanted(w)) {
			d.t.Errorf("%+v became %s: account %s, %s, %d tags", w, state, name, email, tags)
		}
	}
	if err := rows.Err(); err != nil {
		d.t.Fatal(err)
	}
	for name, id := range l.promised {
		if ids[name] != id {
			d.t.Errorf("%s was accepted as %s and is kept as %q", name, id, ids[name])
		}
	}
}

func wanted(w wish) int {
	if w.tagged {
		return 2
	}
	return 0
}
