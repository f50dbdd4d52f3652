package controlplane_test

import (
	"context"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (e *estate) put(id org.AccountID, s org.AccountState) {
	e.Helper()
	if err := e.plane.SetState(e.Context(), id, s); err != nil {
		e.Fatal(err)
	}
}

func TestTheOperatorSetsTheStateOfAnAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	version := e.version()
	e.put(id, org.AccountSuspended)
	e.recorded(version, org.Event{Name: org.AccountStateSet, Subject: string(id), Detail: map[string]string{"state": "SUSPENDED"}})
	for _, s := range []org.AccountState{org.AccountSuspended, org.AccountPendingActivation, org.AccountActive} {
		e.put(id, s)
		if a := e.seen(id); a.State != s || a.OrganizationID != e.id {
			t.Errorf("%+v", a)
		}
	}
	alone := e.stranger().AccountID
	e.put(alone, org.AccountSuspended)
	if a := e.seen(alone); a.State != org.AccountSuspended {
		t.Errorf("%+v", a)
	}
	set := func(id org.AccountID, s org.AccountState) func() error {
		return func() error { return e.plane.SetState(t.Context(), id, s) }
	}
	e.refused("a state that is not the operator's to set", org.InputNotInSet, set(id, org.AccountClosed))
	e.refused("an account that does not exist", org.AccountMissing, set("000000000000", org.AccountActive))
	if err := e.plane.CloseAccount(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	e.refused("an account that is being closed", org.AccountClosing, set(id, org.AccountSuspended))
	e.endClosure(id, e.plane.FinishClosure)
	e.refused("a closed account", org.AccountAlreadyClosed, set(id, org.AccountActive))
}

// User Guide, "Monitor the state of your AWS accounts": both states make an account unusable.
func TestAnUnusableAccountDoesNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []org.AccountState{org.AccountSuspended, org.AccountPendingActivation} {
		e := newEstate(t)
		id, made := e.account("one"), e.mint(controlplane.Standalone{Partition: org.AWS})
		alone := made.Caller
		must(e, e.trust(ssm))
		deeds := map[string]func() error{
			"asking for its organization": func() error { _, err := e.plane.GetOrganization(t.Context(), e.member(id)); return err },
			"leaving":                     func() error { return e.plane.LeaveOrganization(t.Context(), e.member(id)) },
			"founding": func() error {
				_, err := e.plane.CreateOrganization(t.Context(), alone, org.AllFeatures)
				return err
			},
			"reading its handshakes": func() error {
				_, err := e.plane.ListReceivedHandshakes(t.Context(), alone, controlplane.HandshakeFilter{}, onePage)
				return err
			},
			"its keys":      func() error { _, err := e.plane.Credentials(t.Context(), made.KeyID); return err },
			"its root user": func() error { _, err := e.plane.RootCaller(t.Context(), id); return err },
		}
		e.put(id, s)
		e.put(alone.AccountID, s)
		for says, deed := range deeds {
			e.refused(says, org.KeyUnknown, deed)
		}
		if err := e.plane.EnsureAccount(t.Context(), org.AWS, alone.AccountID); err != nil {
			t.Errorf("it is there: %v", err)
		}
		e.refused("entering it", org.AssumeNotPermitted, func() error {
			_, err := e.plane.AssumeRole(t.Context(), e.admin, controlplane.Assumption{AccountID: id, Role: "OrganizationAccountAccessRole", Session: "s"})
			return err
		})
		e.refused("administering a service", org.DelegateSuspended, e.register(id, ssm))
		e.refused("being closed", org.AccountClosing, func() error { return e.plane.CloseAccount(t.Context(), e.admin, id) })
		e.move(id, e.root, e.unit(e.root, "suspended"))
		e.put(id, org.AccountActive)
		if err := deeds["asking for its organization"](); err != nil {
			t.Errorf("reinstated: %v", err)
		}
		if err := e.register(id, ssm)(); err != nil {
			t.Errorf("reinstated: %v", err)
		}
	}
}

// The account remains functional while the closure is processed (User Guide, the same page).
func TestAnAccountThatIsBeingClosedWorks(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	must(e, e.trust(ssm))
	must(e, e.plane.CloseAccount(t.Context(), e.admin, id))
	e.enable(org.TagPolicy)
	e.attach(e.policy(org.TagPolicy, "tags", `{"tags":{}}`), string(id))
	e.move(id, e.root, e.unit(e.root, "unit"))
	if err := e.register(id, ssm)(); err != nil {
		t.Errorf("as a delegated administrator: %v", err)
	}
	if _, err := e.plane.ListAccounts(t.Context(), e.member(id), "", onePage); err != nil {
		t.Errorf("as a caller: %v", err)
	}
	enter := controlplane.Assumption{AccountID: id, Role: "OrganizationAccountAccessRole", Session: "s"}
	if _, err := e.plane.AssumeRole(t.Context(), e.admin, enter); err != nil {
		t.Errorf("by its role: %v", err)
	}
}

func TestAClosedAccountWhoseTimeIsOverIsInNoOrganization(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	e.close(id)
	found := func() error {
		_, err := e.plane.CreateOrganization(t.Context(), e.member(id), org.AllFeatures)
		return err
	}
	e.refused("a moment before", org.InOrganization, found)
	e.pass(90 * day)
	if err := found(); org.ReasonOf(err) != org.KeyUnknown {
		t.Errorf("then: %v", err)
	}
	if a := e.seen(id); a.OrganizationID != "" {
		t.Errorf("%+v", a)
	}
}

// The steps of a creation look at the quota behind what is overdue, though nobody else has come since.
func TestAnAccountWhoseTimeIsOverMakesRoomForANewOne(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: 2, ClosedFor: 90 * day} }
	})
	id := e.account("old")
	e.close(id)
	e.pass(90*day - 1)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "new", Email: "new@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	made := e.plane.Mint.Account(org.RulesOf(org.AWS))
	make := func() error {
		return e.store.Update(t.Context(), func(tx store.Tx) error { return e.plane.MakeAccount(t.Context(), tx, n, made) })
	}
	if err := make(); err == nil {
		t.Error("a third account is made while the closed one counts")
	}
	e.pass(1)
	for _, step := range []func(context.Context, store.Tx, org.Creation, org.AccountID) error{e.plane.MakeAccount, e.plane.PlaceAccount} {
		if err := e.store.Update(t.Context(), func(tx store.Tx) error { return step(t.Context(), tx, n, made) }); err != nil {
			t.Error(err)
		}
	}
	if a := e.seen(id); a.OrganizationID != "" {
		t.Errorf("the old one is still in %s", a.OrganizationID)
	}
}

func TestPlacingLooksAtTheQuotaBehindWhatIsOverdue(t *testing.T) {
	t.Parallel()
	limit := 3
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: limit, ClosedFor: 90 * day} }
	})
	e.close(e.account("old"))
	e.pass(90*day - 1)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "new", Email: "new@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	made := e.plane.Mint.Account(org.RulesOf(org.AWS))
	if err := e.store.Update(t.Context(), func(tx store.Tx) error { return e.plane.MakeAccount(t.Context(), tx, n, made) }); err != nil {
		t.Fatal(err)
	}
	limit = 2
	e.pass(1)
	if err := e.store.Update(t.Context(), func(tx store.Tx) error { return e.plane.PlaceAccount(t.Context(), tx, n, made) }); err != nil {
		t.Error(err)
	}
}
