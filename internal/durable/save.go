package durable

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	errUnknown  = errors.New("not known whether it was committed")
	errUnopened = errors.New("no transaction")
)

// save writes the saga and reports whether it is still held. What cannot be saved is left until its lease ends.
func (j *job[T]) save(s Saga, now time.Time) bool {
	s = j.stamped(s, now)
	err := j.update(j.life.save, func(tx T) error { return tx.SaveSaga(j.life.save, s) })
	if err == nil {
		j.saga = s
		return true
	}
	if !errors.Is(err, ErrLost) {
		j.o.Logger.Error("save saga", "saga", s.ID, "kind", s.Kind, "error", err)
	}
	return false
}

// stamped is the saga as it is to be saved: with a fresh lease as long as it stays in hand.
func (j *job[T]) stamped(s Saga, now time.Time) Saga {
	s.UpdatedAt = now
	switch {
	case s.State != Running:
		s.LeaseUntil = zero
	case !s.LeaseUntil.IsZero():
		s.LeaseUntil = now.Add(j.o.Lease)
	}
	return s
}

// extend renews the lease and nothing else.
func (j *job[T]) extend(ctx context.Context, now time.Time) error {
	s := j.saga
	s.LeaseUntil = now.Add(j.o.Lease)
	err := j.update(ctx, func(tx T) error { return tx.SaveSaga(ctx, s) })
	if err == nil {
		j.saga = s
	}
	return err
}

// release gives a saga back as it stands, to be tried again after pause; at once when the engine stops.
func (e *Engine[T]) release(l *life, s Saga, pause time.Duration) {
	if l.stopping() {
		pause = 0
	}
	s.RunAt, s.LeaseUntil = e.o.Now().Add(pause), zero
	err := e.update(l.save, func(tx T) error { return tx.SaveSaga(l.save, s) })
	if err != nil && !errors.Is(err, ErrLost) {
		e.o.Logger.Warn("release saga", "saga", s.ID, "kind", s.Kind, "error", err)
	}
}

// update runs fn in a transaction. Three failures are told apart, since only the first is fn's: fn failed and left nothing;
// fn was never run (errUnopened); fn succeeded and the commit's fate is unknown (errUnknown).
func (e *Engine[T]) update(ctx context.Context, fn func(T) error) error {
	var inner error
	opened := false
	err := e.journal.Update(ctx, func(tx T) error {
		opened = true
		inner = fn(tx)
		return inner
	})
	switch {
	case err == nil || inner != nil:
		return err
	case !opened:
		return fmt.Errorf("%w: %w", errUnopened, err)
	default:
		return fmt.Errorf("%w: %w", errUnknown, err)
	}
}
