package durabletest

import (
	"context"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
)

// Bench is one workflow in a fresh world, ready to run once.
type Bench[T durable.Tx] struct {
	Journal  durable.Journal[T]
	Workflow durable.Workflow[T]
	Saga     durable.Saga     // already journaled
	Now      func() time.Time // the clock the saga was journaled with; nil is time.Now

	// Clean is asked after the saga failed and was undone: it reports whatever is left over.
	Clean func(t *testing.T)
	// Done is asked after the saga succeeded: it reports what is missing and what is there twice.
	Done func(t *testing.T)
}

const (
	lease    = time.Minute
	patience = 20 * time.Second
)

// run works on the bench's saga, with its workflow sabotaged, until it ends. A sabotage that never strikes is a failure:
// the exercise has then shown nothing.
func run[T durable.Tx](t *testing.T, b Bench[T], sabotage sabotage[T]) durable.State {
	t.Helper()
	r := newRig(b.Now, b.Saga.ID)
	w := sabotage(b.Workflow, r)
	r.reach(b.Saga.RunAt)
	r.reach(b.Saga.LeaseUntil)
	e, err := durable.New[T](&flaky[T]{Journal: b.Journal, r: r}, []durable.Workflow[T]{w}, durable.Options{
		Workers: 1, Lease: lease, Poll: time.Millisecond, Now: r.now, Observer: r,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- e.Run(ctx) }()
	defer func() {
		stop()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	}()
	select {
	case end := <-r.ended:
		if !r.struck.Load() {
			t.Error("the sabotaged place was never reached")
		}
		return end
	case <-time.After(patience):
		t.Fatalf("saga %s has not ended after %s", b.Saga.ID, patience)
		return durable.Running
	}
}
