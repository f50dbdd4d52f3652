package durable

import (
	"context"
	"errors"
	"time"
)

// ErrLost says that somebody else holds the saga now. Whoever meets it drops the saga without a trace: no attempt is
// counted and nothing is saved.
var ErrLost = errors.New("saga is held by another worker")

// Tx is an open transaction of a journal.
type Tx interface {
	// SaveSaga replaces the row of s. It returns ErrLost, possibly wrapped, when the row's token is not s.Token or the
	// row is gone; the transaction then must not commit. The caller returns that error from its closure.
	SaveSaga(ctx context.Context, s Saga) error
}

// Journal keeps sagas. Its methods may be called concurrently.
type Journal[T Tx] interface {
	// ClaimSagas takes at most limit running sagas that are due (RunAt not after now) and unheld (LeaseUntil zero or not
	// after now), earliest RunAt first. Each gets the new lease and a token one higher than before, and is returned as
	// it then stands. No two callers get the same saga with the same token.
	ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]Saga, error)

	// Update runs fn in one transaction and commits when fn returns nil. When fn returns an error nothing is kept, and
	// Update returns that error, possibly wrapped. fn may run more than once; only its last run counts.
	// When the last run returned nil and Update still errs, the caller does not know whether it was committed.
	Update(ctx context.Context, fn func(T) error) error
}
