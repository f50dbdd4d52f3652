package controlplane_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// A place is merged anew when something on the way down to it has changed, and never for what is done elsewhere, whatever version the
// organization has come to.
func TestAChangeElsewhereMergesNothingAnew(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	left, right := e.unit(e.root, "left"), e.unit(e.root, "right")
	a, b := e.account("a"), e.account("b")
	e.move(a, e.root, left)
	e.move(b, e.root, right)
	values := func(list string) string {
		return `{"tags":{"team":{"tag_value":{"@@append":["` + strings.ReplaceAll(list, " ", `","`) + `"]}}}}`
	}
	policy := map[string]org.PolicyID{}
	for _, name := range []string{"root", "left", "right", "own", "more"} {
		policy[name] = e.policy(org.TagPolicy, name, values(name))
	}
	e.attach(policy["root"], string(e.root))
	e.attach(policy["left"], string(left))
	e.attach(policy["right"], string(right))
	e.attach(policy["own"], string(a))

	inA, inB := "root left own", "root right"
	read := func() int {
		t.Helper()
		for id, want := range map[org.AccountID]string{a: inA, b: inB} {
			found, err := e.effective(org.TagPolicy, id)
			if want := `{"tags":{"team":{"tag_value":["` + strings.ReplaceAll(want, " ", `","`) + `"]}}}`; err != nil || found.Content != want {
				t.Errorf("%s inherits %s, want %s: %v", id, found.Content, want, err)
			}
		}
		return e.plane.Merges()
	}
	rewrite := func(name, content string) {
		t.Helper()
		if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, policy[name], org.PolicyChange{Content: new(values(content))}); err != nil {
			t.Fatal(err)
		}
	}
	merges := read()
	for _, c := range []struct {
		says string
		do   func()
		anew int
	}{
		{"nothing is done", func() {}, 0},
		{"what has nothing to do with policies", func() { e.unit(right, "below"); e.account("c") }, 0},
		{"a policy that is attached nowhere changes", func() { rewrite("more", "more still"); rewrite("more", "more") }, 0},
		{"another unit gets a policy", func() { e.attach(policy["more"], string(right)); inB = "root right more" }, 1},
		{"it loses it again, as it was before", func() { e.detach(policy["more"], string(right)); inB = "root right" }, 0},
		{"an account's own policy changes", func() { rewrite("own", "mine"); inA = "root left mine" }, 1},
		{"a unit's policy changes: the unit and the account", func() { rewrite("left", "port"); inA = "root port mine" }, 2},
		{"the root's changes: all four", func() { rewrite("root", "top"); inA, inB = "top port mine", "top right" }, 4},
		{"an account moves to where the other is", func() { e.move(a, left, right); inA = "top right mine" }, 1},
	} {
		c.do()
		if now := read(); now-merges != c.anew {
			t.Errorf("%s: %d merges anew, want %d", c.says, now-merges, c.anew)
		} else {
			merges = now
		}
	}
}

// What accounts inherit is merged once for all of them.
func TestAccountsWithoutPoliciesCostNoMerge(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	e.attach(e.policy(org.TagPolicy, "root", team), string(e.root))
	var all []org.AccountID
	for i := range 20 {
		all = append(all, e.account(fmt.Sprint("n", i)))
	}
	for _, id := range all {
		if _, err := e.effective(org.TagPolicy, id); err != nil {
			t.Fatal(err)
		}
	}
	if n := e.plane.Merges(); n != 1 {
		t.Errorf("%d merges for one policy at the root", n)
	}
}
