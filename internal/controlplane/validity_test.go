package controlplane_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/polity-cloud/polity/internal/org"
)

// What is kept about invalid effective policies follows every change; what is wrong with one is worked out anew at each read. Whatever is
// done, both agree.
func TestWhateverIsDoneTheInvalidOnesAreKnown(t *testing.T) {
	t.Parallel()
	shared := lawless(t, org.AWS)
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		e := shared.another()
		e.enable(org.BackupPolicy)
		top := e.unit(e.root, "top")
		units := []org.UnitID{e.root, top, e.unit(top, "below"), e.unit(e.root, "beside")}
		accounts := []org.AccountID{e.admin.AccountID}
		for range 1 {
			made++
			accounts = append(accounts, e.account(fmt.Sprint("n", made)))
		}
		policies := []org.PolicyID{e.policy(org.BackupPolicy, "plan", hollow), e.policy(org.BackupPolicy, "rules", rule), e.policy(org.BackupPolicy, "none", `{"plans":{}}`)}
		var targets []string
		for _, u := range units {
			targets = append(targets, string(u))
		}
		for _, a := range accounts {
			targets = append(targets, string(a))
		}
		last := map[org.AccountID]string{}
		policy := rapid.SampledFrom(policies)
		target := rapid.SampledFrom(targets)
		ctx := context.Background()
		rt.Repeat(map[string]func(*rapid.T){
			"attach": func(rt *rapid.T) {
				_ = e.plane.AttachPolicy(ctx, e.admin, policy.Draw(rt, "policy"), target.Draw(rt, "target"))
			},
			"detach": func(rt *rapid.T) {
				_ = e.plane.DetachPolicy(ctx, e.admin, policy.Draw(rt, "policy"), target.Draw(rt, "target"))
			},
			"rewrite": func(rt *rapid.T) {
				text := rapid.SampledFrom([]string{hollow, rule, `{"plans":{}}`}).Draw(rt, "text")
				if _, err := e.plane.UpdatePolicy(ctx, e.admin, policy.Draw(rt, "policy"), org.PolicyChange{Content: &text}); err != nil {
					rt.Fatal(err)
				}
			},
			"move": func(rt *rapid.T) {
				a := rapid.SampledFrom(accounts).Draw(rt, "account")
				found, err := e.plane.GetAccount(ctx, e.admin, a)
				if err != nil {
					rt.Fatal(err)
				}
				_ = e.plane.MoveAccount(ctx, e.admin, a, found.ParentID, rapid.SampledFrom(units).Draw(rt, "unit"))
			},
			"": func(rt *rapid.T) { agree(rt, e, accounts, last) },
		})
	})
}

// agree holds what is kept against what is worked out, and the policy in force against the last valid one.
func agree(t *rapid.T, e *estate, accounts []org.AccountID, last map[org.AccountID]string) {
	known := strings.Fields(e.invalid(org.BackupPolicy))
	for _, a := range accounts {
		found, err := e.plane.ListPolicyFaults(e.Context(), e.admin, org.BackupPolicy, a, org.Page{Limit: 20})
		if err != nil && org.ReasonOf(err) != org.EffectivePolicyMissing {
			t.Fatal(err)
		}
		inForce, err := e.effective(org.BackupPolicy, a)
		if err != nil && org.ReasonOf(err) != org.EffectivePolicyMissing {
			t.Fatal(err)
		}
		if bad := len(found.Faults) > 0; bad != slices.Contains(known, string(a)) {
			t.Fatalf("%s is invalid: %v, known are %v", a, bad, known)
		} else if bad && inForce.Content != last[a] {
			t.Fatalf("%s goes by %s, the last valid one is %s", a, inForce.Content, last[a])
		} else if !bad {
			last[a] = inForce.Content
		}
	}
}
