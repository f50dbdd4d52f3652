package controlplane_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// holds tells whether a policy on a member denies a caller its organization under a condition.
type holds func(ctx context.Context, c org.Caller, condition string) bool

// judge makes a member whose callers a policy binds, and what asks about them.
func judge(e *estate) (org.AccountID, holds) {
	e.Helper()
	e.enable(org.ServiceControl)
	id := e.account("one")
	text := func(condition string) string {
		if e.admin.Partition == org.Huawei {
			return `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:organizations:get"],"Condition":` + condition + `}]}`
		}
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:DescribeOrganization","Resource":"*","Condition":` + condition + `}]}`
	}
	prefix := map[bool]string{true: "g:", false: "aws:"}[e.admin.Partition == org.Huawei]
	rule := e.policy(org.ServiceControl, "judge", text(`{"Bool":{"`+prefix+`SecureTransport":["true"]}}`))
	e.attach(rule, string(id))
	return id, func(ctx context.Context, c org.Caller, condition string) bool {
		e.Helper()
		content := text(condition)
		if _, err := e.plane.UpdatePolicy(e.Context(), e.admin, rule, org.PolicyChange{Content: &content}); err != nil {
			e.Fatalf("%s: %v", condition, err)
		}
		_, err := e.plane.GetOrganization(ctx, c)
		if err != nil && org.ReasonOf(err) != org.NotPermitted {
			e.Fatal(err)
		}
		return err != nil
	}
}

// sessionKey is a condition key of a session with what a session with all terms and a plain one say of it: the empty text for nothing, as is said
// of all of them by long-term credentials.
type sessionKey struct{ key, operator, tagged, plain string }

var sessionKeys = map[org.Partition][]sessionKey{
	org.AWS: {
		{"aws:TokenIssueTime", "DateEquals", "2026-01-01T00:00:07Z", "2026-01-01T00:00:07Z"},
		{"aws:MultiFactorAuthPresent", "Bool", "false", "false"},
		{"aws:MultiFactorAuthAge", "NumericEquals", "", ""},
		{"aws:SourceIdentity", "StringEquals", "ada", ""},
		{"aws:PrincipalTag/Team", "StringEquals", "Blue", ""},
		{"AWS:principaltag/TEAM", "StringEquals", "Blue", ""},
		{"aws:PrincipalTag/env", "StringEquals", "", ""},
		{"aws:AssumedRoot", "Bool", "", ""},
		{"aws:FederatedProvider", "StringEquals", "", ""},
		{"aws:MFAPresent", "Bool", "", ""},
	},
	org.Huawei: {
		{"g:TokenIssueTime", "DateGreaterThanEquals", "2026-01-01T00:00:07Z", "2026-01-01T00:00:07Z"},
		{"g:MFAPresent", "Bool", "false", "false"},
		{"g:MFAAge", "NumberEquals", "", ""},
		{"g:SourceIdentity", "StringEquals", "ada", ""},
		{"g:PrincipalTag/Team", "StringEquals", "Blue", ""},
		{"g:PrincipalTag/env", "StringEquals", "", ""},
		{"g:MultiFactorAuthPresent", "Bool", "", ""},
		{"g:AssumedRoot", "Bool", "", ""},
	},
}

// What a session brings into policies (IAM User Guide, "AWS global condition context keys", properties of a role session; of Huawei Cloud, "Global
// Condition Keys").
func TestConditionKeysOfSessions(t *testing.T) {
	t.Parallel()
	for partition, keys := range sessionKeys {
		e := in(t, partition)
		id, denies := judge(e)
		issued := time.Date(2026, 1, 1, 0, 0, 7, 900_000_000, time.FixedZone("", 3600)).Add(time.Hour)
		session := e.member(id)
		lasting := org.Caller{Partition: partition, AccountID: id, Kind: org.User, Name: "ann", Admin: true}
		tagged := identity.Terms{
			IssuedAt: issued, SourceIdentity: "ada", Tags: []org.Tag{{Key: "team", Value: "Blue"}}, Transitive: []string{"team"},
		}
		bare := identity.Under(t.Context(), identity.Terms{IssuedAt: issued})
		for _, k := range keys {
			cases := []struct {
				who  string
				ctx  context.Context
				c    org.Caller
				want string
			}{
				{"a session with all", identity.Under(t.Context(), tagged), session, k.tagged},
				{"a plain session", bare, session, k.plain},
				{"long-term credentials", t.Context(), lasting, ""},
			}
			for _, c := range cases {
				null := map[bool]string{true: "true", false: "false"}[c.want == ""]
				if !denies(c.ctx, c.c, `{"Null":{"`+k.key+`":["`+null+`"]}}`) {
					t.Errorf("%s of %s: absent is not %s", k.key, c.who, null)
				}
				value := c.want
				if value == "" {
					value = map[string]string{"Bool": "true", "NumericEquals": "0", "NumberEquals": "0", "StringEquals": "x"}[k.operator]
				}
				if value == "" {
					value = "2026-01-01T00:00:07Z"
				}
				if got := denies(c.ctx, c.c, `{"`+k.operator+`":{"`+k.key+`":["`+value+`"]}}`); got != (c.want != "") {
					t.Errorf("%s of %s is %s: %t", k.key, c.who, value, got)
				}
			}
		}
	}
}

func TestASessionOfARootUserSaysSo(t *testing.T) {
	t.Parallel()
	e, _ := overseer(t)
	e.rooted(org.RootCredentials)
	e.enable(org.ServiceControl)
	id := e.account("one")
	deny := func(condition string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:GetUser","Resource":"*","Condition":` + condition + `}]}`
	}
	rule := e.policy(org.ServiceControl, "root", deny(`{"Bool":{"aws:AssumedRoot":"true"}}`))
	e.attach(rule, string(id))
	ctx := identity.Under(t.Context(), identity.Terms{SourceIdentity: "ada", Tags: []org.Tag{{Key: "team", Value: "blue"}}, Transitive: []string{"team"}})
	got, err := e.plane.AssumeRoot(ctx, e.admin, controlplane.RootAssumption{AccountID: id, Task: e.task(audit), Duration: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(identity.Terms{IssuedAt: e.now, SourceIdentity: "ada"}, got.Terms); d != "" {
		t.Error(d)
	}
	user := func(c org.Caller) func() error {
		return func() error {
			_, err := e.plane.GetPrincipal(identity.Under(t.Context(), got.Terms), c, "iam:GetUser", "", org.RootUser)
			return err
		}
	}
	plain := got.Caller
	plain.Task = ""
	e.refused("a session for a task", org.NotPermitted, user(got.Caller))
	e.refused("a root user's own", "", user(plain))
	exempt := deny(`{"ArnLike":{"aws:PrincipalArn":"arn:*:iam::*:root"},"Null":{"aws:AssumedRoot":"true"}}`)
	if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, rule, org.PolicyChange{Content: &exempt}); err != nil {
		t.Fatal(err)
	}
	e.refused("a session for a task that is let through", "", user(got.Caller))
	e.refused("a root user's own that is not", org.NotPermitted, user(plain))
}

func TestADenialTellsTheKeysOfItsSession(t *testing.T) {
	t.Parallel()
	for partition, prefix := range map[org.Partition]string{org.AWS: "aws:", org.Huawei: "g:"} {
		e := in(t, partition)
		id, _ := judge(e)
		deny := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:DescribeOrganization","Resource":"*"}]}`
		device, other := "aws:MultiFactorAuthPresent", "aws:MFAPresent"
		if partition == org.Huawei {
			deny, device, other = `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:organizations:get"]}]}`, "g:MFAPresent", "g:MultiFactorAuthPresent"
		}
		e.attach(e.policy(org.ServiceControl, "deny", deny), string(id))
		terms := identity.Terms{IssuedAt: e.now, SourceIdentity: "ada", Tags: []org.Tag{{Key: "Team", Value: "blue"}}}
		_, err := e.plane.GetOrganization(identity.Under(t.Context(), terms), e.member(id))
		told := e.decode(e.member(id), err)
		for key, want := range map[string]string{
			prefix + "SourceIdentity": "ada", prefix + "PrincipalTag/Team": "blue", prefix + "TokenIssueTime": e.now.Format(time.RFC3339), device: "false", other: "",
		} {
			if got := told.condition(key); got != want {
				t.Errorf("%s: %s is %q", partition, key, got)
			}
		}
	}
}
