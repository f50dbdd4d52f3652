package storetest

import (
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) creation(o org.Organization, s org.CreationState, at int) org.CreationID {
	b.Helper()
	c := org.Creation{ID: org.CreationID(id("car")), OrganizationID: o.ID, State: s, RequestedAt: after(at)}
	b.update(func(tx store.Tx) error { return tx.InsertCreation(b.Context(), c) })
	return c.ID
}

func (b bench) creations(o org.Organization, limit int, states ...org.CreationState) []org.CreationID {
	b.Helper()
	found := all(b, limit, func(r store.Reader, p org.Page) ([]org.Creation, string, error) {
		return r.Creations(b.Context(), o.ID, states, p)
	})
	return ids(found, func(c org.Creation) org.CreationID { return c.ID })
}

var creations = []try{
	{"a creation comes back as it was, also after an update", func(b bench) {
		o := b.organization()
		c := org.Creation{
			ID: org.CreationID(id("car")), OrganizationID: o.ID, Partition: org.AWS, State: org.CreationRunning,
			Request: org.AccountRequest{
				Name: "n <&>", Email: "e", Phone: "p", Description: "d\u2028", RoleName: "r", DenyBilling: true, Resource: true,
				Tags: []org.Tag{{Key: "k", Value: "v"}, {Key: "", Value: "\x00"}},
			},
			RequestedBy: org.Caller{Partition: org.AWS, AccountID: "1", PrincipalID: "2", Kind: org.Role, Name: "n", Path: "/", Session: "s", Temporary: true, Admin: true},
			RequestedAt: start,
		}
		get := func(r store.Reader) (org.Creation, error) { return r.Creation(b.Context(), o.ID, c.ID) }
		b.update(func(tx store.Tx) error { return tx.InsertCreation(b.Context(), c) })
		b.equal(c, read(b, get))
		c.State, c.CompletedAt, c.AccountID, c.GovAccountID = org.CreationFailed, after(1), "a", "g"
		c.Failure, c.FailureDetail, c.Request.Tags = org.FailEmailInUse, "why", nil
		b.update(func(tx store.Tx) error { return tx.UpdateCreation(b.Context(), c) })
		b.equal(c, read(b, get))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertCreation(b.Context(), c) })
	}},
	{"a creation is missing in another organization", func(b bench) {
		o, other := b.organization(), b.organization()
		c := b.creation(o, org.CreationRunning, 1)
		misses(b, org.CreationMissing, func(r store.Reader) (org.Creation, error) { return r.Creation(b.Context(), other.ID, c) })
		b.fails(org.CreationMissing, func(tx store.Tx) error {
			return tx.UpdateCreation(b.Context(), org.Creation{ID: c, OrganizationID: other.ID})
		})
	}},
	{"what is foreseen is what is read, and nothing that is missing is found", func(b bench) {
		o, other := b.organization(), b.organization()
		a, alone := b.account(o, o.RootID, start), b.account(org.Organization{}, "", start)
		c := b.creation(o, org.CreationRunning, 1)
		for _, ask := range []struct {
			account  org.AccountID
			creation org.CreationID
		}{{a.ID, c}, {a.ID, b.creation(other, org.CreationRunning, 1)}, {a.ID, "none"}, {alone.ID, c}, {"none", c}} {
			answer := func(foresee bool) (out []any) {
				err := b.Glance(b.Context(), func(r store.Reader) error {
					if foresee {
						if err := r.Foresee(b.Context(), ask.account, ask.creation); err != nil {
							return err
						}
					}
					m, in, missed := r.Member(b.Context(), ask.account)
					n, missing := r.Creation(b.Context(), o.ID, ask.creation)
					out = []any{m, in, org.ReasonOf(missed), n, org.ReasonOf(missing)}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
				return out
			}
			b.equal(answer(false), answer(true))
		}
	}},
	{"a transaction that foresaw a creation reads what it then writes of it", func(b bench) {
		o := b.organization()
		a := b.account(o, o.RootID, start)
		c := b.creation(o, org.CreationRunning, 1)
		b.update(func(tx store.Tx) error {
			if err := tx.Foresee(b.Context(), a.ID, c); err != nil {
				return err
			}
			n, err := tx.Creation(b.Context(), o.ID, c)
			n.State = org.CreationFailed
			if err := errors.Join(err, tx.UpdateCreation(b.Context(), n)); err != nil {
				return err
			}
			n, err = tx.Creation(b.Context(), o.ID, c)
			b.equal(org.CreationFailed, n.State)
			return err
		})
	}},
	{"creations are listed newest first, in the wanted states only", func(b bench) {
		o := b.organization()
		var made []org.CreationID
		for i, s := range []org.CreationState{
			org.CreationFailed, org.CreationRunning, org.CreationSucceeded, org.CreationRunning, org.CreationFailed, org.CreationRunning,
		} {
			made = append(made, b.creation(o, s, i/2)) // two at each time
		}
		pick := func(order ...int) []org.CreationID {
			return ids(order, func(i int) org.CreationID { return made[i] })
		}
		for _, limit := range []int{1, 2, 3, 5, 6, 50} {
			b.equal(pick(5, 4, 3, 2, 1, 0), b.creations(o, limit))
			b.equal(pick(5, 3, 1), b.creations(o, limit, org.CreationRunning))
			b.equal(pick(2), b.creations(o, limit, org.CreationSucceeded, org.CreationSucceeded))
			b.equal(pick(5, 4, 3, 1, 0), b.creations(o, limit, org.CreationRunning, org.CreationFailed))
			b.equal(pick(5, 4, 3, 2, 1, 0), b.creations(o, limit, org.CreationSucceeded, org.CreationRunning, org.CreationFailed))
			b.equal(pick(), b.creations(o, limit, "UNKNOWN"))
		}
		b.equal(3, read(b, func(r store.Reader) (int, error) { return r.CountCreations(b.Context(), o.ID) }))
		other := b.organization()
		b.equal(0, read(b, func(r store.Reader) (int, error) { return r.CountCreations(b.Context(), other.ID) }))
	}},
}
