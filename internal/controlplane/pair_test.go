package controlplane_test

import (
	"context"
	"errors"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// vendPaired carries a paired creation to its end, or takes it back to its beginning when one of its steps fails.
func (e *estate) vendPaired(id org.CreationID) org.Creation {
	e.Helper()
	n, account, p := e.creation(id), e.plane.Mint.Account(org.RulesOf(e.admin.Partition)), e.plane
	for _, step := range []func(context.Context, store.Tx, org.Creation, org.AccountID) error{
		func(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
			return p.ReserveIdentity(ctx, tx, n)
		},
		p.MakeAccount, p.MakeRootUser, p.MakeAccessRole, p.MakeTwin, p.PlaceAccount,
	} {
		err := e.store.Update(e.Context(), func(tx store.Tx) error { return step(e.Context(), tx, n, account) })
		if why, ok := errors.AsType[*org.CreationError](err); ok {
			if err := e.store.Update(e.Context(), func(tx store.Tx) error { return p.UnmakeTwin(e.Context(), tx, account) }); err != nil {
				e.Fatal(err)
			}
			return e.fail(n, account, why)
		}
		if err != nil {
			e.Fatal(err)
		}
	}
	return e.creation(id)
}

func (e *estate) paired(name string) org.Creation {
	e.Helper()
	n, err := e.plane.CreatePairedAccount(e.Context(), e.admin, org.AccountRequest{
		Name: name, Email: name + "@corp.example", RoleName: "Enter", Tags: []org.Tag{{Key: "k"}},
	})
	if err != nil {
		e.Fatal(err)
	}
	return e.vendPaired(n.ID)
}

func TestAPairedAccountHasATwin(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	ask := func() error {
		_, err := e.plane.CreatePairedAccount(t.Context(), e.admin, org.AccountRequest{Name: "one", Email: "one@corp.example"})
		return err
	}
	e.refused("before the management account is paired", org.ManagementNotPaired, ask)
	above, err := e.plane.PairAccount(t.Context(), e.admin.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	n := e.paired("one")
	if n.State != org.CreationSucceeded || n.GovAccountID == "" || n.GovAccountID == n.AccountID {
		t.Fatalf("%+v", n)
	}
	a, twin := e.seen(n.AccountID), e.seen(n.GovAccountID)
	if a.TwinID != twin.ID || twin.Partition != org.AWSGov || twin.OrganizationID != "" || twin.State != org.AccountActive || twin.Email != a.Email || twin.Name != a.Name {
		t.Errorf("%+v\n%+v", a, twin)
	}
	if e.rows()["tags"] != 1 {
		t.Error("the tags do not go to the member alone")
	}
	enter := controlplane.Assumption{AccountID: twin.ID, Role: "Enter", Session: "s"}
	if _, err := e.plane.AssumeRole(t.Context(), above.Caller, enter); err != nil {
		t.Errorf("the twin of the management account cannot enter: %v", err)
	}
	if _, err := e.plane.AssumeRole(t.Context(), e.admin, enter); org.ReasonOf(err) != org.AssumeNotPermitted {
		t.Errorf("the management account enters another partition: %v", err)
	}
}

func TestAnAddressThatGovCloudHasEndsTheCreation(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	if _, err := e.plane.PairAccount(t.Context(), e.admin.AccountID); err != nil {
		t.Fatal(err)
	}
	e.mint(controlplane.Standalone{Partition: org.AWSGov, Email: "ONE@corp.example"})
	before := e.rows()
	if n := e.paired("one"); n.State != org.CreationFailed || n.Failure != org.FailGovAccountExists || n.GovAccountID != "" || n.AccountID != "" {
		t.Errorf("%+v", n)
	}
	after := e.rows()
	for _, table := range []string{"accounts", "principals", "reservations", "tags"} {
		if before[table] != after[table] {
			t.Errorf("%s: %d, were %d", table, after[table], before[table])
		}
	}
	if n := e.paired("two"); n.State != org.CreationSucceeded {
		t.Errorf("%+v", n)
	}
}

func TestATwinIsTakenBackWithItsAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	if _, err := e.plane.PairAccount(t.Context(), e.admin.AccountID); err != nil {
		t.Fatal(err)
	}
	n, err := e.plane.CreatePairedAccount(t.Context(), e.admin, org.AccountRequest{Name: "one", Email: "one@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	before, id, p := e.rows(), org.AccountID("123456789012"), e.plane
	err = e.store.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(p.MakeAccount(t.Context(), tx, n, id), p.MakeTwin(t.Context(), tx, n, id))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.rows()["accounts"] - before["accounts"]; got != 2 {
		t.Errorf("%d accounts are made", got)
	}
	twin := e.seen(id).TwinID
	if _, err := p.AssumeRole(t.Context(), org.Caller{Partition: org.AWSGov, AccountID: twin, Kind: org.User}, controlplane.Assumption{AccountID: twin, Role: "OrganizationAccountAccessRole"}); org.ReasonOf(err) != org.AssumeNotPermitted {
		t.Errorf("a twin in creation is entered: %v", err)
	}
	for range 2 {
		err := e.store.Update(t.Context(), func(tx store.Tx) error { return p.UnmakeTwin(t.Context(), tx, id) })
		if err != nil {
			t.Fatal(err)
		}
	}
	err = e.store.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(p.UnmakeAccount(t.Context(), tx, id), p.UnmakeTwin(t.Context(), tx, id))
	})
	if err != nil {
		t.Fatal(err)
	}
	after := e.rows()
	for _, table := range []string{"accounts", "principals", "reservations"} {
		if before[table] != after[table] {
			t.Errorf("%s: %d, were %d", table, after[table], before[table])
		}
	}
}

func TestWhatPairingRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	pair := func(id org.AccountID) func() error {
		return func() error { _, err := e.plane.PairAccount(t.Context(), id); return err }
	}
	if err := pair(id)(); err != nil {
		t.Fatal(err)
	}
	e.refused("an account that has a twin", org.AccountPaired, pair(id))
	e.refused("an account that does not exist", org.AccountMissing, pair("000000000000"))
	e.refused("an account of GovCloud", org.NotInPartition, pair(e.seen(id).TwinID))
	gov := in(t, org.AWSGov)
	gov.refused("in GovCloud", org.NotInPartition, func() error {
		_, err := gov.plane.CreatePairedAccount(t.Context(), gov.admin, org.AccountRequest{Name: "x", Email: "x@corp.example"})
		return err
	})
}

func TestALenientPlanePairsTheManagementAccountByTheWay(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	if n := e.paired("one"); n.State != org.CreationSucceeded || n.GovAccountID == "" {
		t.Errorf("%+v", n)
	}
	if twin := e.seen(e.seen(e.admin.AccountID).TwinID); twin.Partition != org.AWSGov {
		t.Errorf("%+v", twin)
	}
}

func TestATwinIsClosedAndRestoredAlong(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	n := e.paired("one")
	e.close(n.AccountID)
	if twin := e.seen(n.GovAccountID); twin.State != org.AccountClosed || !twin.ClosedAt.Equal(e.clock()) {
		t.Errorf("%+v", twin)
	}
	if err := e.plane.RestoreAccount(t.Context(), n.AccountID); err != nil {
		t.Fatal(err)
	}
	if twin := e.seen(n.GovAccountID); twin.State != org.AccountActive || !twin.ClosedAt.IsZero() {
		t.Errorf("%+v", twin)
	}
	// One that manages an organization of its own stays open.
	manager := org.Caller{Partition: org.AWSGov, AccountID: n.GovAccountID, Kind: org.RootUser, Admin: true}
	o, err := e.plane.CreateOrganization(t.Context(), manager, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	e.close(n.AccountID)
	if twin := e.seen(n.GovAccountID); twin.State != org.AccountActive || twin.OrganizationID != o.ID {
		t.Errorf("%+v", twin)
	}
}
