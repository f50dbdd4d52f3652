package durable_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

// hook is a Before that refuses some steps once and remembers what it was asked.
type hook struct {
	mu     sync.Mutex
	refuse map[string]error
	asked  []string
}

func (h *hook) before(_ context.Context, r *run, step string, phase durable.Phase) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, string(phase)+" "+step)
	if r.Step() != step {
		return durable.Fatal(errors.New("the run is another step's"))
	}
	err := h.refuse[step]
	delete(h.refuse, step)
	return err
}

func TestBeforeCutsABatchShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		h := &hook{refuse: map[string]error{"b": durable.Wait(time.Hour), "d": errDown}}
		e := start(t, j, durable.Options{Before: h.before}, flow{Name: "w", Steps: []step{row("a"), row("b"), row("c"), newWorld().thing("d")}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		wantRows(t, j, map[string]int{"1/a": 1})
		time.Sleep(2 * time.Hour)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		wantList(t, "asked", h.asked, []string{"do a", "do b", "do b", "do c", "do d", "do d"})
		wantList(t, "trials", e.outcomes(), []string{"a done", "b waited", "b done", "c done", "d retried", "d done"})
	})
}

func TestBeforeMayFailTheSagaAndDelayItsUndo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		h := &hook{refuse: map[string]error{"c": durable.Fatal(errDown)}}
		start(t, j, durable.Options{Before: h.before}, flow{Name: "w", Steps: []step{w.thing("a"), row("b"), row("c")}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		wantSaga(t, j.Saga("1"), durable.Failed)
		wantRows(t, j, map[string]int{})
		wantList(t, "world", w.log(), []string{"make 1/a", "unmake 1/a"})
		wantList(t, "asked", h.asked, []string{"do a", "do b", "do c", "undo b", "undo a"})
	})
}

func TestDeadlineEndsACall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		hangs := step{Name: "a", NoUndo: "It hangs.", Call: func(ctx context.Context, _ *run) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{hangs}, Retry: durable.Retry{Deadline: time.Minute}})
		j.Start(saga("1"))
		time.Sleep(150 * time.Second)
		s := j.Saga("1")
		wantSaga(t, s, durable.Failed)
		if s.Cause != context.DeadlineExceeded.Error() {
			t.Errorf("cause is %q, want the deadline", s.Cause)
		}
	})
}
