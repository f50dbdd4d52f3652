package storetest

import (
	"errors"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

func (b bench) begin(name string, at time.Time) durable.Saga {
	b.Helper()
	b.update(func(tx store.Tx) error { return tx.Start(b.Context(), name, org.CreateAccount, "subject", at) })
	return durable.Start(name, string(org.CreateAccount), "subject", at)
}

func (b bench) claim(now, lease time.Time, limit int) []durable.Saga {
	b.Helper()
	out, err := b.ClaimSagas(b.Context(), now, lease, limit)
	if err != nil {
		b.Fatal(err)
	}
	return out
}

func (b bench) save(s durable.Saga) error {
	return b.Update(b.Context(), func(tx store.Tx) error { return tx.SaveSaga(b.Context(), s) })
}

func sagaIDs(all []durable.Saga) []string {
	return ids(all, func(s durable.Saga) string { return s.ID })
}

var sagas = []try{
	{"a started saga is due at its time, and claimed once until its lease ends", func(b bench) {
		s := b.begin("s", after(10))
		b.equal([]string{}, sagaIDs(b.claim(after(9), after(99), 5)))
		s.Token++
		s.LeaseUntil = after(50)
		b.equal([]durable.Saga{s}, b.claim(after(10), after(50), 5))
		b.equal([]string{}, sagaIDs(b.claim(after(49), after(99), 5)))
		s.Token++
		s.LeaseUntil = after(99)
		b.equal([]durable.Saga{s}, b.claim(after(50), after(99), 5))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.Start(b.Context(), "s", "w", "x", start) })
	}},
	{"those due for longest are claimed first, no more than wanted", func(b bench) {
		for _, s := range []struct {
			id string
			at int
		}{{"d", 3}, {"b", 1}, {"a", 2}, {"c", 1}} {
			b.begin(s.id, after(s.at))
		}
		b.equal([]string{"b", "c", "a"}, sagaIDs(b.claim(after(9), after(99), 3)))
		b.equal([]string{"d"}, sagaIDs(b.claim(after(9), after(99), 3)))
	}},
	{"a saga comes back as it was saved", func(b bench) {
		b.begin("s", start)
		s := b.claim(start, after(1), 1)[0]
		s.Phase, s.Step, s.Attempt, s.FailingSince, s.Memo = durable.Undo, 3, 2, after(7), []byte(`{"a":1}`)
		s.RunAt, s.LeaseUntil, s.UpdatedAt, s.Cause, s.LastError = after(1), time.Time{}, after(8), "cause", "error"
		b.equal(nil, b.save(s))
		s.Token++
		s.LeaseUntil = after(9)
		b.equal([]durable.Saga{s}, b.claim(after(1), after(9), 1))
	}},
	{"who lost a saga saves nothing with it", func(b bench) {
		b.begin("s", start)
		old := b.claim(start, after(1), 1)[0]
		now := b.claim(after(1), after(2), 1)[0]
		a := org.Account{ID: org.AccountID(id("a"))}
		for _, state := range []durable.State{durable.Running, durable.Succeeded, durable.Failed} {
			old.State = state
			err := b.Update(b.Context(), func(tx store.Tx) error {
				return errors.Join(tx.InsertAccount(b.Context(), a), tx.SaveSaga(b.Context(), old))
			})
			if !errors.Is(err, durable.ErrLost) || b.exists(a.ID) {
				b.Errorf("%s: %v, exists %v", state, err, b.exists(a.ID))
			}
		}
		b.equal(nil, b.save(now))
	}},
	{"a saga that has ended has no row", func(b bench) {
		for _, state := range []durable.State{durable.Succeeded, durable.Failed} {
			b.begin("s", start)
			s := b.claim(start, after(1), 1)[0]
			s.State = state
			b.equal(nil, b.save(s))
			if err := b.save(s); !errors.Is(err, durable.ErrLost) {
				b.Error(err)
			}
			b.equal(map[string]int{}, b.rows())
		}
	}},
	{"no two claimers get the same saga", func(b bench) {
		const n = 40
		for range n {
			b.begin(id("s"), start)
		}
		var mu sync.Mutex
		seen := map[string]int{}
		err := together(4, func(int) error {
			for range n {
				got, err := b.ClaimSagas(b.Context(), start, after(9), 3)
				if err != nil {
					return err
				}
				mu.Lock()
				for _, s := range got {
					seen[s.ID]++
				}
				mu.Unlock()
			}
			return nil
		})
		b.equal(nil, err)
		b.equal(n, len(seen))
		for s, times := range seen {
			if times != 1 {
				b.Errorf("%s was claimed %d times", s, times)
			}
		}
	}},
	{"a handed-over saga is leased, and offered only after the commit", func(b bench) {
		var offered []durable.Saga
		b.HandOver(sqlstore.Options{Lease: time.Minute, Started: func(s durable.Saga) {
			// Another transaction finds it, so it is committed.
			if err := b.save(s); err != nil {
				b.Errorf("%s was offered too early: %v", s.ID, err)
			}
			offered = append(offered, s)
		}})
		b.update(func(tx store.Tx) error {
			err := tx.Start(b.Context(), "one", "work", "x", start)
			if len(offered) != 0 {
				b.Error("offered before the commit")
			}
			return errors.Join(err, tx.Start(b.Context(), "two", "work", "y", start))
		})
		b.fails(org.TagLimit, func(tx store.Tx) error {
			_ = tx.Start(b.Context(), "three", "work", "z", start)
			return org.E(org.TagLimit)
		})
		lease := start.Add(time.Minute)
		b.equal([]durable.Saga{durable.Start("one", "work", "x", start).Held(lease), durable.Start("two", "work", "y", start).Held(lease)}, offered)
		b.equal([]string{}, sagaIDs(b.claim(lease.Add(-time.Microsecond), lease, 5)))
		b.equal([]string{"one", "two"}, sagaIDs(b.claim(lease, lease, 5)))
	}},
	{"running sagas are counted by kind", func(b bench) {
		stats := func() []store.SagaStat {
			out, err := b.SagaStats(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			return out
		}
		b.equal(0, len(stats()))
		b.update(func(tx store.Tx) error {
			return errors.Join(
				tx.Start(b.Context(), "1", "b", "", after(5)), tx.Start(b.Context(), "2", "b", "", after(3)), tx.Start(b.Context(), "3", "a", "", after(9)))
		})
		b.equal([]store.SagaStat{{Kind: "a", Running: 1, Oldest: after(9)}, {Kind: "b", Running: 2, Oldest: after(3)}}, stats())
	}},
}
