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
}

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
// it has ended shows here: it is due and yet not among the sagas that are to be worked on.
func (f *flaky[T]) ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]durable.Saga, error) {
	since := f.since.Load()
	sagas, err := f.Journal.ClaimSagas(ctx, now, leaseUntil, limit)
	if err != nil || since == nil || now.Before(*since) || len(sagas) == limit {
		return sagas, err
	}
	f.since.Store(nil)
	if !slices.ContainsFunc(sagas, func(s durable.Saga) bool { return s.ID == f.r.id }) {
		f.r.ended <- f.r.outcome()
	}
	return sagas, nil
}
