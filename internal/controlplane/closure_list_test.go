package controlplane_test

import (
	"slices"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestMembersThatAreClosedAreListedByState(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	closed, closing, open := e.account("closed"), e.account("closing"), e.account("remaining")
	list := func(states ...org.AccountState) (ids []org.AccountID) {
		t.Helper()
		found, err := e.plane.ListClosedMembers(t.Context(), e.admin, states...)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range found {
			ids = append(ids, m.ID)
		}
		return ids
	}
	if got := list(); got != nil {
		t.Errorf("without a closing: %v", got)
	}
	must(e, e.plane.CloseAccount(t.Context(), e.admin, closed))
	asked := e.clock()
	e.pass(time.Minute)
	e.endClosure(closed, e.plane.FinishClosure)
	must(e, e.plane.CloseAccount(t.Context(), e.admin, closing))
	for _, c := range []struct{ got, want []org.AccountID }{
		{list(), []org.AccountID{closed, closing}},
		{list(org.AccountClosed), []org.AccountID{closed}},
		{list(org.AccountPendingClosure), []org.AccountID{closing}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	found, err := e.plane.ListClosedMembers(t.Context(), e.admin)
	if err != nil || !found[0].RequestedAt.Equal(asked) || !found[0].ChangedAt().Equal(asked.Add(time.Minute)) || !found[1].ChangedAt().Equal(e.clock()) {
		t.Errorf("%+v, %v", found, err)
	}
	e.refused("a member", org.DelegateOnly, func() error {
		_, err := e.plane.ListClosedMembers(t.Context(), e.member(open))
		return err
	})
	e.endClosure(closing, e.plane.FailClosure)
	e.pass(90 * days)
	if got := list(); got != nil {
		t.Errorf("when their time is over: %v", got)
	}
}
