package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// What an account was bound by stays behind with its organization; the next one's holds from the moment of joining.
func TestAnAccountThatChangesItsOrganizationChangesItsPolicies(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	a := e.account("a")
	e.enable(org.ServiceControl)
	e.enable(org.TagPolicy)
	e.enable(org.BackupPolicy)
	own := e.policy(org.ServiceControl, "own", scp("Deny", "s3:*"))
	e.attach(own, string(a))
	at := e.clock().UTC()
	e.attach(e.policy(org.TagPolicy, "tags", team), string(a))
	e.attach(e.policy(org.BackupPolicy, "whole", rule), string(e.root))
	e.attach(e.policy(org.BackupPolicy, "spoilt", `{"plans":{"P":{"regions":{"@@assign":[]}}}}`), string(a))
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`, at)
	if got := e.invalid(org.BackupPolicy); got != string(a) {
		t.Fatalf("invalid are %q", got)
	}

	other := e.another()
	other.now = e.clock()
	for _, kind := range []org.PolicyType{org.ServiceControl, org.ResourceControl, org.TagPolicy, org.BackupPolicy} {
		other.enable(kind)
	}
	other.attach(other.policy(org.TagPolicy, "tags", moreTeam), string(other.root))
	other.attach(other.policy(org.BackupPolicy, "hollow", hollow), string(other.root))
	must(e, bring(t.Context(), e.plane, other.admin, e.member(a)))

	if got := other.attached(org.ServiceControl, string(a)) + " " + other.attached(org.ResourceControl, string(a)); got != "FullAWSAccess RCPFullAWSAccess" {
		t.Errorf("behind the other door it has %s", got)
	}
	other.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_value":["green"],"enforced_for":["ec2:instance"]}}}`, e.clock().UTC())
	other.inherits(org.BackupPolicy, a, "", e.clock()) // invalid from its first moment on
	if got := other.faults(org.BackupPolicy, a); len(got.Faults) == 0 {
		t.Error("nothing is said to be wrong with a hollow plan")
	}
	if got := e.invalid(org.BackupPolicy); got != "" {
		t.Errorf("the old organization still knows %s", got)
	}
	if got := e.targets(own); len(got) != 0 {
		t.Errorf("the old policy is still attached to %v", got)
	}
	must(e, e.plane.DeletePolicy(t.Context(), e.admin, own))
}
