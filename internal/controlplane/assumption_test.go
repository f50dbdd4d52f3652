package controlplane_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// entry is a way of asking for a role's session with all that policies can look at.
func entry(of org.AccountID) controlplane.Assumption {
	return controlplane.Assumption{
		AccountID: of, Role: rolesTaken, Session: "night", Duration: time.Hour, ExternalID: "x-1", SourceIdentity: "ada",
		Tags: []org.Tag{{Key: "Team", Value: "blue"}, {Key: "env", Value: ""}}, Transitive: []string{"Team"},
	}
}

func TestPoliciesLookAtHowARoleIsAssumed(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.enable(org.ServiceControl)
	e.enable(org.ResourceControl)
	from, open, guarded := e.account("from"), e.account("open"), e.account("guarded")
	ways := map[string]struct {
		id        org.PolicyID
		principal string
		who       org.Caller
		of        org.AccountID
	}{
		"by the caller's service control policy": {e.policy(org.ServiceControl, "scp", scp("Deny", "sts:x")), "", e.member(from), open},
		"by the role's resource control policy":  {e.guard("rcp", `{"Bool":{"aws:x":"true"}}`), `"Principal":"*",`, e.stranger(), guarded},
	}
	e.attach(ways["by the caller's service control policy"].id, string(from))
	e.attach(ways["by the role's resource control policy"].id, string(guarded))
	for _, c := range []struct {
		action, condition string
		full, plain       bool // denied: a request that says all of it, and one that only names the session
	}{
		{"sts:AssumeRole", `{"StringLike":{"sts:RoleSessionName":"ni*"}}`, true, true},
		{"sts:AssumeRole", `{"StringNotEquals":{"sts:RoleSessionName":"night"}}`, false, false},
		{"sts:AssumeRole", `{"StringEquals":{"sts:ExternalId":"x-1"}}`, true, false},
		{"sts:AssumeRole", `{"StringNotEquals":{"sts:ExternalId":"x-1"}}`, false, true},
		{"sts:AssumeRole", `{"Null":{"sts:ExternalId":"true"}}`, false, true},
		{"sts:AssumeRole", `{"StringEquals":{"sts:SourceIdentity":"ada"}}`, true, false},
		{"sts:AssumeRole", `{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"Team"}}`, true, false},
		{"sts:AssumeRole", `{"StringEquals":{"aws:RequestTag/team":"blue"}}`, true, false},
		{"sts:AssumeRole", `{"ForAllValues:StringEquals":{"aws:TagKeys":["Team","env"]}}`, true, true},
		{"sts:TagSession", `{}`, true, false},
		{"sts:TagSession", `{"StringEquals":{"aws:RequestTag/Team":"red"}}`, false, false},
		{"sts:SetSourceIdentity", `{}`, true, false},
		{"sts:SetSourceIdentity", `{"StringNotLike":{"sts:SourceIdentity":"ada"}}`, false, false},
		{"sts:SetContext", `{}`, false, false},
	} {
		for says, w := range ways {
			text := `{"Version":"2012-10-17","Statement":{"Effect":"Deny",` + w.principal + `"Action":"` + c.action + `","Resource":"*","Condition":` + c.condition + `}}`
			if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, w.id, org.PolicyChange{Content: &text}); err != nil {
				t.Fatal(err)
			}
			for _, ask := range []struct {
				how    string
				want   controlplane.Assumption
				denied bool
			}{
				{"in full", entry(w.of), c.full},
				{"plainly", controlplane.Assumption{AccountID: w.of, Role: rolesTaken, Session: "night", Duration: time.Hour}, c.plain},
			} {
				_, err := e.plane.AssumeRole(t.Context(), w.who, ask.want)
				if ask.denied != (org.ReasonOf(err) == org.NotPermitted) || !ask.denied && err != nil {
					t.Errorf("%s on %s, %s, asked %s: %v", c.condition, c.action, says, ask.how, err)
				}
			}
		}
	}
}

func TestAChainKeepsWhatIsPassedOn(t *testing.T) {
	t.Parallel()
	tag := func(key, value string) org.Tag { return org.Tag{Key: key, Value: value} }
	many := func(n int, stem string) (out []org.Tag) {
		for i := range n {
			out = append(out, tag(fmt.Sprint(stem, i), ""))
		}
		return out
	}
	from := identity.Terms{SourceIdentity: "ada", Tags: []org.Tag{tag("Team", "Blue"), tag("env", "prod")}, Transitive: []string{"team"}}
	for _, c := range []struct {
		says string
		from identity.Terms
		want controlplane.Assumption // its terms alone
		got  identity.Terms
		err  org.Reason
	}{
		{says: "nothing", want: controlplane.Assumption{}},
		{says: "a first session with all",
			want: controlplane.Assumption{SourceIdentity: "eve", Tags: []org.Tag{tag("a", "1"), tag("b", "")}, Transitive: []string{"B"}, ExternalID: "x-1"},
			got:  identity.Terms{SourceIdentity: "eve", Tags: []org.Tag{tag("a", "1"), tag("b", "")}, Transitive: []string{"B"}}},
		{says: "a second one that says nothing", from: from,
			got: identity.Terms{SourceIdentity: "ada", Tags: []org.Tag{tag("Team", "Blue")}, Transitive: []string{"Team"}}},
		{says: "a second one with tags of its own, one of a key that ended", from: from, want: controlplane.Assumption{Tags: []org.Tag{tag("ENV", "test"), tag("c", "2")}, Transitive: []string{"c"}},
			got: identity.Terms{SourceIdentity: "ada", Tags: []org.Tag{tag("Team", "Blue"), tag("ENV", "test"), tag("c", "2")}, Transitive: []string{"c", "Team"}}},
		{says: "the same source identity again", from: from, want: controlplane.Assumption{SourceIdentity: "ada"},
			got: identity.Terms{SourceIdentity: "ada", Tags: []org.Tag{tag("Team", "Blue")}, Transitive: []string{"Team"}}},
		{says: "a source identity after none", from: identity.Terms{Tags: from.Tags}, want: controlplane.Assumption{SourceIdentity: "eve"}, got: identity.Terms{SourceIdentity: "eve"}},
		{says: "another source identity", from: from, want: controlplane.Assumption{SourceIdentity: "Ada"}, err: org.SessionMayNotIssue},
		{says: "a tag that is passed on, set anew", from: from, want: controlplane.Assumption{Tags: []org.Tag{tag("TEAM", "Blue")}}, err: org.DuplicateTagKey},
		{says: "a key twice", want: controlplane.Assumption{Tags: []org.Tag{tag("team", "1"), tag("Team", "2")}}, err: org.DuplicateTagKey},
		{says: "a transitive key without a tag", want: controlplane.Assumption{Tags: []org.Tag{tag("a", "")}, Transitive: []string{"b"}}, err: org.InvalidTag},
		{says: "a transitive key of the calling session's", from: from, want: controlplane.Assumption{Transitive: []string{"Team"}}, err: org.InvalidTag},
		{says: "50 tags", want: controlplane.Assumption{Tags: many(50, "k")}, got: identity.Terms{Tags: many(50, "k")}},
		{says: "51 tags", want: controlplane.Assumption{Tags: many(51, "k")}, err: org.TagLimit},
		{says: "51 tags with that which is passed on", from: from, want: controlplane.Assumption{Tags: many(50, "k")}, err: org.TagLimit},
	} {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			e := newEstate(t, lenient)
			c.want.AccountID, c.want.Role, c.want.Session, c.want.Duration = "999999999999", rolesTaken, "night", time.Hour
			ctx := t.Context()
			if !cmp.Equal(c.from, identity.Terms{}) {
				c.from.IssuedAt = e.now.Add(-time.Minute)
				ctx = identity.Under(ctx, c.from)
			}
			got, err := e.plane.AssumeRole(ctx, e.admin, c.want)
			if org.ReasonOf(err) != c.err {
				t.Fatal(err)
			}
			if c.err != "" {
				return
			}
			c.got.IssuedAt = e.now
			if d := cmp.Diff(c.got, got.Terms, cmpopts.EquateEmpty()); d != "" {
				t.Error(d)
			}
			if back, err := e.plane.Session(got.KeyID, got.Token); err != nil || !cmp.Equal(back.Terms, got.Terms, cmpopts.EquateEmpty()) {
				t.Errorf("%+v, %v", back, err)
			}
		})
	}
}

// Tags and a source identity that are only passed on are permissions, too, and the keys of the request say nothing of them.
func TestWhatAChainPassesOnIsPermitted(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.enable(org.ServiceControl)
	id := e.account("one")
	rule := e.policy(org.ServiceControl, "scp", scp("Deny", "sts:x"))
	e.attach(rule, string(id))
	passing := identity.Under(t.Context(), identity.Terms{
		IssuedAt: e.now, SourceIdentity: "ada", Tags: []org.Tag{{Key: "Team", Value: "blue"}}, Transitive: []string{"Team"},
	})
	for _, c := range []struct {
		action, condition string
		passing, plain    bool // denied
	}{
		{"sts:TagSession", `{}`, true, false},
		{"sts:SetSourceIdentity", `{}`, true, false},
		{"sts:AssumeRole", `{"StringEquals":{"aws:PrincipalTag/team":"blue"}}`, true, false},
		{"sts:AssumeRole", `{"StringEquals":{"aws:SourceIdentity":"ada"}}`, true, false},
		{"sts:AssumeRole", `{"Null":{"aws:TokenIssueTime":"false"}}`, true, false},
		{"sts:*", `{"StringEquals":{"aws:RequestTag/team":"blue"}}`, false, false},
		{"sts:*", `{"StringEquals":{"sts:SourceIdentity":"ada"}}`, false, false},
	} {
		text := `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"` + c.action + `","Resource":"*","Condition":` + c.condition + `}}`
		if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, rule, org.PolicyChange{Content: &text}); err != nil {
			t.Fatal(err)
		}
		for _, ask := range []struct {
			ctx    context.Context
			denied bool
		}{{passing, c.passing}, {t.Context(), c.plain}} {
			_, err := e.plane.AssumeRole(ask.ctx, e.member(id), controlplane.Assumption{AccountID: "999999999999", Role: rolesTaken, Session: "night", Duration: time.Hour})
			if ask.denied != (org.ReasonOf(err) == org.NotPermitted) || !ask.denied && err != nil {
				t.Errorf("%s on %s, denied %t: %v", c.condition, c.action, ask.denied, err)
			}
		}
	}
}
