package durable

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Engine works on the sagas of one journal. Any number of engines, in any number of processes, may share a journal.
type Engine[T Tx] struct {
	journal Journal[T]
	flows   map[string]*Workflow[T]
	o       Options

	queue  *queue
	wake   chan struct{}
	more   atomic.Bool // the journal had more due sagas than were claimed
	ran    atomic.Bool
	seldom seldom
}

// New returns an engine that is not running yet, or what is wrong with the workflows.
func New[T Tx](j Journal[T], flows []Workflow[T], o Options) (*Engine[T], error) {
	e := &Engine[T]{
		journal: j, o: o.filled(), flows: map[string]*Workflow[T]{},
		queue: newQueue(), wake: make(chan struct{}, 1),
	}
	var errs []error
	for _, w := range flows {
		if e.flows[w.Name] != nil {
			errs = append(errs, fmt.Errorf("workflow %s is given twice", w.Name))
		}
		errs = append(errs, w.Check())
		w.Retry = w.Retry.filled()
		e.flows[w.Name] = &w
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return e, nil
}

// Lease is how long a saga that is to be offered should be held.
func (e *Engine[T]) Lease() time.Duration { return e.o.Lease }

// Offer hands over a saga that this process has just journaled, held and committed, with its token as written. It is
// worked on without a claim as soon as a worker is free. Offer never blocks. A saga offered to an engine that is stopping
// may be left for the next claim after its lease.
func (e *Engine[T]) Offer(s Saga) { e.queue.push(s) }

// Wake has the journal asked for due sagas now.
func (e *Engine[T]) Wake() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends. Then no further step begins, steps under way get the grace to end, and sagas are given back
// so that another process takes them up at once. It returns when all its goroutines have ended, which a step that
// ignores its context can delay. It returns an error only when it was called before: an engine runs once.
func (e *Engine[T]) Run(ctx context.Context) error {
	if e.ran.Swap(true) {
		return errors.New("engine runs once")
	}
	l, end := newLife(ctx)
	defer end()
	var work sync.WaitGroup
	work.Go(func() { e.poll(l) })
	for range e.o.Workers {
		work.Go(func() { e.work(l) })
	}
	<-ctx.Done()
	e.queue.close()
	ended := make(chan struct{})
	go func() {
		work.Wait()
		close(ended)
	}()
	if !within(ended, e.o.Grace) {
		l.endSteps()
		if !within(ended, e.o.Grace) {
			l.endSaves()
		}
	}
	<-ended
	return nil
}

// life is how long what may go on. Steps outlive stop by the grace, saves outlive the steps by another.
type life struct {
	stop       context.Context
	step, save context.Context
	endSteps   context.CancelFunc
	endSaves   context.CancelFunc
}

func newLife(ctx context.Context) (*life, func()) {
	l := &life{stop: ctx}
	l.step, l.endSteps = context.WithCancel(context.WithoutCancel(ctx))
	l.save, l.endSaves = context.WithCancel(context.WithoutCancel(ctx))
	return l, func() {
		l.endSteps()
		l.endSaves()
	}
}

func (l *life) stopping() bool { return l.stop.Err() != nil }

func within(ended <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
		return false
	}
}
