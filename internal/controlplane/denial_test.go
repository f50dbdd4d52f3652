package controlplane_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// told is a decoded message.
type told struct {
	Allowed, ExplicitDeny bool
	MatchedStatements     struct {
		Items []struct {
			StatementID, Effect, SourcePolicyID, SourcePolicyType, TargetID string
			StatementIndex                                                  int
		}
	}
	Failures struct {
		Items []struct{ PolicyType, TargetID string }
	}
	Context struct {
		Principal        struct{ ID, Name, ARN, URN string }
		Action, Resource string
		Conditions       struct {
			Items []struct {
				Key    string
				Values struct{ Items []struct{ Value string } }
			}
		}
	}
}

func (t told) condition(key string) string {
	for _, c := range t.Context.Conditions.Items {
		if c.Key == key {
			return c.Values.Items[0].Value
		}
	}
	return ""
}

// decode decodes the message of a denial for a caller.
func (e *estate) decode(c org.Caller, denial error) told {
	e.Helper()
	if org.ReasonOf(denial) != org.NotPermitted {
		e.Fatalf("no denial: %v", denial)
	}
	document, err := e.plane.DecodeMessage(e.Context(), c, org.AsError(denial).Encoded)
	if err != nil {
		e.Fatal(err)
	}
	var out told
	if err := json.Unmarshal([]byte(document), &out); err != nil {
		e.Fatalf("%v in %s", err, document)
	}
	return out
}

func TestADenialByAServiceControlPolicyTellsItsStatement(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	id := e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["ecs:*:*"]},{"Sid":"noLook","Effect":"Deny","Action":["organizations:organizations:get"]}]}`)
	e.attach(id, string(e.root))
	ctx := identity.From(t.Context(), identity.Origin{Address: "192.0.2.7"})
	_, err := e.plane.GetOrganization(ctx, member)
	got := e.decode(member, err)
	if got.Allowed || !got.ExplicitDeny || len(got.MatchedStatements.Items) != 1 || len(got.Failures.Items) != 0 {
		t.Fatalf("%+v", got)
	}
	if m := got.MatchedStatements.Items[0]; m.StatementID != "noLook" || m.Effect != "DENY" || m.SourcePolicyID != string(id) || m.TargetID != string(e.root) ||
		m.StatementIndex != 1 || m.SourcePolicyType != "service control policy" {
		t.Errorf("%+v", m)
	}
	if c := got.Context; c.Principal.URN != identity.URN(member) || c.Principal.ARN != "" || c.Action != "organizations:organizations:get" || c.Resource != "*" {
		t.Errorf("%+v", c)
	}
	if got.condition("g:SourceIp") != "192.0.2.7" || got.condition("g:PrincipalUrn") == "" || got.condition("g:PrincipalArn") != "" {
		t.Errorf("%+v", got.Context.Conditions)
	}
}

func TestADenialForWantOfAnAllowTellsWhereItLacks(t *testing.T) {
	t.Parallel()
	b := newBranch(t)
	few := b.made(org.ServiceControl, "few", scp("Allow", "sts:*"))
	b.attach(few, string(b.member.AccountID))
	b.detach(org.RulesOf(org.AWS).PolicyRule(org.ServiceControl).Own.ID, string(b.member.AccountID))
	got := b.decode(b.member, b.describe(b.member)())
	if got.ExplicitDeny || len(got.MatchedStatements.Items) != 0 || len(got.Failures.Items) != 1 {
		t.Fatalf("%+v", got)
	}
	if f := got.Failures.Items[0]; f.PolicyType != "service control policy" || f.TargetID != string(b.member.AccountID) {
		t.Errorf("%+v", f)
	}
	if got.Context.Principal.ARN != identity.ARN(b.member) || got.condition("aws:PrincipalOrgID") != string(b.id) {
		t.Errorf("%+v", got.Context)
	}
}

func TestADenialForWantOfPermissionTellsSo(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	nobody := e.admin
	nobody.Admin = false
	_, err := e.plane.ListAccounts(t.Context(), nobody, "", org.Page{Limit: 1})
	got := e.decode(e.admin, err)
	if got.ExplicitDeny || len(got.Failures.Items) != 1 || got.Failures.Items[0].PolicyType != "identity-based policy" || got.Context.Action != "organizations:accounts:list" {
		t.Errorf("%+v", got)
	}
	e.refused("whoever was denied may not look", org.NotPermitted, func() error {
		_, err := e.plane.DecodeMessage(t.Context(), nobody, org.AsError(err).Encoded)
		return err
	})
}

func TestOnlyOnesOwnFreshMessagesAreDecoded(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	member, other := e.member(e.account("one")), e.member(e.account("two"))
	e.attach(e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:*:*"]}]}`), string(e.root))
	_, err := e.plane.GetOrganization(t.Context(), member)
	message := org.AsError(err).Encoded
	if message == "" || len(message) > 10240 {
		t.Fatalf("a message of %d characters", len(message))
	}
	decode := func(c org.Caller, message string) func() error {
		return func() error {
			_, err := e.plane.DecodeMessage(t.Context(), c, message)
			return err
		}
	}
	e.refused("its account", "", decode(member, message))
	e.refused("another account", org.MessageInvalid, decode(other, message))
	e.refused("the management account", org.MessageInvalid, decode(e.admin, message))
	e.refused("a changed one", org.MessageInvalid, decode(member, "A"+message[:len(message)-1]))
	e.pass(24 * time.Hour)
	e.refused("after a day", "", decode(member, message))
	e.pass(time.Second)
	e.refused("later", org.MessageInvalid, decode(member, message))
	no := e.policy(org.ServiceControl, "blind", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["sts::decodeAuthorizationMessage"]}]}`)
	e.attach(no, string(member.AccountID))
	e.refused("denied by a policy", org.NotPermitted, decode(member, message))
}

func TestAMessageIsNeverTooLongToBeDecoded(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	e.attach(e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:*:*"]}]}`), string(e.root))
	ctx := identity.From(t.Context(), identity.Origin{Agent: strings.Repeat("x", 20000)})
	_, err := e.plane.GetOrganization(ctx, member)
	if n := len(org.AsError(err).Encoded); n == 0 || n > 10240 {
		t.Fatalf("a message of %d characters", n)
	}
	if got := e.decode(member, err); !got.ExplicitDeny || len(got.Context.Conditions.Items) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestHuaweiServiceControlPoliciesBindTheTakingOfAgencies(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, lenient)
	e.enable(org.ServiceControl)
	member := e.member(e.account("one"))
	take := func() error {
		_, err := e.plane.AssumeRole(t.Context(), member, controlplane.Assumption{AccountID: e.admin.AccountID, Role: "deploy", Session: "s", Duration: time.Hour})
		return err
	}
	e.refused("before", "", take)
	e.attach(e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["sts:agencies:assume"],"Resource":["iam::*:agency:deploy"]}]}`), string(member.AccountID))
	e.refused("an agency that is denied", org.NotPermitted, take)
}
