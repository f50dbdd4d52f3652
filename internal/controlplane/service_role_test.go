package controlplane_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func TestAnAccountGivesAServiceItsRole(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member, version := e.member(e.account("one")), e.version()
	made, err := e.plane.CreateServiceRole(t.Context(), member, "config.amazonaws.com", "", "what it is for")
	if err != nil {
		t.Fatal(err)
	}
	want := org.Principal{
		ID: made.ID, AccountID: member.AccountID, Kind: org.ServiceRole, Name: "AWSServiceRoleForConfig", Path: "/aws-service-role/config.amazonaws.com/",
		Trusts: "config.amazonaws.com", MaxSession: made.MaxSession, Description: "what it is for", CreatedAt: made.CreatedAt,
	}
	if d := cmp.Diff(want, made); d != "" {
		t.Error(d)
	}
	e.recorded(version, org.Event{
		Name: org.ServiceRoleCreated, Subject: string(member.AccountID), By: member,
		Detail: map[string]string{"service": "config.amazonaws.com", "role": "AWSServiceRoleForConfig"},
	})
	back, err := e.plane.GetPrincipal(t.Context(), member, "iam:GetRole", "AWSServiceRoleForConfig", org.Role, org.ServiceRole)
	if d := cmp.Diff(made, back); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	e.refused("a second time", org.PrincipalExists, func() error {
		_, err := e.plane.CreateServiceRole(t.Context(), member, "config.amazonaws.com", "", "")
		return err
	})
	e.refused("the role that a member has", org.PrincipalExists, func() error {
		_, err := e.plane.CreateServiceRole(t.Context(), member, "organizations.amazonaws.com", "", "")
		return err
	})
	stranger := e.stranger()
	if _, err := e.plane.CreateServiceRole(t.Context(), stranger, "organizations.amazonaws.com", "", ""); err != nil {
		t.Errorf("an account that stands alone: %v", err)
	}
	powerless := stranger
	powerless.Admin = false
	e.refused("a powerless user", org.NotPermitted, func() error {
		_, err := e.plane.CreateServiceRole(t.Context(), powerless, "unknown.amazonaws.com", "", "")
		return err
	})
}

func TestServiceControlPoliciesBindTheMakingOfRoles(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) { c.AnyService = true })
	member := e.member(e.account("one"))
	e.enable(org.ServiceControl)
	e.attach(e.policy(org.ServiceControl, "roles", `{"Version":"2012-10-17","Statement":[
		{"Effect":"Deny","Action":"iam:CreateServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"iam:AWSServiceName":"config.amazonaws.com"}}},
		{"Effect":"Deny","Action":"iam:CreateServiceLinkedRole","Resource":"arn:aws:iam::*:role/aws-service-role/new.amazonaws.com/*"},
		{"Effect":"Deny","Action":"iam:GetRole","Resource":"arn:aws:iam::*:role/aws-service-role/*"}]}`), string(e.root))
	for service, want := range map[string]org.Reason{"config.amazonaws.com": org.NotPermitted, "new.amazonaws.com": org.NotPermitted, "newer.amazonaws.com": ""} {
		_, err := e.plane.CreateServiceRole(t.Context(), member, service, "", "")
		if org.ReasonOf(err) != want {
			t.Errorf("%s: %v, want %s", service, err, want)
		}
	}
	for name, want := range map[string]org.Reason{
		"AWSServiceRoleForNewer": org.NotPermitted, "OrganizationAccountAccessRole": "", "none": org.PrincipalMissing,
	} {
		_, err := e.plane.GetPrincipal(t.Context(), member, "iam:GetRole", name, org.Role, org.ServiceRole)
		if org.ReasonOf(err) != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}
