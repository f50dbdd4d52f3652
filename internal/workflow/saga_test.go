package workflow_test

import (
	"crypto/rand"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/durable/durabletest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestCreateAccountBrokenAndRepeatedAtEachStep(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]setting{"without a provisioner": {}, "with a provisioner": {partition: org.Huawei, world: newOutside()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			durabletest.Exercise(t, func(t *testing.T) durabletest.Bench[store.Tx] {
				s := s
				var w *outside
				if s.world != nil {
					w = newOutside()
					s.world = w
				}
				return bench(t, s, w)
			})
		})
	}
}

func bench(t *testing.T, s setting, w *outside) durabletest.Bench[store.Tx] {
	b := newBundle(t, s)
	q := wish("one")
	q.RoleName = "Enter"
	id := b.request(t, q)
	before, version, p := b.rows(t), b.version(t), b.org.Partition
	outside := func(t *testing.T, want int) {
		t.Helper()
		if w != nil && len(w.standing()) != want {
			t.Errorf("outside there are %v, want %d", w.standing(), want)
		}
	}
	return durabletest.Bench[store.Tx]{
		Journal: b.store, Workflow: b.flows.All()[0], Saga: <-b.sagas,
		Clean: func(t *testing.T) {
			if n := b.creation(t, id); n.State != org.CreationFailed || n.Failure != org.FailInternal || n.AccountID != "" {
				t.Errorf("the creation ends as %s, %s", n.State, n.Failure)
			}
			b.grew(t, before, undone)
			outside(t, 0)
		},
		Done: func(t *testing.T) {
			n := b.creation(t, id)
			if n.State != org.CreationSucceeded {
				t.Fatalf("the creation ends as %s, %s", n.State, n.Failure)
			}
			b.grew(t, before, sum(made, reserved(p)))
			b.isMember(t, n, q)
			if d := cmp.Diff([]org.EventName{org.AccountCreationEnded, org.AccountJoined}, b.events(t, version)); d != "" {
				t.Error(d)
			}
			outside(t, 1)
		},
	}
}

func TestASagaWithoutACreationThatRunsDoesNothing(t *testing.T) {
	t.Parallel()
	for name, subject := range map[string]func(*testing.T, *bundle) string{
		"its organization is gone": func(_ *testing.T, b *bundle) string { return "o-gone/car-gone" },
		"its creation is gone":     func(_ *testing.T, b *bundle) string { return string(b.org.ID) + "/car-gone" },
		"its subject says nothing": func(*testing.T, *bundle) string { return "nothing" },
		"its creation has succeeded": func(t *testing.T, b *bundle) string {
			n := b.ended(t, b.request(t, wish("one")))
			return string(b.org.ID) + "/" + string(n.ID)
		},
		"its creation has failed": func(t *testing.T, b *bundle) string {
			n := b.ended(t, b.request(t, org.AccountRequest{Name: "x", Email: "wrong"}))
			return string(b.org.ID) + "/" + string(n.ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newOutside()
			b := newBundle(t, setting{world: w})
			b.run(t)
			about := subject(t, b)
			before, version, calls := b.rows(t), b.version(t), len(w.called())
			check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
				return tx.Start(t.Context(), "again", org.CreateAccount, about, b.clock.Now())
			}))
			b.quiet(t)
			b.grew(t, before, nil)
			if b.version(t) != version || len(w.called()) != calls {
				t.Errorf("the organization is at version %d after %d, the world was called %d times after %d", b.version(t), version, len(w.called()), calls)
			}
		})
	}
}

// chance is randomness that yields zeros for as many reads as it is told.
type chance struct{ zeros atomic.Int32 }

func (c *chance) Read(p []byte) (int, error) {
	if c.zeros.Add(-1) >= 0 {
		clear(p)
		return len(p), nil
	}
	return io.ReadFull(rand.Reader, p)
}

func TestATakenAccountIDIsNotTakenAgain(t *testing.T) {
	t.Parallel()
	random := &chance{}
	b := newBundle(t, setting{random: random})
	taken := org.AccountID(strings.Repeat("0", 12))
	check(t, b.plane.EnsureAccount(t.Context(), org.AWS, taken))
	id := b.request(t, wish("one"))
	random.zeros.Store(2)
	b.run(t)
	if n := b.ended(t, id); n.State != org.CreationSucceeded || n.AccountID == taken {
		t.Errorf("it ends as %s, %s, with the account %s", n.State, n.Failure, n.AccountID)
	}
	if random.zeros.Load() >= 0 {
		t.Error("the taken id was never minted")
	}
}
