package durable_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

// TestCrashAtEveryPoint cuts an engine off at its n-th update, before or after the commit, for every n the saga has, and
// lets a second engine finish. Forward and with an undo.
func TestCrashAtEveryPoint(t *testing.T) {
	t.Parallel()
	for _, fails := range []bool{false, true} {
		for _, acknowledged := range []bool{false, true} {
			t.Run(fmt.Sprintf("saga fails %v, crash after commit %v", fails, acknowledged), func(t *testing.T) {
				t.Parallel()
				points := 0
				for n := int32(1); ; n++ {
					crashed := false
					synctest.Test(t, func(t *testing.T) { crashed = crashAt(t, n, fails, acknowledged) })
					if !crashed {
						break
					}
					points++
				}
				if points < 6 {
					t.Errorf("crashed at %d points, want at least 6", points)
				}
			})
		}
	}
}

// crashAt reports whether the saga had an n-th update to crash at.
func crashAt(t *testing.T, n int32, fails, afterCommit bool) bool {
	j, w := durabletest.NewJournal(), newWorld()
	last := row("g")
	if fails {
		last.Write = func(context.Context, tx, *run) error { return durable.Fatal(errDown) }
	}
	f := flow{Name: "w", Steps: []step{row("a"), row("b"), w.thing("c"), w.thing("d"), row("e"), w.thing("f"), last}}
	first := &mortal{Journal: j}
	if afterCommit {
		first.dieAfter = n
	} else {
		first.dieBefore = n
	}
	e := start(t, first, durable.Options{Lease: time.Minute}, f)
	j.Start(saga("1"))
	time.Sleep(time.Second)
	e.stop()
	second := start(t, j, durable.Options{Lease: time.Minute}, f)
	time.Sleep(5 * time.Minute)
	second.stop()

	if fails {
		wantSaga(t, j.Saga("1"), durable.Failed)
		wantRows(t, j, map[string]int{})
		wantList(t, "standing", w.standing(), nil)
	} else {
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		wantRows(t, j, map[string]int{"1/a": 1, "1/b": 1, "1/e": 1, "1/g": 1})
		wantList(t, "standing", w.standing(), []string{"1/c", "1/d", "1/f"})
	}
	return first.dead.Load()
}

func TestGracefulStop(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		takes time.Duration
		tries int // of the call, both engines together
	}{
		{"a step that ends within the grace is not repeated", 3 * time.Second, 1},
		{"a step that outlasts the grace is cancelled and repeated", time.Hour, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { stopDuring(t, c.takes, c.tries) })
		})
	}
}

func stopDuring(t *testing.T, takes time.Duration, tries int) {
	j, w := durabletest.NewJournal(), newWorld()
	thing := w.thing("b")
	thing.Call = func(ctx context.Context, r *run) error {
		w.make(r.Key())
		if len(w.log()) > 1 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(takes):
			return nil
		}
	}
	f := flow{Name: "w", Steps: []step{row("a"), thing, row("c")}, Retry: durable.Retry{Attempts: 1}}
	o := durable.Options{Workers: 1, Lease: time.Hour, Grace: 5 * time.Second}
	e := start(t, j, o, f)
	j.Start(saga("1"))
	time.Sleep(time.Second)
	queued := saga("2").Held(time.Now().Add(time.Hour))
	j.Start(queued)
	e.Offer(queued)

	began := time.Now()
	e.stop()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %s, want at most the grace", took)
	}
	for _, id := range []string{"1", "2"} {
		if s := j.Saga(id); !s.LeaseUntil.IsZero() || s.RunAt.After(time.Now()) || s.Attempt != 0 || s.State != durable.Running {
			t.Errorf("saga %s is not given back whole: %+v", id, s)
		}
	}
	if j.Rows()["1/c"] != 0 {
		t.Error("a step began after the stop")
	}
	start(t, j, o, f)
	time.Sleep(time.Second)
	for _, id := range []string{"1", "2"} {
		wantSaga(t, j.Saga(id), durable.Succeeded)
	}
	made := slices.DeleteFunc(w.log(), func(s string) bool { return s != "make 1/b" })
	if len(made) != tries {
		t.Errorf("the call was tried %d times, want %d", len(made), tries)
	}
}

func TestEngineRunsOnce(t *testing.T) {
	t.Parallel()
	e, err := durable.New(durabletest.NewJournal(), []flow{{Name: "w", Steps: []step{row("a")}}}, durable.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.Run(ctx); err != nil {
		t.Errorf("first run: %v", err)
	}
	if err := e.Run(ctx); err == nil {
		t.Error("the second run is allowed")
	}
	e.Offer(saga("1")) // is left to others, and does not block
}
