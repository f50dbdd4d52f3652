package durable

import (
	"sync"
	"time"
)

// poll claims due sagas until the engine stops.
func (e *Engine[T]) poll(l *life) {
	timer := time.NewTimer(e.o.Poll)
	defer timer.Stop()
	for !l.stopping() {
		e.claim(l)
		if e.queue.len() == 0 && e.more.Swap(false) {
			continue
		}
		timer.Reset(e.o.Poll)
		select {
		case <-l.stop.Done():
		case <-e.wake:
		case <-timer.C:
		}
	}
}

// claim takes no more than the workers will soon come to: a saga that waits here would be held from idle processes.
func (e *Engine[T]) claim(l *life) {
	limit := e.o.Batch - e.queue.len()
	if limit <= 0 {
		e.more.Store(true)
		return
	}
	now := e.o.Now()
	// A claim that is cut off half way would leave sagas held by nobody, so stopping does not cut it off.
	sagas, err := e.journal.ClaimSagas(l.save, now, now.Add(e.o.Lease), limit)
	if err != nil {
		e.seldom.do("claim", func() { e.o.Logger.Error("claim sagas", "error", err) })
		return
	}
	e.more.Store(len(sagas) == limit)
	for _, s := range sagas {
		if !e.queue.push(s) {
			e.release(l, s, 0)
		}
	}
}

// work is one worker. Once the engine stops it gives back what is left in the queue.
func (e *Engine[T]) work(l *life) {
	for {
		s, left, ok := e.queue.pop()
		if !ok {
			return
		}
		if left == 0 && e.more.Swap(false) {
			e.Wake()
		}
		if err := safely(func() error { e.drive(l, s); return nil }); err != nil {
			// A workflow's Fatal or Describe, the hook's or the observer's fault: the saga comes back after its lease.
			e.logPanic(err, s, "")
		}
	}
}

// soon has the journal asked once d is over, where the next poll would be later.
func (e *Engine[T]) soon(d time.Duration) {
	if d < e.o.Poll {
		time.AfterFunc(d, e.Wake)
	}
}

// seldom does a thing at most once a minute for each topic.
type seldom struct {
	mu   sync.Mutex
	last map[string]time.Time
}

func (s *seldom) do(topic string, fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.last[topic]; ok && time.Since(last) < time.Minute {
		return
	}
	if s.last == nil {
		s.last = map[string]time.Time{}
	}
	s.last[topic] = time.Now()
	fn()
}
