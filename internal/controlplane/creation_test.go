package controlplane_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
)

func TestCreateAccountAnswersAtOnceAndJournalsTheWork(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	version := e.version()
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "build", Email: "build@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	if n.State != org.CreationRunning || n.AccountID != "" || !n.RequestedAt.Equal(e.now) || !n.CompletedAt.IsZero() || n.RequestedBy != e.admin {
		t.Errorf("%+v", n)
	}
	if d := cmp.Diff(n, e.creation(n.ID), cmp.Transformer("utc", time.Time.UTC)); d != "" {
		t.Error(d)
	}
	e.recorded(version, org.Event{Name: org.AccountRequested, Subject: string(n.ID), By: e.admin})
	sagas, err := e.store.ClaimSagas(t.Context(), e.now.Add(time.Minute), e.now.Add(time.Hour), 10)
	if err != nil || len(sagas) != 1 {
		t.Fatalf("%d sagas, %v", len(sagas), err)
	}
	if g := sagas[0]; g.Kind != string(org.CreateAccount) || g.Subject != string(e.id)+"/"+string(n.ID) || g.State != durable.Running {
		t.Errorf("%+v", g)
	}
}

func TestWhatCreateAccountRefusesAtOnce(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	var many []org.Tag
	for i := range 51 {
		many = append(many, org.Tag{Key: fmt.Sprint(i)})
	}
	for _, c := range []struct {
		says string
		q    org.AccountRequest
		want org.Reason
	}{
		{"no name", org.AccountRequest{Email: "a@b.example"}, org.InvalidAccountName},
		{"a service's role name", org.AccountRequest{Name: "x", Email: "a@b.example", RoleName: "AWSServiceRoleForX"}, org.InvalidRoleName},
		{"a bad tag", org.AccountRequest{Name: "x", Email: "a@b.example", Tags: []org.Tag{{Key: "aws:x"}}}, org.SystemTag},
		{"too many tags", org.AccountRequest{Name: "x", Email: "a@b.example", Tags: many}, org.TagLimit},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := e.plane.CreateAccount(t.Context(), e.admin, c.q)
			return err
		})
	}
}

func TestAccountsAreCreatedInChinaAndNotInGovCloud(t *testing.T) {
	t.Parallel()
	china := in(t, org.AWSChina)
	if _, err := china.plane.CreateAccount(t.Context(), china.admin, org.AccountRequest{Name: "x", Email: "a@b.example"}); err != nil {
		t.Error(err)
	}
	e := in(t, org.AWSGov)
	e.refused("whatever is asked for", org.NotInPartition, func() error {
		_, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{})
		return err
	})
}

func TestFiveCreationsAtOnce(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	ask := func(i int) (org.Creation, error) {
		return e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: fmt.Sprintf("x%d@corp.example", i)})
	}
	var first org.Creation
	for i := range 5 {
		n, err := ask(i)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = n
		}
	}
	e.refused("a sixth", org.CreationLimit, func() error {
		_, err := ask(5)
		return err
	})
	e.vend(first.ID)
	if _, err := ask(5); err != nil {
		t.Errorf("once one has ended: %v", err)
	}
}

func TestListCreations(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	var ids []org.CreationID
	for i, email := range []string{"a@corp.example", "payer@corp.example", "b@corp.example", "c@corp.example"} {
		e.pass(time.Second)
		n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: email})
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, n.ID); i < 3 {
			e.vend(n.ID)
		}
	}
	running, succeeded, failed := org.CreationRunning, org.CreationSucceeded, org.CreationFailed
	for _, c := range []struct {
		says   string
		states []org.CreationState
		want   []org.CreationID
	}{
		{"all, newest first", nil, []org.CreationID{ids[3], ids[2], ids[1], ids[0]}},
		{"running", []org.CreationState{running}, ids[3:]},
		{"failed", []org.CreationState{failed}, ids[1:2]},
		{"ended", []org.CreationState{failed, succeeded}, []org.CreationID{ids[2], ids[1], ids[0]}},
		{"a state named twice", []org.CreationState{failed, failed}, ids[1:2]},
	} {
		for _, limit := range []int{1, 3, 20} {
			var got []org.CreationID
			page := org.Page{Limit: limit}
			for {
				found, err := e.plane.ListCreations(t.Context(), e.admin, c.states, page)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range found.Creations {
					got = append(got, n.ID)
				}
				if page.After = found.Next; page.After == "" {
					break
				}
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s by %d: %s", c.says, limit, d)
			}
		}
	}
}

func TestACreationIsItsOrganizationsOwn(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: "x@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	other := e.mint(controlplane.Standalone{Partition: org.AWS}).Caller
	if _, err := e.plane.CreateOrganization(t.Context(), other, org.AllFeatures); err != nil {
		t.Fatal(err)
	}
	e.refused("another organization asks", org.CreationMissing, func() error {
		_, err := e.plane.GetCreation(t.Context(), other, n.ID)
		return err
	})
}
