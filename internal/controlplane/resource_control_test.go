package controlplane_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const rolesTaken = "deploy"

// takes asks for a session of a role of an account.
func (e *estate) takes(c org.Caller, of org.AccountID) func() error {
	return func() error {
		_, err := e.plane.AssumeRole(e.Context(), c, controlplane.Assumption{AccountID: of, Role: rolesTaken, Session: "s", Duration: time.Hour})
		return err
	}
}

// guard is a resource control policy that denies the taking of roles under a condition.
func (e *estate) guard(name, condition string) org.PolicyID {
	e.Helper()
	return e.policy(org.ResourceControl, name, `{"Version":"2012-10-17","Statement":[{"Sid":"Guard","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":`+condition+`}]}`)
}

func TestResourceControlPoliciesGuardTheRolesOfMembers(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	unit := e.unit(e.root, "guarded")
	inside, beside := e.account("inside"), e.account("beside")
	e.move(inside, e.root, unit)
	stranger := e.stranger()
	perimeter := e.guard("perimeter", `{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"`+string(e.id)+`"}}`)
	e.refused("while the type is off", "", e.takes(stranger, inside))
	e.enable(org.ResourceControl)
	e.refused("under AWS's own policy", "", e.takes(stranger, inside))
	e.attach(perimeter, string(unit))
	err := e.takes(stranger, inside)()
	if org.ReasonOf(err) != org.NotPermitted || !strings.Contains(err.Error(), "with an explicit deny in a resource control policy") {
		t.Errorf("a stranger: %v", err)
	}
	e.refused("a member", "", e.takes(e.member(beside), inside))
	e.refused("the management account", "", e.takes(e.admin, inside))
	e.refused("a stranger, of an account above which it is not attached", "", e.takes(stranger, beside))
	e.refused("a stranger, of an account in no organization", "", e.takes(stranger, stranger.AccountID))
	e.refused("a stranger, of an account that there is not", "", e.takes(stranger, "999999999999"))

	e.attach(perimeter, string(e.root))
	e.refused("a stranger, of the management account", "", e.takes(stranger, e.admin.AccountID))
	e.refused("a stranger, of any member", org.NotPermitted, e.takes(stranger, beside))
	e.attach(e.guard("nobody", `{"Bool":{"aws:ViaAWSService":"false"}}`), string(inside))
	e.refused("the management account is bound", org.NotPermitted, e.takes(e.admin, inside))
	e.refused("a member's own role", org.NotPermitted, e.takes(e.member(inside), inside))
	if _, err := e.plane.DisablePolicyType(t.Context(), e.admin, e.root, org.ResourceControl); err != nil {
		t.Fatal(err)
	}
	e.refused("once the type is off", "", e.takes(stranger, inside))
}

func TestWhatResourceControlPoliciesKnowOfTheCaller(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.enable(org.ResourceControl)
	unit := e.unit(e.root, "u")
	guarded, sibling := e.account("guarded"), e.account("sibling")
	e.move(sibling, e.root, unit)
	member, stranger := e.member(sibling), e.stranger()
	other := e.another()
	top := string(e.id) + "/" + string(e.root) + "/"
	id := e.guard("g", `{"Bool":{"aws:x":"true"}}`)
	e.attach(id, string(guarded))
	for _, c := range []struct {
		condition               string
		member, foreign, nobody bool // denied: a member, a manager of another organization, one without any
	}{
		{`{"StringEquals":{"aws:PrincipalOrgID":"` + string(e.id) + `"}}`, true, false, false},
		{`{"StringNotEquals":{"aws:PrincipalOrgID":"` + string(e.id) + `"}}`, false, true, true},
		{`{"StringEquals":{"aws:PrincipalOrgID":"` + string(other.id) + `"}}`, false, true, false},
		{`{"Null":{"aws:PrincipalOrgID":"true"}}`, false, false, true},
		{`{"Null":{"aws:PrincipalOrgPaths":"true"}}`, false, false, true},
		{`{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"` + top + string(unit) + `/*"}}`, true, false, false},
		{`{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"` + string(other.id) + `/*"}}`, false, true, false},
		{`{"StringEquals":{"aws:PrincipalAccount":"` + string(sibling) + `"}}`, true, false, false},
		{`{"StringEquals":{"aws:ResourceOrgID":"` + string(e.id) + `"}}`, true, true, true},
		{`{"ForAnyValue:StringEquals":{"aws:ResourceOrgPaths":"` + top + `"}}`, true, true, true},
		{`{"StringEquals":{"aws:ResourceAccount":"` + string(guarded) + `"}}`, true, true, true},
		{`{"StringNotEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}}`, false, true, false},
	} {
		text := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":` + c.condition + `}]}`
		if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, id, org.PolicyChange{Content: &text}); err != nil {
			t.Fatal(err)
		}
		for who, denied := range map[org.Caller]bool{member: c.member, other.admin: c.foreign, stranger: c.nobody} {
			err := e.takes(who, guarded)()
			if denied != (org.ReasonOf(err) == org.NotPermitted) || !denied && err != nil {
				t.Errorf("%s: %s: %v", c.condition, who.AccountID, err)
			}
		}
	}
}

// The reverse of the perimeter: members stay with the roles of their organization.
func TestServiceControlPoliciesKnowWhereARoleIs(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.enable(org.ServiceControl)
	unit := e.unit(e.root, "u")
	one, two := e.account("one"), e.account("two")
	e.move(two, e.root, unit)
	stranger, other := e.stranger(), e.another()
	deny := func(name, condition string) {
		t.Helper()
		id := e.policy(org.ServiceControl, name, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":`+condition+`}]}`)
		e.attach(id, string(one))
	}
	member := e.member(one)
	deny("elsewhere", `{"StringNotEqualsIfExists":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}}`)
	e.refused("one's own organization", "", e.takes(member, two))
	e.refused("another organization", org.NotPermitted, e.takes(member, other.admin.AccountID))
	e.refused("no organization", org.NotPermitted, e.takes(member, stranger.AccountID))
	deny("below", `{"ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"`+string(e.id)+"/"+string(e.root)+"/"+string(unit)+`/*"}}`)
	e.refused("an account below the unit", org.NotPermitted, e.takes(member, two))
	e.refused("one at the root", "", e.takes(member, one))
}

// What is the organization's is its management account's, which can be moved as any account can (MoveAccount).
func TestPoliciesKnowWhereTheManagementAccountIs(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	unit := e.unit(e.root, "u")
	e.move(e.admin.AccountID, e.root, unit)
	member := e.member(e.account("one"))
	describing := func() error {
		_, err := e.plane.GetOrganization(t.Context(), member)
		return err
	}
	top := string(e.id) + "/" + string(e.root) + "/"
	for path, want := range map[string]org.Reason{top: "", top + string(unit) + "/": org.NotPermitted} {
		id := e.policy(org.ServiceControl, "at "+path, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:DescribeOrganization","Resource":"*",`+
			`"Condition":{"ForAnyValue:StringEquals":{"aws:ResourceOrgPaths":"`+path+`"}}}]}`)
		e.attach(id, string(member.AccountID))
		e.refused("denied at "+path, want, describing)
		e.detach(id, string(member.AccountID))
	}
}

func TestADenialOfAResourceControlPolicyCanBeLetPass(t *testing.T) {
	t.Parallel()
	told := 0
	e := newEstate(t, lenient, func(c *controlplane.Config) { c.Denied = func(context.Context, org.Caller, string) { told++ } })
	e.enable(org.ResourceControl)
	guarded := e.account("guarded")
	e.attach(e.guard("nobody", `{"Bool":{"aws:ViaAWSService":"false"}}`), string(e.root))
	e.refused("told and let pass", "", e.takes(e.stranger(), guarded))
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}
