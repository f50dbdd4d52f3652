package durable

import (
	"context"
	"errors"
	"log/slog"
)

func (e *Engine[T]) logPanic(err error, s Saga, step string) {
	if p, ok := errors.AsType[*panicError](err); ok {
		e.o.Logger.Error("step panicked", "saga", s.ID, "kind", s.Kind, "step", step, "panic", p.value, "stack", string(p.stack))
	}
}

// logTrial warns of what an operator may have to mend. A refusal is none of it: the saga ends as what was asked for deserves.
func (e *Engine[T]) logTrial(t Trial, refused bool) {
	level, says := slog.LevelDebug, "step "+string(t.Outcome)
	switch {
	case t.Outcome == Turned && refused:
		level, says = slog.LevelInfo, "step refused what was asked, what was done is undone"
	case t.Outcome == Turned:
		level, says = slog.LevelWarn, "step failed for good, what was done is undone"
	case t.Outcome == Retried && t.Saga.Phase == Undo:
		level = slog.LevelWarn
	case t.Outcome == Retried:
		level = slog.LevelInfo
	}
	e.o.Logger.Log(context.Background(), level, says, "saga", t.Saga.ID, "kind", t.Saga.Kind,
		"step", t.Step, "phase", t.Saga.Phase, "attempt", t.Saga.Attempt+1, "wait", t.Wait, "error", t.Err)
}
