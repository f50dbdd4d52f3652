package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func file(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "polity.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func insert(t testing.TB, name string) func(query.DBTX) error {
	return func(db query.DBTX) error { return query.New(db).InsertSetting(t.Context(), name, []byte{}) }
}

// crowd lets closures come while the first one runs, so that they share its batch, and returns their errors in order.
func crowd(t *testing.T, s *Store, ctx context.Context, all ...func(query.DBTX) error) []error {
	t.Helper()
	w := s.engine.writer
	w.longest = time.Hour
	entered, release := make(chan struct{}), make(chan struct{})
	errs := make([]chan error, len(all))
	for i, fn := range all {
		errs[i] = make(chan error, 1)
		first := fn
		if i == 0 {
			fn = func(db query.DBTX) error {
				close(entered)
				<-release
				return first(db)
			}
		}
		go func() { errs[i] <- w.update(ctx, fn) }()
		if i == 0 {
			<-entered
		}
		for w.waiting.Load() != int64(i) {
			time.Sleep(time.Millisecond)
		}
	}
	close(release)
	var out []error
	for _, c := range errs {
		out = append(out, <-c)
	}
	return out
}

func (s *Store) has(t *testing.T, name string) bool {
	t.Helper()
	var found bool
	err := s.engine.View(t.Context(), func(db query.DBTX) error {
		return db.QueryRowContext(t.Context(), "SELECT count(*) > 0 FROM settings WHERE name = $1", name).Scan(&found)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestThoseWhoComeTogetherShareACommit(t *testing.T) {
	t.Parallel()
	s := file(t)
	errOwn := errors.New("own")
	var batches []*batch
	look := func(fn func(query.DBTX) error) func(query.DBTX) error {
		return func(db query.DBTX) error {
			batches = append(batches, s.engine.writer.batch)
			return fn(db)
		}
	}
	errs := crowd(t, s, t.Context(), look(insert(t, "a")), look(func(db query.DBTX) error {
		return errors.Join(insert(t, "b")(db), errOwn)
	}), look(insert(t, "c")), look(insert(t, "d")))
	for i, name := range []string{"a", "b", "c", "d"} {
		own := name == "b"
		if errors.Is(errs[i], errOwn) != own || !own && errs[i] != nil {
			t.Errorf("%s: %v", name, errs[i])
		}
		if s.has(t, name) == own {
			t.Errorf("%s is there: %v", name, !own)
		}
		if batches[i] != batches[0] {
			t.Errorf("%s has a batch of its own", name)
		}
	}
}

func TestABatchIsBounded(t *testing.T) {
	t.Parallel()
	s := file(t)
	s.engine.writer.most = 2
	sizes := map[*batch]int{}
	look := func(query.DBTX) error {
		sizes[s.engine.writer.batch]++
		return nil
	}
	for _, err := range crowd(t, s, t.Context(), look, look, look, look, look) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(sizes) != 3 {
		t.Errorf("%d batches", len(sizes))
	}
}

// A closure that ends the transaction stands in for an engine that does, as SQLite does on a full disk.
func TestWhenTheBatchIsLostNobodyIsToldOtherwise(t *testing.T) {
	t.Parallel()
	s := file(t)
	errs := crowd(t, s, t.Context(), insert(t, "a"), insert(t, "b"), func(db query.DBTX) error {
		_, err := db.ExecContext(t.Context(), "ROLLBACK")
		return err
	}, insert(t, "late"))
	for i, name := range []string{"a", "b"} {
		if errs[i] == nil || s.has(t, name) {
			t.Errorf("%s: %v, is there %v", name, errs[i], s.has(t, name))
		}
	}
	if errs[2] == nil {
		t.Error("the culprit was told that it succeeded")
	}
	if errs[3] != nil || !s.has(t, "late") {
		t.Errorf("the next batch: %v", errs[3])
	}
}

func TestACallerCancelledInTheQueueIsSkipped(t *testing.T) {
	t.Parallel()
	s := file(t)
	ctx, cancel := context.WithCancel(t.Context())
	ran := false
	errs := crowd(t, s, ctx, func(query.DBTX) error {
		cancel()
		return nil
	}, func(query.DBTX) error {
		ran = true
		return nil
	})
	if errs[0] != nil || !errors.Is(errs[1], context.Canceled) || ran {
		t.Errorf("%v, ran %v", errs, ran)
	}
}

func TestAClosedStoreSaysSo(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*Store{"file": file(t), "memory": memory(t)} {
		for range 2 {
			if err := s.Close(); err != nil {
				t.Errorf("%s: close: %v", name, err)
			}
		}
		if err := s.Ping(t.Context()); !errors.Is(err, errClosed) {
			t.Errorf("%s: ping: %v", name, err)
		}
		if _, err := s.Rows(t.Context()); !errors.Is(err, errClosed) {
			t.Errorf("%s: read: %v", name, err)
		}
	}
}
