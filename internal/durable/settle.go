package durable

import (
	"errors"
	"time"
)

// settle saves what a failed try comes to and reports whether the saga is still in hand.
func (j *job[T]) settle(a act[T], err error, took time.Duration) bool {
	t := Trial{Saga: j.saga, Step: a.name, Took: took, Err: err}
	j.logPanic(err, j.saga, a.name)
	switch {
	case errors.Is(err, ErrLost):
		return j.lost(t)
	case errors.Is(err, errUnknown):
		// Saving again could put the saga back to before a commit that did happen. Who claims it next reads the truth.
		j.o.Logger.Error("saga is left until its lease ends",
			"saga", j.saga.ID, "kind", j.saga.Kind, "step", a.name, "error", err)
		return j.lost(t)
	case errors.Is(err, errUnopened), j.life.step.Err() != nil:
		// The step is not to blame, so it does not count.
		j.release(j.life, j.saga, j.flow.Retry.Base)
		t.Outcome = Interrupted
		j.o.Observer.StepTried(t)
		return false
	}
	return j.consequence(t)
}

// consequence puts the saga off or turns it.
func (j *job[T]) consequence(t Trial) bool {
	now := j.o.Now()
	next, outcome := j.flow.failed(j.saga, t.Err, now)
	if !j.save(next, now) {
		return j.lost(t)
	}
	t.Outcome = outcome
	if outcome != Turned {
		t.Wait = next.RunAt.Sub(now)
		j.soon(t.Wait)
	}
	j.single = false
	j.logTrial(t, j.flow.refuses(t.Err))
	j.o.Observer.StepTried(t)
	return outcome == Turned
}

func (j *job[T]) lost(t Trial) bool {
	t.Outcome = Lost
	j.o.Observer.StepTried(t)
	return false
}

// progress tells the observer of acts that are done and saved.
func (j *job[T]) progress(before Saga, trials []Trial) {
	for _, t := range trials {
		t.Saga, t.Outcome = before, Done
		j.o.Observer.StepTried(t)
	}
	if j.saga.State != Running {
		j.o.Observer.SagaEnded(j.saga)
	}
}
