package twin

import (
	"sync"
	"time"
)

// A Clock is a time that can be moved. It runs along with the wall until it is told otherwise. A nil *Clock is the wall's own time, for a
// server that is no twin; moving that one panics. Safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration // ahead of the wall while it runs
	frozen bool
	at     time.Time     // where it stands while it is frozen
	lead   time.Duration // the furthest it ever was ahead of the wall
	moved  []func()
}

// NewClock makes a clock that shows the present and runs.
func NewClock() *Clock { return &Clock{} }

// Now returns the time that the clock shows.
func (c *Clock) Now() time.Time {
	if c == nil {
		return time.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

// Steady returns a time for leases and for the pauses between retries: it never stands still, never goes back, and is never behind Now,
// whatever is done to the clock. Work that was journaled at Now is always due by it.
func (c *Clock) Steady() time.Time {
	if c == nil {
		return time.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return wall().Add(c.lead)
}

// Advance moves the clock by d, frozen or not; back when d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.move(func() {
		if c.frozen {
			c.at = c.at.Add(d)
			return
		}
		c.offset += d // exactly, whatever the wall does meanwhile
	})
}

// Set moves the clock to t. A running clock runs on from there.
func (c *Clock) Set(t time.Time) {
	c.move(func() { c.show(t) })
}

// Freeze stops the clock where it stands. It still moves when it is told to.
func (c *Clock) Freeze() {
	c.move(func() { c.at, c.frozen = c.now(), true })
}

// Resume lets a frozen clock run on from where it stands.
func (c *Clock) Resume() {
	c.move(func() {
		at := c.now()
		c.frozen = false
		c.show(at)
	})
}

// Reset puts the clock back to the present and lets it run.
func (c *Clock) Reset() {
	c.move(func() { c.offset, c.frozen, c.at = 0, false, time.Time{} })
}

// State is what a clock shows.
type State struct {
	Now    time.Time
	Frozen bool
	Offset time.Duration // ahead of the wall
}

// State returns what the clock shows.
func (c *Clock) State() State {
	if c == nil {
		return State{Now: time.Now()}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen {
		return State{Now: c.now(), Offset: c.offset}
	}
	return State{Now: c.at, Frozen: true, Offset: c.at.Sub(wall())}
}

// OnMove has fn called after each change of the clock, outside its lock. A server wakes there what waits for a time.
func (c *Clock) OnMove(fn func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved = append(c.moved, fn)
}

func (c *Clock) move(change func()) {
	c.mu.Lock()
	change()
	c.lead = max(c.lead, c.now().Sub(wall()))
	moved := c.moved
	c.mu.Unlock()
	for _, fn := range moved {
		fn()
	}
}

func (c *Clock) now() time.Time {
	if c.frozen {
		return c.at
	}
	return wall().Add(c.offset)
}

func (c *Clock) show(t time.Time) {
	if c.frozen {
		c.at = t.UTC()
		return
	}
	c.offset = t.Sub(wall())
}

// wall is the wall's time without its monotonic reading: the clock does sums with times that came from outside.
func wall() time.Time { return time.Now().UTC().Round(0) }
