// Package throttle holds requests to rates. It knows buckets by their names and nothing of what they are for.
package throttle

import (
	"sync"
	"time"
)

// A Rate lets Burst requests through at once, and then so many a second. The zero Rate lets everything through.
type Rate struct {
	PerSecond float64
	Burst     int
}

// A Take asks a bucket for one request.
type Take struct {
	Bucket string
	Rate   Rate
}

// A Limiter keeps the buckets of one process. It is safe for concurrent use; a nil Limiter lets everything through.
type Limiter struct {
	now func() time.Time

	mu   sync.Mutex
	full map[string]time.Time // when a bucket will be full again; one that is full has no entry, or a past one
}

// most is how many buckets are kept before those that are full again are cleared out.
const most = 4096

// New makes a limiter on a clock that never goes back.
func New(now func() time.Time) *Limiter { return &Limiter{now: now, full: map[string]time.Time{}} }

// Allow takes one request from each bucket when all of them have one, and else none.
func (l *Limiter) Allow(takes ...Take) bool {
	if l == nil {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, t := range takes {
		if t.Rate.PerSecond > 0 && l.after(t, now).Sub(now) > t.Rate.refill() {
			return false
		}
	}
	for _, t := range takes {
		if t.Rate.PerSecond > 0 {
			l.full[t.Bucket] = l.after(t, now)
		}
	}
	if len(l.full) > most {
		for b, at := range l.full {
			if !at.After(now) {
				delete(l.full, b)
			}
		}
	}
	return true
}

// after is when the bucket will be full again if one more request is taken from it.
func (l *Limiter) after(t Take, now time.Time) time.Time {
	at := l.full[t.Bucket]
	if at.Before(now) {
		at = now
	}
	return at.Add(t.Rate.every())
}

func (r Rate) every() time.Duration { return time.Duration(float64(time.Second) / r.PerSecond) }

// refill is how long an empty bucket takes to be full.
func (r Rate) refill() time.Duration { return r.every() * time.Duration(r.Burst) }

// Buckets returns how many buckets are kept.
func (l *Limiter) Buckets() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.full)
}
