package history

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

var page = org.Page{Limit: 1000}

// A pool is what somebody has made of one kind, whether it is still there or not, oldest first.
type pool struct {
	mu  sync.Mutex
	ids []string
}

func (p *pool) add(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ids = append(p.ids, id)
}

func (p *pool) all() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.ids)
}

// any is one of them, mostly of the youngest: what is old has mostly gone.
func (p *pool) any(r *rand.Rand) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.IntN(4) == 0 {
		return p.ids[r.IntN(len(p.ids))]
	}
	young := p.ids[max(0, len(p.ids)-8):]
	return young[r.IntN(len(young))]
}

// What all callers of one organization know.
type known struct{ units, accounts, policies pool }

// A caller does one deed after another and writes down how it went.
type caller struct {
	number  int
	plane   *controlplane.Plane
	admin   org.Caller
	known   *known
	table   map[string]*deed
	chance  *rand.Rand
	began   time.Time
	asked   int64 // when the last deed was asked for
	next    []ask
	history []porcupine.Operation
}

// then has the caller do a certain deed next.
func (c *caller) then(says string, a ask) {
	a.deed = c.table[says]
	c.next = append(c.next, a)
}

// signature is under whose name a caller's deed goes on record, so that it is found again there.
func signature(caller, deed int) string { return fmt.Sprintf("caller-%d-%d", caller, deed) }

func (c *caller) now() int64 { return int64(time.Since(c.began)) }

// carry does a deed and writes it down.
func (c *caller) carry(ctx context.Context, a ask) {
	if a.deed.weight > 0 { // else it began with the deed that it follows from
		c.asked = c.now()
	}
	asked := c.asked
	c.admin.Name = signature(c.number, len(c.history))
	given := a.deed.do(ctx, c, a)
	c.history = append(c.history, porcupine.Operation{ClientId: c.number, Input: a, Call: asked, Output: given, Return: c.now()})
}

// order has the caller do a certain deed now, and returns the id of what it made.
func (c *caller) order(ctx context.Context, says string, a ask) string {
	a.deed = c.table[says]
	c.carry(ctx, a)
	c.finish(ctx)
	return c.history[len(c.history)-1].Output.(answer).id
}

func (c *caller) pop() ask {
	a := c.next[0]
	c.next = c.next[1:]
	return a
}

// work does so many deeds by chance.
func (c *caller) work(ctx context.Context, n int) {
	var lots []*deed
	for _, d := range deeds() {
		lots = append(lots, slices.Repeat([]*deed{d}, d.weight)...)
	}
	for range n {
		if len(c.next) == 0 {
			d := lots[c.chance.IntN(len(lots))]
			a := d.draw(c)
			a.deed = d
			c.next = append(c.next, a)
		}
		c.carry(ctx, c.pop())
	}
	c.finish(ctx)
}

// finish does what must still be done: a creation that was begun is waited for.
func (c *caller) finish(ctx context.Context) {
	for _, a := range c.next {
		if a.deed.weight == 0 {
			c.carry(ctx, a)
		}
	}
	c.next = nil
}

// Few names, units and addresses, so that callers meet.
func (c *caller) name() string    { return string(rune('a' + c.chance.IntN(8))) }
func (c *caller) email() string   { return c.name() + "@" + string(c.admin.AccountID) + ".example" }
func (c *caller) unit() string    { return c.some(&c.known.units, "ou-none") }
func (c *caller) account() string { return c.some(&c.known.accounts, "999999999999") }

func (c *caller) policy() string {
	if c.chance.IntN(4) == 0 {
		return own
	}
	return c.some(&c.known.policies, "p-none")
}

// target is the root every other time, where so much is attached that little more can be.
func (c *caller) target() string {
	switch c.chance.IntN(4) {
	case 0:
		return c.unit()
	case 1:
		return c.account()
	}
	return c.known.units.all()[0]
}

func (c *caller) some(p *pool, nothing string) string {
	if c.chance.IntN(20) == 0 {
		return nothing
	}
	return p.any(c.chance)
}
