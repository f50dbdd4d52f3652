package controlplane_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/polity-cloud/polity/internal/org"
)

// TestNothingThatIsTriedOutChangesADecision asks two organizations the same, of which only one tries policies out.
func TestNothingThatIsTriedOutChangesADecision(t *testing.T) {
	t.Parallel()
	actions := []string{"organizations:organizations:get", "organizations:*", "organizations:organizations:*", "*", "organizations:accounts:list", "sts:agencies:assume"}
	conditions := []string{"", `,"Condition":{"Bool":{"g:PrincipalIsRootUser":["true"]}}`, `,"Condition":{"StringMatch":{"g:ResourceTag/k":["v*"]}}`, `,"Condition":{"Null":{"g:UserName":["true"]}}`}
	e, plain := in(t, org.Huawei), in(t, org.Huawei)
	both := []*estate{e, plain}
	must(e, e.dryRun(on("")))
	var members []org.Caller
	for _, o := range both {
		o.enable(org.ServiceControl)
		members = append(members, o.member(o.account("one")))
	}
	rounds := 0
	rapid.Check(t, func(rt *rapid.T) {
		rounds++
		statement := rapid.Custom(func(rt *rapid.T) string {
			return fmt.Sprintf(`{"Effect":"Deny","Action":["%s"]%s}`, rapid.SampledFrom(actions).Draw(rt, "action"), rapid.SampledFrom(conditions).Draw(rt, "condition"))
		})
		document := func(label string) string {
			return `{"Version":"5.0","Statement":[` + strings.Join(rapid.SliceOfN(statement, 1, 3).Draw(rt, label), ",") + `]}`
		}
		if rapid.Bool().Draw(rt, "in force") {
			text := document("in force")
			for _, o := range both {
				id := o.policy(org.ServiceControl, fmt.Sprintf("real-%d", rounds), text)
				o.attach(id, string(o.root))
				defer o.detach(id, string(o.root))
			}
		}
		for i := range rapid.IntRange(1, 3).Draw(rt, "policies") {
			id, target := e.tried(fmt.Sprintf("tried-%d-%d", rounds, i), document("tried")), rapid.SampledFrom([]string{string(e.root), string(members[0].AccountID)}).Draw(rt, "target")
			must(e, e.try(id, target))
			defer func() { must(e, e.plane.Trial.DetachPolicy(t.Context(), e.admin, id, target)) }()
		}
		for range rapid.IntRange(1, 4).Draw(rt, "calls") {
			kind := rapid.SampledFrom([]org.PrincipalKind{org.RootUser, org.User, org.Role, org.ServiceRole}).Draw(rt, "kind")
			admin := rapid.Bool().Draw(rt, "admin")
			deed := rapid.IntRange(0, 2).Draw(rt, "deed")
			var got []org.Reason
			for i, o := range both {
				c := members[i]
				c.Kind, c.Admin = kind, admin
				got = append(got, org.ReasonOf(o.ask(c, deed)))
			}
			if got[0] != got[1] {
				rt.Fatalf("%q with a dry run and %q without", got[0], got[1])
			}
		}
	})
	if rounds == 0 || len(e.records()) == 0 || len(plain.records()) > 0 {
		t.Errorf("%d rounds left %d records, and %d where nothing is tried", rounds, len(e.records()), len(plain.records()))
	}
}

// ask asks for one of some deeds.
func (e *estate) ask(c org.Caller, deed int) error {
	switch deed {
	case 0:
		return e.get(c)
	case 1:
		_, err := e.plane.ListAccounts(e.Context(), c, "", onePage)
		return err
	default:
		return e.plane.Tag(e.Context(), c, org.Resource(e.root), []org.Tag{{Key: "k"}})
	}
}
