package identity_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func TestNamesOfThings(t *testing.T) {
	t.Parallel()
	aws := org.Organization{ID: "o-1", Partition: org.AWS, ManagementID: "m"}
	huawei := org.Organization{ID: "o-1", Partition: org.Huawei, ManagementID: "m"}
	for _, c := range []struct {
		o     org.Organization
		thing org.Thing
		want  string
	}{
		{aws, org.Thing{Kind: org.OrganizationThing}, "arn:aws:organizations::m:organization/o-1"},
		{aws, org.Thing{Kind: org.RootThing, ID: "r-1"}, "arn:aws:organizations::m:root/o-1/r-1"},
		{aws, org.Thing{Kind: org.UnitThing, ID: "ou-1"}, "arn:aws:organizations::m:ou/o-1/ou-1"},
		{aws, org.Thing{Kind: org.AccountThing, ID: "a"}, "arn:aws:organizations::m:account/o-1/a"},
		{aws, org.Thing{Kind: org.PolicyThing, ID: "p-1", Type: org.DeclarativeEC2Policy}, "arn:aws:organizations::m:policy/o-1/declarative_policy_ec2/p-1"},
		{aws, org.Thing{Kind: org.PolicyThing, ID: "p-Full", Type: org.ServiceControl, BuiltIn: true}, "arn:aws:organizations::aws:policy/service_control_policy/p-Full"},
		{aws, org.Thing{Kind: org.ResourcePolicyThing, ID: "rp-1"}, "arn:aws:organizations::m:resourcepolicy/o-1/rp-1"},
		{aws, org.Thing{Kind: org.HandshakeThing, ID: "h-1", Action: org.Invitation}, "arn:aws:organizations::m:handshake/o-1/invite/h-1"},
		{aws, org.Thing{Kind: org.HandshakeThing, ID: "h-1", Action: org.ServiceRoleRequest}, "arn:aws:organizations::m:handshake/o-1/add_organizations_service_linked_role/h-1"},
		{aws, org.Thing{Kind: org.HandshakeThing, ID: "h-1", Action: org.Invitation, From: org.Sender{OrganizationID: "o-2", ManagementID: "n"}}, "arn:aws:organizations::n:handshake/o-2/invite/h-1"},
		{huawei, org.Thing{Kind: org.HandshakeThing, ID: "h-1", From: org.Sender{OrganizationID: "o-2", ManagementID: "n"}}, "organizations::n:handshake:o-2/h-1"},
		{aws, org.Thing{Kind: org.TransferThing, ID: "rt-1"}, "arn:aws:organizations::m:transfer/o-1/billing/inbound/rt-1"},
		{aws, org.Thing{Kind: org.TransferThing, ID: "rt-1", Outbound: true}, "arn:aws:organizations::m:transfer/o-1/billing/outbound/rt-1"},
		{aws, org.Thing{ID: "x"}, "arn:aws:organizations::m:unknown/o-1/x"},
		{huawei, org.Thing{Kind: org.UnitThing, ID: "ou-1"}, "organizations::m:ou:o-1/ou-1"},
		{huawei, org.Thing{Kind: org.PolicyThing, ID: "p-1", Type: org.TagPolicy}, "organizations::m:policy:o-1/tag_policy/p-1"},
	} {
		if got := identity.Thing(c.o, c.thing); got != c.want {
			t.Errorf("%+v is %s, want %s", c.thing, got, c.want)
		}
	}
}

func TestEveryTypeOfPolicyHasAName(t *testing.T) {
	t.Parallel()
	for _, p := range org.Partitions {
		seen := map[string]bool{}
		for _, rule := range org.RulesOf(p).Policies {
			name := identity.PolicyType(p, rule.Type)
			if name == "" || seen[name] != rule.Type.Tried() { // what is tried out has the name of what it tries
				t.Errorf("%s: the type %s is called %q", p, rule.Type, name)
			}
			seen[name] = true
		}
	}
}

func TestNamesOfActions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p            org.Partition
		action, want string
	}{
		{org.AWS, "organizations:LeaveOrganization", "organizations:LeaveOrganization"},
		{org.Huawei, "organizations:LeaveOrganization", "organizations:organizations:leave"},
		{org.Huawei, "organizations:CreateOrganizationalUnit", "organizations:ous:create"},
		{org.Huawei, "rgc:landingZone:setup", "rgc:landingZone:setup"},
	} {
		if got := identity.Action(c.p, c.action); got != c.want {
			t.Errorf("%s in %s is %s", c.action, c.p, got)
		}
	}
}

func TestNamesOfRoles(t *testing.T) {
	t.Parallel()
	role := org.Caller{Partition: org.AWS, AccountID: "1", Kind: org.Role, Name: "r", Session: "s", Path: "/x/"}
	if got := identity.RoleName(role); got != "arn:aws:iam::1:role/x/r" {
		t.Error(got)
	}
	role.Partition = org.Huawei
	if got := identity.RoleName(role); got != "iam::1:agency:r" || identity.Name(role) != "sts::1:assumed-agency:r/s" {
		t.Error(got, identity.Name(role))
	}
	if got := identity.RoleName(org.Caller{Kind: org.User}); got != "" {
		t.Error(got)
	}
}
