package durabletest

import (
	"testing"

	"github.com/polity-cloud/polity/internal/durable"
)

// Exercise does all exercises. setup makes a fresh bench for each; benches must not share state.
func Exercise[T durable.Tx](t *testing.T, setup func(*testing.T) Bench[T]) {
	t.Run("succeeds", func(t *testing.T) {
		succeed(t, setup(t), func(w durable.Workflow[T], r *rig) durable.Workflow[T] {
			r.strike() // nothing is broken here
			return w
		})
	})
	t.Run("fails at each step", func(t *testing.T) { FailEachStep(t, setup) })
	t.Run("runs each step twice", func(t *testing.T) { RepeatEachStep(t, setup) })
	t.Run("runs each undo twice", func(t *testing.T) { RepeatEachUndo(t, setup) })
}

// FailEachStep breaks each step in turn, before its effect and after it, and asks Clean whether anything is left over.
func FailEachStep[T durable.Tx](t *testing.T, setup func(*testing.T) Bench[T]) {
	for i, name := range names(t, setup) {
		t.Run(name+" before its effect", func(t *testing.T) {
			fail(t, setup(t), func(w durable.Workflow[T], r *rig) durable.Workflow[T] { return broken(w, i, r, false) })
		})
		t.Run(name+" after its effect", func(t *testing.T) {
			fail(t, setup(t), func(w durable.Workflow[T], r *rig) durable.Workflow[T] { return broken(w, i, r, true) })
		})
	}
}

// RepeatEachStep lets the process die at each step in turn, after the step's effect and before anybody knows of it, and
// asks Done whether anything is doubled. The process dies before the commit, and again after a commit nobody hears of.
func RepeatEachStep[T durable.Tx](t *testing.T, setup func(*testing.T) Bench[T]) {
	for i, name := range names(t, setup) {
		for how, die := range deaths {
			t.Run(name+" "+how, func(t *testing.T) {
				succeed(t, setup(t), func(w durable.Workflow[T], r *rig) durable.Workflow[T] {
					return altered(w, i, func(s *durable.Step[T]) {
						s.Write, s.Call = after(s.Write, die(r)), afterCall(s.Call, die(r))
					})
				})
			})
		}
	}
}

// RepeatEachUndo fails the last step and lets the process die at each undo in turn, and asks Clean whether anything is
// left over or taken back twice.
func RepeatEachUndo[T durable.Tx](t *testing.T, setup func(*testing.T) Bench[T]) {
	steps := setup(t).Workflow.Steps
	last := len(steps) - 1
	for i, s := range steps {
		if s.UndoWrite == nil && s.UndoCall == nil || i == last && s.Write != nil {
			continue
		}
		for how, die := range deaths {
			t.Run(s.Name+" "+how, func(t *testing.T) {
				fail(t, setup(t), func(w durable.Workflow[T], r *rig) durable.Workflow[T] {
					return altered(broken(w, last, &rig{}, true), i, func(s *durable.Step[T]) {
						s.UndoWrite, s.UndoCall = after(s.UndoWrite, die(r)), afterCall(s.UndoCall, die(r))
					})
				})
			})
		}
	}
}

func succeed[T durable.Tx](t *testing.T, b Bench[T], s sabotage[T]) {
	t.Helper()
	if end := run(t, b, s); end != durable.Succeeded {
		t.Fatalf("saga %s ends as %s, want succeeded", b.Saga.ID, end)
	}
	b.Done(t)
}

func fail[T durable.Tx](t *testing.T, b Bench[T], s sabotage[T]) {
	t.Helper()
	if end := run(t, b, s); end != durable.Failed {
		t.Fatalf("saga %s ends as %s, want failed", b.Saga.ID, end)
	}
	b.Clean(t)
}

func names[T durable.Tx](t *testing.T, setup func(*testing.T) Bench[T]) []string {
	t.Helper()
	var names []string
	for _, s := range setup(t).Workflow.Steps {
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		t.Fatal("the workflow has no step to exercise")
	}
	return names
}
