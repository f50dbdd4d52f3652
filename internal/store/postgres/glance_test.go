package postgres

import (
	"errors"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
)

// member writes an organization and a member of it.
func member(t *testing.T, s *Store) (org.Account, org.Organization) {
	t.Helper()
	o := org.Organization{ID: "o-1", Version: 1}
	a := org.Account{ID: "a", OrganizationID: o.ID, Name: "before"}
	err := s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.InsertOrganization(t.Context(), o), tx.InsertAccount(t.Context(), a))
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, o
}

func rename(t *testing.T, s *Store, a org.Account, to string) error {
	a.Name = to
	return s.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.LockHome(t.Context(), a.ID)
		return errors.Join(err, tx.UpdateAccount(t.Context(), a))
	})
}

func TestWhatWasReadBeforeALockIsReadAnewBehindIt(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	a, o := member(t, s)
	for name, lock := range map[string]func(store.Tx) error{
		"of the organization": func(tx store.Tx) error { _, err := tx.LockOrganization(t.Context(), o.ID); return err },
		"of the home":         func(tx store.Tx) error { _, err := tx.LockHome(t.Context(), a.ID); return err },
		"of another account":  func(tx store.Tx) error { _, err := tx.LockAccount(t.Context(), "b"); return err },
	} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			_, was, err := tx.Member(t.Context(), a.ID)
			if err := errors.Join(err, rename(t, s, a, name)); err != nil {
				return err
			}
			if err := lock(tx); err != nil && name != "of another account" {
				return err
			}
			got, in, err := tx.Member(t.Context(), a.ID)
			if got.Name != name || in.Version <= was.Version {
				t.Errorf("behind the lock %s the account is %q, of version %d after %d", name, got.Name, in.Version, was.Version)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAGlanceThatAsksMoreIsRunAgainOnOneState(t *testing.T) {
	t.Parallel()
	s := fresh(t, pgtest.URL(t))
	a, o := member(t, s)
	runs := 0
	err := s.Glance(t.Context(), func(r store.Reader) error {
		runs++
		first, err := r.Account(t.Context(), a.ID)
		if err == nil && runs == 2 {
			err = rename(t, s, a, "meanwhile")
		}
		if err != nil {
			return err
		}
		// What the first run meets here is not the caller's business.
		all, _, err := r.Accounts(t.Context(), o.ID, "", org.Page{Limit: 10})
		if err == nil && (len(all) != 1 || all[0] != first) {
			t.Errorf("run %d sees %v and then %v", runs, first, all)
		}
		return err
	})
	if err != nil || runs != 2 {
		t.Errorf("%d runs: %v", runs, err)
	}
	runs = 0
	err = s.Glance(t.Context(), func(r store.Reader) error {
		runs++
		got, in, err := r.Member(t.Context(), a.ID)
		if got.Name != "meanwhile" || in.ID != o.ID {
			t.Errorf("%v in %v", got, in)
		}
		return err
	})
	if err != nil || runs != 1 {
		t.Errorf("%d runs: %v", runs, err)
	}
}
