package durable

import "context"

// ending names the last act of a saga where it is observed: the one that tells the noun and closes the row.
const ending = "end"

// act is one thing to do next for a saga: a step forward, an undo, or the end.
type act[T Tx] struct {
	name  string
	write func(ctx context.Context, tx T, r *Run) error
	call  func(ctx context.Context, r *Run) error
	step  int   // Saga.Step once it is done
	state State // Saga.State once it is done
}

// next returns what is to be done next: one call, or all writes up to the next call. Never empty.
func (w *Workflow[T]) next(s Saga) []act[T] {
	if s.Phase == Undo {
		return w.backward(min(s.Step, len(w.Steps)))
	}
	return w.forward(s.Step)
}

func (w *Workflow[T]) forward(from int) []act[T] {
	var acts []act[T]
	for i := from; i < len(w.Steps); i++ {
		st := w.Steps[i]
		a := act[T]{name: st.Name, write: st.Write, call: st.Call, step: i + 1, state: Running}
		if i == len(w.Steps)-1 {
			a.state = Succeeded
		}
		if a.call != nil {
			if len(acts) == 0 {
				acts = append(acts, a)
			}
			return acts
		}
		acts = append(acts, a)
	}
	if len(acts) == 0 {
		// The row was written by a release whose workflow was longer.
		acts = append(acts, act[T]{name: ending, write: nothing[T], step: from, state: Succeeded})
	}
	return acts
}

// backward leaves out the steps that need no undo: they cost no transaction and are not asked about.
func (w *Workflow[T]) backward(from int) []act[T] {
	var acts []act[T]
	for i := from - 1; i >= 0; i-- {
		st := w.Steps[i]
		a := act[T]{name: st.Name, write: st.UndoWrite, call: st.UndoCall, step: i, state: Running}
		switch {
		case a.call != nil && len(acts) == 0:
			return []act[T]{a}
		case a.call != nil:
			return acts
		case a.write != nil:
			acts = append(acts, a)
		}
	}
	last := act[T]{name: ending, write: w.Failed, step: 0, state: Failed}
	if last.write == nil {
		last.write = nothing[T]
	}
	return append(acts, last)
}

func nothing[T Tx](context.Context, T, *Run) error { return nil }

// done is the saga once the acts up to a are done.
func (a act[T]) done(s Saga) Saga {
	s.Step, s.State = a.step, a.state
	s.Attempt, s.LastError = 0, ""
	s.FailingSince = zero
	return s
}
