package durabletest

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
)

var errUnacknowledged = errors.New("committed, but not acknowledged")

// flaky is a journal that loses an acknowledgement when the rig is deaf.
type flaky[T durable.Tx] struct {
	durable.Journal[T]
	r     *rig
	since atomic.Pointer[time.Time] // from when on the saga can be claimed again; nil when nobody lost it
	spent atomic.Int32              // leases over which it was not there to be claimed
}

// leasesToWait is how many leases a saga has to stay away. One is not enough: a sign of life that was under way when the clock jumped may have
// extended the lease behind the jump.
const leasesToWait = 3

// Update implements durable.Journal.
func (f *flaky[T]) Update(ctx context.Context, fn func(T) error) error {
	if err := f.Journal.Update(ctx, fn); err != nil {
		return err
	}
	if !f.r.deaf.Swap(false) {
		return nil
	}
	since := f.r.now().Add(lease + time.Second)
	f.since.Store(&since)
	f.r.reach(since)
	return errUnacknowledged
}

// ClaimSagas implements durable.Journal. No engine observes the end of a saga whose last commit was not acknowledged. That
// it has ended shows here: it stays away from the sagas that are to be worked on for longer than any lease can hold it.
func (f *flaky[T]) ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]durable.Saga, error) {
	since := f.since.Load()
	sagas, err := f.Journal.ClaimSagas(ctx, now, leaseUntil, limit)
	if err != nil || since == nil || now.Before(*since) || len(sagas) == limit {
		return sagas, err
	}
	f.since.Store(nil)
	if slices.ContainsFunc(sagas, func(s durable.Saga) bool { return s.ID == f.r.id }) {
		return sagas, nil
	}
	if f.spent.Add(1) == leasesToWait {
		f.r.ended <- f.r.outcome()
		return sagas, nil
	}
	next := now.Add(lease + time.Second)
	f.since.Store(&next)
	f.r.reach(next)
	return sagas, nil
}
