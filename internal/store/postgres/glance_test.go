package postgres

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
)

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
