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

func TestOfferedSagaRunsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		e := start(t, j, durable.Options{Workers: 2, Poll: time.Hour}, flow{Name: "w", Steps: []step{row("a"), w.thing("b"), row("c")}})
		synctest.Wait()
		for _, id := range []string{"1", "2", "3", "4", "5"} {
			s := saga(id).Held(time.Now().Add(e.Lease()))
			j.Start(s)
			e.Offer(s)
		}
		synctest.Wait()
		for _, id := range []string{"1", "2", "3", "4", "5"} {
			wantSaga(t, j.Saga(id), durable.Succeeded)
			if token := j.Saga(id).Token; token != 1 {
				t.Errorf("token of %s is %d, want 1: it was claimed", id, token)
			}
		}
	})
}

func TestWakeClaimsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		e := start(t, j, durable.Options{Poll: time.Hour}, flow{Name: "w", Steps: []step{row("a")}})
		synctest.Wait()
		j.Start(saga("1"))
		e.Wake()
		synctest.Wait()
		wantSaga(t, j.Saga("1"), durable.Succeeded)
	})
}

func TestBacklogIsClaimedInBatchesWithoutWaitingForPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		for i := range 100 {
			j.Start(saga(string(rune('A' + i))))
		}
		start(t, j, durable.Options{Workers: 2, Poll: time.Hour}, flow{Name: "w", Steps: []step{row("a")}})
		synctest.Wait()
		for i := range 100 {
			wantSaga(t, j.Saga(string(rune('A'+i))), durable.Succeeded)
		}
	})
}

func TestHeartbeatKeepsALongCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		var began atomic.Int32
		long := step{Name: "a", NoUndo: "It sleeps.", Call: func(ctx context.Context, _ *run) error {
			began.Add(1)
			time.Sleep(10 * time.Minute)
			return ctx.Err()
		}}
		f := flow{Name: "w", Steps: []step{long}}
		start(t, j, durable.Options{Lease: time.Minute}, f)
		start(t, j, durable.Options{Lease: time.Minute}, f)
		j.Start(saga("1"))
		time.Sleep(11 * time.Minute)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		if n := began.Load(); n != 1 {
			t.Errorf("the call began %d times, want 1", n)
		}
	})
}

func TestStaleWorkerLosesAndItsCallIsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		var tries atomic.Int32
		cancelled := make(chan error, 1)
		slow := step{Name: "a", NoUndo: "It sleeps.", Call: func(ctx context.Context, _ *run) error {
			if tries.Add(1) > 1 {
				return nil
			}
			<-ctx.Done()
			cancelled <- context.Cause(ctx)
			return nil
		}}
		f := flow{Name: "w", Steps: []step{slow, row("b")}}
		// The stale engine is cut off from its journal once it has claimed, so its heartbeats do not arrive.
		mortal := &mortal{Journal: j}
		stale := start(t, mortal, durable.Options{Lease: time.Minute}, f)
		j.Start(saga("1"))
		time.Sleep(time.Second)
		mortal.dead.Store(true)
		start(t, j, durable.Options{Lease: time.Minute}, f)
		time.Sleep(2 * time.Minute)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		wantRows(t, j, map[string]int{"1/b": 1})
		wantList(t, "trials of the stale engine", stale.outcomes(), []string{"a lost"})
		if err := <-cancelled; !errors.Is(err, durable.ErrLost) {
			t.Errorf("the call was cancelled for %v, want ErrLost", err)
		}
	})
}

func TestSlowWriteIsFenced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		a := row("a")
		add := a.Write
		var tries atomic.Int32
		a.Write = func(ctx context.Context, tx tx, r *run) error {
			if tries.Add(1) == 1 {
				// Somebody else claims the saga while this transaction is open.
				s := r.Saga
				s.Token++
				s.LeaseUntil = time.Now().Add(time.Minute)
				tx.Start(s)
			}
			return add(ctx, tx, r)
		}
		e := start(t, j, durable.Options{Lease: time.Minute}, flow{Name: "w", Steps: []step{a}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		wantList(t, "trials", e.outcomes(), []string{"a lost"})
		wantRows(t, j, map[string]int{})
		time.Sleep(2 * time.Minute)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		wantRows(t, j, map[string]int{"1/a": 1})
	})
}

func TestStaleOfferDoesNotCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		e := start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{w.thing("a")}})
		s := saga("1")
		claimed := s.Held(time.Now().Add(time.Hour))
		claimed.Token++
		j.Start(claimed)
		e.Offer(s)
		time.Sleep(time.Second)
		wantList(t, "world", w.log(), nil)
		wantList(t, "trials", e.outcomes(), []string{"a lost"})
	})
}

func TestTwoEnginesShareAJournal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		f := flow{Name: "w", Steps: []step{row("a"), w.thing("b"), row("c")}}
		one := start(t, j, durable.Options{Workers: 2}, f)
		two := start(t, j, durable.Options{Workers: 2}, f)
		const n = 200
		for i := range n {
			j.Start(saga(string(rune('A' + i))))
		}
		time.Sleep(10 * time.Second)
		for i := range n {
			id := string(rune('A' + i))
			wantSaga(t, j.Saga(id), durable.Succeeded)
			if got := w.tried[id+"/b"]; got != 1 {
				t.Errorf("saga %s called %d times, want 1", id, got)
			}
		}
		if got := len(one.ended) + len(two.ended); got != n {
			t.Errorf("%d sagas were observed to end, want %d", got, n)
		}
	})
}

func TestUnknownCommitIsNotSavedOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := &mortal{Journal: durabletest.NewJournal(), dieAfter: 1, revive: true}
		e := start(t, j, durable.Options{Lease: time.Minute}, flow{Name: "w", Steps: []step{row("a"), newWorld().thing("b"), row("c")}})
		j.Start(saga("1"))
		time.Sleep(30 * time.Second)
		wantList(t, "trials", e.outcomes(), []string{"a lost"})
		time.Sleep(time.Minute)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
		wantRows(t, j.Journal, map[string]int{"1/a": 1, "1/c": 1})
	})
}

func TestJournalThatIsDownCountsNoAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := &mortal{Journal: durabletest.NewJournal()}
		e := start(t, j, durable.Options{Lease: time.Minute}, flow{Name: "w", Steps: []step{row("a")}, Retry: durable.Retry{Attempts: 1}})
		s := saga("1").Held(time.Now().Add(e.Lease()))
		j.Start(s)
		j.dead.Store(true)
		e.Offer(s)
		time.Sleep(time.Hour)
		wantList(t, "trials", e.outcomes(), []string{"a interrupted"})
		j.dead.Store(false)
		time.Sleep(time.Second)
		wantSaga(t, j.Saga("1"), durable.Succeeded)
	})
}

var errDead = errors.New("journal is out of reach")

// mortal is one process's way to the journal. It can be cut for good, or at the n-th update: before it, or after its commit.
type mortal struct {
	*durabletest.Journal
	dead      atomic.Bool
	updates   atomic.Int32
	dieBefore int32
	dieAfter  int32
	revive    bool // cut for that one update only
}

func (m *mortal) Update(ctx context.Context, fn func(tx) error) error {
	n := m.updates.Add(1)
	if n == m.dieBefore && !m.revive {
		m.dead.Store(true)
	}
	if m.dead.Load() || n == m.dieBefore {
		return errDead
	}
	err := m.Journal.Update(ctx, fn)
	if n == m.dieAfter {
		m.dead.Store(!m.revive)
		return errors.Join(errDead, err)
	}
	return err
}

func (m *mortal) ClaimSagas(ctx context.Context, now, until time.Time, limit int) ([]durable.Saga, error) {
	if m.dead.Load() {
		return nil, errDead
	}
	return m.Journal.ClaimSagas(ctx, now, until, limit)
}
