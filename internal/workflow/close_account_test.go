package workflow_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/durable/durabletest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/workflow"
)

func (b *bundle) account(t *testing.T, id org.AccountID) org.Account {
	t.Helper()
	return must(b.plane.Look(t.Context(), id))
}

func (b *bundle) member(t *testing.T, n string) org.AccountID {
	t.Helper()
	made := b.ended(t, b.request(t, wish(n)))
	b.quiet(t)
	return made.AccountID
}

func TestAnAccountIsClosedWithinMoments(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	b.run(t)
	id := b.member(t, "one")
	version := b.version(t)
	check(t, b.plane.CloseAccount(t.Context(), b.admin, id))
	eventually(t, func() bool { return b.account(t, id).State == org.AccountClosed })
	b.quiet(t)
	if d := cmp.Diff([]org.EventName{org.ClosureRequested, org.ClosureEnded}, b.events(t, version)); d != "" {
		t.Error(d)
	}
	if holder := b.taken(t, org.FieldEmail, "box-one@example.com"); holder != string(id) {
		t.Errorf("its address belongs to %q", holder)
	}
}

func TestCloseAccountBrokenAndRepeatedAtEachStep(t *testing.T) {
	t.Parallel()
	durabletest.Exercise(t, func(t *testing.T) durabletest.Bench[store.Tx] {
		b := newBundle(t, setting{})
		id := org.AccountID("123456789012")
		check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
			return tx.InsertAccount(t.Context(), org.Account{
				ID: id, Partition: org.AWS, OrganizationID: b.org.ID, ParentID: b.org.RootID, Name: "n", State: org.AccountActive,
				JoinMethod: org.Created, JoinedAt: b.clock.Now(),
			})
		}))
		check(t, b.plane.CloseAccount(t.Context(), b.admin, id))
		saga, version := <-b.sagas, b.version(t)
		ended := func(t *testing.T, s org.AccountState) {
			t.Helper()
			if a := b.account(t, id); a.State != s || a.ClosedAt.IsZero() == (s == org.AccountClosed) {
				t.Errorf("the account ends as %+v", a)
			}
			if d := cmp.Diff([]org.EventName{org.ClosureEnded}, b.events(t, version)); d != "" {
				t.Error(d)
			}
		}
		return durabletest.Bench[store.Tx]{
			Journal: b.store, Workflow: b.flow(t, org.CloseAccount), Saga: saga,
			Clean: func(t *testing.T) { ended(t, org.AccountActive) },
			Done:  func(t *testing.T) { ended(t, org.AccountClosed) },
		}
	})
}

func TestAClosureWithoutAnOrganizationDoesNothing(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	b.run(t)
	before := b.rows(t)
	for _, subject := range []string{"o-gone/123456789012", string(b.org.ID) + "/123456789012", "nothing"} {
		check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
			return tx.Start(t.Context(), b.plane.Mint.UUID(), org.CloseAccount, subject, b.clock.Now())
		}))
	}
	b.quiet(t)
	b.grew(t, before, nil)
}

func TestAPairedAccountIsMadeAndTakenBack(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	must(b.plane.PairAccount(t.Context(), b.admin.AccountID))
	b.run(t)
	q := wish("one")
	made := b.ended(t, must(b.plane.CreatePairedAccount(t.Context(), b.admin, q)).ID)
	b.quiet(t)
	if made.State != org.CreationSucceeded || made.GovAccountID == "" || b.account(t, made.AccountID).TwinID != made.GovAccountID {
		t.Fatalf("it ends as %+v", made)
	}
	before := b.rows(t)
	// The address is free here and taken there.
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.Reserve(t.Context(), org.Reservation{Partition: org.AWSGov, Field: org.FieldEmail, Value: "box-two@example.com", Slots: 1, Holder: "somebody"})
		return err
	}))
	lost := b.ended(t, must(b.plane.CreatePairedAccount(t.Context(), b.admin, wish("two"))).ID)
	b.quiet(t)
	if lost.State != org.CreationFailed || lost.Failure != org.FailGovAccountExists {
		t.Errorf("it ends as %+v", lost)
	}
	b.grew(t, before, map[string]int{"creations": 1, "events": 2, "reservations": 1})
}

func TestARegionIsSwitchedWithinMoments(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	b.run(t)
	status := func() org.RegionStatus { return must(b.plane.GetRegion(t.Context(), b.admin, "", "af-south-1")).Status }
	for _, c := range []struct {
		on   bool
		want org.RegionStatus
	}{{true, org.RegionEnabled}, {false, org.RegionDisabled}} {
		check(t, b.plane.SwitchRegion(t.Context(), b.admin, "", "af-south-1", c.on))
		eventually(t, func() bool { return status() == c.want })
	}
	b.quiet(t)
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		return tx.Start(t.Context(), b.plane.Mint.UUID(), org.SwitchRegion, "000000000000/af-south-1", b.clock.Now())
	}))
	b.quiet(t)
}

func TestARealisticEndOfAnAccountWaitsForItsTime(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{pace: workflow.Realistic})
	id := org.AccountID("123456789012")
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		return tx.InsertAccount(t.Context(), org.Account{ID: id, Partition: org.AWS, OrganizationID: b.org.ID, ParentID: b.org.RootID, State: org.AccountActive})
	}))
	b.clock.Freeze()
	b.run(t)
	check(t, b.plane.CloseAccount(t.Context(), b.admin, id))
	time.Sleep(100 * time.Millisecond)
	if s := b.account(t, id).State; s != org.AccountPendingClosure {
		t.Errorf("before its time it is %s", s)
	}
	b.clock.Advance(time.Hour)
	eventually(t, func() bool { return b.account(t, id).State == org.AccountClosed })
}
