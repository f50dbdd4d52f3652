package postgres

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

func column(t *testing.T, db *sql.DB, text string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

const columns = `SELECT table_name || '.' || column_name FROM information_schema.columns
	WHERE table_schema = 'public' AND table_name <> 'goose_db_version' `

func TestNoTextSortsByTheLocale(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	if loose := column(t, s.db, columns+`AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`); len(loose) > 0 {
		t.Errorf("without a collation: %v", loose)
	}
}

func TestBothEnginesHaveTheSameTables(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	path := filepath.Join(t.TempDir(), "polity.db")
	other, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(raw.Close(), other.Close()); err != nil {
			t.Error(err)
		}
	}()
	here := column(t, s.db, columns)
	there := column(t, raw, `SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name <> 'goose_db_version' AND t.name NOT LIKE 'sqlite_%'`)
	if len(here) < 100 || !slices.Equal(here, there) {
		t.Errorf("PostgreSQL has %v\nSQLite has %v", here, there)
	}
	index := `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`
	if a, b := column(t, s.db, `SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE '%\_by\_%'`), column(t, raw, index); !slices.Equal(a, b) {
		t.Errorf("PostgreSQL has the indexes %v\nSQLite has %v", a, b)
	}
}
