package postgres

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func fresh(t *testing.T, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, Options{Connections: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestReplicasMayStartTogether(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	errs := make(chan error, 3)
	for range 3 {
		go func() {
			s, err := Open(t.Context(), url, Options{Connections: 1})
			if err == nil {
				err = errors.Join(s.Ping(t.Context()), s.Close())
			}
			errs <- err
		}()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestAURLThatCannotBeReadKeepsItsPassword(t *testing.T) {
	t.Parallel()
	_, err := Open(t.Context(), "postgres://u:geheim@host:port/db", Options{})
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Error(err)
	}
}

func TestATransactionThatTheServerEndedIsRunAgain(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	e := &engine{db: s.db}
	for state, final := range map[string]int{serializationFailure: 3, deadlockDetected: 3, "22012": 1} {
		runs := 0
		err := e.Update(t.Context(), func(db query.DBTX) error {
			if runs++; runs == 3 {
				return nil
			}
			_, err := db.ExecContext(t.Context(), "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '"+state+"'; END $$")
			return err
		})
		if runs != final || (err == nil) != (final == 3) {
			t.Errorf("%s: %d runs, %v", state, runs, err)
		}
	}
}

func TestATransactionThatNeverGetsThroughIsAConcurrentModification(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	s := fresh(t, url)
	runs := 0
	busy := &busyEngine{engine{db: s.db}}
	err := sqlstore.New(busy, sqlstore.Options{}).Update(t.Context(), func(store.Tx) error {
		runs++
		return nil
	})
	if runs != tries || org.ReasonOf(err) != org.ConcurrentModification {
		t.Errorf("%d runs: %v", runs, err)
	}
}

// A busyEngine lets every transaction fail at its end.
type busyEngine struct{ engine }

func (e *busyEngine) Update(ctx context.Context, fn func(query.DBTX) error) error {
	return e.engine.Update(ctx, func(db query.DBTX) error {
		if err := fn(db); err != nil {
			return err
		}
		_, err := db.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")
		return err
	})
}

func TestThoseWhoLockInOppositeOrderBothGetThrough(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	ids := []org.AccountID{"a", "b"}
	err := s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.InsertAccount(t.Context(), org.Account{ID: "a"}), tx.InsertAccount(t.Context(), org.Account{ID: "b"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	var met sync.WaitGroup
	met.Add(2)
	both := make(chan struct{})
	go func() {
		met.Wait()
		close(both)
	}()
	errs := make(chan error, 2)
	for i := range 2 {
		go func() {
			waited := false
			errs <- s.Update(t.Context(), func(tx store.Tx) error {
				if _, err := tx.LockAccount(t.Context(), ids[i]); err != nil {
					return err
				}
				if !waited { // the first time each waits until the other has its lock, too
					waited = true
					met.Done()
					<-both
				}
				_, err := tx.LockAccount(t.Context(), ids[1-i])
				return err
			})
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
