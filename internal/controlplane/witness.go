package controlplane

import (
	"context"
	"maps"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Witness tells of a call in the words of its API what belongs into the call's event. It gets what the deed returns, nil for a deed that returns nothing, and
// is asked before the deed commits.
type Witness func(out any) map[string]string

type witnessKey struct{}

// Witnessed returns ctx for one call, to whose events w adds what it tells. What the service itself does meanwhile is not the call's.
func Witnessed(ctx context.Context, w Witness) context.Context {
	return context.WithValue(ctx, witnessKey{}, w)
}

// hearing is a transaction of a witnessed call. It keeps the events back, in their order, until the deed is done.
type hearing struct {
	store.Tx
	kept []org.Event
	out  any
}

func (h *hearing) AppendEvent(_ context.Context, e org.Event) error {
	h.kept = append(h.kept, e)
	return nil
}

// hear runs fn in the transaction, and has the call's witness heard when there is one.
func hear(ctx context.Context, tx store.Tx, fn func(store.Tx) error) error {
	w, ok := ctx.Value(witnessKey{}).(Witness)
	if !ok {
		return fn(tx)
	}
	h := &hearing{Tx: tx}
	if err := fn(h); err != nil {
		return err
	}
	var told map[string]string
	for _, e := range h.kept {
		if e.By.AccountID != "" {
			if told == nil {
				told = w(h.out)
			}
			detail := map[string]string{}
			maps.Copy(detail, told)
			maps.Copy(detail, e.Detail)
			e.Detail = detail
		}
		if err := tx.AppendEvent(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// returned lets the witness of a call see what the deed made.
func returned(tx store.Tx, out any) {
	if h, ok := tx.(*hearing); ok {
		h.out = out
	}
}
