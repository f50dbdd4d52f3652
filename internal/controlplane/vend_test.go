package controlplane_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// halfMade is an account whose creation stopped before its last step.
func (e *estate) halfMade(name string) org.AccountID {
	e.Helper()
	n, err := e.plane.CreateAccount(e.Context(), e.admin, org.AccountRequest{Name: "account-" + name, Email: name + "@corp.example"})
	if err != nil {
		e.Fatal(err)
	}
	id := e.plane.Mint.Account(org.RulesOf(e.admin.Partition))
	err = e.store.Update(e.Context(), func(tx store.Tx) error {
		for _, step := range []func(context.Context, store.Tx, org.Creation, org.AccountID) error{e.plane.MakeAccount, e.plane.MakeRootUser, e.plane.MakeAccessRole} {
			if err := step(e.Context(), tx, n, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		e.Fatal(err)
	}
	return id
}

func TestAVendedAccountIsWhole(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{
		Name: "build", Email: "build@corp.example", RoleName: "Enter", Tags: []org.Tag{{Key: "team", Value: "blue"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	e.pass(42 * time.Second)
	version := e.version()
	done := e.vend(n.ID)
	if done.State != org.CreationSucceeded || done.AccountID == "" || !done.CompletedAt.Equal(e.now) || done.Failure != "" {
		t.Fatalf("%+v", done)
	}
	e.recorded(version,
		org.Event{Name: org.AccountCreationEnded, Subject: string(n.ID), Detail: map[string]string{
			"state": "SUCCEEDED", "accountId": string(done.AccountID), "failure": "", "requestedAt": "2026-01-01T00:00:00.125Z", "completedAt": "2026-01-01T00:00:42.125Z",
			"managementId": string(e.admin.AccountID),
		}},
		org.Event{Name: org.AccountJoined, Subject: string(done.AccountID), Detail: map[string]string{
			"managementId": string(e.admin.AccountID), "joinMethod": "CREATED", "joinedAt": "2026-01-01T00:00:42.125Z",
		}})
	a, err := e.plane.GetAccount(t.Context(), e.admin, done.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	want := org.Account{
		ID: done.AccountID, Partition: org.AWS, OrganizationID: e.id, ParentID: e.root, Name: "build", Email: "build@corp.example",
		State: org.AccountActive, JoinMethod: org.Created, JoinedAt: e.now, CreatedAt: e.now,
	}
	if d := cmp.Diff(want, a.Account); d != "" {
		t.Error(d)
	}
	tags, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(a.ID))
	if err != nil || len(tags) != 1 || tags[0].Value != "blue" {
		t.Errorf("%v, %v", tags, err)
	}
	e.hasServiceRole(a.ID, true)
	e.principals(a.ID, map[string]string{"root/": "", "role/Enter": string(e.admin.AccountID), "service-role/AWSServiceRoleForOrganizations": "organizations.amazonaws.com"})
}

// principals compares who may act in an account, as "kind/name", with whom they trust.
func (e *estate) principals(a org.AccountID, want map[string]string) {
	e.Helper()
	got := map[string]string{}
	err := e.store.View(e.Context(), func(r store.Reader) error {
		found, err := r.Principals(e.Context(), a)
		for _, p := range found {
			got[string(p.Kind)+"/"+p.Name] = p.Trusts
		}
		return err
	})
	if err != nil {
		e.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		e.Error(d)
	}
}

func TestHowCreationsFail(t *testing.T) {
	t.Parallel()
	ask := func(name, email string) org.AccountRequest { return org.AccountRequest{Name: name, Email: email} }
	for _, c := range []struct {
		says string
		p    org.Partition
		q    org.AccountRequest
		want org.Failure
	}{
		{"the management account's address", org.AWS, ask("x", "payer@corp.example"), org.FailEmailInUse},
		{"the same address in capitals", org.AWS, ask("x", "PAYER@Corp.Example"), org.FailEmailInUse},
		{"a member's address", org.AWS, ask("x", "one@corp.example"), org.FailEmailInUse},
		{"an address that is refused", org.AWS, ask("x", ".x@corp.example"), org.FailEmailRefused},
		{"a name in use, where names may repeat", org.AWS, ask("account-one", "x@corp.example"), ""},
		{"a name in use", org.Huawei, ask("account-one", "x@corp.example"), org.FailNameInUse},
		{"an address in use", org.Huawei, ask("account-x", "one@corp.example"), org.FailEmailInUse},
	} {
		t.Run(string(c.p)+" "+c.says, func(t *testing.T) {
			t.Parallel()
			e := in(t, c.p)
			e.account("one")
			n, err := e.plane.CreateAccount(t.Context(), e.admin, c.q)
			if err != nil {
				t.Fatal(err)
			}
			rows, version := e.rows(), e.version()
			done := e.vend(n.ID)
			if done.Failure != c.want {
				t.Fatalf("%+v", done)
			}
			if c.want == "" {
				return
			}
			if done.State != org.CreationFailed || done.AccountID != "" || done.CompletedAt.IsZero() || done.FailureDetail == "" {
				t.Errorf("%+v", done)
			}
			rows["events"]++
			if d := cmp.Diff(rows, e.rows()); d != "" {
				t.Errorf("left over: %s", d)
			}
			e.recorded(version, org.Event{Name: org.AccountCreationEnded, Subject: string(n.ID)})
			if got := e.events(version)[0].Detail; got["failure"] != string(c.want) || got["state"] != "FAILED" {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestAnAddressUnderWayIsAConcurrentChange(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	var asked [2]org.Creation
	for i := range asked {
		var err error
		if asked[i], err = e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: "x@corp.example"}); err != nil {
			t.Fatal(err)
		}
	}
	reserve := func(n org.Creation) error {
		return e.store.Update(t.Context(), func(tx store.Tx) error { return e.plane.ReserveIdentity(t.Context(), tx, n) })
	}
	if err := reserve(asked[0]); err != nil {
		t.Fatal(err)
	}
	if err := reserve(asked[0]); err != nil {
		t.Errorf("a step that is repeated: %v", err)
	}
	if got := e.vend(asked[1].ID); got.Failure != org.FailConcurrent {
		t.Errorf("%+v", got)
	}
	if got := e.vend(asked[0].ID); got.State != org.CreationSucceeded {
		t.Errorf("%+v", got)
	}
}

func TestAPhoneServesFiveAccounts(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	for i := range 6 {
		n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "account" + string(rune('a'+i)), Phone: "13800000000"})
		if err != nil {
			t.Fatal(err)
		}
		want := org.Failure("")
		if i == 5 {
			want = org.FailPhoneLimit
		}
		if got := e.vend(n.ID); got.Failure != want {
			t.Errorf("account %d: %+v", i, got)
		}
	}
}

func TestTheQuotaOfAccountsCountsTheManagementAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: 2} }
	})
	e.account("one")
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: "two@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.vend(n.ID); got.Failure != org.FailAccountLimit {
		t.Errorf("%+v", got)
	}
}

func TestAFailedCreationGivesItsAddressBack(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "management", Email: "x@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.vend(n.ID); got.Failure != org.FailNameInUse {
		t.Fatalf("%+v", got)
	}
	e.account("x")
}

func TestARequesterWhoNoLongerManagesEndsTheCreation(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: "x@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	err = e.store.Update(t.Context(), func(tx store.Tx) error {
		n.RequestedBy.AccountID = "999999999999"
		return tx.UpdateCreation(t.Context(), n)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.vend(n.ID); got.Failure != org.FailCallerUnknown {
		t.Errorf("%+v", got)
	}
}
