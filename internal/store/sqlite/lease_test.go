package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

func TestWhatADeadProcessHeldIsFreeAtTheNextStart(t *testing.T) {
	t.Parallel()
	path, now := filepath.Join(t.TempDir(), "x.db"), time.Now()
	o := sqlite.Options{Options: sqlstore.Options{Lease: time.Hour, Started: func(durable.Saga) {}}}
	s, err := sqlite.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx store.Tx) error { return tx.Start(t.Context(), "s", org.CreateAccount, "x", now) })
	if err != nil {
		t.Fatal(err)
	}
	if held, err := s.ClaimSagas(t.Context(), now, now.Add(time.Hour), 1); err != nil || len(held) != 0 {
		t.Fatalf("a held saga was claimed: %v, %v", held, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = sqlite.Open(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	free, err := s.ClaimSagas(t.Context(), now, now.Add(time.Hour), 1)
	if err != nil || len(free) != 1 {
		t.Fatalf("claimed %v, %v, want the saga", free, err)
	}
	if free[0].Token <= 1 {
		t.Errorf("the token is %d: the dead process is not fenced off", free[0].Token)
	}
}
