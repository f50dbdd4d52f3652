package kill

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

const (
	callers  = 16
	mostEach = 2000 // wishes of one caller, so that a proof ends on any machine
)

// call has all callers ask for accounts until ctx ends, half of them at each cloud. Each sends every wish once, to a replica that it believes to
// be alive. They return when all have their last answer.
func call(ctx context.Context, f *fleet, l *ledger) (wait func()) {
	all := clouds()
	var work sync.WaitGroup
	for n := range callers {
		work.Go(func() { caller{n, all[n%len(all)], f, l}.run(ctx) })
	}
	return work.Wait
}

type caller struct {
	number int
	cloud  cloud
	fleet  *fleet
	ledger *ledger
}

func (c caller) run(ctx context.Context) {
	before := ""
	for i := range mostEach {
		if ctx.Err() != nil {
			return
		}
		w := wish{cloud: c.cloud.name(), name: fmt.Sprintf("Kill-%d-%d", c.number, i), tagged: i%4 == 0}
		w.email = w.name + "@kill.example"
		if i%8 == 7 {
			// The same address again: one of the two comes to its documented end, whatever happened to the first.
			w.email = before
		}
		before = w.email
		c.send(ctx, w)
	}
}

// send asks once. It does not hang up when the callers are told to stop, so that what is not known is not known because of a kill.
func (c caller) send(ctx context.Context, w wish) {
	endpoint := c.fleet.some(c.number)
	if endpoint == "" {
		time.Sleep(5 * time.Millisecond)
		return
	}
	c.ledger.ask(w)
	id, err := c.cloud.ask(context.WithoutCancel(ctx), endpoint, w)
	switch refusal, refused := errors.AsType[*client.Error](err); {
	case err == nil:
		c.ledger.promise(w, id)
	case refused:
		c.ledger.refuse(fmt.Errorf("%s at %s: %w", w.name, w.cloud, refusal))
	default:
		time.Sleep(5 * time.Millisecond)
	}
}
