package storetest

import (
	"errors"
	"strconv"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) findAccount(id org.AccountID) org.Account {
	b.Helper()
	return read(b, func(r store.Reader) (org.Account, error) { return r.Account(b.Context(), id) })
}

func member(b bench, id org.AccountID) (a org.Account, o org.Organization) {
	b.Helper()
	read(b, func(r store.Reader) (_ any, err error) {
		a, o, err = r.Member(b.Context(), id)
		return nil, err
	})
	return a, o
}

func (b bench) accounts(o org.Organization, parent org.UnitID, limit int) []org.AccountID {
	b.Helper()
	found := all(b, limit, func(r store.Reader, p org.Page) ([]org.Account, string, error) {
		return r.Accounts(b.Context(), o.ID, parent, p)
	})
	return ids(found, func(a org.Account) org.AccountID { return a.ID })
}

func (b bench) countAccounts(o org.Organization, parent org.UnitID) int {
	b.Helper()
	return read(b, func(r store.Reader) (int, error) { return r.CountAccounts(b.Context(), o.ID, parent) })
}

var accounts = []try{
	{"active accounts are counted apart", func(b bench) {
		o := b.organization()
		for i, state := range []org.AccountState{org.AccountActive, org.AccountCreating, org.AccountPendingClosure, org.AccountClosed, org.AccountActive} {
			b.update(func(tx store.Tx) error {
				return tx.InsertAccount(b.Context(), org.Account{
					ID: org.AccountID(id("a")), Partition: org.AWS, OrganizationID: o.ID, ParentID: o.RootID, State: state, JoinedAt: after(i), CreatedAt: start,
				})
			})
		}
		b.equal(4, b.countAccounts(o, ""))
		b.equal(2, read(b, func(r store.Reader) (int, error) { return r.CountActiveAccounts(b.Context(), o.ID) }))
	}},
	{"an account comes back as it was, also after an update", func(b bench) {
		a := org.Account{
			ID: org.AccountID(id("a")), Partition: org.Huawei, OrganizationID: "o", ParentID: "p", Name: "Näme", Email: "e@example.com", Phone: "+49",
			Description: "d\n\t'", Resource: true, State: org.AccountSuspended, JoinMethod: org.Invited, JoinedAt: after(1), CreatedAt: start,
		}
		b.update(func(tx store.Tx) error { return tx.InsertAccount(b.Context(), a) })
		b.equal(a, b.findAccount(a.ID))
		a = org.Account{ID: a.ID, Partition: org.AWS, Name: "N", State: org.AccountActive, JoinedAt: after(2), CreatedAt: after(3)}
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
		b.equal(a, b.findAccount(a.ID))
		b.update(func(tx store.Tx) error {
			got, err := tx.LockAccount(b.Context(), a.ID)
			b.equal(a, got)
			return err
		})
	}},
	{"a member comes with its organization, who stands alone without one", func(b bench) {
		o := b.organization()
		a := org.Account{ID: org.AccountID(id("a")), Partition: org.AWS, OrganizationID: o.ID, ParentID: o.RootID, State: org.AccountActive, JoinedAt: start, CreatedAt: start}
		alone := org.Account{ID: org.AccountID(id("a")), Partition: org.AWS, State: org.AccountActive, JoinedAt: start, CreatedAt: start}
		for account, want := range map[org.Account]org.Organization{a: o, alone: {}} {
			b.update(func(tx store.Tx) error { return tx.InsertAccount(b.Context(), account) })
			got, organization := member(b, account.ID)
			b.equal(account, got)
			b.equal(want, organization)
		}
		misses(b, org.AccountMissing, func(r store.Reader) (org.Account, error) { a, _, err := r.Member(b.Context(), "none"); return a, err })
	}},
	{"a missing account is missing for all but its deletion", func(b bench) {
		misses(b, org.AccountMissing, func(r store.Reader) (org.Account, error) { return r.Account(b.Context(), "none") })
		b.fails(org.AccountMissing, func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), org.Account{ID: "none"}) })
		b.fails(org.AccountMissing, func(tx store.Tx) error {
			_, err := tx.LockAccount(b.Context(), "none")
			return err
		})
		b.update(func(tx store.Tx) error { return tx.DeleteAccount(b.Context(), "none") })
	}},
	{"a transaction reads the accounts that it wrote as the next one will", func(b bench) {
		o := b.organization()
		a := org.Account{
			ID: org.AccountID(id("a")), Partition: org.AWS, OrganizationID: o.ID, ParentID: o.RootID, Name: "n", State: org.AccountActive,
			JoinedAt: start.Add(999), CreatedAt: start.In(time.FixedZone("", 3600)),
		}
		var read []org.Account
		look := func(tx store.Tx) error {
			x, err := tx.Account(b.Context(), a.ID)
			y, _, failed := tx.Member(b.Context(), a.ID)
			read = append(read, x, y)
			return errors.Join(err, failed)
		}
		b.update(func(tx store.Tx) error {
			if err := errors.Join(tx.InsertAccount(b.Context(), a), look(tx)); err != nil {
				return err
			}
			_, err := tx.LockOrganization(b.Context(), o.ID)
			return errors.Join(err, look(tx))
		})
		for _, got := range append(read, b.findAccount(a.ID)) {
			a.JoinedAt, a.CreatedAt = start, start
			b.equal(a, got)
		}
		read = nil
		b.update(func(tx store.Tx) error {
			if err := look(tx); err != nil {
				return err
			}
			a.Name, a.OrganizationID, a.ParentID = "after", "", ""
			return errors.Join(tx.UpdateAccount(b.Context(), a), look(tx))
		})
		b.equal([]string{"n", "n", "after", "after"}, []string{read[0].Name, read[1].Name, read[2].Name, read[3].Name})
		b.fails(org.AccountMissing, func(tx store.Tx) error {
			return errors.Join(look(tx), tx.DeleteAccount(b.Context(), a.ID), look(tx))
		})
	}},
	{"a taken id is refused, and the transaction may go on", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		b.update(func(tx store.Tx) error {
			if got := org.ReasonOf(tx.InsertAccount(b.Context(), a)); got != org.ConcurrentModification {
				b.Errorf("reason %q", got)
			}
			a.Name = "after"
			return tx.UpdateAccount(b.Context(), a)
		})
		b.equal("after", b.findAccount(a.ID).Name)
	}},
	{"members are listed in the order of their joining, those of one time by id", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "u", 1).ID
		c, a1, a2, below := b.account(o, o.RootID, after(7)).ID, b.account(o, o.RootID, after(2)).ID, b.account(o, o.RootID, after(2)).ID, b.account(o, u, after(5)).ID
		b.account(b.organization(), o.RootID, after(3)) // a stranger
		for _, limit := range []int{1, 2, 3, 4, 9} {
			b.equal([]org.AccountID{a1, a2, below, c}, b.accounts(o, "", limit))
			b.equal([]org.AccountID{a1, a2, c}, b.accounts(o, o.RootID, limit))
		}
		b.equal([]org.AccountID{below}, b.accounts(o, u, 1))
		b.equal(4, b.countAccounts(o, ""))
		b.equal(3, b.countAccounts(o, o.RootID))
		b.equal(1, b.countAccounts(o, u))
	}},
	{"a moved account is listed below its new parent", func(b bench) {
		o := b.organization()
		u := b.unit(o, o.RootID, "u", 1).ID
		a := b.account(o, o.RootID, start)
		a.ParentID = u
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
		b.equal([]org.AccountID{}, b.accounts(o, o.RootID, 5))
		b.equal([]org.AccountID{a.ID}, b.accounts(o, u, 5))
	}},
	{"an account in creation is found but neither listed nor counted", func(b bench) {
		o := b.organization()
		a := b.account(o, o.RootID, start)
		a.State = org.AccountCreating
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
		b.equal(a, b.findAccount(a.ID))
		b.equal([]org.AccountID{}, b.accounts(o, "", 5))
		b.equal([]org.AccountID{}, b.accounts(o, o.RootID, 5))
		b.equal(0, b.countAccounts(o, "")+b.countAccounts(o, o.RootID))
	}},
	{"an account goes with its principals, keys and tags", func(b bench) {
		o := b.organization()
		a, other := b.account(o, o.RootID, start), b.account(o, o.RootID, start)
		for _, a := range []org.Account{a, other} {
			b.update(func(tx store.Tx) error {
				p := org.Principal{ID: org.PrincipalID("p" + a.ID), AccountID: a.ID, Kind: org.RootUser}
				if err := tx.InsertPrincipal(b.Context(), p); err != nil {
					return err
				}
				if err := tx.InsertKey(b.Context(), org.Key{ID: org.KeyID("k" + a.ID), AccountID: a.ID, PrincipalID: p.ID}); err != nil {
					return err
				}
				return tx.PutTags(b.Context(), o.ID, org.Resource(a.ID), []org.Tag{{Key: "k"}})
			})
		}
		b.update(func(tx store.Tx) error { return tx.DeleteAccount(b.Context(), a.ID) })
		misses(b, org.AccountMissing, func(r store.Reader) (org.Account, error) { return r.Account(b.Context(), a.ID) })
		misses(b, org.PrincipalMissing, func(r store.Reader) (org.Principal, error) {
			return r.Principal(b.Context(), org.PrincipalID("p"+a.ID))
		})
		misses(b, org.KeyMissing, func(r store.Reader) (org.Key, error) { return r.Key(b.Context(), org.KeyID("k"+a.ID)) })
		b.equal(0, len(b.tags(o, org.Resource(a.ID))))
		read(b, func(r store.Reader) (org.Key, error) { return r.Key(b.Context(), org.KeyID("k"+other.ID)) })
		b.equal(1, len(b.tags(o, org.Resource(other.ID))))
	}},
	{"no update behind a lock is lost", func(b bench) {
		a := b.account(org.Organization{}, "", time.Time{})
		a.Description = "0"
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), a) })
		err := together(8, func(int) error {
			return b.Update(b.Context(), func(tx store.Tx) error {
				now, err := tx.LockAccount(b.Context(), a.ID)
				if err != nil {
					return err
				}
				n, err := strconv.Atoi(now.Description)
				if err != nil {
					return err
				}
				now.Description = strconv.Itoa(n + 1)
				return tx.UpdateAccount(b.Context(), now)
			})
		})
		b.equal(nil, err)
		b.equal("8", b.findAccount(a.ID).Description)
	}},
}
