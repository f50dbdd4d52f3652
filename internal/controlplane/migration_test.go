package controlplane_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// billing is an estate whose organization has consolidated billing alone.
func billing(t *testing.T) *estate {
	t.Helper()
	e := lawless(t, org.AWS)
	o, err := e.plane.CreateOrganization(t.Context(), e.admin, org.ConsolidatedBilling)
	if err != nil {
		t.Fatal(err)
	}
	e.id, e.root = o.ID, o.RootID
	return e
}

func (e *estate) guest() org.Caller {
	e.Helper()
	c := e.stranger()
	e.accept(c, e.invite(toAccount(c.AccountID)))
	return c
}

func (e *estate) migrate() org.Handshake {
	e.Helper()
	e.pass(time.Second)
	h, err := e.plane.EnableAllFeatures(e.Context(), e.admin)
	if err != nil {
		e.Fatal(err)
	}
	return h
}

// asked returns what a migration asks a member at the moment: its newest question.
func (e *estate) asked(c org.Caller, parent org.Handshake) org.Handshake {
	e.Helper()
	got := e.lists(c, true, controlplane.HandshakeFilter{Parent: parent.ID})
	if len(got) == 0 {
		e.Fatalf("%s is asked nothing", c.AccountID)
	}
	return e.look(c, got[0])
}

func (e *estate) features(want org.FeatureSet) {
	e.Helper()
	o, err := e.plane.GetOrganization(e.Context(), e.admin)
	if err != nil || o.FeatureSet != want {
		e.Errorf("the organization has %s, %v; want %s", o.FeatureSet, err, want)
	}
}

func (e *estate) stands(says string, h org.Handshake, want org.HandshakeState) {
	e.Helper()
	if got := e.look(e.admin, h.ID).State; got != want {
		e.Errorf("%s: %s, want %s", says, got, want)
	}
}

func TestAllFeaturesWithoutInvitedMembers(t *testing.T) {
	t.Parallel()
	e := billing(t)
	e.account("created")
	before := e.version()
	h := e.migrate()
	e.recorded(before, org.Event{Name: org.FeaturesRequested, Subject: string(h.ID), By: e.admin})
	if h.State != org.HandshakeOpen || !h.ExpiresAt.Equal(e.now.Add(90*days)) {
		t.Errorf("%+v", h)
	}
	e.features(org.ConsolidatedBilling)
	e.hasServiceRole(e.admin.AccountID, false)
	e.see("management received it", []org.HandshakeID{h.ID}, e.lists(e.admin, true, controlplane.HandshakeFilter{}))
	e.accept(e.admin, h)
	e.features(org.AllFeatures)
	e.hasServiceRole(e.admin.AccountID, true)
	e.refused("once more", org.AllFeaturesAlready, func() error {
		_, err := e.plane.EnableAllFeatures(t.Context(), e.admin)
		return err
	})
}

func TestAllFeaturesWaitForEveryMemberAsked(t *testing.T) {
	t.Parallel()
	e := billing(t)
	one, two := e.guest(), e.guest()
	whole, lost := e.member(e.account("whole")), e.member(e.account("lost"))
	e.removeServiceRole(lost.AccountID)
	pending := e.invite(toEmail("late@corp.example"))
	h := e.migrate()
	e.stands("the migration", h, org.HandshakeRequested)
	e.stands("an open invitation", pending, org.HandshakeCancelled)
	e.refused("an invitation meanwhile", org.InvitationsPaused, e.inviting(toEmail("x@corp.example")))
	e.refused("a second migration", org.AllFeaturesPending, func() error {
		_, err := e.plane.EnableAllFeatures(t.Context(), e.admin)
		return err
	})
	e.refused("the last word too early", org.HandshakeTransition, e.accepting(e.admin, h.ID))
	if n := len(e.lists(e.admin, false, controlplane.HandshakeFilter{Parent: h.ID})); n != 3 {
		t.Errorf("%d members are asked, want 3", n)
	}
	if got := e.lists(whole, true, controlplane.HandshakeFilter{}); len(got) != 0 {
		t.Errorf("a member that was created is asked %v", got)
	}
	for _, c := range []struct {
		by   org.Caller
		want org.HandshakeAction
	}{{one, org.FeatureApproval}, {two, org.FeatureApproval}, {lost, org.ServiceRoleRequest}} {
		child := e.asked(c.by, h)
		if child.Action != c.want || child.State != org.HandshakeOpen {
			t.Errorf("%+v", child)
		}
		e.stands("before the answer", h, org.HandshakeRequested)
		e.accept(c.by, child)
	}
	e.hasServiceRole(lost.AccountID, true)
	e.stands("after all answers", h, org.HandshakeOpen)
	e.features(org.ConsolidatedBilling)
	e.accept(e.admin, h)
	e.features(org.AllFeatures)
	e.invite(toEmail("late@corp.example"))
}

func TestAMemberThatDeclinesIsAskedAgain(t *testing.T) {
	t.Parallel()
	e := billing(t)
	one, two := e.guest(), e.guest()
	h := e.migrate()
	e.accept(one, e.asked(one, h))
	if _, err := e.plane.DeclineHandshake(t.Context(), two, e.asked(two, h).ID); err != nil {
		t.Fatal(err)
	}
	e.stands("after the no", h, org.HandshakeRequested)
	if again := e.migrate(); again.ID != h.ID {
		t.Errorf("another migration begins: %+v", again)
	}
	if n := len(e.lists(one, true, controlplane.HandshakeFilter{Parent: h.ID})); n != 1 {
		t.Errorf("who agreed is asked %d times", n)
	}
	child := e.asked(two, h)
	if !child.ExpiresAt.Equal(h.ExpiresAt) {
		t.Errorf("the second question ends at %s", child.ExpiresAt)
	}
	e.accept(two, child)
	e.stands("after the yes", h, org.HandshakeOpen)
}

func TestAMemberThatDepartsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	e := billing(t)
	one, two, three := e.guest(), e.guest(), e.guest()
	h := e.migrate()
	child := e.asked(one, h)
	if err := e.plane.RemoveAccount(t.Context(), e.admin, one.AccountID); err != nil {
		t.Fatal(err)
	}
	e.stands("what it was asked", child, org.HandshakeCancelled)
	e.accept(two, e.asked(two, h))
	if err := e.plane.RemoveAccount(t.Context(), e.admin, two.AccountID); err != nil {
		t.Fatal(err)
	}
	e.stands("while one is left", h, org.HandshakeRequested)
	if _, err := e.plane.DeclineHandshake(t.Context(), three, e.asked(three, h).ID); err != nil {
		t.Fatal(err)
	}
	if err := e.plane.RemoveAccount(t.Context(), e.admin, three.AccountID); err != nil {
		t.Fatal(err)
	}
	e.stands("when all are gone", h, org.HandshakeOpen)
}

func TestAMigrationEndsWithItsQuestions(t *testing.T) {
	t.Parallel()
	for says, end := range map[string]func(e *estate, h org.Handshake) org.HandshakeState{
		"cancelled": func(e *estate, h org.Handshake) org.HandshakeState {
			if _, err := e.plane.CancelHandshake(t.Context(), e.admin, h.ID); err != nil {
				t.Fatal(err)
			}
			return org.HandshakeCancelled
		},
		"by time": func(e *estate, h org.Handshake) org.HandshakeState {
			e.pass(90 * days)
			return org.HandshakeExpired
		},
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			e := billing(t)
			one := e.guest()
			h := e.migrate()
			child := e.asked(one, h)
			want := end(e, h)
			e.stands("the migration", h, want)
			e.stands("its question", child, org.HandshakeCancelled)
			e.refused("an answer", org.HandshakeTransition, e.accepting(one, child.ID))
			e.refused("the last word", org.HandshakeTransition, e.accepting(e.admin, h.ID))
			e.features(org.ConsolidatedBilling)
			e.invite(toEmail("x@corp.example"))
			if again := e.migrate(); again.ID == h.ID {
				t.Error("the old migration goes on")
			}
		})
	}
}

func TestManagementTakesBackOneQuestion(t *testing.T) {
	t.Parallel()
	e := billing(t)
	one := e.guest()
	h := e.migrate()
	if _, err := e.plane.CancelHandshake(t.Context(), e.admin, e.asked(one, h).ID); err != nil {
		t.Fatal(err)
	}
	e.stands("the migration", h, org.HandshakeRequested)
	e.migrate()
	e.accept(one, e.asked(one, h))
	e.stands("once asked again", h, org.HandshakeOpen)
}

func TestATooLargeOrganizationDoesNotGoOverByItself(t *testing.T) {
	t.Parallel()
	e := billing(t)
	err := e.store.Update(t.Context(), func(tx store.Tx) error {
		for i := range 5000 { // beside the management account
			err := tx.InsertAccount(t.Context(), org.Account{
				ID: org.AccountID(strconv.Itoa(100000000000 + i)), Partition: org.AWS, OrganizationID: e.id, ParentID: e.root, Name: "n", State: org.AccountClosed,
				ClosedAt: e.clock(), JoinedAt: e.clock(), JoinMethod: org.Created,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	e.refused("one too many", org.MigrationLimit, func() error {
		_, err := e.plane.EnableAllFeatures(t.Context(), e.admin)
		return err
	})
	err = e.store.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteAccount(t.Context(), "100000004999") })
	if err != nil {
		t.Fatal(err)
	}
	e.migrate()
}

// What a member said is remembered for as long as the migration runs, though nobody sees it any more after 30 days.
func TestAMigrationOutlivesTheAnswersThatAreSeen(t *testing.T) {
	t.Parallel()
	e := billing(t)
	agreed, unsure, gone := e.guest(), e.guest(), e.guest()
	h := e.migrate()
	e.accept(agreed, e.asked(agreed, h))
	for _, c := range []org.Caller{unsure, gone} {
		if _, err := e.plane.DeclineHandshake(t.Context(), c, e.asked(c, h).ID); err != nil {
			t.Fatal(err)
		}
	}
	e.pass(40 * days)
	e.see("of the answers", nil, e.lists(e.admin, false, controlplane.HandshakeFilter{Parent: h.ID}))
	other := e.another()
	q := takeFrom(other)
	q.StartsAt = march.AddDate(0, 1, 0) // sending anything sweeps out what is gone
	if _, err := e.plane.OfferTransfer(t.Context(), e.admin, q); err != nil {
		t.Fatal(err)
	}
	if err := e.plane.RemoveAccount(t.Context(), e.admin, gone.AccountID); err != nil {
		t.Fatal(err)
	}
	e.migrate()
	if got := e.lists(agreed, true, controlplane.HandshakeFilter{Parent: h.ID}); len(got) != 0 {
		t.Error("who agreed is asked again")
	}
	e.accept(unsure, e.asked(unsure, h))
	e.stands("after the last answer", h, org.HandshakeOpen)
}

func TestAMigrationRunsAlsoWhenTheClockWentBack(t *testing.T) {
	t.Parallel()
	e := billing(t)
	guest := e.guest()
	first := e.migrate()
	if _, err := e.plane.CancelHandshake(t.Context(), e.admin, first.ID); err != nil {
		t.Fatal(err)
	}
	e.pass(-time.Hour)
	h := e.migrate()
	e.refused("an invitation meanwhile", org.InvitationsPaused, e.inviting(toEmail("x@corp.example")))
	e.refused("a second migration", org.AllFeaturesPending, func() error {
		_, err := e.plane.EnableAllFeatures(t.Context(), e.admin)
		return err
	})
	if err := e.plane.RemoveAccount(t.Context(), e.admin, guest.AccountID); err != nil {
		t.Fatal(err)
	}
	e.stands("nobody is left to be asked", h, org.HandshakeOpen)
}

func TestAMigrationWaitsForSuspendedMembers(t *testing.T) {
	t.Parallel()
	e := billing(t)
	guest := e.guest()
	set := func(to org.AccountState) {
		if err := e.plane.SetState(t.Context(), guest.AccountID, to); err != nil {
			t.Fatal(err)
		}
	}
	set(org.AccountSuspended)
	h := e.migrate()
	e.stands("while it is suspended", h, org.HandshakeRequested)
	set(org.AccountActive)
	e.accept(guest, e.asked(guest, h))
	e.stands("once it agreed", h, org.HandshakeOpen)
}
