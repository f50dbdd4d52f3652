package history

import (
	"context"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// few callers are enough to go wrong. That there is no order takes far longer to find than one, the more so the more callers there are.
const few = 5

// A hasty store looks before it locks: what its transactions read of accounts, attachments and counts they read of the state in which they began, and not
// of that behind the organization's lock.
type hasty struct{ store.Store }

func (h hasty) Update(ctx context.Context, fn func(store.Tx) error) error {
	return h.Store.View(ctx, func(r store.Reader) error {
		if _, err := r.Setting(ctx, "none"); err != nil { // PostgreSQL takes its snapshot at the first question
			return err
		}
		time.Sleep(3 * time.Millisecond) // so that somebody comes in between
		return h.Store.Update(ctx, func(tx store.Tx) error { return fn(hastyTx{tx, r}) })
	})
}

type hastyTx struct {
	store.Tx
	before store.Reader
}

func (h hastyTx) Attachments(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string, p org.Page) ([]org.Attachment, string, error) {
	return h.before.Attachments(ctx, o, t, target, p)
}

func (h hastyTx) Account(ctx context.Context, id org.AccountID) (org.Account, error) {
	a, err := h.before.Account(ctx, id)
	if err != nil { // it may have been made in this transaction
		return h.Tx.Account(ctx, id)
	}
	return a, nil
}

func (h hastyTx) CountUnits(ctx context.Context, o org.OrganizationID, parent org.UnitID) (int, error) {
	return h.before.CountUnits(ctx, o, parent)
}

func TestAHouseThatLooksBeforeItLocksIsFoundOut(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *house{
		"sqlite": func(t *testing.T) *house {
			s := openSQLite(t, 2*few)
			return newHouse(t, s.Store, hasty{s})
		},
		"postgres": func(t *testing.T) *house {
			s := openPostgres(t, 4*few) // each transaction holds two connections
			return newHouse(t, s.Store, hasty{s})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			alone := play(t, h, 1, 0) // who has nobody beside him is not harmed by haste
			linearizable(t, alone.begin, alone.history)
			for seed := range uint64(50) {
				r := play(t, h, few, seed)
				if porcupine.CheckOperationsTimeout(model(r.begin), r.history, patience) == porcupine.Illegal {
					t.Logf("found out in round %d", seed+1)
					return
				}
			}
			t.Error("nothing was noticed")
		})
	}
}

// A true history in which one answer is another than it was has no order.
func TestEachAnswerOfAHistoryMatters(t *testing.T) {
	t.Parallel()
	s := openSQLite(t, 4)
	r := play(t, newHouse(t, s.Store, s), few, 1)
	linearizable(t, r.begin, r.history)
	if t.Failed() {
		return
	}
	lies := map[string]bool{}
	for _, op := range r.history {
		a, given := op.Input.(ask), op.Output.(answer)
		if op.ClientId == few || lies[a.deed.says] {
			continue
		}
		lies[a.deed.says] = true
		lie := answer{reason: org.InternalFault}
		if given.reason != "" {
			lie = answer{id: "new", seen: "something"}
		}
		// What is asked later does not explain what is answered now.
		var told []porcupine.Operation
		for _, other := range r.history {
			if other.Input == op.Input && other.Call == op.Call {
				other.Output = lie
			}
			if other.Call <= op.Return {
				told = append(told, other)
			}
		}
		if got := porcupine.CheckOperationsTimeout(model(r.begin), told, patience); got != porcupine.Illegal {
			t.Errorf("%v: %v instead of %v is %s", a, lie, given, got)
		}
	}
	if len(lies) < len(deeds())-2 {
		t.Errorf("only %d deeds were tried", len(lies))
	}
}
