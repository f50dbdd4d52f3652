package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func TestAFileIsOpenOnceAndKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b?c%20#d.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Errorf("opened twice: %v", err)
	}
	if err := s.engine.Update(t.Context(), insert(t, "kept")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Check(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if s, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	if !s.has(t, "kept") {
		t.Error("the row is gone")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// The server's key and the secrets of its first credentials are in there.
func TestAFileIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("modes of files mean nothing here")
	}
	path := filepath.Join(t.TempDir(), "polity.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.engine.Update(t.Context(), insert(t, "kept")); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if i, err := os.Stat(f); err != nil || i.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, i.Mode(), err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestOpenFailsWhereNoFileCanBe(t *testing.T) {
	t.Parallel()
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "none", "polity.db"), Options{}); err == nil {
		t.Error("opened in a folder that does not exist")
	}
	broken := filepath.Join(t.TempDir(), "polity.db")
	if err := os.WriteFile(broken, []byte(strings.Repeat("not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the failed try has given its lock back
		if _, err := Open(t.Context(), broken, Options{}); err == nil || errors.Is(err, ErrInUse) {
			t.Errorf("a file that is none of SQLite's: %v", err)
		}
	}
}

func TestConnectionsAreTuned(t *testing.T) {
	t.Parallel()
	s := file(t)
	pragma := func(db query.DBTX, name string) (value string) {
		if err := db.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value); err != nil {
			t.Fatal(err)
		}
		return value
	}
	writes := func(db query.DBTX) error {
		for name, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
			if got := pragma(db, name); got != want {
				t.Errorf("writer: %s is %s", name, got)
			}
		}
		return nil
	}
	reads := func(db query.DBTX) error {
		if err := insert(t, "x")(db); err == nil {
			t.Error("a reader wrote")
		}
		return nil
	}
	if err := errors.Join(s.engine.Update(t.Context(), writes), s.engine.View(t.Context(), reads)); err != nil {
		t.Fatal(err)
	}
}

func TestTheTablesAreThoseOfTheStore(t *testing.T) {
	t.Parallel()
	s := memory(t)
	var got []string
	err := s.engine.View(t.Context(), func(db query.DBTX) error {
		rows, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version' ORDER BY name")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			got = append(got, name)
		}
		return rows.Err()
	})
	want := slices.Sorted(slices.Values(sqlstore.Tables))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: %v, want %v", err, got, want)
	}
}
