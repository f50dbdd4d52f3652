package durable

import (
	"context"
	"errors"
	"sync"
	"time"
)

// call does one act that calls the world, and saves its outcome afterwards.
func (j *job[T]) call(a act[T]) bool {
	began := time.Now()
	if err := j.ask(a); err != nil {
		return j.settle(a, err, time.Since(began))
	}
	if err := j.hold(); err != nil {
		return j.settle(a, err, time.Since(began))
	}
	before := j.saga
	r := newRun(before, a.name)
	err := j.guard(a, r)
	took := time.Since(began)
	// Kept in any case: see Run.Store.
	j.saga.Memo = r.memo
	if err != nil {
		return j.settle(a, err, took)
	}
	t := Trial{Saga: before, Step: a.name, Took: took}
	if !j.save(a.done(j.saga), j.o.Now()) {
		return j.lost(t)
	}
	j.progress(before, []Trial{t})
	return true
}

// hold makes sure that a call begins with at least half a lease: a saga that waited long for a worker may have been
// claimed by another.
func (j *job[T]) hold() error {
	now := j.o.Now()
	if j.saga.LeaseUntil.Sub(now) >= j.o.Lease/2 {
		return nil
	}
	return j.extend(j.life.save, now)
}

// guard runs the call while the lease is kept. Once it is lost the call is cancelled and the error is ErrLost, whatever
// the call returns.
func (j *job[T]) guard(a act[T], r *Run) error {
	ctx, cancel := context.WithCancelCause(j.life.step)
	defer cancel(nil)
	var beat sync.WaitGroup
	beat.Go(func() { j.beat(ctx, cancel) })

	err := safely(func() error {
		ctx := ctx
		if d := j.flow.Retry.Deadline; d > 0 {
			var end context.CancelFunc
			ctx, end = context.WithTimeout(ctx, d)
			defer end()
		}
		return a.call(ctx, r)
	})
	cancel(nil)
	beat.Wait()
	if errors.Is(context.Cause(ctx), ErrLost) {
		return ErrLost
	}
	return err
}

// beat extends the lease at each third of it, until ctx ends. When the saga is lost, or the journal cannot be reached for
// so long that it may be, it cancels with ErrLost.
func (j *job[T]) beat(ctx context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(j.o.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := j.o.Now()
		err := j.extend(ctx, now)
		if errors.Is(err, ErrLost) || err != nil && !now.Before(j.saga.LeaseUntil) {
			cancel(ErrLost)
			return
		}
	}
}
