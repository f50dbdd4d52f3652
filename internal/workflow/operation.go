package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// ask is how often a deed looks for the end of an account's creation that it waits for.
const ask = 100 * time.Millisecond

type write = func(context.Context, store.Tx, *durable.Run) error

// operationOf returns the operation that a saga is about, "<organization>/<operation>", and whether there is still something to do for it. A
// saga whose operation is over, or is gone with its organization, runs to its end without doing anything.
func operationOf(ctx context.Context, r store.Reader, run *durable.Run) (landing.Operation, bool, error) {
	o, id, ok := strings.Cut(run.Saga.Subject, "/")
	if !ok {
		return landing.Operation{}, false, durable.Fatal(fmt.Errorf("saga %s has no operation for its subject: %q", run.Saga.ID, run.Saga.Subject))
	}
	n, err := r.Operation(ctx, org.OrganizationID(o), org.OperationID(id))
	if org.ReasonOf(err) == org.OperationMissing {
		return landing.Operation{}, false, nil
	}
	return n, err == nil && n.Status == landing.Running, err
}

// onOperation makes a step of what is done for an operation that runs.
func onOperation(do func(context.Context, store.Tx, landing.Operation) error) write {
	return func(ctx context.Context, tx store.Tx, r *durable.Run) error {
		n, running, err := operationOf(ctx, tx, r)
		if err != nil || !running {
			return err
		}
		return do(ctx, tx, n)
	}
}

// untilDone makes a step's work of a deed that reports whether it is done, and comes back to it until it is.
func untilDone[T any](do func(context.Context, store.Tx, T) (bool, error)) func(context.Context, store.Tx, T) error {
	return func(ctx context.Context, tx store.Tx, of T) error {
		done, err := do(ctx, tx, of)
		if err == nil && !done {
			return durable.Wait(ask)
		}
		return err
	}
}

// paced holds the steps of a deed back until they are due.
func (h house) paced(f flow, whole time.Duration) deed {
	return deed{flow: f, before: func(_ context.Context, r *durable.Run, i int) error {
		return h.due(r.Saga.StartedAt, whole, i, len(f.Steps))
	}}
}

// say tells people why a deed failed. The causes of internal errors stay in the log.
func say(err error) string {
	e := org.AsError(err)
	switch {
	case e.Kind() == org.Internal:
		return "an internal error occurred"
	case e.Detail == "":
		return string(e.Reason)
	}
	return e.Detail
}
