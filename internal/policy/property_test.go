package policy

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

var (
	someActions   = []string{"s3:GetObject", "s3:PutObject", "ec2:RunInstances", "iam:CreateUser"}
	somePatterns  = []string{"*", "s3:*", "s3:Get*", "s3:*Object", "ec2:RunInstances", "iam:?reateUser"}
	someResources = []string{"*", "arn:aws:s3:::a", "arn:aws:s3:::a*", "arn:aws:s3:::${aws:username}"}
	someOperators = []string{"StringEquals", "StringNotEquals", "StringLikeIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringNotLike", "Null"}
	someKeys      = []string{"aws:username", "aws:TagKeys", "aws:RequestTag/a"}
	someValues    = []string{"a", "b", "true", "*", "${aws:username}"}
)

func drawStatement(t *rapid.T, effect string) map[string]any {
	s := map[string]any{"Effect": effect}
	action, resource := "Action", "Resource"
	if rapid.IntRange(0, 4).Draw(t, "negate action") == 0 {
		action = "NotAction"
	}
	if rapid.IntRange(0, 4).Draw(t, "negate resource") == 0 {
		resource = "NotResource"
	}
	s[action] = rapid.SliceOfN(rapid.SampledFrom(somePatterns), 1, 3).Draw(t, "actions")
	s[resource] = rapid.SliceOfN(rapid.SampledFrom(someResources), 1, 2).Draw(t, "resources")
	if rapid.Bool().Draw(t, "conditional") {
		s["Condition"] = map[string]any{
			rapid.SampledFrom(someOperators).Draw(t, "operator"): map[string]any{
				rapid.SampledFrom(someKeys).Draw(t, "key"): rapid.SliceOfN(rapid.SampledFrom(someValues), 1, 2).Draw(t, "values"),
			},
		}
	}
	return s
}

func drawStatements(t *rapid.T, effects ...string) []map[string]any {
	n := rapid.IntRange(1, 4).Draw(t, "statements")
	all := make([]map[string]any, n)
	for i := range all {
		all[i] = drawStatement(t, rapid.SampledFrom(effects).Draw(t, "effect"))
	}
	return all
}

func build(t *rapid.T, id string, statements ...map[string]any) *Compiled {
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Compile(SCP, doc, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawRequest(t *rapid.T) *Request {
	keys := Keys{}
	for _, k := range someKeys {
		keys.Set(k, rapid.SliceOfN(rapid.SampledFrom(someValues), 0, 2).Draw(t, k)...)
	}
	return &Request{
		Principal: Principal{Kind: rapid.SampledFrom([]PrincipalKind{User, Session, RootUser}).Draw(t, "kind"), Account: "222222222222", Name: "ann"},
		Action:    rapid.SampledFrom(someActions).Draw(t, "action"),
		Resource:  rapid.SampledFrom([]string{"arn:aws:s3:::a", "arn:aws:s3:::b", "*"}).Draw(t, "resource"),
		Context:   keys,
	}
}

func drawChain(t *rapid.T, effects ...string) Chain {
	var c Chain
	for _, node := range []string{"root", "unit", "account"}[:rapid.IntRange(0, 3).Draw(t, "levels")] {
		c = append(c, Level{Node: node, Policies: []*Compiled{build(t, node, drawStatements(t, effects...)...)}})
	}
	return c
}

func drawPolicies(t *rapid.T) *Policies {
	set := func(name string, p int) []*Compiled {
		if rapid.IntRange(0, p).Draw(t, name) > 0 {
			return nil
		}
		return []*Compiled{build(t, name, drawStatements(t, "Allow", "Allow", "Deny")...)}
	}
	return &Policies{
		SCPs: drawChain(t, "Allow", "Allow", "Deny"), RCPs: drawChain(t, "Allow", "Allow", "Deny"),
		Identity: set("identity", 1), Resource: set("resource", 2), Boundary: set("boundary", 2), Session: set("session", 2),
	}
}

// place returns a list of policies into which a statement can be put, chosen among all that speak about a request. Boundary and session
// are left out when there are none, because a first one is a limit by itself.
func place(t *rapid.T, p *Policies) *[]*Compiled {
	places := []*[]*Compiled{&p.Identity, &p.Resource}
	for _, c := range []Chain{p.SCPs, p.RCPs} {
		for i := range c {
			places = append(places, &c[i].Policies)
		}
	}
	for _, set := range []*[]*Compiled{&p.Boundary, &p.Session} {
		if len(*set) > 0 {
			places = append(places, set)
		}
	}
	return places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
}

func TestADenyAnywhereOnThePathDenies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, r := drawPolicies(t), drawRequest(t)
		r.Action = rapid.SampledFrom([]string{"s3:GetObject", "s3:PutObject"}).Draw(t, "s3 action") // under resource control as well
		at := place(t, p)
		*at = append(*at, build(t, "deny", map[string]any{"Effect": "Deny", "Action": "s3:*"}))
		if v := Authorize(p, r); v.Effect != Deny {
			t.Fatalf("%s", v)
		}
	})
}

func TestAddingAnAllowNeverTakesAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, r := drawPolicies(t), drawRequest(t)
		before := Authorize(p, r)
		at := place(t, p)
		*at = append(*at, build(t, "allow", drawStatements(t, "Allow")...))
		if after := Authorize(p, r); before.Allowed() && !after.Allowed() {
			t.Fatalf("%s, then %s", before, after)
		}
	})
}

func TestAddingADenyNeverGrants(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, r := drawPolicies(t), drawRequest(t)
		before := Authorize(p, r)
		at := place(t, p)
		*at = append(*at, build(t, "deny", drawStatements(t, "Deny")...))
		if after := Authorize(p, r); !before.Allowed() && after.Allowed() {
			t.Fatalf("%s, then %s", before, after)
		}
	})
}

func TestTheOrderOfStatementsIsIrrelevant(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t, "Allow", "Deny")
		r := drawRequest(t)
		before := build(t, "p", statements...).Evaluate(r).Effect
		if after := build(t, "p", rapid.Permutation(statements).Draw(t, "order")...).Evaluate(r).Effect; before != after {
			t.Fatalf("%s, then %s", before, after)
		}
	})
}

func TestSplittingAPolicyIsIrrelevant(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t, "Allow", "Deny")
		r := drawRequest(t)
		var parts []*Compiled
		for _, s := range statements {
			parts = append(parts, build(t, "part", s))
		}
		if whole, split := build(t, "p", statements...).Evaluate(r).Effect, Union(parts, r).Effect; whole != split {
			t.Fatalf("%s whole, %s split", whole, split)
		}
	})
}

func TestCompilingIsDeterministic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t, "Allow", "Deny")
		r := drawRequest(t)
		a, b := build(t, "p", statements...), build(t, "p", statements...)
		if !reflect.DeepEqual(a.Keys(), b.Keys()) || !reflect.DeepEqual(a.Evaluate(r), b.Evaluate(r)) || !reflect.DeepEqual(a.Matches(r), b.Matches(r)) {
			t.Fatal("two compilations of one document differ")
		}
	})
}

func TestTheDecidingStatementIsExplained(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, r := drawPolicies(t), drawRequest(t)
		v := Authorize(p, r)
		found := v.By == nil
		for _, m := range Explain(p, r) {
			found = found || m == Match{Class: v.Class, Node: v.Node, By: v.By}
		}
		if !found {
			t.Fatalf("%s is not explained", v)
		}
	})
}
