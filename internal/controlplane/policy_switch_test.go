package controlplane_test

import (
	"slices"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func realistic(c *controlplane.Config) { c.Realistic = true }

// shows fails the test unless the root shows the type on and on its way as wanted.
func (e *estate) shows(t org.PolicyType, on, switching bool) {
	e.Helper()
	r, err := e.plane.GetRoot(e.Context(), e.admin)
	if err != nil || slices.Contains(r.PolicyTypes, t) != on || slices.Contains(r.Switching, t) != switching {
		e.Errorf("%s is on %v, on its way %v, %v", t, r.PolicyTypes, r.Switching, err)
	}
}

func TestATypeIsOnItsWayForAsLongAsTheCloudTakes(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, realistic)
	ctx, p := t.Context(), e.plane
	whole := org.RulesOf(org.Huawei).PolicyTypeTime
	enable := func() error { _, err := p.EnablePolicyType(ctx, e.admin, e.root, org.TagPolicy); return err }
	disable := func() error { _, err := p.DisablePolicyType(ctx, e.admin, e.root, org.TagPolicy); return err }
	create := func(name string) func() error {
		return func() error {
			_, err := p.CreatePolicy(ctx, e.admin, org.TagPolicy, name, "", tagDocument, nil)
			return err
		}
	}
	e.shows(org.TagPolicy, false, false)
	must(e, enable())
	e.shows(org.TagPolicy, true, true)
	e.shows(org.ServiceControl, false, false)
	e.refused("enabling on the way", org.PolicyTypeEnabled, enable)
	e.refused("disabling on the way", org.ConcurrentModification, disable)
	e.refused("creating on the way", org.PolicyTypeDisabled, create("early"))
	e.pass(whole - time.Second)
	e.shows(org.TagPolicy, true, true)
	e.pass(time.Second)
	e.shows(org.TagPolicy, true, false)
	must(e, create("late")())
	must(e, disable())
	e.shows(org.TagPolicy, false, true)
	e.refused("disabling on the way off", org.PolicyTypeDisabled, disable)
	e.refused("enabling on the way off", org.ConcurrentModification, enable)
	e.pass(whole)
	e.shows(org.TagPolicy, false, false)
	must(e, enable())
}

func TestNothingIsAttachedOnTheWayButTheCloudsOwn(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, realistic)
	e.enable(org.ServiceControl)
	e.pass(time.Minute)
	id := e.made(org.ServiceControl, "deny", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:*:*"]}]}`)
	if _, err := e.plane.DisablePolicyType(t.Context(), e.admin, e.root, org.ServiceControl); err != nil {
		t.Fatal(err)
	}
	e.pass(time.Minute)
	e.enable(org.ServiceControl)
	attach := func() error { return e.plane.AttachPolicy(t.Context(), e.admin, id, string(e.root)) }
	e.refused("on the way", org.PolicyTypeDisabled, attach)
	unit := e.unit(e.root, "fresh")
	e.pass(time.Minute)
	must(e, attach())
	own := org.RulesOf(org.Huawei).PolicyRule(org.ServiceControl).Own.ID
	e.refused("what the unit got on the way", org.PolicyAttached, func() error {
		return e.plane.AttachPolicy(t.Context(), e.admin, own, string(unit))
	})
}

func TestTypesAreSwitchedAtOnceUnlessThePaceIsRealistic(t *testing.T) {
	t.Parallel()
	for says, e := range map[string]*estate{"instant": in(t, org.Huawei), "a cloud that shows no way": in(t, org.AWS, realistic)} {
		t.Log(says)
		e.enable(org.TagPolicy)
		e.shows(org.TagPolicy, true, false)
	}
}
