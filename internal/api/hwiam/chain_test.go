package hwiam_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

func tagged(n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(`{"key":"k%d","value":"v"}`, i))
	}
	return strings.Join(out, ",")
}

const (
	assumePath = "/v5/agencies/assume"
	secondURN  = "iam::" + string(management) + ":agency:Second"
	passing    = `"source_identity":"ada","tags":[{"key":"Team","value":"Blue"},{"key":"env","value":""}],"transitive_tag_keys":["team"]`
)

func assuming(urn, more string) string {
	return `{"agency_urn":"` + urn + `","agency_session_name":"me",` + more + `}`
}

func TestAChainOfAgencies(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.World.Role(org.Huawei, management, "/", "Second", member)
	var first, second assumed
	s.ask(t, s.key(), "POST", assumePath, assuming(agencyURN, passing)).into(t, &first)
	a := s.ask(t, first.key(), "POST", assumePath, assuming(secondURN, `"tags":[{"key":"ENV","value":"prod"}]`))
	a.into(t, &second)
	if a.Code != 200 || first.SourceIdentity != "ada" || second.SourceIdentity != "ada" {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	back, err := s.Session(org.KeyID(second.Credentials.ID), second.Credentials.Token)
	want := []org.Tag{{Key: "Team", Value: "Blue"}, {Key: "ENV", Value: "prod"}}
	if err != nil || back.Terms.SourceIdentity != "ada" || !slices.Equal(back.Terms.Tags, want) || !slices.Equal(back.Terms.Transitive, []string{"Team"}) {
		t.Errorf("%+v, %v", back.Terms, err)
	}
	s.ask(t, first.key(), "POST", assumePath, assuming(secondURN, `"source_identity":"eve"`)).fails(t, 403, "PAP5.0001", "source identity")
	s.ask(t, first.key(), "POST", assumePath, assuming(secondURN, `"tags":[{"key":"TEAM","value":"Red"}]`)).fails(t, 400, "IAM.0007", "conflicts with")

	// A token that is asked for in the session, or taken by a token of it, is under its terms, too.
	token := s.ask(t, first.key(), "POST", "/v3/auth/tokens", `{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"domain_id":"`+string(management)+`","agency_name":"Second"}}}}`)
	renewed := s.withToken(t, token.Header().Get("X-Subject-Token"), "POST", "/v3/auth/tokens", `{"auth":{"identity":{"methods":["token"]}}}`)
	for says, a := range map[string]answer{"an agency's": token, "a token's": renewed} {
		back, err := s.Session("", a.Header().Get("X-Subject-Token"))
		if err != nil || back.Terms.SourceIdentity != "ada" || !slices.Equal(back.Terms.Tags, want[:1]) || !back.Terms.IssuedAt.Equal(gatetest.Start) {
			t.Errorf("%s: %d %s: %+v, %v", says, a.Code, a.Body, back.Terms, err)
		}
	}
}

func TestPoliciesSeeTheParametersOfAssumeAgency(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.found(t, "member-two", member)
	s.World.Role(org.Huawei, management, "/", "Second", member)
	ctx, admin := t.Context(), s.admin.Caller
	o, err := s.GetOrganization(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.EnablePolicyType(ctx, admin, o.RootID, org.ServiceControl); err != nil {
		t.Fatal(err)
	}
	p, err := s.CreatePolicy(ctx, admin, org.ServiceControl, "guard", "", `{"Version":"5.0","Statement":[
		{"Effect":"Deny","Action":["sts:agencies:assume"],"Condition":{"StringEquals":{"sts:ExternalId":["x-2"]}}},
		{"Effect":"Deny","Action":["sts::setSourceIdentity"],"Condition":{"StringEquals":{"sts:SourceIdentity":["eve"]}}},
		{"Effect":"Deny","Action":["sts::tagSession"],"Condition":{"StringEquals":{"g:RequestTag/team":["red"]}}},
		{"Effect":"Deny","Action":["sts:agencies:assume"],"Condition":{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":["cost"]}}},
		{"Effect":"Deny","Action":["sts:agencies:assume"],"Condition":{"StringEquals":{"g:PrincipalTag/Team":["Blue"]}}}]}`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AttachPolicy(ctx, admin, p.ID, string(member)); err != nil {
		t.Fatal(err)
	}
	inside := s.enter(t, s.key())
	var blue assumed
	s.ask(t, s.key(), "POST", assumePath, assuming(agencyURN, passing)).into(t, &blue)
	for _, c := range []struct {
		name   string
		key    gatetest.Key
		more   string
		denied bool
	}{
		{"an external id", inside, `"external_id":"x-1"`, false},
		{"one that is denied", inside, `"external_id":"x-2"`, true},
		{"a source identity", inside, `"source_identity":"ada"`, false},
		{"one that is denied", inside, `"source_identity":"eve"`, true},
		{"a tag", inside, `"tags":[{"key":"team","value":"blue"}]`, false},
		{"one that is denied", inside, `"tags":[{"key":"Team","value":"red"}]`, true},
		{"a key that is passed on", inside, `"tags":[{"key":"cost","value":"1"}],"transitive_tag_keys":["cost"]`, true},
		{"a session with a tag that is denied", blue.key(), `"external_id":"x-1"`, true},
	} {
		a := s.ask(t, c.key, "POST", assumePath, assuming(secondURN, c.more))
		if c.denied {
			a.fails(t, 403, "PAP5.0001", "not authorized")
		} else if a.Code != 200 {
			t.Errorf("%s: %d %s", c.name, a.Code, a.Body)
		}
	}
}
