package storetest

import (
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

var pages = []try{
	{"rows that come and go between pages neither hide nor repeat the others", func(b bench) {
		o := b.organization()
		var made []org.AccountID
		for i := range 20 {
			made = append(made, b.account(o, o.RootID, after(10*(i/2))).ID)
		}
		gone := made[15]
		var seen []org.AccountID
		p := org.Page{Limit: 3}
		for round := 0; round == 0 || p.After != ""; round++ {
			part := read(b, func(r store.Reader) (found []org.Account, err error) {
				found, p.After, err = r.Accounts(b.Context(), o.ID, o.RootID, p)
				return found, err
			})
			seen = append(seen, ids(part, func(a org.Account) org.AccountID { return a.ID })...)
			last := part[len(part)-1].JoinedAt
			b.account(o, o.RootID, start)      // long past
			b.account(o, o.RootID, last)       // beside the last one seen
			b.account(o, o.RootID, after(500)) // at the end
			if round == 1 {
				b.update(func(tx store.Tx) error {
					if err := tx.DeleteAccount(b.Context(), gone); err != nil {
						return err
					}
					return tx.DeleteAccount(b.Context(), seen[len(seen)-1]) // the one that the cursor names
				})
			}
			if round > 100 {
				b.Fatal("the list has no end")
			}
		}
		for _, a := range made {
			if n := count(seen, a); a != gone && n != 1 || a == gone && n != 0 {
				b.Errorf("%s is listed %d times", a, n)
			}
		}
		slices.Sort(seen)
		if len(slices.Compact(slices.Clone(seen))) != len(seen) {
			b.Error("a row is repeated")
		}
	}},
	{"a cursor from elsewhere is refused by every list", func(b bench) {
		o := b.organization()
		for _, cursor := range []string{"%", "bm8", "====", "e3h4IHk", "MTIz", "IGE", "\x00", "'", "MCAA"} {
			p := org.Page{After: cursor, Limit: 1}
			for name, list := range map[string]func(store.Reader) error{
				"units":            func(r store.Reader) error { return second(r.Units(b.Context(), o.ID, "", p)) },
				"units below":      func(r store.Reader) error { return second(r.Units(b.Context(), o.ID, "x", p)) },
				"accounts":         func(r store.Reader) error { return second(r.Accounts(b.Context(), o.ID, "", p)) },
				"creations":        func(r store.Reader) error { return second(r.Creations(b.Context(), o.ID, nil, p)) },
				"managed units":    func(r store.Reader) error { return second(r.ManagedUnits(b.Context(), o.ID, p)) },
				"managed accounts": func(r store.Reader) error { return second(r.ManagedAccounts(b.Context(), o.ID, "", p)) },
				"sent handshakes":  func(r store.Reader) error { return second(r.SentHandshakes(b.Context(), o.ID, everyAction, p)) },
				"received handshakes": func(r store.Reader) error {
					return second(r.ReceivedHandshakes(b.Context(), []string{"x"}, everyAction, p))
				},
				"inbound transfers":  func(r store.Reader) error { return second(r.InboundTransfers(b.Context(), o.ID, p)) },
				"outbound transfers": func(r store.Reader) error { return second(r.OutboundTransfers(b.Context(), o.ID, p)) },
				"creations by state": func(r store.Reader) error {
					return second(r.Creations(b.Context(), o.ID, []org.CreationState{org.CreationRunning}, p))
				},
			} {
				if got := org.ReasonOf(b.View(b.Context(), list)); got != org.PageTokenInvalid {
					b.Errorf("%s after %q: reason %q", name, cursor, got)
				}
			}
		}
	}},
	{"a page that ends with the list names no next one", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error {
			for _, u := range []org.UnitID{"a", "b"} {
				if err := tx.PutManagedUnit(b.Context(), landing.Unit{OrganizationID: o.ID, UnitID: u}); err != nil {
					return err
				}
			}
			return nil
		})
		for limit, more := range map[int]bool{1: true, 2: false, 3: false} {
			read(b, func(r store.Reader) (int, error) {
				_, next, err := r.ManagedUnits(b.Context(), o.ID, org.Page{Limit: limit})
				if (next != "") != more {
					b.Errorf("limit %d: next %q", limit, next)
				}
				return 0, err
			})
		}
	}},
}

func second[T any](_ []T, _ string, err error) error { return err }

func count[T comparable](all []T, one T) int {
	n := 0
	for _, v := range all {
		if v == one {
			n++
		}
	}
	return n
}
