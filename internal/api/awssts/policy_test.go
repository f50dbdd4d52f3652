package awssts_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

// What a request says of its session reaches the policies that look at it.
func TestPoliciesSeeTheParametersOfAssumeRole(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	ctx, admin := t.Context(), s.admin.Caller
	o, err := s.CreateOrganization(ctx, admin, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	s.Join(o.Organization, member, "member")
	if _, err := s.EnablePolicyType(ctx, admin, o.RootID, org.ResourceControl); err != nil {
		t.Fatal(err)
	}
	p, err := s.CreatePolicy(ctx, admin, org.ResourceControl, "guard", "", `{"Version":"2012-10-17","Statement":[
		{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringNotEquals":{"sts:ExternalId":"x-1"}}},
		{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringLike":{"sts:RoleSessionName":"night*"}}},
		{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"cost"}}},
		{"Effect":"Deny","Principal":"*","Action":"sts:SetSourceIdentity","Resource":"*","Condition":{"StringEquals":{"sts:SourceIdentity":"eve"}}},
		{"Effect":"Deny","Principal":"*","Action":"sts:TagSession","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/team":"red"}}}]}`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AttachPolicy(ctx, admin, p.ID, string(member)); err != nil {
		t.Fatal(err)
	}
	tag := func(key, value string) []string {
		return []string{"Tags.member.1.Key", key, "Tags.member.1.Value", value}
	}
	for _, c := range []struct {
		name, session string
		parameters    []string
		denied        string
	}{
		{"the right external id", "day", []string{"ExternalId", "x-1"}, ""},
		{"another external id", "day", []string{"ExternalId", "x-2"}, "sts:AssumeRole"},
		{"none", "day", nil, "sts:AssumeRole"},
		{"a name that is denied", "nightly", []string{"ExternalId", "x-1"}, "sts:AssumeRole"},
		{"a source identity", "day", []string{"ExternalId", "x-1", "SourceIdentity", "ada"}, ""},
		{"one that is denied", "day", []string{"ExternalId", "x-1", "SourceIdentity", "eve"}, "sts:SetSourceIdentity"},
		{"a tag", "day", append(tag("team", "blue"), "ExternalId", "x-1"), ""},
		{"one that is denied", "day", append(tag("Team", "red"), "ExternalId", "x-1"), "sts:TagSession"},
		{"a key that is passed on", "day", append(tag("cost", "1"), "ExternalId", "x-1", "TransitiveTagKeys.member.1", "cost"), "sts:AssumeRole"},
	} {
		a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", append([]string{"RoleArn", accessRole, "RoleSessionName", c.session}, c.parameters...)...)
		if c.denied != "" {
			a.is(t, 403, "AccessDenied", "perform: "+c.denied+" on resource: "+accessRole)
		} else if a.Status != 200 {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}
