package durabletest

import (
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
)

// rig stands around one run: it owns the clock, breaks things when told, and watches the saga. Pauses and leases cost no
// time, for it moves the clock over them.
type rig struct {
	base   func() time.Time
	offset atomic.Int64
	id     string
	ended  chan durable.State

	struck atomic.Bool // the sabotage took place
	deaf   atomic.Bool // the next commit will not be acknowledged
	back   atomic.Bool // the saga goes back
}

func newRig(now func() time.Time, id string) *rig {
	if now == nil {
		now = time.Now
	}
	return &rig{base: now, id: id, ended: make(chan durable.State, 1)}
}

func (r *rig) now() time.Time { return r.base().Add(time.Duration(r.offset.Load())) }

func (r *rig) skip(d time.Duration) { r.offset.Add(int64(d)) }

func (r *rig) reach(t time.Time) {
	if d := t.Sub(r.now()); d > 0 {
		r.skip(d)
	}
}

// strike reports true once: the first time the sabotaged place is reached.
func (r *rig) strike() bool { return !r.struck.Swap(true) }

// crash is what a step sees of its process dying: nothing it did is saved, and later the lease is over.
func (r *rig) crash() error {
	r.skip(lease + time.Second)
	return durable.ErrLost
}

// StepTried implements durable.Observer.
func (r *rig) StepTried(t durable.Trial) {
	if t.Saga.ID != r.id {
		return
	}
	r.skip(t.Wait)
	if t.Outcome == durable.Turned {
		r.back.Store(true)
	}
}

// SagaEnded implements durable.Observer.
func (r *rig) SagaEnded(s durable.Saga) {
	if s.ID == r.id {
		r.ended <- s.State
	}
}

// outcome is how the saga ended, when all that is known is that it did.
func (r *rig) outcome() durable.State {
	if r.back.Load() {
		return durable.Failed
	}
	return durable.Succeeded
}
