package durable

import "time"

// strangerPause is how long a saga of unknown kind is put off: another process, of a newer release, may know it.
const strangerPause = 30 * time.Second

// job is one saga in the hands of a worker.
type job[T Tx] struct {
	*Engine[T]
	life   *life
	flow   *Workflow[T]
	saga   Saga // as it stands in the journal
	single bool // a batch failed: do the steps one at a time, so that the failure finds its step
}

// drive works on a saga until it ends, is put off or is lost.
func (e *Engine[T]) drive(l *life, s Saga) {
	flow, known := e.flows[s.Kind]
	if !known {
		e.seldom.do("kind "+s.Kind, func() { e.o.Logger.Warn("saga of unknown kind", "kind", s.Kind, "saga", s.ID) })
		e.release(l, s, strangerPause)
		return
	}
	j := &job[T]{Engine: e, life: l, flow: flow, saga: s}
	for j.saga.State == Running {
		if l.stopping() {
			e.release(l, j.saga, 0)
			return
		}
		if !j.turn() {
			return
		}
	}
}

// turn does what is next and reports whether the saga is still in hand.
func (j *job[T]) turn() bool {
	acts := j.flow.next(j.saga)
	switch {
	case acts[0].call != nil:
		return j.call(acts[0])
	case j.single || j.saga.Attempt > 0:
		return j.write(acts[:1])
	default:
		return j.write(acts)
	}
}

// ask asks the hook about an act. The end of a saga is no step and not asked about.
func (j *job[T]) ask(a act[T]) error {
	if a.name == ending {
		return nil
	}
	return safely(func() error { return j.o.Before(j.life.step, newRun(j.saga, a.name), a.name, j.saga.Phase) })
}
