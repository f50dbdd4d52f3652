package controlplane_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
)

const tagDocument = `{"tags":{"team":{"tag_key":{"@@assign":"team"}}}}`

// made makes a policy that management owns.
func (e *estate) made(t org.PolicyType, name, content string, tags ...org.Tag) org.PolicyID {
	e.Helper()
	p, err := e.plane.CreatePolicy(e.Context(), e.admin, t, name, "", content, tags)
	if err != nil {
		e.Fatal(err)
	}
	return p.ID
}

// branch is an estate with a member that may be granted things, and things to grant it.
type branch struct {
	*estate
	member        org.Caller
	unit, other   org.UnitID
	tagging, bars org.PolicyID // a tag policy, and a service control policy
}

func newBranch(t *testing.T) branch {
	t.Helper()
	e := newEstate(t)
	b := branch{estate: e, unit: e.unit(e.root, "unit"), other: e.unit(e.root, "other")}
	e.enable(org.ServiceControl)
	e.enable(org.TagPolicy)
	b.tagging = e.made(org.TagPolicy, "tagging", tagDocument, org.Tag{Key: "Team", Value: "blue"})
	b.bars = e.made(org.ServiceControl, "bars", scp("Deny", "s3:*"))
	b.member = e.member(e.account("delegate"))
	return b
}

func scp(effect, action string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"` + effect + `","Action":"` + action + `","Resource":"*"}]}`
}

// statement writes a grant to the branch's member, in which {o}, {m} and {me} stand for the organization, the management account and the member.
func (b branch) statement(effect, actions, resources, condition string) string {
	list := func(s string) string { return `["` + strings.Join(strings.Fields(s), `","`) + `"]` }
	s := `{"Effect":"` + effect + `","Principal":{"AWS":"{me}"},"Action":` + list(actions) + `,"Resource":` + list(resources)
	if condition != "" {
		s += `,"Condition":` + condition
	}
	return strings.NewReplacer("{o}", string(b.id), "{m}", string(b.admin.AccountID), "{me}", string(b.member.AccountID)).Replace(s + "}")
}

func TestAResourcePolicyGrantsWhatItSays(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	const arns = "arn:aws:organizations::{m}:"
	ctx, p := t.Context(), b.plane
	attach := func(id org.PolicyID, target org.UnitID) func() error {
		return func() error { return p.AttachPolicy(ctx, b.member, id, string(target)) }
	}
	update := func(id org.PolicyID) func() error {
		return func() error {
			_, err := p.UpdatePolicy(ctx, b.member, id, org.PolicyChange{})
			return err
		}
	}
	create := func(tags ...org.Tag) func() error {
		return func() error {
			_, err := p.CreatePolicy(ctx, b.member, org.TagPolicy, "mine", "", "no json", tags)
			return err
		}
	}
	tag := func(keys ...string) func() error {
		return func() error {
			var tags []org.Tag
			for _, k := range keys {
				tags = append(tags, org.Tag{Key: k, Value: "blue"}, org.Tag{Key: k, Value: "twice"})
			}
			return p.Tag(ctx, b.member, org.Resource(b.unit), tags)
		}
	}
	const refused = org.ManagementOnly
	for _, c := range []struct {
		says       string
		statements []string
		deed       func() error
		want       org.Reason
	}{
		{"nothing without a statement for the action", []string{b.statement("Allow", "organizations:ListRoots", "*", "")}, update(b.tagging), refused},
		{"the action on everything", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", "")}, update("p-none"), org.PolicyMissing},
		{"the type that the condition names", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}`)}, update(b.tagging), ""},
		{"no other type", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}`)}, update(b.bars), refused},
		{"the type of a request that names it", []string{b.statement("Allow", "organizations:CreatePolicy", "*", `{"StringLikeIfExists":{"organizations:PolicyType":["TAG_POLICY"]}}`)}, create(), org.PolicyMalformed},
		{"policies under the names of their type", []string{b.statement("Allow", "organizations:UpdatePolicy", arns+"policy/{o}/tag_policy/*", "")}, update(b.tagging), ""},
		{"and no others", []string{b.statement("Allow", "organizations:UpdatePolicy", arns+"policy/{o}/tag_policy/*", "")}, update(b.bars), refused},
		{"nothing that is not there, when it names things", []string{b.statement("Allow", "organizations:UpdatePolicy", arns+"policy/{o}/tag_policy/*", "")}, update("p-none"), refused},
		{"both things of an attachment", []string{b.statement("Allow", "organizations:AttachPolicy", arns+"policy/{o}/tag_policy/* "+arns+"ou/{o}/"+string(b.unit), "")}, attach(b.tagging, b.unit), ""},
		{"not one of them alone", []string{b.statement("Allow", "organizations:AttachPolicy", arns+"policy/{o}/tag_policy/* "+arns+"ou/{o}/"+string(b.unit), "")}, attach(b.tagging, b.other), refused},
		{"nor the other", []string{b.statement("Allow", "organizations:AttachPolicy", arns+"ou/{o}/*", "")}, attach(b.tagging, b.other), refused},
		{"a thing with a tag, whatever the case of its key", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"aws:ResourceTag/team":"blue"}}`)}, update(b.tagging), ""},
		{"no thing without it", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"aws:ResourceTag/team":"blue"}}`)}, update(b.bars), refused},
		{"tags of the request", []string{b.statement("Allow", "organizations:TagResource", "*", `{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}`)}, tag("team"), org.DuplicateTagKey},
		{"no other tags", []string{b.statement("Allow", "organizations:TagResource", "*", `{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}`)}, tag("team", "cost"), refused},
		{"a value of the request", []string{b.statement("Allow", "organizations:TagResource", "*", `{"StringEquals":{"aws:RequestTag/team":"blue"}}`)}, tag("team"), org.DuplicateTagKey},
		{"the making of a thing without tags", []string{b.statement("Allow", "organizations:CreatePolicy", "*", "")}, create(), org.PolicyMalformed},
		{"not with tags, unless it grants tagging", []string{b.statement("Allow", "organizations:CreatePolicy", "*", "")}, create(org.Tag{Key: "k"}), refused},
		{"with tags when it does", []string{b.statement("Allow", "organizations:CreatePolicy organizations:TagResource", "*", "")}, create(org.Tag{Key: "k"}), org.PolicyMalformed},
		{"the making of a policy, which is named as its type is", []string{b.statement("Allow", "organizations:CreatePolicy", arns+"policy/{o}/tag_policy/*", "")}, create(), org.PolicyMalformed},
		{"of no other type", []string{b.statement("Allow", "organizations:CreatePolicy", arns+"policy/{o}/service_control_policy/*", "")}, create(), refused},
		{"not with tags, unless tagging is granted by that name", []string{b.statement("Allow", "organizations:CreatePolicy", arns+"policy/{o}/tag_policy/*", "")}, create(org.Tag{Key: "k"}), refused},
		{"with tags when it is", []string{b.statement("Allow", "organizations:CreatePolicy organizations:TagResource", arns+"policy/{o}/tag_policy/*", "")}, create(org.Tag{Key: "k"}), org.PolicyMalformed},
		{"members of the organization", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"aws:PrincipalOrgID":"{o}"}}`)}, update(b.tagging), ""},
		{"nobody of another", []string{b.statement("Allow", "organizations:UpdatePolicy", "*", `{"StringEquals":{"aws:PrincipalOrgID":"o-other"}}`)}, update(b.tagging), refused},
		{"one role alone", []string{strings.Replace(b.statement("Allow", "organizations:UpdatePolicy", "*", ""), `"`+string(b.member.AccountID)+`"`, `"arn:aws:iam::`+string(b.member.AccountID)+`:role/r"`, 1)}, update(b.tagging), ""},
		{"no other role", []string{strings.Replace(b.statement("Allow", "organizations:UpdatePolicy", "*", ""), `"`+string(b.member.AccountID)+`"`, `"arn:aws:iam::`+string(b.member.AccountID)+`:role/q"`, 1)}, update(b.tagging), refused},
		{"nothing that it denies", []string{b.statement("Allow", "organizations:*", "*", ""), b.statement("Deny", "organizations:UpdatePolicy", "*", `{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}`)}, update(b.tagging), refused},
	} {
		for i, s := range c.statements {
			c.statements[i] = strings.NewReplacer("{o}", string(b.id), "{m}", string(b.admin.AccountID)).Replace(s)
		}
		b.grant(c.statements...)
		if got := org.ReasonOf(c.deed()); got != c.want {
			t.Errorf("%s: %q, want %q", c.says, got, c.want)
		}
		_ = p.DetachPolicy(ctx, b.admin, b.tagging, string(b.unit))
	}
}

func TestAGrantEndsWithItsPolicy(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	list := func() error {
		_, err := b.plane.ListAccounts(t.Context(), b.member, "", org.Page{Limit: 1})
		return err
	}
	b.refused("before", org.DelegateOnly, list)
	b.grant(b.statement("Allow", "organizations:ListAccounts", "*", ""))
	b.refused("while it stands", "", list)
	if err := b.plane.DeleteResourcePolicy(t.Context(), b.admin); err != nil {
		t.Fatal(err)
	}
	b.refused("afterwards", org.DelegateOnly, list)
}

func TestADelegatedAdministratorIsBoundByADeny(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	b.delegated(b.member.AccountID)
	b.grant(b.statement("Deny", "organizations:ListAccounts", "*", ""))
	_, err := b.plane.ListAccounts(t.Context(), b.member, "", org.Page{Limit: 1})
	if org.ReasonOf(err) != org.NotPermitted || org.AsError(err).Detail != policy.AWSMemberDenial {
		t.Error(err)
	}
	if _, err := b.plane.GetRoot(t.Context(), b.member); err != nil {
		t.Error(err)
	}
}

// describe asks what every member may ask.
func (b branch) describe(c org.Caller) func() error {
	return func() error {
		_, err := b.plane.GetOrganization(b.Context(), c)
		return err
	}
}

func TestServiceControlPoliciesBindMembers(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	ctx, p := t.Context(), b.plane
	root, err := p.RootCaller(ctx, b.member.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	service := b.member
	service.Kind = org.ServiceRole
	deny := b.made(org.ServiceControl, "deny", scp("Deny", "organizations:Describe*"))
	few := b.made(org.ServiceControl, "few", scp("Allow", "organizations:Leave*"))
	own := org.RulesOf(org.AWS).PolicyRule(org.ServiceControl).Own.ID
	everybody := func(says string, want org.Reason) {
		t.Helper()
		b.refused(says+", a role", want, b.describe(b.member))
		b.refused(says+", the root user", want, b.describe(root))
		b.refused(says+", the management account", "", b.describe(b.admin))
		b.refused(says+", a service's role", "", b.describe(service))
	}
	everybody("with the cloud's own policy", "")
	account := string(b.member.AccountID)
	for _, node := range []string{account, string(b.root)} {
		b.attach(deny, node)
		everybody("denied at "+node, org.NotPermitted)
		b.detach(deny, node)
		everybody("no longer denied at "+node, "")
	}
	b.attach(few, account)
	everybody("allowed by one of two", "")
	b.detach(own, account)
	everybody("not allowed at the account", org.NotPermitted)
	b.delegated(b.member.AccountID)
	b.refused("what is allowed", org.DelegateCannotLeave, func() error { return p.LeaveOrganization(ctx, b.member) })
	if _, err := p.DisablePolicyType(ctx, b.admin, b.root, org.ServiceControl); err != nil {
		t.Fatal(err)
	}
	everybody("while the type is off", "")
}

func TestServiceControlPoliciesStandAboveGrants(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	b.grant(b.statement("Allow", "organizations:*", "*", ""))
	deny := b.made(org.ServiceControl, "deny", scp("Deny", "organizations:List*"))
	b.attach(deny, string(b.root))
	list := func(c org.Caller) func() error {
		return func() error {
			_, err := b.plane.ListAccounts(t.Context(), c, "", org.Page{Limit: 1})
			return err
		}
	}
	b.refused("a member with a grant", org.NotPermitted, list(b.member))
	b.refused("a member without one", org.DelegateOnly, list(b.estate.member(b.account("other"))))
	b.refused("the management account", "", list(b.admin))
}

func TestServiceControlPoliciesBindTheTakingOfRoles(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	take := func(c org.Caller, role string) func() error {
		return func() error {
			_, err := e.plane.AssumeRole(t.Context(), c, controlplane.Assumption{AccountID: e.admin.AccountID, Role: role, Session: "s", Duration: time.Hour})
			return err
		}
	}
	const role = "deploy"
	e.refused("before", "", take(member, role))
	deny := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"arn:aws:iam::` + string(e.admin.AccountID) + `:role/` + role + `"}]}`
	e.attach(e.policy(org.ServiceControl, "deny", deny), string(member.AccountID))
	e.refused("a role that is denied", org.NotPermitted, take(member, role))
	e.refused("management", "", take(e.admin, role))
}

func TestSoftDenialsAreOfPoliciesAlone(t *testing.T) {
	t.Parallel()
	told := 0
	e := newEstate(t, func(c *controlplane.Config) { c.Denied = func(context.Context, org.Caller, string) { told++ } })
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	deny := e.made(org.ServiceControl, "deny", scp("Deny", "*"))
	e.attach(deny, string(e.root))
	if _, err := e.plane.GetOrganization(t.Context(), member); err != nil || told != 1 {
		t.Errorf("%v, told %d times", err, told)
	}
	if _, err := e.plane.GetRoot(t.Context(), member); org.ReasonOf(err) != org.DelegateOnly || told != 1 {
		t.Errorf("%v, told %d times", err, told)
	}
}

func TestWherePrincipalsCallFromAndWhoTheyAre(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	path := string(b.id) + "/" + string(b.root) + "/"
	ctx := identity.From(t.Context(), identity.Origin{Address: "192.0.2.7", Agent: "tool/1", Secure: true})
	for condition, want := range map[string]org.Reason{
		`{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}`:                                               "",
		`{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}`:                                            org.DelegateOnly,
		`{"Bool":{"aws:SecureTransport":"true"}}`:                                                     "",
		`{"StringLike":{"aws:UserAgent":"tool/*"}}`:                                                   "",
		`{"StringEquals":{"aws:Referer":"x"}}`:                                                        org.DelegateOnly,
		`{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::` + string(b.member.AccountID) + `:role/r"}}`: "",
		`{"StringEquals":{"aws:PrincipalAccount":"` + string(b.member.AccountID) + `"}}`:              "",
		`{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"` + path + `*"}}`:                        "",
		`{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"` + path + `ou-*"}}`:                     org.DelegateOnly,
		`{"StringEquals":{"aws:PrincipalType":"AssumedRole"}}`:                                        "",
		`{"Bool":{"aws:PrincipalIsAWSService":"false"}}`:                                              "",
		`{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}`:                                        "",
		`{"StringEquals":{"aws:ResourceOrgID":"` + string(b.id) + `"}}`:                               "",
		`{"StringEquals":{"aws:ResourceAccount":"` + string(b.admin.AccountID) + `"}}`:                "",
		`{"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}`:                                 "",
		`{"DateGreaterThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}`:                              org.DelegateOnly,
		`{"NumericLessThan":{"aws:EpochTime":"1"}}`:                                                   org.DelegateOnly,
		`{"Null":{"aws:username":"true"}}`:                                                            "",
		`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`:                                              org.DelegateOnly,
	} {
		b.grant(b.statement("Allow", "organizations:ListRoots", "*", condition))
		if _, err := b.plane.GetRoot(ctx, b.member); org.ReasonOf(err) != want {
			t.Errorf("%s: %v, want %q", condition, err, want)
		}
	}
}

func TestHuaweiServiceControlPoliciesSpeakOfHuaweiActions(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	describe := func(c org.Caller) func() error {
		return func() error {
			_, err := e.plane.GetOrganization(t.Context(), c)
			return err
		}
	}
	e.refused("with the cloud's own policy", "", describe(member))
	id := e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:organizations:get"]}]}`)
	e.attach(id, string(e.root))
	e.refused("denied", org.NotPermitted, describe(member))
	e.refused("the management account", "", describe(e.admin))
	err := describe(member)()
	want := "User: sts::" + string(member.AccountID) + ":assumed-agency:r/s is not authorized to perform: organizations:organizations:get on resource: * with an explicit deny in the service control policy."
	if org.AsError(err).Detail != want {
		t.Error(err)
	}
}
