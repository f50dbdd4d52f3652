package controlplane_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestAnAccountIsClosed(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	version := e.version()
	if err := e.plane.CloseAccount(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.ClosureRequested, Subject: string(id), By: e.admin})
	if a := e.seen(id); a.State != org.AccountPendingClosure || a.OrganizationID != e.id || !a.ClosedAt.IsZero() {
		t.Errorf("once it is asked for the account is %+v", a)
	}
	asked := e.clock()
	e.pass(time.Minute)
	version = e.version()
	e.endClosure(id, e.plane.FinishClosure)
	e.recorded(version, org.Event{Name: org.ClosureEnded, Subject: string(id), Detail: map[string]string{
		"state": "SUCCEEDED", "requestedAt": asked.Format(time.RFC3339Nano), "completedAt": e.clock().Format(time.RFC3339Nano),
		"managementId": string(e.admin.AccountID),
	}})
	a := e.seen(id)
	if a.State != org.AccountClosed || !a.ClosedAt.Equal(e.clock()) || a.ParentID != e.root {
		t.Errorf("in the end the account is %+v", a)
	}
	if unit := e.unit(e.root, "suspended"); e.plane.MoveAccount(t.Context(), e.admin, id, e.root, unit) != nil {
		t.Error("a closed account cannot be moved")
	}
	if _, err := e.plane.AssumeRole(t.Context(), e.admin, controlplane.Assumption{AccountID: id, Role: "OrganizationAccountAccessRole", Session: "s"}); org.ReasonOf(err) != org.AssumeNotPermitted {
		t.Errorf("a closed account is entered: %v", err)
	}
}

func TestAClosureThatFailsLeavesTheAccountAsItWas(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	id := e.account("one")
	if err := e.plane.CloseAccount(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	version := e.version()
	e.endClosure(id, e.plane.FailClosure)
	if events := e.events(version); len(events) != 1 || events[0].Name != org.ClosureEnded || events[0].Detail["state"] != "FAILED" {
		t.Errorf("%+v", events)
	}
	if a := e.seen(id); a.State != org.AccountActive {
		t.Errorf("the account is %s", a.State)
	}
	e.close(id)
}

func TestWhatCloseAccountRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	closed, closing := e.account("closed"), e.account("closing")
	e.close(closed)
	if err := e.plane.CloseAccount(t.Context(), e.admin, closing); err != nil {
		t.Fatal(err)
	}
	stranger := e.stranger()
	for _, c := range []struct {
		says string
		by   org.Caller
		id   org.AccountID
		want org.Reason
	}{
		{"a member", e.member(closing), closing, org.ManagementOnly},
		{"an account of no organization", stranger, closing, org.NotInOrganization},
		{"the management account", e.admin, e.admin.AccountID, org.ManagementNotClosable},
		{"an account that does not exist", e.admin, "000000000000", org.AccountMissing},
		{"an account of no organization as the target", e.admin, stranger.AccountID, org.AccountMissing},
		{"a closed one", e.admin, closed, org.AccountAlreadyClosed},
		{"one that is being closed", e.admin, closing, org.AccountClosing},
	} {
		e.refused(c.says, c.want, func() error { return e.plane.CloseAccount(t.Context(), c.by, c.id) })
	}
	bill := lawless(t, org.AWS)
	o, err := bill.plane.CreateOrganization(t.Context(), bill.admin, org.ConsolidatedBilling)
	if err != nil {
		t.Fatal(err)
	}
	bill.id = o.ID
	bill.refused("bill alone", org.AllFeaturesRequired, func() error { return bill.plane.CloseAccount(t.Context(), bill.admin, "000000000000") })
}

func TestTheQuotasOfClosingRollOn(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas {
			return org.Quotas{Closing: 2, Closures: org.ClosureQuota{Floor: 3, Ceiling: 3}, ClosedFor: 90 * day}
		}
	})
	var ids []org.AccountID
	for i := range 6 {
		ids = append(ids, e.account(strconv.Itoa(i)))
	}
	start := func(id org.AccountID) func() error {
		return func() error { return e.plane.CloseAccount(t.Context(), e.admin, id) }
	}
	for _, id := range ids[:2] {
		if err := start(id)(); err != nil {
			t.Fatal(err)
		}
	}
	e.refused("a third at once", org.ClosingLimit, start(ids[2]))
	e.endClosure(ids[0], e.plane.FailClosure)
	e.endClosure(ids[1], e.plane.FinishClosure)
	e.pass(10 * day)
	e.close(ids[0])
	e.close(ids[2])
	e.refused("a fourth within 30 days", org.ClosureLimit, start(ids[3]))
	e.pass(20*day - 10*time.Second)
	e.refused("a moment too early", org.ClosureLimit, start(ids[3]))
	e.pass(10 * time.Second)
	e.close(ids[3])
	e.refused("again", org.ClosureLimit, start(ids[4]))
}

func TestAClosedAccountStaysForAsLongAsTheOperatorSays(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) { c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{} } })
	id := e.account("first")
	e.close(id)
	e.refused("to restore one that does not stay", org.AccountGone, func() error { return e.plane.RestoreAccount(t.Context(), id) })
	if got := e.members(); slices.Contains(got, id) {
		t.Errorf("it does not stay, and there are %v", got)
	}
	if err := e.plane.DeleteOrganization(t.Context(), e.admin); err != nil {
		t.Errorf("its organization cannot go: %v", err)
	}
}

func TestAClosedAccountIsGoneAfterNinetyDays(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	first, second, stays := e.account("first"), e.account("second"), e.account("stays")
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(first), []org.Tag{{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	e.close(first)
	closedAt := e.clock()
	e.pass(time.Hour)
	e.close(second)
	e.pass(90*day - time.Hour - time.Microsecond)
	if got := e.members(); !slices.Contains(got, first) {
		t.Errorf("a moment before there are %v", got)
	}
	version := e.version()
	e.pass(time.Microsecond)
	if d := cmp.Diff([]org.AccountID{e.admin.AccountID, second, stays}, e.members()); d != "" {
		t.Errorf("when its time is over: %s", d)
	}
	e.recorded(version, org.Event{Name: org.AccountDeparted, Subject: string(first), Detail: map[string]string{
		"managementId": string(e.admin.AccountID), "departMethod": "CLEANED", "joinMethod": "CREATED", "departedAt": closedAt.Add(90 * day).Format(time.RFC3339Nano),
	}})
	a := e.seen(first)
	if a.State != org.AccountClosed || a.OrganizationID != "" || a.ParentID != "" || !a.JoinedAt.Equal(closedAt.Add(90*day)) {
		t.Errorf("afterwards the account is %+v", a)
	}
	if e.rows()["tags"] != 0 {
		t.Error("its tags are left")
	}
	if _, err := e.plane.GetAccount(t.Context(), e.admin, first); org.ReasonOf(err) != org.AccountMissing {
		t.Errorf("it is still described: %v", err)
	}
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "again", Email: "FIRST@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	if n = e.vend(n.ID); n.Failure != org.FailEmailInUse {
		t.Errorf("its address is given to another: %s, %s", n.State, n.Failure)
	}
}

// Whoever comes first finds done what is overdue, whatever he came for.
func TestWhatIsOverdueIsDoneBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	for says, come := range map[string]func(context.Context, *estate, org.AccountID) error{
		"a read": func(ctx context.Context, e *estate, _ org.AccountID) error {
			_, err := e.plane.GetRoot(ctx, e.admin)
			return err
		},
		"a change": func(ctx context.Context, e *estate, _ org.AccountID) error {
			_, err := e.plane.CreateUnit(ctx, e.admin, e.root, "u", nil)
			return err
		},
		"the feed": func(ctx context.Context, e *estate, _ org.AccountID) error {
			events, err := e.plane.ListEvents(ctx, e.id, 0, -1, 1000)
			if err == nil && events[len(events)-1].Name != org.AccountDeparted {
				e.Errorf("the feed ends with %s", events[len(events)-1].Name)
			}
			return err
		},
		"the sweep": func(ctx context.Context, e *estate, _ org.AccountID) error { return e.plane.Sweep(ctx) },
		"the end of the organization": func(ctx context.Context, e *estate, _ org.AccountID) error {
			return e.plane.DeleteOrganization(ctx, e.admin)
		},
		"the account itself": func(ctx context.Context, e *estate, id org.AccountID) error {
			_, err := e.plane.GetOrganization(ctx, e.member(id))
			if org.ReasonOf(err) != org.KeyUnknown {
				e.Errorf("the account is told %v", err)
			}
			return nil
		},
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			e := newEstate(t)
			id := e.account("one")
			e.close(id)
			e.pass(90 * day)
			if err := come(t.Context(), e, id); err != nil {
				t.Fatal(err)
			}
			if a := e.seen(id); a.OrganizationID != "" {
				t.Errorf("the account is still in %s", a.OrganizationID)
			}
			if err := e.plane.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// A refused change leaves nothing behind, not even what was overdue; the next one does it.
func TestARefusalDoesNotLoseWhatIsOverdue(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	e.close(id)
	e.pass(90 * day)
	e.refused("closing it again", org.AccountMissing, func() error { return e.plane.CloseAccount(t.Context(), e.admin, id) })
	e.refused("restoring it", org.AccountGone, func() error { return e.plane.RestoreAccount(t.Context(), id) })
	if got := e.members(); len(got) != 1 {
		t.Errorf("there are %v", got)
	}
}

func TestManyAccountsAreGoneAtOnce(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	const many = 230
	err := e.store.Update(t.Context(), func(tx store.Tx) error {
		for i := range many {
			a := org.Account{
				ID: org.AccountID(strconv.Itoa(100000000000 + i)), Partition: org.AWS, OrganizationID: e.id, ParentID: e.root, Name: "n", State: org.AccountClosed,
				ClosedAt: e.clock(), JoinedAt: e.clock(), JoinMethod: org.Created,
			}
			if err := tx.InsertAccount(t.Context(), a); err != nil {
				return err
			}
		}
		return tx.SetDue(t.Context(), e.id, e.clock().Add(90*day))
	})
	if err != nil {
		t.Fatal(err)
	}
	e.pass(90*day - 1000)
	if err := e.plane.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	version := e.version()
	if got := e.rows()["accounts"]; got != many+1 || len(e.members()) != 100 {
		t.Fatalf("%d accounts", got)
	}
	e.pass(1000)
	if err := e.plane.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.members(); len(got) != 1 || len(e.events(version)) != many {
		t.Errorf("%d members are left, %d events", len(got), len(e.events(version)))
	}
}

func TestAClosedAccountIsRestored(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	e.refused("an active one", org.AccountNotClosed, func() error { return e.plane.RestoreAccount(t.Context(), id) })
	e.refused("one that does not exist", org.AccountMissing, func() error { return e.plane.RestoreAccount(t.Context(), "000000000000") })
	e.close(id)
	e.pass(90*day - time.Microsecond)
	version := e.version()
	if err := e.plane.RestoreAccount(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.AccountRestored, Subject: string(id)})
	if a := e.seen(id); a.State != org.AccountActive || !a.ClosedAt.IsZero() || a.OrganizationID != e.id {
		t.Errorf("the account is %+v", a)
	}
	e.pass(day)
	if got := e.members(); !slices.Contains(got, id) {
		t.Error("it is gone all the same")
	}
	e.close(id)
	e.pass(89 * day)
	if got := e.members(); !slices.Contains(got, id) {
		t.Error("closed again, it is gone by the first time")
	}
	e.pass(day)
	if got := e.members(); slices.Contains(got, id) {
		t.Error("closed again, it is never gone")
	}
}

// Whoever answers an organization stands outside of it, and finds done what is overdue there all the same.
func TestWhatIsOverdueIsDoneBeforeAnAnswerCounts(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id, guest := e.account("one"), e.stranger()
	e.close(id)
	e.pass(80 * day)
	h := e.invite(toAccount(guest.AccountID))
	e.pass(10 * day)
	before := e.version()
	e.accept(guest, h)
	var names []org.EventName
	for _, event := range e.events(before) {
		names = append(names, event.Name)
	}
	if d := cmp.Diff([]org.EventName{org.AccountDeparted, org.HandshakeAgreed, org.AccountJoined}, names); d != "" {
		t.Error(d)
	}
	if a := e.seen(id); a.OrganizationID != "" {
		t.Errorf("the account is still in %s", a.OrganizationID)
	}
}

func TestAClosureRunsAlsoWhenTheClockWentBack(t *testing.T) {
	t.Parallel()
	for says, d := range map[string]time.Duration{"an hour earlier": -time.Hour, "at the same moment": 0} {
		e := newEstate(t, vendorQuotas)
		id := e.account("one")
		e.close(id)
		if err := e.plane.RestoreAccount(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		e.pass(d)
		e.close(id)
		if a := e.seen(id); a.State != org.AccountClosed {
			t.Errorf("%s: the account is %s", says, a.State)
		}
		n, err := e.closures()
		if err != nil || n != 2 {
			t.Errorf("%s: %d closures, %v; want 2", says, n, err)
		}
	}
}

// closures counts what was asked for lately.
func (e *estate) closures() (lately int, err error) {
	err = e.store.View(e.Context(), func(r store.Reader) error {
		_, lately, err = r.CountClosures(e.Context(), e.id, e.clock().Add(-24*time.Hour))
		return err
	})
	return lately, err
}
