package controlplane_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	team     = `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["red","blue"]}}}}`
	moreTeam = `{"tags":{"team":{"tag_value":{"@@append":["green"]},"enforced_for":{"@@assign":["ec2:instance"]}}}}`
	lessTeam = `{"tags":{"team":{"tag_value":{"@@remove":["red","white"]}}}}`
	// A plan without rules is sound by itself, for others may add them, and invalid where nobody does.
	hollow = `{"plans":{"P":{"regions":{"@@assign":["eu-west-1"]}}}}`
	rule   = `{"plans":{"P":{"regions":{"@@append":["eu-west-1"]},"rules":{"r":{"schedule_expression":{"@@assign":"cron(0 5 ? * * *)"},"target_backup_vault_name":{"@@assign":"v"}}},` +
		`"selections":{"tags":{"s":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/b"},"tag_key":{"@@assign":"k"},"tag_value":{"@@assign":["v"]}}}}}}}`
)

func (e *estate) effective(t org.PolicyType, target org.AccountID) (controlplane.EffectivePolicy, error) {
	return e.plane.GetEffectivePolicy(e.Context(), e.admin, t, string(target))
}

// inherits fails the test unless the account's effective policy is that.
func (e *estate) inherits(t org.PolicyType, target org.AccountID, want string, updated time.Time) {
	e.Helper()
	found, err := e.effective(t, target)
	if want == "" {
		if org.ReasonOf(err) != org.EffectivePolicyMissing {
			e.Errorf("%s inherits %s, %v", target, found.Content, err)
		}
		return
	}
	var got any
	if err != nil || json.Unmarshal([]byte(found.Content), &got) != nil || found.Content != want {
		e.Errorf("%s inherits %s, want %s: %v", target, found.Content, want, err)
	}
	if !found.UpdatedAt.Equal(updated) {
		e.Errorf("%s inherits since %s, want %s", target, found.UpdatedAt, updated)
	}
}

func (e *estate) tick() time.Time {
	e.pass(time.Minute)
	return e.clock().UTC().Truncate(time.Microsecond)
}

func (e *estate) move(a org.AccountID, from, to org.UnitID) {
	e.Helper()
	if err := e.plane.MoveAccount(e.Context(), e.admin, a, from, to); err != nil {
		e.Fatal(err)
	}
}

func TestWhatAnAccountInherits(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "u")
	a, b := e.account("a"), e.account("b")
	e.move(a, e.root, unit)
	e.inherits(org.TagPolicy, a, "", time.Time{}) // off
	e.enable(org.TagPolicy)
	e.inherits(org.TagPolicy, a, "", time.Time{}) // nothing to inherit
	first := e.tick()
	e.attach(e.policy(org.TagPolicy, "root", team), string(e.root))
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`, first)
	e.tick()
	below := e.policy(org.TagPolicy, "unit", moreTeam)
	e.attach(below, string(unit))
	third := e.tick()
	e.attach(e.policy(org.TagPolicy, "account", lessTeam), string(a))
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["blue","green"],"enforced_for":["ec2:instance"]}}}`, third)
	e.inherits(org.TagPolicy, b, `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`, first)
	e.inherits(org.TagPolicy, e.admin.AccountID, `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`, first)
	fourth := e.tick()
	if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, below, org.PolicyChange{Content: new(`{"tags":{}}`)}); err != nil {
		t.Fatal(err)
	}
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["blue"]}}}`, fourth)
	fifth := e.tick()
	e.move(a, unit, e.root)
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["blue"]}}}`, fifth)
	if _, err := e.plane.DisablePolicyType(t.Context(), e.admin, e.root, org.TagPolicy); err != nil {
		t.Fatal(err)
	}
	e.inherits(org.TagPolicy, a, "", time.Time{})
}

func TestTheFirstAttachedOfOneTargetWins(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	one := e.policy(org.TagPolicy, "1", `{"tags":{"team":{"tag_key":{"@@assign":"TEAM"}}}}`)
	two := e.policy(org.TagPolicy, "2", `{"tags":{"team":{"tag_key":{"@@assign":"team"},"tag_value":{"@@append":["a"]}}}}`)
	e.attach(one, string(e.root))
	at := e.tick()
	e.attach(two, string(e.root))
	e.inherits(org.TagPolicy, e.admin.AccountID, `{"tags":{"team":{"tag_key":"TEAM","tag_value":["a"]}}}`, at)
	e.detach(one, string(e.root))
	at = e.tick()
	e.attach(one, string(e.root))
	e.inherits(org.TagPolicy, e.admin.AccountID, `{"tags":{"team":{"tag_key":"team","tag_value":["a"]}}}`, at)
}

func TestWhoseEffectivePolicyOneMayRead(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	e.attach(e.policy(org.TagPolicy, "t", team), string(e.root))
	a, b := e.account("a"), e.account("b")
	unit := e.unit(e.root, "u")
	for _, own := range []string{"", string(a)} {
		found, err := e.plane.GetEffectivePolicy(t.Context(), e.member(a), org.TagPolicy, own)
		if err != nil || found.AccountID != a {
			t.Errorf("%q: %+v, %v", own, found, err)
		}
	}
	for target, want := range map[string]org.Reason{
		string(b): org.DelegateOnly, string(unit): org.DelegateOnly, "999999999999": org.DelegateOnly,
	} {
		e.refused("a member asks for "+target, want, func() error {
			_, err := e.plane.GetEffectivePolicy(t.Context(), e.member(a), org.TagPolicy, target)
			return err
		})
	}
	for target, want := range map[string]org.Reason{
		string(e.root): org.TargetRefused, string(unit): org.TargetRefused, "999999999999": org.TargetMissing, "ou-none-12345678": org.TargetMissing,
	} {
		e.refused("the management account asks for "+target, want, func() error {
			_, err := e.plane.GetEffectivePolicy(t.Context(), e.admin, org.TagPolicy, target)
			return err
		})
	}
}

// invalid are the accounts whose effective policy of a type is invalid.
func (e *estate) invalid(t org.PolicyType) string {
	e.Helper()
	var out []string
	page := org.Page{Limit: 1}
	for {
		found, err := e.plane.ListInvalid(e.Context(), e.admin, t, page)
		if err != nil {
			e.Fatal(err)
		}
		for _, a := range found.Accounts {
			out = append(out, string(a.ID))
		}
		if page.After = found.Next; page.After == "" {
			return strings.Join(out, " ")
		}
	}
}

// verdicts are the events about effective policies since a version.
func (e *estate) verdicts(after int64) []string {
	e.Helper()
	var out []string
	for _, v := range e.events(after) {
		if v.Name == org.EffectivePolicyValidated {
			out = append(out, v.Subject+" "+v.Detail["state"])
		}
	}
	return out
}

func (e *estate) faults(t org.PolicyType, a org.AccountID) controlplane.PolicyFaults {
	e.Helper()
	out, err := e.plane.ListPolicyFaults(e.Context(), e.admin, t, a, org.Page{Limit: 20})
	if err != nil {
		e.Fatal(err)
	}
	return out
}

func TestAnInvalidMergeKeepsTheLastValidPolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "u")
	a, b := e.account("a"), e.account("b")
	e.move(a, e.root, unit)
	e.move(b, e.root, unit)
	e.enable(org.BackupPolicy)
	plan, rules := e.policy(org.BackupPolicy, "plan", hollow), e.policy(org.BackupPolicy, "rules", rule)
	e.attach(rules, string(a))
	e.attach(rules, string(unit))
	version, bad := e.version(), e.tick()
	// The plan of the root has no rules where nobody adds them: in the management account alone.
	e.attach(plan, string(e.root))
	if got, want := e.invalid(org.BackupPolicy), string(e.admin.AccountID); got != want {
		t.Fatalf("invalid: %s, want %s", got, want)
	}
	e.inherits(org.BackupPolicy, e.admin.AccountID, "", time.Time{}) // it never had a valid one
	if got := fmt.Sprint(e.verdicts(version)); got != fmt.Sprintf("[%s INVALID]", e.admin.AccountID) {
		t.Errorf("told: %s", got)
	}
	whole, err := e.effective(org.BackupPolicy, b)
	if err != nil || !strings.Contains(whole.Content, string(b)) || !whole.UpdatedAt.Equal(bad) {
		t.Fatalf("%+v, %v", whole, err)
	}
	// Without the rules of the unit, b has a hollow plan and goes on with the last one; a has rules of its own.
	version = e.version()
	worse := e.tick()
	e.detach(rules, string(unit))
	if got := e.invalid(org.BackupPolicy); got != string(e.admin.AccountID)+" "+string(b) {
		t.Errorf("invalid: %s", got)
	}
	e.inherits(org.BackupPolicy, b, whole.Content, whole.UpdatedAt)
	faults := e.faults(org.BackupPolicy, b)
	if len(faults.Faults) == 0 || !faults.EvaluatedAt.Equal(worse) || joined(faults.Account.Path) != joined([]org.UnitID{e.root, unit}) {
		t.Errorf("%+v", faults)
	}
	for _, f := range faults.Faults {
		if f.Code == "" || f.Message == "" || !strings.HasPrefix(f.Path, "plans") || len(f.Policies) != 1 || f.Policies[0] != plan {
			t.Errorf("%+v", f)
		}
	}
	if n := len(e.faults(org.BackupPolicy, a).Faults); n != 0 {
		t.Errorf("%d faults of a", n)
	}
	// Another change that leaves it invalid changes nothing of what is kept.
	e.tick()
	if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, plan, org.PolicyChange{Content: new(strings.Replace(hollow, "eu-west-1", "eu-west-2", 1))}); err != nil {
		t.Fatal(err)
	}
	e.inherits(org.BackupPolicy, b, whole.Content, whole.UpdatedAt)
	// Rules in the root make all valid.
	e.attach(rules, string(e.root))
	if got := e.invalid(org.BackupPolicy); got != "" {
		t.Errorf("invalid: %s", got)
	}
	if got, want := len(e.verdicts(version)), 3; got != want {
		t.Errorf("told: %v", e.verdicts(version))
	}
}

func TestAMoveTurnsAnEffectivePolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit, a := e.unit(e.root, "u"), e.account("a")
	e.enable(org.BackupPolicy)
	e.attach(e.policy(org.BackupPolicy, "plan", hollow), string(unit))
	version := e.version()
	e.move(a, e.root, unit)
	if got := e.invalid(org.BackupPolicy); got != string(a) {
		t.Errorf("invalid: %s", got)
	}
	e.move(a, unit, e.root)
	if got := e.invalid(org.BackupPolicy); got != "" {
		t.Errorf("invalid: %s", got)
	}
	if got := fmt.Sprint(e.verdicts(version)); got != fmt.Sprintf("[%s INVALID %s VALID]", a, a) {
		t.Errorf("told: %s", got)
	}
	// An account that comes into an invalid root is invalid from the start.
	plan := e.policy(org.BackupPolicy, "root plan", hollow)
	e.attach(plan, string(e.root))
	fresh := e.account("fresh")
	if got := e.invalid(org.BackupPolicy); !strings.HasSuffix(got, string(fresh)) || len(strings.Fields(got)) != 3 {
		t.Errorf("invalid: %s", got)
	}
	e.detach(plan, string(e.root))
	if got := e.invalid(org.BackupPolicy); got != "" {
		t.Errorf("invalid: %s", got)
	}
}

func TestFaultsOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	list := func(kind org.PolicyType, a org.AccountID, after string) func() error {
		return func() error {
			_, err := e.plane.ListPolicyFaults(t.Context(), e.admin, kind, a, org.Page{After: after, Limit: 1})
			return err
		}
	}
	e.refused("a type that is off", org.EffectivePolicyMissing, list(org.TagPolicy, e.admin.AccountID, ""))
	e.refused("an account that there is not", org.AccountMissing, list(org.TagPolicy, "999999999999", ""))
	e.enable(org.TagPolicy)
	e.refused("nothing to inherit", org.EffectivePolicyMissing, list(org.TagPolicy, e.admin.AccountID, ""))
	e.attach(e.policy(org.TagPolicy, "t", team), string(e.root))
	e.refused("a cursor of nobody's", org.PageTokenInvalid, list(org.TagPolicy, e.admin.AccountID, "x"))
	e.refused("invalid ones of a type that is off", org.EffectivePolicyMissing, func() error {
		_, err := e.plane.ListInvalid(t.Context(), e.admin, org.BackupPolicy, org.Page{Limit: 1})
		return err
	})
}
