package controlplane_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// mover is an organization that may invite, and another whose member is invited: what binds the member is its own organization's.
type mover struct {
	*estate
	inviter *estate
	member  org.Caller
	h       org.Handshake
}

func newMover(t *testing.T) mover {
	t.Helper()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	m := mover{estate: e, inviter: e.another(), member: e.member(e.account("mover"))}
	m.h = m.inviter.invite(toAccount(m.member.AccountID))
	return m
}

// denies makes a policy the only one that denies the member anything, in which {h}, {o}, {m} and {me} stand for the handshake, the organization that sent it,
// its management account and the member, and {own} for the member's present organization.
func (m mover) denies(name, action, resource, condition string) (lift func()) {
	m.Helper()
	text := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"` + action + `","Resource":"` + resource + `"`
	if condition != "" {
		text += `,"Condition":` + condition
	}
	text = strings.NewReplacer("{h}", string(m.h.ID), "{o}", string(m.inviter.id), "{m}", string(m.inviter.admin.AccountID), "{me}", string(m.member.AccountID),
		"{own}", string(m.id), "{r}", string(m.inviter.root)).Replace(text + `}]}`)
	id := m.made(org.ServiceControl, name, text)
	m.attach(id, string(m.member.AccountID))
	return func() { m.detach(id, string(m.member.AccountID)) }
}

func TestAHandshakeIsCalledByTheOrganizationThatSentIt(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	const arn = "arn:aws:organizations::{m}:handshake/{o}/invite/{h}"
	for _, c := range []struct {
		says, resource, condition string
		want                      org.Reason
	}{
		{"its whole name", arn, "", org.NotPermitted},
		{"all of its organization", "arn:aws:organizations::*:handshake/{o}/*", "", org.NotPermitted},
		{"all of the member's organization", "arn:aws:organizations::*:handshake/{own}/*", "", ""},
		{"what is the other organization's", "*", `{"StringEquals":{"aws:ResourceOrgID":"{o}"}}`, org.NotPermitted},
		{"what is not the member's organization's", "*", `{"StringNotEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}}`, org.NotPermitted},
		{"what is the member's organization's", "*", `{"StringEquals":{"aws:ResourceOrgID":"{own}"}}`, ""},
		{"what the other management account owns", "*", `{"StringEquals":{"aws:ResourceAccount":"{m}"}}`, org.NotPermitted},
		{"what is under the other root", "*", `{"ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"{o}/{r}/*"}}`, org.NotPermitted},
	} {
		lift := m.denies(c.says, "organizations:DescribeHandshake", c.resource, c.condition)
		m.refused(c.says, c.want, func() error {
			_, err := m.plane.GetHandshake(t.Context(), m.member, m.h.ID)
			return err
		})
		lift()
	}
}

func TestAMemberMovesOnlyIfItMayHaveTheServiceRole(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	const role = "arn:aws:iam::{me}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations"
	for _, c := range []struct {
		says, action, resource, condition string
		want                              org.Reason
	}{
		{"the role is denied", "iam:CreateServiceLinkedRole", "*", "", org.ServiceRoleDenied},
		{"it is denied by its name", "iam:CreateServiceLinkedRole", role, "", org.ServiceRoleDenied},
		{"it is denied for the service", "iam:Create*", "*", `{"StringEquals":{"iam:AWSServiceName":"organizations.amazonaws.com"}}`, org.ServiceRoleDenied},
		{"leaving is denied", "organizations:LeaveOrganization", "*", "", org.NotPermitted},
		{"accepting is denied", "organizations:AcceptHandshake", "*", "", org.NotPermitted},
		{"all is denied", "*", "*", "", org.NotPermitted},
	} {
		lift := m.denies(c.says, c.action, c.resource, c.condition)
		m.refused(c.says, c.want, m.accepting(m.member, m.h.ID))
		lift()
	}
	m.denies("another service's role is denied", "iam:CreateServiceLinkedRole", "*", `{"StringNotEquals":{"iam:AWSServiceName":"organizations.amazonaws.com"}}`)
	m.accept(m.member, m.h)
}

func TestSoftDenialsTellOfTheServiceRole(t *testing.T) {
	t.Parallel()
	var told []string
	e := lawless(t, org.AWS, func(c *controlplane.Config) {
		c.Denied = func(_ context.Context, _ org.Caller, action string) { told = append(told, action) }
	})
	powerless := e.stranger()
	powerless.Kind, powerless.Name, powerless.Admin = org.User, "powerless", false
	for _, set := range []org.FeatureSet{org.AllFeatures, org.ConsolidatedBilling} {
		if _, err := e.plane.CreateOrganization(t.Context(), powerless, set); err != nil {
			t.Fatal(err)
		}
		if err := e.plane.DeleteOrganization(t.Context(), powerless); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"organizations:CreateOrganization", "iam:CreateServiceLinkedRole", "organizations:DeleteOrganization", "organizations:CreateOrganization",
		"organizations:DeleteOrganization",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told of %v", told)
	}
}
