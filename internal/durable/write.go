package durable

import (
	"errors"
	"time"
)

// write does the acts in one transaction. When one of them fails all is rolled back, and they are done one at a time, so
// that each commits or fails by itself.
func (j *job[T]) write(acts []act[T]) bool {
	began := time.Now()
	admitted, refusal := j.admit(acts)
	if admitted == 0 {
		return j.settle(acts[0], refusal, time.Since(began))
	}
	before := j.saga
	after, trials, err := j.commit(acts[:admitted])
	switch {
	case err == nil:
		j.saga = after
		j.progress(before, trials)
	case admitted > 1 && !errors.Is(err, ErrLost) && !errors.Is(err, errUnknown):
		j.single = true
		return true
	default:
		return j.settle(acts[0], err, time.Since(began))
	}
	if refusal != nil {
		return j.settle(acts[admitted], refusal, 0)
	}
	return true
}

// admit asks about each act and returns how many may go ahead, and why the next may not.
func (j *job[T]) admit(acts []act[T]) (int, error) {
	for i, a := range acts {
		if err := j.ask(a); err != nil {
			return i, err
		}
	}
	return len(acts), nil
}

// commit runs the acts and saves the saga in one transaction.
func (j *job[T]) commit(acts []act[T]) (after Saga, trials []Trial, err error) {
	err = j.update(j.life.step, func(tx T) error {
		// The closure may run twice: each run starts from the journal's saga.
		after, trials = j.saga, nil
		for _, a := range acts {
			began := time.Now()
			r := newRun(j.saga, a.name)
			r.memo = after.Memo
			if err := safely(func() error { return a.write(j.life.step, tx, r) }); err != nil {
				return err
			}
			after.Memo = r.memo
			trials = append(trials, Trial{Step: a.name, Took: time.Since(began)})
		}
		after = j.stamped(acts[len(acts)-1].done(after), j.o.Now())
		return tx.SaveSaga(j.life.step, after)
	})
	return after, trials, err
}
