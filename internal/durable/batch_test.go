package durable_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

func TestMemoOfARunThatDoesNotCountIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		j.RunTwice = true
		count := func(name string) step {
			return step{Name: name, NoUndo: "It counts.", Write: func(_ context.Context, _ tx, r *run) error {
				var n int
				return errors.Join(r.Load(&n), r.Store(n+1))
			}}
		}
		start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{count("a"), count("b"), count("c")}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		if got := string(j.Saga("1").Memo); got != "3" {
			t.Errorf("memo is %s, want 3: each step sees the one before it, once", got)
		}
	})
}

func TestBatchFallsBackToSingleSteps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		b := row("b")
		b.Write = func(_ context.Context, tx tx, r *run) error {
			tx.Add(r.Key(), 1)
			return errors.Join(r.Store("spoilt"), errDown)
		}
		a := row("a")
		add := a.Write
		a.Write = func(ctx context.Context, tx tx, r *run) error { return errors.Join(add(ctx, tx, r), r.Store("kept")) }
		e := start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{a, b, row("c")}, Retry: durable.Retry{Attempts: 2, Base: time.Hour}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		s := j.Saga("1")
		if s.Step != 1 || s.Attempt != 1 || s.LastError != "down" || string(s.Memo) != `"kept"` {
			t.Errorf("step %d, attempt %d, last error %q, memo %s; want 1, 1, down, \"kept\"", s.Step, s.Attempt, s.LastError, s.Memo)
		}
		wantRows(t, j, map[string]int{"1/a": 1})
		wantList(t, "trials", e.outcomes(), []string{"a done", "b retried"})
		time.Sleep(2 * time.Hour)
		wantSaga(t, j.Saga("1"), durable.Failed)
		wantRows(t, j, map[string]int{})
	})
}

func TestBatchIsOneTransaction(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := &counting{Journal: durabletest.NewJournal()}
		e := start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{row("a"), row("b"), row("c")}})
		s := saga("1").Held(time.Now().Add(e.Lease()))
		j.Start(s)
		e.Offer(s)
		synctest.Wait()
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		if got := j.updates.Load(); got != 1 {
			t.Errorf("an offered saga of three writes took %d transactions, want 1", got)
		}
	})
}

type counting struct {
	*durabletest.Journal
	updates atomic.Int32
}

func (c *counting) Update(ctx context.Context, fn func(tx) error) error {
	c.updates.Add(1)
	return c.Journal.Update(ctx, fn)
}
