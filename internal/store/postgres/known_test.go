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
	other := org.Account{ID: "b"}
	if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.InsertAccount(t.Context(), other) }); err != nil {
		t.Fatal(err)
	}
	for name, lock := range map[string]func(store.Tx) error{
		"of the organization": func(tx store.Tx) error { _, err := tx.LockOrganization(t.Context(), o.ID); return err },
		"of the home":         func(tx store.Tx) error { _, err := tx.LockHome(t.Context(), a.ID); return err },
		"of another account":  func(tx store.Tx) error { _, err := tx.LockAccount(t.Context(), other.ID); return err },
	} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			_, was, err := tx.Member(t.Context(), a.ID)
			if err := errors.Join(err, rename(t, s, a, name)); err != nil {
				return err
			}
			if err := lock(tx); err != nil {
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
