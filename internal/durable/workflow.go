package durable

import (
	"context"
	"errors"
	"fmt"
)

// Step is one step of a workflow. It has either Write or Call, and one of UndoWrite, UndoCall and NoUndo. Only a last
// step that writes may have none of these: once it is done there is nothing left that could fail.
type Step[T Tx] struct {
	// Name is unique in the workflow and part of the key the world sees, so it does not change.
	Name string

	// Write writes rows. They commit together with the saga's progress: exactly once. It may be run more than once
	// without being committed, so it touches nothing outside tx and r.
	Write func(ctx context.Context, tx T, r *Run) error
	// Call calls the world, outside any transaction, at least once for each saga that comes this far, always under the
	// same r.Key. Its context ends when the lease is lost, the engine stops, or the workflow's deadline is over.
	Call func(ctx context.Context, r *Run) error

	// UndoWrite and UndoCall take the effect back, with the promises of Write and Call. After a step that calls they
	// must also bear that there is no effect: a call that failed is undone as well, for nobody knows how far it came.
	UndoWrite func(ctx context.Context, tx T, r *Run) error
	UndoCall  func(ctx context.Context, r *Run) error
	// NoUndo is the sentence that says why none is needed.
	NoUndo string
}

// Workflow is what is done for all sagas of one kind.
type Workflow[T Tx] struct {
	Name  string // the Kind of its sagas
	Steps []Step[T]
	Retry Retry

	// Fatal says of an error that trying again is useless. Errors made by the function Fatal need not be known to it.
	Fatal func(error) bool
	// Refusal says of an error that ends the way forward that it is the answer to what was asked, and no fault: nobody but who asked has to look at it, so
	// that it is logged as information and not as a warning. Without it every such error is a fault.
	Refusal func(error) bool
	// Describe turns the error that ends the way forward into the saga's Cause. Without it the error's text is kept.
	Describe func(error) string
	// Failed runs in the transaction in which the saga ends as failed, after the last undo: there the noun is told.
	// Like an undo it is tried until it succeeds.
	Failed func(ctx context.Context, tx T, r *Run) error
}

// Check returns what is wrong with the workflow's shape, all of it, or nil.
func (w Workflow[T]) Check() error {
	var errs []error
	if w.Name == "" {
		errs = append(errs, errors.New("workflow without a name"))
	}
	if len(w.Steps) == 0 {
		errs = append(errs, fmt.Errorf("workflow %s has no steps", w.Name))
	}
	seen := map[string]bool{ending: true}
	for i, s := range w.Steps {
		if s.Name == "" || seen[s.Name] {
			errs = append(errs, fmt.Errorf("workflow %s, step %d: name %q is empty, taken or reserved", w.Name, i, s.Name))
		}
		seen[s.Name] = true
		if err := s.check(i == len(w.Steps)-1); err != nil {
			errs = append(errs, fmt.Errorf("workflow %s, step %s: %w", w.Name, s.Name, err))
		}
	}
	return errors.Join(errs...)
}

func (s Step[T]) check(last bool) error {
	if (s.Write == nil) == (s.Call == nil) {
		return errors.New("wants either Write or Call")
	}
	undos := 0
	for _, has := range []bool{s.UndoWrite != nil, s.UndoCall != nil, s.NoUndo != ""} {
		if has {
			undos++
		}
	}
	// The effect of a call that failed may stand, so a call needs its undo in the last place too.
	spared := last && s.Write != nil
	if undos > 1 || undos == 0 && !spared {
		return errors.New("wants exactly one of UndoWrite, UndoCall and NoUndo")
	}
	return nil
}

func (w *Workflow[T]) fatal(err error) bool {
	return isFatal(err) || w.Fatal != nil && w.Fatal(err)
}

func (w *Workflow[T]) refuses(err error) bool { return w.Refusal != nil && w.Refusal(err) }

func (w *Workflow[T]) describe(err error) string {
	if w.Describe == nil {
		return clip(err.Error())
	}
	return clip(w.Describe(err))
}
