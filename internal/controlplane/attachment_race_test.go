package controlplane_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// Whoever comes at the same time: a target never has more policies than it may, nor less than it must.
func TestCallersWhoAttachAndDetachAtOnceKeepTheBounds(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	target := string(e.unit(e.root, "u"))
	rule := org.RulesOf(org.AWS).PolicyRule(org.ServiceControl)
	all := []org.PolicyID{rule.Own.ID}
	for i := range rule.Most + 4 {
		all = append(all, e.policy(org.ServiceControl, fmt.Sprint("p", i), scp("Deny", "s3:*")))
	}
	together := func(deed func(org.PolicyID) error) map[org.Reason]int {
		var mu sync.Mutex
		var wg sync.WaitGroup
		ends := map[org.Reason]int{}
		for _, id := range all {
			wg.Go(func() {
				err := deed(id)
				mu.Lock()
				defer mu.Unlock()
				ends[org.ReasonOf(err)]++
			})
		}
		wg.Wait()
		return ends
	}
	attach := func(id org.PolicyID) error { return e.plane.AttachPolicy(t.Context(), e.admin, id, target) }
	detach := func(id org.PolicyID) error { return e.plane.DetachPolicy(t.Context(), e.admin, id, target) }
	on := func(want int) {
		t.Helper()
		found, err := e.plane.ListAttachedPolicies(t.Context(), e.admin, org.ServiceControl, target, org.Page{Limit: 20})
		if err != nil || len(found.Policies) != want {
			t.Errorf("%d policies are attached, want %d: %v", len(found.Policies), want, err)
		}
	}
	for range 3 {
		ends := together(attach)
		on(rule.Most)
		if ends[""] != rule.Most-1 || ends[org.PolicyAttached] != 1 || ends[org.AttachmentLimit] != len(all)-rule.Most {
			t.Errorf("attaching: %v", ends)
		}
		ends = together(detach)
		on(rule.Least)
		if ends[""] != rule.Most-rule.Least || ends[org.AttachmentLeast] != 1 || ends[org.PolicyNotAttached] != len(all)-rule.Most {
			t.Errorf("detaching: %v", ends)
		}
	}
}
