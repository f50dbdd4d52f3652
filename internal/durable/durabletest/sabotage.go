package durabletest

import (
	"context"
	"errors"
	"slices"

	"github.com/polity-cloud/polity/internal/durable"
)

// ErrBroken is what a step fails with when an exercise breaks it. It reaches the workflow's Describe inside a fatal error.
var ErrBroken = errors.New("broken by the exercise")

type (
	write[T durable.Tx] = func(context.Context, T, *durable.Run) error
	call                = func(context.Context, *durable.Run) error

	// sabotage returns the workflow with something wrong in it, and tells the rig when it strikes.
	sabotage[T durable.Tx] = func(durable.Workflow[T], *rig) durable.Workflow[T]
)

// deaths are the ways to die once a step has had its effect.
var deaths = map[string]func(*rig) func(error) error{
	"dying before it is saved": func(r *rig) func(error) error {
		return func(err error) error {
			if err == nil && r.strike() {
				return r.crash()
			}
			return err
		}
	},
	"dying before its save is acknowledged": func(r *rig) func(error) error {
		return func(err error) error {
			if err == nil && r.strike() {
				r.deaf.Store(true)
			}
			return err
		}
	},
}

// broken makes step i fail for good, behind its effect or in place of it.
func broken[T durable.Tx](w durable.Workflow[T], i int, r *rig, behind bool) durable.Workflow[T] {
	fatal := func(err error) error {
		if err != nil {
			return err
		}
		r.strike()
		return durable.Fatal(ErrBroken)
	}
	return altered(w, i, func(s *durable.Step[T]) {
		if !behind && s.Write != nil {
			s.Write = func(context.Context, T, *durable.Run) error { return nil }
		}
		if !behind && s.Call != nil {
			s.Call = func(context.Context, *durable.Run) error { return nil }
		}
		s.Write, s.Call = after(s.Write, fatal), afterCall(s.Call, fatal)
	})
}

// altered is the workflow with its step i changed; the caller's own steps stay as they are.
func altered[T durable.Tx](w durable.Workflow[T], i int, change func(*durable.Step[T])) durable.Workflow[T] {
	w.Steps = slices.Clone(w.Steps)
	change(&w.Steps[i])
	return w
}

func after[T durable.Tx](w write[T], then func(error) error) write[T] {
	if w == nil {
		return nil
	}
	return func(ctx context.Context, tx T, r *durable.Run) error { return then(w(ctx, tx, r)) }
}

func afterCall(c call, then func(error) error) call {
	if c == nil {
		return nil
	}
	return func(ctx context.Context, r *durable.Run) error { return then(c(ctx, r)) }
}
