package durable

import (
	"errors"
	"math/rand/v2"
	"time"
)

var zero time.Time

// Retry says how often and how long a step is tried. Zero fields take the values named.
type Retry struct {
	Attempts int           // tries of a step before the saga turns to undo; 10
	Base     time.Duration // pause after the first failure, doubled after each further one; 100 ms
	Cap      time.Duration // longest pause; 30 s
	// Deadline bounds a single call and, counted from a step's first failure, its trying again; 0 is without bound.
	// It does not bound the trying of an undo.
	Deadline time.Duration
}

func (r Retry) filled() Retry {
	if r.Attempts <= 0 {
		r.Attempts = 10
	}
	if r.Base <= 0 {
		r.Base = 100 * time.Millisecond
	}
	if r.Cap <= 0 {
		r.Cap = 30 * time.Second
	}
	r.Cap = max(r.Cap, r.Base)
	return r
}

// pause is the time before the next try: between half and all of the doubled base, so that sagas that failed together do
// not come back together.
func (r Retry) pause(attempt int) time.Duration {
	d := r.Base
	for i := 1; i < attempt && d < r.Cap; i++ {
		d *= 2
	}
	d = min(d, r.Cap)
	return d/2 + rand.N(d/2+1)
}

func (r Retry) exhausted(s Saga, now time.Time) bool {
	return s.Attempt >= r.Attempts || r.Deadline > 0 && now.Sub(s.FailingSince) >= r.Deadline
}

// failed is the saga after a try of its present step ended with err, and what that try comes to. It decides all turns of
// the state machine that are not progress; err is neither nil nor ErrLost.
func (w *Workflow[T]) failed(s Saga, err error, now time.Time) (Saga, Outcome) {
	fatal := w.fatal(err)
	if d, ok := errors.AsType[waitError](err); ok && !fatal {
		s.RunAt, s.LeaseUntil = now.Add(time.Duration(d)), zero
		return s, Waited
	}
	s.LastError = clip(err.Error())
	s.Attempt++
	if s.FailingSince.IsZero() {
		s.FailingSince = now
	}
	if s.Phase == Do && (fatal || w.Retry.exhausted(s, now)) {
		return w.turned(s, err, now), Turned
	}
	s.RunAt, s.LeaseUntil = now.Add(w.Retry.pause(s.Attempt)), zero
	return s, Retried
}

// turned keeps the lease: the undo begins at once.
func (w *Workflow[T]) turned(s Saga, err error, now time.Time) Saga {
	// A writing step that failed has left nothing. How far a call came is not known.
	if s.Step < len(w.Steps) && w.Steps[s.Step].Call != nil {
		s.Step++
	}
	s.Phase, s.Cause = Undo, w.describe(err)
	s.Attempt, s.FailingSince = 0, zero
	s.RunAt = now
	return s
}
