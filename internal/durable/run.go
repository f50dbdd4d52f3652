package durable

import (
	"encoding/json"
	"fmt"
)

// Run is what a step knows of the saga it works for. It lives for one try.
type Run struct {
	// Saga is the saga as it stood before this try; in a batch, before the batch. Changing it changes nothing.
	Saga Saga

	step string
	memo []byte
}

func newRun(s Saga, step string) *Run { return &Run{Saga: s, step: step, memo: s.Memo} }

// Key is the same for every try of this step of this saga, forward and back: "saga/step". The world tells repeated calls
// by it, and an undo finds by it what the call has made.
func (r *Run) Key() string { return r.Saga.ID + "/" + r.step }

// Step is the name of the step.
func (r *Run) Step() string { return r.step }

// Cause is why the saga turned to undo; empty while it goes forward.
func (r *Run) Cause() string { return r.Saga.Cause }

// Load reads what steps have stored into v, which it leaves alone when nothing is stored.
func (r *Run) Load(v any) error {
	if len(r.memo) == 0 {
		return nil
	}
	if err := json.Unmarshal(r.memo, v); err != nil {
		return fmt.Errorf("memo of saga %s: %w", r.Saga.ID, err)
	}
	return nil
}

// Store keeps v, as JSON, in place of all that was stored before. A step that writes stores when it commits. A step that
// calls stores in any case, also when it fails or waits, so that its next try and its undo know what it found.
func (r *Run) Store(v any) error {
	memo, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("memo of saga %s: %w", r.Saga.ID, err)
	}
	r.memo = memo
	return nil
}
