package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

var errOwn = errors.New("the closure's own")

func (b bench) exists(a org.AccountID) bool {
	b.Helper()
	err := b.View(b.Context(), func(r store.Reader) error {
		_, err := r.Account(b.Context(), a)
		return err
	})
	if err != nil && org.ReasonOf(err) != org.AccountMissing {
		b.Fatal(err)
	}
	return err == nil
}

// recovered returns what fn panics with.
func recovered(fn func()) (value any) {
	defer func() { value = recover() }()
	fn()
	return nil
}

var transactions = []try{
	{"the database answers", func(b bench) { b.equal(nil, b.Ping(b.Context())) }},
	{"the error of a closure comes back, and nothing that it wrote is left", func(b bench) {
		a := org.Account{ID: org.AccountID(id("a"))}
		err := b.Update(b.Context(), func(tx store.Tx) error {
			if err := tx.InsertAccount(b.Context(), a); err != nil {
				return err
			}
			if _, err := tx.Account(b.Context(), a.ID); err != nil {
				b.Errorf("a transaction does not see what it wrote: %v", err)
			}
			return errOwn
		})
		if !errors.Is(err, errOwn) || b.exists(a.ID) {
			b.Errorf("%v, exists %v", err, b.exists(a.ID))
		}
		if err := b.View(b.Context(), func(store.Reader) error { return errOwn }); !errors.Is(err, errOwn) {
			b.Error(err)
		}
	}},
	{"a glance sees one state, however much it asks", func(b bench) {
		o := b.organization()
		a := b.account(o, o.RootID, start)
		for _, asks := range []int{1, 2, 5} {
			var got []any
			err := b.Glance(b.Context(), func(r store.Reader) error {
				got = nil
				for i := range asks {
					if i == 0 {
						m, in, err := r.Member(b.Context(), a.ID)
						if err != nil {
							return err
						}
						got = append(got, m, in)
						continue
					}
					n, err := r.CountAccounts(b.Context(), o.ID, "")
					if err != nil {
						return err
					}
					got = append(got, n)
				}
				return nil
			})
			want := []any{a, o}
			for range asks - 1 {
				want = append(want, 1)
			}
			b.equal(nil, err)
			b.equal(want, got)
		}
		if err := b.Glance(b.Context(), func(store.Reader) error { return errOwn }); !errors.Is(err, errOwn) {
			b.Error(err)
		}
		missing := b.Glance(b.Context(), func(r store.Reader) error {
			_, err := r.Account(b.Context(), "none")
			return err
		})
		b.equal(org.AccountMissing, org.ReasonOf(missing))
	}},
	{"a panic goes on, and nothing that the closure wrote is left", func(b bench) {
		a := org.Account{ID: org.AccountID(id("a"))}
		b.equal("boom", recovered(func() {
			_ = b.Update(b.Context(), func(tx store.Tx) error {
				if err := tx.InsertAccount(b.Context(), a); err != nil {
					return err
				}
				panic("boom")
			})
		}))
		b.equal("bang", recovered(func() { _ = b.View(b.Context(), func(store.Reader) error { panic("bang") }) }))
		b.equal(false, b.exists(a.ID))
		b.account(org.Organization{}, "", start)
	}},
	{"a closure that errs or panics does not harm its neighbours", func(b bench) {
		const n = 64
		prefix := id("a")
		name := func(i int) org.AccountID { return org.AccountID(fmt.Sprintf("%s-%d", prefix, i)) }
		_ = together(n, func(i int) error {
			var err error
			value := recovered(func() {
				err = b.Update(b.Context(), func(tx store.Tx) error {
					if err := tx.InsertAccount(b.Context(), org.Account{ID: name(i)}); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return errOwn
					case 2:
						panic(i)
					}
					return nil
				})
			})
			switch i % 4 {
			case 1:
				if !errors.Is(err, errOwn) {
					b.Errorf("closure %d: %v", i, err)
				}
			case 2:
				if value != i {
					b.Errorf("closure %d panics with %v", i, value)
				}
			default:
				if err != nil || value != nil {
					b.Errorf("closure %d: %v, %v", i, err, value)
				}
			}
			return nil
		})
		for i := range n {
			if want := i%4 == 0 || i%4 == 3; b.exists(name(i)) != want {
				b.Errorf("row %d exists: %v", i, !want)
			}
		}
	}},
	{"a cancelled caller changes nothing", func(b bench) {
		a := org.Account{ID: org.AccountID(id("a"))}
		ctx, cancel := context.WithCancel(b.Context())
		err := b.Update(ctx, func(tx store.Tx) error {
			err := tx.InsertAccount(ctx, a)
			cancel()
			return errors.Join(err, tx.PutTags(ctx, "o", "r", []org.Tag{{Key: "k"}}))
		})
		if !errors.Is(err, context.Canceled) {
			b.Error(err)
		}
		ran := false
		err = b.Update(ctx, func(store.Tx) error { ran = true; return nil })
		if !errors.Is(err, context.Canceled) || ran {
			b.Errorf("%v, ran %v", err, ran)
		}
		if err := b.View(ctx, func(store.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
			b.Error(err)
		}
		b.equal(false, b.exists(a.ID))
	}},
	{"a view sees one state", func(b bench) {
		o := b.organization()
		a := b.account(o, o.RootID, start)
		a.Description = "1"
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
		var stop atomic.Bool
		done := make(chan error, 1)
		go func() {
			var err error
			for !stop.Load() && err == nil {
				err = b.Update(b.Context(), func(tx store.Tx) error {
					now, err := tx.LockOrganization(b.Context(), o.ID)
					if err != nil {
						return err
					}
					next := a
					next.Description = strconv.FormatInt(now.Version, 10)
					return tx.UpdateAccount(b.Context(), next)
				})
			}
			done <- err
		}()
		for range 50 {
			var version int64
			var description string
			err := b.View(b.Context(), func(r store.Reader) error {
				now, err := r.Organization(b.Context(), o.ID)
				if err != nil {
					return err
				}
				found, err := r.Account(b.Context(), a.ID)
				version, description = now.Version, found.Description
				return err
			})
			if err != nil || description != strconv.FormatInt(version, 10) {
				b.Errorf("%v: version %d with %s", err, version, description)
				break
			}
		}
		stop.Store(true)
		b.equal(nil, <-done)
	}},
}
