package controlplane_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func (e *estate) enable(t org.PolicyType) {
	e.Helper()
	if _, err := e.plane.EnablePolicyType(e.Context(), e.admin, e.root, t); err != nil {
		e.Fatal(err)
	}
}

func (e *estate) attach(id org.PolicyID, target string) {
	e.Helper()
	if err := e.plane.AttachPolicy(e.Context(), e.admin, id, target); err != nil {
		e.Fatal(err)
	}
}

func (e *estate) detach(id org.PolicyID, target string) {
	e.Helper()
	if err := e.plane.DetachPolicy(e.Context(), e.admin, id, target); err != nil {
		e.Fatal(err)
	}
}

// attached are the names of the policies on a target, page by page.
func (e *estate) attached(t org.PolicyType, target string) string {
	e.Helper()
	var names []string
	page := org.Page{Limit: 1}
	for {
		found, err := e.plane.ListAttachedPolicies(e.Context(), e.admin, t, target, page)
		if err != nil {
			e.Fatal(err)
		}
		for _, p := range found.Policies {
			names = append(names, p.Name)
		}
		if page.After = found.Next; page.After == "" {
			return strings.Join(names, " ")
		}
	}
}

func (e *estate) targets(id org.PolicyID) []string {
	e.Helper()
	var out []string
	page := org.Page{Limit: 2}
	for {
		found, err := e.plane.ListTargets(e.Context(), e.admin, id, page)
		if err != nil {
			e.Fatal(err)
		}
		for _, t := range found.Targets {
			out = append(out, fmt.Sprint(t.Kind, " ", t.ID, " ", t.Name))
		}
		if page.After = found.Next; page.After == "" {
			slices.Sort(out)
			return out
		}
	}
}

func TestPoliciesStayInTheOrderOfTheirAttaching(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	a, b := e.policy(org.TagPolicy, "a", `{"tags":{}}`), e.policy(org.TagPolicy, "b", `{"tags":{}}`)
	root := string(e.root)
	version := e.version()
	e.attach(b, root)
	e.recorded(version, org.Event{Name: org.PolicyAttachedTo, Subject: string(b), By: e.admin, Detail: map[string]string{"targetId": root}})
	e.attach(a, root)
	if got := e.attached(org.TagPolicy, root); got != "b a" {
		t.Errorf("attached are %s", got)
	}
	version = e.version()
	e.detach(b, root)
	e.recorded(version, org.Event{Name: org.PolicyDetachedFrom, Subject: string(b), By: e.admin, Detail: map[string]string{"targetId": root}})
	e.attach(b, root)
	if got := e.attached(org.TagPolicy, root); got != "a b" {
		t.Errorf("attached again are %s", got)
	}
}

func TestWhatAttachPolicyRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	root, other := string(e.root), string(newOrganization(e))
	id := e.policy(org.ServiceControl, "a", denyLeave)
	attach := func(says string, want org.Reason, id org.PolicyID, target string) {
		t.Helper()
		e.refused(says, want, func() error { return e.plane.AttachPolicy(t.Context(), e.admin, id, target) })
	}
	attach("a type that is off", org.PolicyTypeDisabled, id, root)
	attach("the cloud's own of a type that is off", org.PolicyTypeDisabled, "p-FullAWSAccess", root)
	e.enable(org.ServiceControl)
	attach("a policy that there is not", org.PolicyMissing, "p-0000000000", "ou-none-12345678")
	attach("a unit that there is not", org.TargetMissing, id, "ou-none-12345678")
	attach("an account that there is not", org.TargetMissing, id, "999999999999")
	attach("another organization's root", org.TargetMissing, id, other)
	attach("the cloud's own twice", org.PolicyAttached, "p-FullAWSAccess", root)
	for i := range 9 {
		e.attach(e.policy(org.ServiceControl, fmt.Sprint(i), denyLeave), root)
	}
	attach("an eleventh", org.AttachmentLimit, id, root)
	attach("an eleventh that is there", org.PolicyAttached, "p-FullAWSAccess", root)
	e.detach("p-FullAWSAccess", root)
	e.attach(id, root)
	e.attach(id, string(e.admin.AccountID))
	if got := e.targets(id); len(got) != 2 {
		t.Errorf("attached to %v", got)
	}
}

func TestTheLastPolicyOfATypeThatMustNotBeWithout(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	e.enable(org.ResourceControl)
	e.enable(org.TagPolicy)
	root := string(e.root)
	refused := func(says string, want org.Reason, id org.PolicyID, target string) {
		t.Helper()
		e.refused(says, want, func() error { return e.plane.DetachPolicy(t.Context(), e.admin, id, target) })
	}
	scp, tags := e.policy(org.ServiceControl, "a", denyLeave), e.policy(org.TagPolicy, "t", `{"tags":{}}`)
	refused("the last one", org.AttachmentLeast, "p-FullAWSAccess", root)
	refused("one that is not attached", org.PolicyNotAttached, scp, root)
	refused("one that there is not", org.PolicyMissing, "p-0000000000", root)
	refused("a target that there is not", org.TargetMissing, scp, "999999999999")
	refused("the cloud's own that must stay", org.PolicyMustStay, "p-RCPFullAWSAccess", root)
	e.attach(scp, root)
	e.detach("p-FullAWSAccess", root)
	refused("the last of one's own", org.AttachmentLeast, scp, root)
	e.attach(tags, root)
	e.detach(tags, root)
}

func TestWhatIsMadeLaterHasTheCloudsOwnPoliciesToo(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	old, one := e.unit(e.root, "old"), e.account("old")
	e.enable(org.ServiceControl)
	fresh, two := e.unit(old, "new"), e.account("new")
	e.enable(org.ResourceControl)
	for _, target := range []string{string(e.root), string(old), string(fresh), string(one), string(two), string(e.admin.AccountID)} {
		if got := e.attached(org.ServiceControl, target) + " " + e.attached(org.ResourceControl, target); got != "FullAWSAccess RCPFullAWSAccess" {
			t.Errorf("%s has %s", target, got)
		}
	}
	want := []string{
		"0 " + string(e.root) + " Root", "1 " + string(old) + " old", "1 " + string(fresh) + " new",
		"2 " + string(one) + " account-old", "2 " + string(two) + " account-new", "2 " + string(e.admin.AccountID) + " management",
	}
	slices.Sort(want)
	if got := e.targets("p-FullAWSAccess"); !slices.Equal(got, want) {
		t.Errorf("targets %v, want %v", got, want)
	}
}

func TestADisabledTypeLosesItsAttachmentsAndKeepsItsPolicies(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	version := e.version()
	e.enable(org.ServiceControl)
	e.recorded(version, org.Event{
		Name: org.PolicyTypeSwitchedOn, Subject: string(e.root), By: e.admin, Detail: map[string]string{"policyType": "service_control"},
	})
	id := e.policy(org.ServiceControl, "a", denyLeave)
	e.attach(id, string(e.root))
	version = e.version()
	root, err := e.plane.DisablePolicyType(t.Context(), e.admin, e.root, org.ServiceControl)
	if err != nil || len(root.PolicyTypes) != 0 {
		t.Fatalf("%+v, %v", root, err)
	}
	e.recorded(version, org.Event{
		Name: org.PolicyTypeSwitchedOff, Subject: string(e.root), By: e.admin, Detail: map[string]string{"policyType": "service_control"},
	})
	if got := e.attached(org.ServiceControl, string(e.root)); got != "" {
		t.Errorf("attached is %s", got)
	}
	e.enable(org.TagPolicy)
	e.enable(org.ServiceControl)
	if got := e.attached(org.ServiceControl, string(e.root)); got != "FullAWSAccess" {
		t.Errorf("attached is %s", got)
	}
	if root, err := e.plane.GetRoot(t.Context(), e.admin); err != nil || !slices.Equal(root.PolicyTypes, []org.PolicyType{org.ServiceControl, org.TagPolicy}) {
		t.Errorf("%+v, %v", root, err)
	}
	if got := e.listed(org.ServiceControl, 9); got != "FullAWSAccess a" {
		t.Errorf("there is %s", got)
	}
}

func TestWhatTurningTypesOnAndOffRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	on := func(root org.UnitID, kind org.PolicyType) func() error {
		return func() error {
			_, err := e.plane.EnablePolicyType(t.Context(), e.admin, root, kind)
			return err
		}
	}
	e.refused("twice", org.PolicyTypeEnabled, on(e.root, org.ServiceControl))
	e.refused("another root", org.RootMissing, on("r-none", org.ServiceControl))
	e.refused("a type that there is not", org.PolicyTypeUnavailable, on(e.root, "network_control"))
	for root, want := range map[org.UnitID]org.Reason{e.root: org.PolicyTypeDisabled, "r-none": org.RootMissing} {
		e.refused("off", want, func() error {
			_, err := e.plane.DisablePolicyType(t.Context(), e.admin, root, org.TagPolicy)
			return err
		})
	}
}

func TestListsOfAttachmentsOfWhatThereIsNot(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.refused("a target", org.TargetMissing, func() error {
		_, err := e.plane.ListAttachedPolicies(t.Context(), e.admin, org.ServiceControl, "ou-none-12345678", org.Page{Limit: 1})
		return err
	})
	e.refused("a policy", org.PolicyMissing, func() error {
		_, err := e.plane.ListTargets(t.Context(), e.admin, "p-0000000000", org.Page{Limit: 1})
		return err
	})
}

func TestATypeThatWorksThroughAServiceNeedsItsTrust(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	enable := func() error {
		_, err := e.plane.EnablePolicyType(t.Context(), e.admin, e.root, org.SecurityHubPolicy)
		return err
	}
	e.refused("without trust", org.TrustedAccessOff, enable)
	if err := e.plane.TrustService(t.Context(), e.admin, "securityhub.amazonaws.com"); err != nil {
		t.Fatal(err)
	}
	if err := enable(); err != nil {
		t.Error(err)
	}
}
