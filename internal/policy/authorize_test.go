package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const memberAccount, managementAccount = "222222222222", "111111111111"

func ann() Principal {
	return Principal{Kind: User, Account: memberAccount, Name: "arn:aws:iam::" + memberAccount + ":user/ann"}
}

func oneStatement(t testing.TB, d *Dialect, id, statement string) *Compiled {
	t.Helper()
	version := awsVersion
	if d.cloud == huawei {
		version = huaweiVersion
	}
	return compile(t, d, fmt.Sprintf(`{"Version":%q,"Statement":[%s]}`, version, statement), id)
}

func TestARuleOfTheServiceCanStandForTheOwnersAllow(t *testing.T) {
	t.Parallel()
	allow := oneStatement(t, Identity, "identity", `{"Effect":"Allow","Action":"organizations:List*","Resource":"*"}`)
	deny := oneStatement(t, Delegation(Scope{}), "delegation",
		`{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Action":"organizations:ListRoots","Resource":"*"}`)
	for name, c := range map[string]struct {
		policies Policies
		action   string
		want     string
	}{
		"without it nothing goes across accounts": {Policies{Identity: []*Compiled{allow}}, "organizations:ListAccounts",
			"denied: no resource-based policy allows"},
		"with it the identity policy decides": {Policies{Identity: []*Compiled{allow}, Granted: true}, "organizations:ListAccounts",
			"allowed by identity-based policy identity[0]"},
		"with it the identity policy is still needed": {Policies{Granted: true}, "organizations:ListAccounts",
			"denied: no identity-based policy allows"},
		"a deny of the owner stands": {Policies{Identity: []*Compiled{allow}, Resource: []*Compiled{deny}, Granted: true}, "organizations:ListRoots",
			"denied by resource-based policy delegation[0]"},
	} {
		r := &Request{Principal: ann(), Action: c.action, Resource: "*", Owner: managementAccount}
		if got := Authorize(&c.policies, r).String(); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestALevelWithoutPoliciesAllowsNothing(t *testing.T) {
	t.Parallel()
	r := &Request{Principal: ann(), Action: "a:b", Resource: "*"}
	full := compile(t, SCP, FullAWSAccess, "full")
	for name, c := range map[string]struct {
		chain Chain
		want  Effect
		level int
	}{
		"no levels at all":        {nil, Allow, 0},
		"a bare level":            {Chain{{Node: "root"}}, None, 0},
		"a bare level below":      {Chain{{"root", []*Compiled{full}}, {Node: "unit"}, {"account", []*Compiled{full}}}, None, 1},
		"every level has its own": {Chain{{"root", []*Compiled{full}}, {"account", []*Compiled{full}}}, Allow, 1},
	} {
		if d, level := c.chain.Decide(r); d.Effect != c.want || level != c.level {
			t.Errorf("%s: %s at %d", name, d.Effect, level)
		}
	}
}

func TestExplainListsEveryMatchFromTheRootDownInTheOrderOfTheText(t *testing.T) {
	t.Parallel()
	both := oneStatement(t, SCP, "both", `{"Sid":"A","Effect":"Allow","Action":"*"},{"Sid":"X","Effect":"Deny","Action":"z:*"},
		{"Sid":"D","Effect":"Deny","Action":"a:*"},{"Sid":"B","Effect":"Allow","Action":"a:b"}`)
	p := &Policies{
		SCPs:     Chain{{"root", []*Compiled{both}}, {"account", []*Compiled{both}}},
		Identity: []*Compiled{oneStatement(t, Identity, "own", `{"Effect":"Allow","Action":"a:*","Resource":"*"}`)},
	}
	r := &Request{Principal: ann(), Action: "a:b", Resource: "*"}
	var got []string
	for _, m := range Explain(p, r) {
		got = append(got, fmt.Sprintf("%s %s%s at %d:%d", m.By.Effect, m.Node, m.By, m.By.Span.Start.Line, m.By.Span.Start.Column))
	}
	want := []string{
		"Allow rootboth[A] at 1:38", "Deny rootboth[D] at 2:3", "Allow rootboth[B] at 2:46",
		"Allow accountboth[A] at 1:38", "Deny accountboth[D] at 2:3", "Allow accountboth[B] at 2:46", "Allow own[0] at 1:38",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	p.Management = memberAccount
	if n := len(Explain(p, r)); n != 1 {
		t.Errorf("the management account is bound by no service control policy, and %d statements are listed", n)
	}
}

func TestDryRunTellsWhatWouldBeDenied(t *testing.T) {
	t.Parallel()
	p := &Policies{Management: "mgmt"}
	tried := Chain{
		{"r-root", []*Compiled{oneStatement(t, HuaweiSCP, "all", `{"Effect":"Deny","Action":["ecs:servers:*"]}`)}},
		{"ou-a", []*Compiled{oneStatement(t, HuaweiSCP, "try", `{"Sid":"NoEcs","Effect":"Deny","Action":["ecs:*"]}`)}},
	}
	for name, c := range map[string]struct {
		principal Principal
		action    string
		want      string
	}{
		"what a statement denies": {Principal{Kind: User, Account: "acc1"}, "ecs:a:b", "denied by service control policy try[NoEcs] at ou-a"},
		"every policy that denies, from the root down": {Principal{Kind: User, Account: "acc1"}, "ecs:servers:b",
			"denied by service control policy all[0] at r-root; denied by service control policy try[NoEcs] at ou-a"},
		"what none denies":                      {Principal{Kind: User, Account: "acc1"}, "evs:a:b", ""},
		"the management account is not bound":   {Principal{Kind: User, Account: "mgmt"}, "ecs:a:b", ""},
		"service-linked agencies are not bound": {Principal{Kind: Session, Account: "acc1", ServiceLinked: true}, "ecs:a:b", ""},
	} {
		var got []string
		for _, v := range DryRun(p, tried, &Request{Principal: c.principal, Action: c.action, Resource: "*"}) {
			got = append(got, v.String())
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if p.SCPs != nil {
		t.Error("trying changes the policies")
	}
}

func TestTryingAllocatesNothingWhereNothingIsDenied(t *testing.T) {
	p := &Policies{Management: "mgmt"}
	tried := Chain{{"r-root", []*Compiled{oneStatement(t, HuaweiSCP, "try", `{"Effect":"Deny","Action":["ecs:*"]}`)}}}
	r := &Request{Principal: Principal{Kind: User, Account: "acc1"}, Action: "evs:a:b", Resource: "*"}
	if n := testing.AllocsPerRun(100, func() {
		if len(DryRun(p, tried, r)) > 0 {
			t.Error("denied")
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestKeysTellWhatAPolicyAsksFor(t *testing.T) {
	t.Parallel()
	c := oneStatement(t, Identity, "p", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${aws:UserName}/*","Condition":{
		"ArnLike":{"aws:SourceArn":"arn:aws:iam::*:user/${aws:PrincipalTag/Team}"},"Bool":{"aws:SecureTransport":"true"}}},
		{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"AWS:SecureTransport":"true"}}}`)
	want := []string{"aws:principaltag/team", "aws:securetransport", "aws:sourcearn", "aws:username"}
	if !slices.Equal(c.Keys(), want) {
		t.Errorf("%v", c.Keys())
	}
	if c.ID() != "p" || c.Dialect() != Identity {
		t.Errorf("%s in %s", c.ID(), c.Dialect().Name())
	}
}

func TestADelegationWithoutActionDeniesAllThatCanBeDelegated(t *testing.T) {
	t.Parallel()
	doc, err := Parse(`{"Statement":{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Resource":"*"}}`)
	if err != nil {
		t.Fatal(err)
	}
	c := Load(Delegation(Scope{}), doc, "p")
	if e := c.Evaluate(&Request{Principal: ann(), Action: "organizations:ListRoots", Resource: "*"}).Effect; e != Deny {
		t.Errorf("a delegable action: %s", e)
	}
}

func TestAnAllowThatLostItsPrincipalIsForNobody(t *testing.T) {
	t.Parallel()
	for _, d := range []*Dialect{Resource, Trust, RCP.Managed(), Delegation(Scope{}), HuaweiTrust} {
		for effect, want := range map[string]Effect{"Allow": None, "Deny": Deny} {
			doc, err := Parse(fmt.Sprintf(`{"Statement":{"Effect":%q,"Action":"organizations:ListRoots","Resource":"*"}}`, effect))
			if err != nil {
				t.Fatal(err)
			}
			r := &Request{Principal: ann(), Action: "organizations:ListRoots", Resource: "*"}
			if got := Load(d, doc, "p").Evaluate(r).Effect; got != want {
				t.Errorf("%s, %s: %s", d.Name(), effect, got)
			}
		}
	}
}
