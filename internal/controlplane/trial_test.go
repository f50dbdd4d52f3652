package controlplane_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	noGet   = `{"Version":"5.0","Statement":[{"Sid":"NoGet","Effect":"Deny","Action":["organizations:organizations:get"]}]}`
	noLeave = `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:organizations:leave"]}]}`
)

// tried makes a policy that is only tried out.
func (e *estate) tried(name, content string, tags ...org.Tag) org.PolicyID {
	e.Helper()
	p, err := e.plane.Trial.CreatePolicy(e.Context(), e.admin, org.ServiceControl, name, "", content, tags)
	if err != nil {
		e.Fatal(err)
	}
	return p.ID
}

func (e *estate) try(id org.PolicyID, target string) error {
	return e.plane.Trial.AttachPolicy(e.Context(), e.admin, id, target)
}

func (e *estate) records() []org.DryRunRecord {
	e.Helper()
	found, err := e.plane.ListDryRunRecords(e.Context(), e.id, 0, 1000)
	if err != nil {
		e.Fatal(err)
	}
	return found
}

func (e *estate) get(c org.Caller) error {
	_, err := e.plane.GetOrganization(e.Context(), c)
	return err
}

// court is an estate with a dry run that is on and a member.
func court(t *testing.T) (*estate, org.Caller) {
	t.Helper()
	e := in(t, org.Huawei)
	must(e, e.dryRun(on("tried")))
	return e, e.member(e.account("one"))
}

func TestACallThatWouldBeDeniedIsRecordedAndLetPass(t *testing.T) {
	t.Parallel()
	e, member := court(t)
	root, own := e.tried("root", noGet), e.tried("own", noGet)
	e.tried("nowhere", noGet)
	must(e, e.try(root, string(e.root)))
	must(e, e.try(own, string(member.AccountID)))
	version := e.version()
	ctx := identity.From(t.Context(), identity.Origin{Request: "request-1"})
	if _, err := e.plane.GetOrganization(ctx, member); err != nil {
		t.Fatal(err)
	}
	must(e, e.get(e.admin))
	_, err := e.plane.GetAccount(t.Context(), member, member.AccountID) // another action
	if org.ReasonOf(err) != org.DelegateOnly {
		t.Error(err)
	}
	got := e.records()
	if len(got) != 1 {
		t.Fatalf("the records are %+v", got)
	}
	r := got[0]
	if r.ID == "" || !strings.HasPrefix(r.Object, "tried/PolicyDryRun/"+string(e.id)+"/2026/01/01/") || !strings.HasSuffix(r.Object, "_"+r.ID+".json") {
		t.Errorf("its place is %s", r.Object)
	}
	want := org.DryRunRecord{
		OrganizationID: e.id, Number: 1, ID: r.ID, At: e.clock(), RequestID: "request-1", By: member, Action: "organizations:organizations:get",
		Resources: []string{"*"}, Bucket: "logs", Region: "cn-north-4", Object: r.Object,
		Denials: []org.TriedDenial{{PolicyID: root, Statement: "NoGet", TargetID: string(e.root)}, {PolicyID: own, Statement: "NoGet", TargetID: string(member.AccountID)}},
	}
	if d := cmp.Diff(want, r); d != "" {
		t.Error(d)
	}
	if e.version() != version {
		t.Error("a record is a change of the organization")
	}
}

func TestWhatLeavesNoRecord(t *testing.T) {
	t.Parallel()
	e, member := court(t)
	id := e.tried("deny", noGet)
	must(e, e.get(member))
	must(e, e.try(id, string(e.root)))
	must(e, e.dryRun(off()))
	must(e, e.get(member)) // off, though it is attached
	e.enable(org.ServiceControl)
	bar := e.policy(org.ServiceControl, "bar", noGet)
	e.attach(bar, string(e.root))
	must(e, e.dryRun(on("")))
	e.refused("what is denied in force", org.NotPermitted, func() error { return e.get(member) })
	e.detach(bar, string(e.root))
	linked := member
	linked.Kind = org.ServiceRole
	must(e, e.get(linked)) // nothing binds the agencies of services
	nobody := member
	nobody.Admin = false
	e.refused("what its own right denies", org.NotPermitted, func() error { return e.get(nobody) })
	if got := e.records(); len(got) > 0 {
		t.Errorf("there is %+v", got)
	}
	must(e, e.get(member))
	must(e, e.plane.Trial.DetachPolicy(t.Context(), e.admin, id, string(e.root)))
	must(e, e.get(member))
	if got := e.records(); len(got) != 1 {
		t.Errorf("there is %+v", got)
	}
}

func TestDenialsThatAreLetPassAnywayLeaveNoRecord(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, func(c *controlplane.Config) { c.Denied = func(context.Context, org.Caller, string) {} })
	must(e, e.dryRun(on("")))
	member := e.member(e.account("one"))
	must(e, e.try(e.tried("deny", noGet), string(e.root)))
	nobody := member
	nobody.Admin = false
	must(e, e.get(nobody))
	if got := e.records(); len(got) > 0 {
		t.Errorf("there is %+v", got)
	}
}

func TestARecordStaysWhateverBecomesOfTheDeed(t *testing.T) {
	t.Parallel()
	e, member := court(t)
	must(e, e.try(e.tried("deny", noLeave), string(e.root)))
	leave := func() error { return e.plane.LeaveOrganization(t.Context(), member) }
	if err := leave(); org.ReasonOf(err) != org.ResourceCannotLeave && org.ReasonOf(err) != "" {
		t.Logf("leaving: %v", err)
	}
	if got := e.records(); len(got) != 1 || got[0].Action != "organizations:organizations:leave" {
		t.Errorf("there is %+v", got)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_ = e.plane.LeaveOrganization(ended, member)
	if got := e.records(); len(got) > 2 {
		t.Errorf("there is %+v", got)
	}
}

func TestTheTwoSpacesKnowNothingOfEachOther(t *testing.T) {
	t.Parallel()
	e, _ := court(t)
	e.enable(org.ServiceControl)
	p, ctx := e.plane, t.Context()
	tried, force := e.tried("same", noGet, org.Tag{Key: "k", Value: "v"}), e.policy(org.ServiceControl, "same", noGet)
	for _, c := range []struct {
		says string
		d    controlplane.PolicyDeeds
		id   org.PolicyID
	}{{"a tried one in force", p.PolicyDeeds, tried}, {"one in force on trial", p.Trial, force}, {"the cloud's own on trial", p.Trial, "p-FullAccess"}} {
		e.refused(c.says+", shown", org.PolicyMissing, func() error { _, err := c.d.GetPolicy(ctx, e.admin, c.id); return err })
		e.refused(c.says+", changed", org.PolicyMissing, func() error {
			_, err := c.d.UpdatePolicy(ctx, e.admin, c.id, org.PolicyChange{})
			return err
		})
		e.refused(c.says+", deleted", org.PolicyMissing, func() error { return c.d.DeletePolicy(ctx, e.admin, c.id) })
		e.refused(c.says+", attached", org.PolicyMissing, func() error { return c.d.AttachPolicy(ctx, e.admin, c.id, string(e.root)) })
		e.refused(c.says+", detached", org.PolicyMissing, func() error { return c.d.DetachPolicy(ctx, e.admin, c.id, string(e.root)) })
		e.refused(c.says+", its targets", org.PolicyMissing, func() error { _, err := c.d.ListTargets(ctx, e.admin, c.id, onePage); return err })
	}
	must(e, e.try(tried, string(e.root)))
	page := org.Page{Limit: 100}
	names := func(found controlplane.Policies, err error) []string {
		must(e, err)
		var out []string
		for _, f := range found.Policies {
			out = append(out, string(f.ID))
		}
		return out
	}
	for says, c := range map[string]struct{ got, want []string }{
		"all in force":         {names(p.ListAllPolicies(ctx, e.admin, page)), []string{"p-FullAccess", string(force)}},
		"all tried":            {names(p.Trial.ListPolicies(ctx, e.admin, org.ServiceControl, page)), []string{string(tried)}},
		"in force on the root": {names(p.ListAllAttachedPolicies(ctx, e.admin, string(e.root), page)), []string{"p-FullAccess"}},
		"tried on the root":    {names(p.Trial.ListAttachedPolicies(ctx, e.admin, org.ServiceControl, string(e.root), page)), []string{string(tried)}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", says, c.got, c.want)
		}
	}
	tagged, err := p.ListTagged(ctx, e.admin, controlplane.PolicyEntity, controlplane.TagFilter{})
	if err != nil || len(tagged) != 2 || tagged[1].ID != string(tried) || len(tagged[1].Tags) != 1 {
		t.Errorf("the tagged policies are %+v: %v", tagged, err)
	}
	usage, err := p.ListUsages(ctx, e.admin)
	if err != nil || usage.Policies.Used != 1 || usage.Policies.Limit != 2000 {
		t.Errorf("the usage is %+v: %v", usage.Policies, err)
	}
}

func TestTriedPoliciesKeepTheLawsOfThoseInForce(t *testing.T) {
	t.Parallel()
	e, member := court(t)
	d, ctx := e.plane.Trial, t.Context()
	create := func(name, content string) func() error {
		return func() error {
			_, err := d.CreatePolicy(ctx, e.admin, org.ServiceControl, name, "", content, nil)
			return err
		}
	}
	id := e.tried("one", noGet)
	e.refused("a name in use", org.PolicyNameTaken, create("one", noGet))
	e.refused("a name that is none", org.InvalidPolicyName, create(" x ", noGet))
	e.refused("a bad document", org.PolicyMalformed, create("x", `{"Version":"4.0"}`))
	e.refused("a long document", org.PolicyTooLarge, create("x", strings.Replace(noGet, "NoGet", strings.Repeat("n", 5200), 1)))
	e.refused("detaching what is not attached", org.PolicyNotAttached, func() error { return d.DetachPolicy(ctx, e.admin, id, string(e.root)) })
	e.refused("no target", org.TargetMissing, func() error { return e.try(id, "ou-none") })
	for _, n := range []string{"a", "b", "c", "d"} {
		must(e, e.try(e.tried(n, noGet), string(member.AccountID)))
	}
	must(e, e.try(id, string(member.AccountID)))
	e.refused("twice", org.PolicyAttached, func() error { return e.try(id, string(member.AccountID)) })
	sixth := e.tried("f", noGet)
	e.refused("a sixth", org.AttachmentLimit, func() error { return e.try(sixth, string(member.AccountID)) })
	e.refused("deleting what is attached", org.PolicyInUse, func() error { return d.DeletePolicy(ctx, e.admin, id) })
	version := e.version()
	must(e, d.DetachPolicy(ctx, e.admin, id, string(member.AccountID)))
	if _, err := d.UpdatePolicy(ctx, e.admin, id, org.PolicyChange{Content: new(noLeave)}); err != nil {
		t.Fatal(err)
	}
	must(e, d.DeletePolicy(ctx, e.admin, id))
	var got []org.EventName
	for _, event := range e.events(version) {
		got = append(got, event.Name)
	}
	if d := cmp.Diff([]org.EventName{org.DryRunPolicyDetachedFrom, org.DryRunPolicyUpdated, org.DryRunPolicyDeleted}, got); d != "" {
		t.Error(d)
	}
}

func TestAnOrganizationEndsWithWhatItTries(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	must(e, e.dryRun(on("")))
	must(e, e.try(e.tried("deny", noGet, org.Tag{Key: "k"}), string(e.root)))
	must(e, e.plane.DeleteOrganization(t.Context(), e.admin))
	for _, table := range []string{"policies", "attachments", "dry_runs", "tags"} {
		if n := e.rows()[table]; n > 0 {
			t.Errorf("%d %s are left", n, table)
		}
	}
}

func TestRecordsAreDeliveredAtLeastOnce(t *testing.T) {
	t.Parallel()
	e, member := court(t)
	must(e, e.try(e.tried("deny", noGet), string(e.root)))
	for range 3 {
		must(e, e.get(member))
	}
	var put []int64
	deliver := func(until int) error {
		return e.plane.DeliverDryRunRecords(t.Context(), func(r org.DryRunRecord) error {
			if len(put) == until {
				return org.E(org.InternalFault)
			}
			put = append(put, r.Number)
			return nil
		})
	}
	if err := deliver(2); err == nil {
		t.Error("a failing bucket is no error")
	}
	put = append(put, 0) // begin anew
	must(e, deliver(-1))
	must(e, deliver(-1))
	if !slices.Equal(put, []int64{1, 2, 0, 1, 2, 3}) {
		t.Errorf("delivered are %v", put)
	}
}
