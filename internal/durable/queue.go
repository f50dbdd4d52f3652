package durable

import "sync"

// queue hands sagas to workers in the order they came. It has no bound, so push never blocks.
type queue struct {
	mu     sync.Mutex
	filled *sync.Cond
	sagas  []Saga
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.filled = sync.NewCond(&q.mu)
	return q
}

// push reports whether the saga was taken; a closed queue takes none.
func (q *queue) push(s Saga) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.sagas = append(q.sagas, s)
	q.filled.Signal()
	return true
}

// pop waits for a saga. It returns false once the queue is closed and empty.
func (q *queue) pop() (s Saga, left int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.sagas) == 0 && !q.closed {
		q.filled.Wait()
	}
	if len(q.sagas) == 0 {
		return Saga{}, 0, false
	}
	s, q.sagas[0] = q.sagas[0], Saga{}
	q.sagas = q.sagas[1:]
	return s, len(q.sagas), true
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.sagas)
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.filled.Broadcast()
}
