package controlplane_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	audit  = "IAMAuditRootUserCredentials"
	unlock = "S3UnlockBucketPolicy"
)

// roots asks for a session of a member's root user.
func (e *estate) roots(c org.Caller, of org.AccountID, task string) (controlplane.Issued, error) {
	e.Helper()
	return e.plane.AssumeRoot(e.Context(), c, controlplane.RootAssumption{AccountID: of, Task: e.task(task), Duration: 15 * time.Minute})
}

func (e *estate) task(name string) org.RootTask {
	e.Helper()
	t, ok := org.RootTaskOf(name)
	if !ok {
		e.Fatalf("%s is no task", name)
	}
	return t
}

func (e *estate) rootsIn(c org.Caller, of org.AccountID, task string) func() error {
	return func() error {
		_, err := e.roots(c, of, task)
		return err
	}
}

func TestARootSessionIsGoodForItsTaskAlone(t *testing.T) {
	t.Parallel()
	e, delegate := overseer(t)
	e.rooted(org.RootCredentials)
	id := e.account("target")
	for _, by := range []org.Caller{e.admin, delegate} {
		got, err := e.roots(by, id, audit)
		if err != nil {
			t.Fatal(err)
		}
		want := org.Caller{
			Partition: org.AWS, AccountID: id, PrincipalID: got.Caller.PrincipalID, Kind: org.RootUser, Path: "/", Temporary: true, Admin: true, Task: audit,
		}
		if d := cmp.Diff(want, got.Caller); d != "" || got.Caller.PrincipalID == "" {
			t.Error(d, got.Caller.PrincipalID)
		}
		if owner, ok := org.AccountOfKey(got.KeyID); !ok || owner != id || !got.ExpiresAt.Equal(e.now.Add(15*time.Minute).Truncate(time.Second)) {
			t.Errorf("%+v", got.Session)
		}
		back, err := e.plane.Session(got.KeyID, got.Token)
		if err != nil || back.Caller != want {
			t.Errorf("%+v, %v", back.Caller, err)
		}
	}
	got, err := e.roots(e.admin, id, audit)
	if err != nil {
		t.Fatal(err)
	}
	root, ctx := got.Caller, t.Context()
	if who, err := e.plane.GetPrincipal(ctx, root, "iam:GetUser", "", org.RootUser); err != nil || who.Kind != org.RootUser || who.AccountID != id {
		t.Errorf("what the task is about: %+v, %v", who, err)
	}
	deeds := map[string]func() error{
		"a read of its account": func() error { _, err := e.plane.GetOwnAccount(ctx, root, ""); return err },
		"a change of it":        func() error { return e.plane.RenameAccount(ctx, root, "", "other") },
		"its organization":      func() error { _, err := e.plane.GetOrganization(ctx, root); return err },
		"leaving":               func() error { return e.plane.LeaveOrganization(ctx, root) },
		"another task's read":   func() error { return e.plane.PermitInAccount(ctx, root, "iam:CreateLoginProfile") },
		"a service's role": func() error {
			_, err := e.plane.CreateServiceRole(ctx, root, "config.amazonaws.com", "", "")
			return err
		},
	}
	for says, deed := range deeds {
		e.refused(says, org.NotPermitted, deed)
		if err := fmt.Sprint(deed()); !strings.Contains(err, "session policy") && !strings.Contains(err, "You don't have permissions") {
			t.Errorf("%s: %s", says, err)
		}
	}
	e.refused("the next root user", org.RootMayNotAssume, e.rootsIn(root, id, audit))
	e.refused("a session token", org.SessionMayNotIssue, func() error { _, err := e.plane.SessionToken(ctx, root, time.Minute); return err })

	// Outside of the organization nothing but the task is let through either.
	if err := e.plane.RemoveAccount(ctx, e.admin, id); err != nil {
		t.Fatal(err)
	}
	_, err = e.plane.CreateOrganization(ctx, root, org.AllFeatures)
	if org.ReasonOf(err) != org.NotPermitted || !strings.Contains(err.Error(), "because no session policy allows the organizations:CreateOrganization action") {
		t.Errorf("alone: %v", err)
	}
	root.Task = "OfAnotherVersion"
	e.refused("a task that is not known", org.NotPermitted, func() error { return e.plane.PermitInAccount(ctx, root, "iam:GetUser") })
}

func TestWhoMayNotAssumeARootUser(t *testing.T) {
	t.Parallel()
	e, delegate := overseer(t)
	e.rooted(org.RootCredentials)
	other := newEstate(t)
	id, closed := e.account("target"), e.account("closed")
	if err := e.plane.CloseAccount(t.Context(), e.admin, closed); err != nil {
		t.Fatal(err)
	}
	if _, err := e.roots(e.admin, closed, audit); err != nil {
		t.Errorf("while it is being closed: %v", err)
	}
	root, powerless := e.admin, e.admin
	root.Kind, powerless.Admin = org.RootUser, false
	for _, c := range []struct {
		says string
		by   org.Caller
		of   org.AccountID
		task string
		want org.Reason
	}{
		{"a root user", root, id, audit, org.RootMayNotAssume},
		{"a powerless user", powerless, id, audit, org.NotPermitted},
		{"a plain member", e.member(id), id, audit, org.AssumeNotPermitted},
		{"a stranger", e.stranger(), id, audit, org.AssumeNotPermitted},
		{"a task of a feature that is off", e.admin, id, unlock, org.AssumeNotPermitted},
		{"the management account's root user", e.admin, e.admin.AccountID, audit, org.AssumeNotPermitted},
		{"the management account's root user, by the delegated administrator", delegate, e.admin.AccountID, audit, org.AssumeNotPermitted},
		{"another organization's account", e.admin, other.admin.AccountID, audit, org.AssumeNotPermitted},
		{"an account in no organization", e.admin, e.stranger().AccountID, audit, org.AssumeNotPermitted},
		{"an account that there is not", e.admin, "999999999999", audit, org.AssumeNotPermitted},
	} {
		e.refused(c.says, c.want, e.rootsIn(c.by, c.of, c.task))
	}
	if _, err := e.plane.DisableRootFeature(t.Context(), e.admin, org.RootCredentials); err != nil {
		t.Fatal(err)
	}
	e.refused("once the feature is off", org.AssumeNotPermitted, e.rootsIn(e.admin, id, audit))
	if err := e.plane.DistrustService(t.Context(), e.admin, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	e.refused("without trust", org.AssumeNotPermitted, e.rootsIn(e.admin, id, audit))
	e.refused("by what was the delegated administrator", org.AssumeNotPermitted, e.rootsIn(delegate, id, audit))
}

func TestInOpenModeARootUserAssumesRootUsers(t *testing.T) {
	t.Parallel()
	e, _ := overseer(t, lenient)
	e.rooted(org.RootSessions)
	id, root := e.account("target"), e.admin
	root.Kind = org.RootUser
	got, err := e.roots(root, id, unlock)
	if err != nil {
		t.Fatal(err)
	}
	e.refused("a session for one task", org.RootMayNotAssume, e.rootsIn(got.Caller, id, unlock))
	e.refused("a role", org.NotPermitted, e.takes(got.Caller, id))
	e.refused("an account that there is not", org.AssumeNotPermitted, e.rootsIn(root, "999999999999", unlock))
}

func TestPoliciesBindTheAssumingOfRootUsers(t *testing.T) {
	t.Parallel()
	e, delegate := overseer(t)
	e.rooted(org.RootCredentials, org.RootSessions)
	one, two := e.account("one"), e.account("two")
	e.enable(org.ServiceControl)
	e.attach(e.policy(org.ServiceControl, "tasks", `{"Version":"2012-10-17","Statement":[
		{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*","Condition":{"StringNotEquals":{"sts:TaskPolicyArn":"`+identity.RootTask(org.AWS, audit)+`"}}},
		{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"arn:aws:iam::`+string(two)+`:root"}]}`), string(e.root))
	e.refused("the task that is let through", "", e.rootsIn(delegate, one, audit))
	e.refused("another task", org.NotPermitted, e.rootsIn(delegate, one, unlock))
	e.refused("another account", org.NotPermitted, e.rootsIn(delegate, two, audit))
	e.refused("the management account, which no SCP binds", "", e.rootsIn(e.admin, two, unlock))

	e.enable(org.ResourceControl)
	e.attach(e.policy(org.ResourceControl, "guard", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRoot","Resource":"*"}]}`), string(one))
	e.refused("a member that is guarded", org.NotPermitted, e.rootsIn(e.admin, one, audit))
	e.refused("one that is not", "", e.rootsIn(e.admin, two, audit))
	e.attach(e.policy(org.ResourceControl, "a task", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRoot","Resource":"*",
		"Condition":{"StringLike":{"sts:TaskPolicyArn":"*/`+audit+`"}}}]}`), string(two))
	e.refused("one that is guarded from the task", org.NotPermitted, e.rootsIn(e.admin, two, audit))
	e.refused("and from no other", "", e.rootsIn(e.admin, two, unlock))
}
