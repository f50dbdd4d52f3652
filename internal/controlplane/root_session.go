package controlplane

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// RootAssumption asks for credentials of a member's root user.
type RootAssumption struct {
	AccountID org.AccountID
	Task      org.RootTask
	Duration  time.Duration
}

// AssumeRoot issues credentials of a member's root user that are good for one task alone. It fails with RootMayNotAssume for a root user, with NotPermitted where policies are in
// the way, and with AssumeNotPermitted unless the caller's account may look after root users, the organization has turned on what the task is part of, and the account
// is one of its open members, but not the one that manages it (STS, AssumeRoot).
func (p *Plane) AssumeRoot(ctx context.Context, c org.Caller, want RootAssumption) (Issued, error) {
	if c.Kind == org.RootUser && (!p.Lenient || c.Task != "") {
		return Issued{}, org.Errorf(org.RootMayNotAssume, "root users assume nobody")
	}
	root, err := view(ctx, p, func(r store.Reader) (org.Principal, error) { return p.assumableRoot(ctx, r, c, want) })
	if err != nil {
		return Issued{}, err
	}
	// A source identity stays in whatever sessions stand behind it; tags are no parameter of this operation and end here.
	terms := identity.Terms{SourceIdentity: identity.TermsOf(ctx).SourceIdentity}
	return p.issue(org.Caller{
		Partition: c.Partition, AccountID: root.AccountID, PrincipalID: root.ID, Kind: org.RootUser, Path: root.Path, Temporary: true,
		Admin: root.Administrator, Task: want.Task.Name,
	}, want.Duration, terms)
}

func (p *Plane) assumableRoot(ctx context.Context, r store.Reader, c org.Caller, want RootAssumption) (org.Principal, error) {
	root := org.Principal{AccountID: want.AccountID, Kind: org.RootUser, Path: "/"}
	about := []aspect{onRole(c.Partition, root), forTask(want.Task)}
	if _, err := p.permitAnywhere(ctx, r, c, "sts:AssumeRoot", about...); err != nil {
		return org.Principal{}, err
	}
	_, o, err := memberCaller(ctx, r, c)
	if err == nil {
		err = p.overRoots(ctx, r, o, c)
	}
	for _, reason := range []org.Reason{org.NotInOrganization, org.DelegateOnly, org.AllFeaturesRequired, org.TrustedAccessOff} {
		err = instead(err, reason, org.AssumeNotPermitted)
	}
	if err == nil {
		err = hasRootFeature(ctx, r, o, want.Task.Feature)
	}
	if err != nil {
		return org.Principal{}, err
	}
	a, err := member(ctx, r, o, want.AccountID)
	there, err := had(err, org.AccountMissing)
	if err != nil {
		return org.Principal{}, err
	}
	if !there || a.ID == o.ManagementID || a.State == org.AccountCreating || a.State == org.AccountClosed || a.CheckUsable() != nil {
		return org.Principal{}, org.Errorf(org.AssumeNotPermitted, "the account is no open member of the organization")
	}
	if err := p.shield(ctx, r, c, root, "sts:AssumeRoot", about...); err != nil {
		return org.Principal{}, err
	}
	return r.PrincipalNamed(ctx, a.ID, org.RootUser, "")
}

// taskPolicies are the session policies of the tasks, by name. They allow what the task is about; everything else is not allowed, and so denied. Under the empty name stands
// one that denies everything.
var taskPolicies = sync.OnceValue(func() map[string][]*policy.Compiled {
	out := map[string][]*policy.Compiled{"": scoping("none", "Deny", []string{"*"})}
	for _, t := range org.RootTasks {
		out[t.Name] = scoping(t.Name, "Allow", t.Actions)
	}
	return out
})

func scoping(name, effect string, actions []string) []*policy.Compiled {
	text, err := json.Marshal(map[string]any{
		"Version": "2012-10-17", "Statement": map[string]any{"Effect": effect, "Action": actions, "Resource": "*"},
	})
	if err != nil {
		panic("controlplane: " + err.Error()) // a constant
	}
	parsed, err := policy.Parse(string(text))
	if err != nil {
		panic("controlplane: " + err.Error())
	}
	return []*policy.Compiled{policy.Load(policy.Identity, parsed, name)}
}

// sessionPolicies are those that a caller's session was made with; none for most. A task that is not known, which another version of this server may have, allows nothing.
func sessionPolicies(c org.Caller) []*policy.Compiled {
	if c.Task == "" {
		return nil
	}
	if found, ok := taskPolicies()[c.Task]; ok {
		return found
	}
	return taskPolicies()[""]
}
