package durable_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

func TestUndoInReverseOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		last := w.thing("d")
		last.Call = func(_ context.Context, r *run) error { w.make(r.Key()); return durable.Fatal(errDown) }
		readOnly := step{Name: "c", Write: func(context.Context, tx, *run) error { return nil }, NoUndo: "It reads."}
		told := ""
		e := start(t, j, durable.Options{}, flow{
			Name: "w", Steps: []step{w.thing("a"), row("b"), readOnly, last, row("e")},
			Describe: func(err error) string { return "E" + err.Error() },
			Failed: func(_ context.Context, tx tx, r *run) error {
				told = r.Cause()
				tx.Add("told", 1)
				return nil
			},
		})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		s := j.Saga("1")
		wantSaga(t, s, durable.Failed)
		wantRows(t, j, map[string]int{"told": 1})
		wantList(t, "world", w.log(), []string{"make 1/a", "make 1/d", "unmake 1/d", "unmake 1/a"})
		wantList(t, "trials", e.outcomes(), []string{
			"a done", "b done", "c done", "d turned", "d done", "b done", "a done", "end done",
		})
		if told != "Edown" || s.Cause != "Edown" {
			t.Errorf("cause is %q, and Failed was told %q; want Edown", s.Cause, told)
		}
	})
}

func TestUndoIsNeverGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		thing := w.thing("a")
		thing.UndoCall = failing(50, thing.UndoCall)
		last := step{Name: "b", Write: func(context.Context, tx, *run) error { return durable.Fatal(errDown) }}
		e := start(t, j, durable.Options{}, flow{
			Name: "w", Steps: []step{thing, last},
			Retry: durable.Retry{Attempts: 2, Base: time.Second, Cap: time.Minute, Deadline: time.Minute},
		})
		j.Start(saga("1"))
		time.Sleep(20 * time.Minute)
		s := j.Saga("1")
		wantSaga(t, s, durable.Running)
		if s.Phase != durable.Undo || s.LastError != "down" {
			t.Errorf("phase %s, last error %q; want undo, down", s.Phase, s.LastError)
		}
		time.Sleep(2 * time.Hour)
		wantSaga(t, j.Saga("1"), durable.Failed)
		wantList(t, "world", w.standing(), nil)
		if got := strings.Count(strings.Join(e.outcomes(), ","), "a retried"); got != 50 {
			t.Errorf("%d failed undos were observed, want 50", got)
		}
	})
}

func TestFailedHookIsTriedUntilItWorks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		var tries atomic.Int32
		start(t, j, durable.Options{}, flow{
			Name:  "w",
			Steps: []step{row("a"), {Name: "b", Write: func(context.Context, tx, *run) error { return durable.Fatal(errDown) }}},
			Failed: func(_ context.Context, tx tx, _ *run) error {
				tx.Add("told", 1)
				if tries.Add(1) < 5 {
					return durable.Fatal(errDown)
				}
				return nil
			},
		})
		j.Start(saga("1"))
		time.Sleep(time.Minute)
		wantSaga(t, j.Saga("1"), durable.Failed)
		wantRows(t, j, map[string]int{"told": 1})
	})
}
