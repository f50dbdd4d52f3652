package controlplane_test

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const itsAgency = "ServiceLinkedAgencyForOrganizations"

func on(place string) org.DryRunChange {
	return org.DryRunChange{On: new(true), Bucket: new("logs"), Region: new("cn-north-4"), Prefix: new(place), Agency: new(itsAgency)}
}

func off() org.DryRunChange { return org.DryRunChange{On: new(false)} }

func (e *estate) dryRun(c org.DryRunChange) error {
	_, err := e.plane.UpdateDryRun(e.Context(), e.admin, e.root, org.ServiceControl, c)
	return err
}

func (e *estate) showDryRun() controlplane.DryRun {
	e.Helper()
	d, err := e.plane.GetDryRun(e.Context(), e.admin, e.root, org.ServiceControl)
	if err != nil {
		e.Fatal(err)
	}
	return d
}

func TestADryRunIsTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	first := e.showDryRun()
	if first.On || first.Underway || first.CreatedAt.IsZero() || first.CreatedAt != first.UpdatedAt || first.Bucket != "" {
		t.Errorf("an untouched one is %+v", first)
	}
	e.pass(time.Hour)
	version := e.version()
	must(e, e.dryRun(on("p")))
	now := e.showDryRun()
	if !now.On || now.Underway || now.Bucket != "logs" || now.Prefix != "p" || now.Region != "cn-north-4" || now.Agency != itsAgency || !now.CreatedAt.Equal(e.clock()) {
		t.Errorf("it is %+v", now)
	}
	events := e.events(version)
	if len(events) != 1 || events[0].Name != org.DryRunChanged || events[0].Subject != string(e.root) || events[0].Detail["bucket"] != "logs" || events[0].Detail["dryRun"] != "enabled" {
		t.Errorf("the events are %+v", events)
	}
	e.pass(time.Hour)
	must(e, e.dryRun(off()))
	last := e.showDryRun()
	if last.On || last.Bucket != "logs" || last.CreatedAt != now.CreatedAt || !last.UpdatedAt.Equal(e.clock()) {
		t.Errorf("it is %+v", last)
	}
	must(e, e.dryRun(off())) // the provider posts it on destroying, whatever the state
}

func TestRefusedDryRuns(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	update := func(c org.Caller, root org.UnitID, typ org.PolicyType, change org.DryRunChange) func() error {
		return func() error {
			_, err := e.plane.UpdateDryRun(t.Context(), c, root, typ, change)
			return err
		}
	}
	nobody := e.admin
	nobody.Admin, nobody.Kind = false, org.User
	bare := on("")
	bare.Agency = new("no-such-agency")
	unit := e.unit(e.root, "unit")
	for says, c := range map[string]struct {
		want org.Reason
		deed func() error
	}{
		"a principal without rights":  {org.NotPermitted, update(nobody, e.root, org.ServiceControl, on(""))},
		"another root":                {org.RootMissing, update(e.admin, "r-other", org.ServiceControl, on(""))},
		"a unit":                      {org.RootMissing, update(e.admin, unit, org.ServiceControl, on(""))},
		"a type that is not tried":    {org.PolicyTypeUnavailable, update(e.admin, e.root, org.TagPolicy, on(""))},
		"a tried type itself":         {org.PolicyTypeUnavailable, update(e.admin, e.root, org.TriedControl, on(""))},
		"no bucket":                   {org.InputMissing, update(e.admin, e.root, org.ServiceControl, org.DryRunChange{On: new(true), Agency: new(itsAgency)})},
		"a prefix that leads away":    {org.InputMalformed, update(e.admin, e.root, org.ServiceControl, on("../x"))},
		"an agency that is not there": {org.InputMalformed, update(e.admin, e.root, org.ServiceControl, bare)},
		"a look at another root": {org.RootMissing, func() error {
			_, err := e.plane.GetDryRun(t.Context(), e.admin, "r-other", org.ServiceControl)
			return err
		}},
	} {
		e.refused(says, c.want, c.deed)
	}
	aws := newEstate(t)
	aws.refused("a cloud without it", org.PolicyTypeUnavailable, func() error { return aws.dryRun(on("")) })
	open := in(t, org.Huawei, lenient)
	if err := open.dryRun(bare); err != nil {
		t.Errorf("any agency will do where all are assumed: %v", err)
	}
}

func TestADryRunIsOnItsWayForAsLongAsTheCloudTakes(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, realistic)
	whole := org.RulesOf(org.Huawei).PolicyTypeTime
	id := e.tried("deny", noGet)
	e.refused("attaching while it is off", org.PolicyTypeDisabled, func() error { return e.try(id, string(e.root)) })
	must(e, e.dryRun(on("")))
	e.refused("attaching on the way", org.PolicyTypeDisabled, func() error { return e.try(id, string(e.root)) })
	e.refused("turning round", org.ConcurrentModification, func() error { return e.dryRun(off()) })
	must(e, e.dryRun(on("other"))) // the place is no matter of turning
	if d := e.showDryRun(); !d.On || !d.Underway || d.Prefix != "other" {
		t.Errorf("it is %+v", d)
	}
	e.pass(whole)
	if d := e.showDryRun(); !d.On || d.Underway {
		t.Errorf("it is %+v", d)
	}
	must(e, e.try(id, string(e.root)))
	must(e, e.dryRun(off()))
	if d := e.showDryRun(); d.On || !d.Underway {
		t.Errorf("it is %+v", d)
	}
	e.refused("turning round on the way off", org.ConcurrentModification, func() error { return e.dryRun(on("")) })
	e.pass(whole)
	if d := e.showDryRun(); d.On || d.Underway {
		t.Errorf("it is %+v", d)
	}
}

func TestWhoMayDealWithDryRuns(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	member, delegate, p, ctx := e.member(e.account("plain")), e.member(e.account("delegate")), e.plane, t.Context()
	must(e, e.trust("service.CTS"))
	must(e, p.RegisterDelegate(ctx, e.admin, delegate.AccountID, "service.CTS"))
	for says, row := range map[string]struct {
		reads bool
		deed  func(org.Caller) error
	}{
		"ShowDryRunConfig": {true, func(c org.Caller) error { _, err := p.GetDryRun(ctx, c, e.root, org.ServiceControl); return err }},
		"UpdateDryRunConfig": {false, func(c org.Caller) error {
			_, err := p.UpdateDryRun(ctx, c, e.root, org.ServiceControl, off())
			return err
		}},
		"CreateDryRunPolicy": {false, func(c org.Caller) error {
			_, err := p.Trial.CreatePolicy(ctx, c, org.ServiceControl, "", "", "", nil)
			return err
		}},
		"ShowDryRunPolicy": {true, func(c org.Caller) error { _, err := p.Trial.GetPolicy(ctx, c, "p-no"); return err }},
		"UpdateDryRunPolicy": {false, func(c org.Caller) error {
			_, err := p.Trial.UpdatePolicy(ctx, c, "p-no", org.PolicyChange{})
			return err
		}},
		"DeleteDryRunPolicy": {false, func(c org.Caller) error { return p.Trial.DeletePolicy(ctx, c, "p-no") }},
		"AttachDryRunPolicy": {false, func(c org.Caller) error { return p.Trial.AttachPolicy(ctx, c, "p-no", "no") }},
		"DetachDryRunPolicy": {false, func(c org.Caller) error { return p.Trial.DetachPolicy(ctx, c, "p-no", "no") }},
		"ListDryRunPolicies": {true, func(c org.Caller) error {
			_, err := p.Trial.ListPolicies(ctx, c, org.ServiceControl, onePage)
			return err
		}},
		"ListDryRunPolicies of an entity": {true, func(c org.Caller) error {
			_, err := p.Trial.ListAttachedPolicies(ctx, c, org.ServiceControl, "no", onePage)
			return err
		}},
		"ListEntitiesForDryRunPolicy": {true, func(c org.Caller) error { _, err := p.Trial.ListTargets(ctx, c, "p-no", onePage); return err }},
	} {
		refused := org.ManagementOnly
		byDelegate := org.ManagementOnly
		if row.reads {
			refused, byDelegate = org.DelegateOnly, ""
		}
		if got := org.ReasonOf(row.deed(member)); got != refused {
			t.Errorf("%s by a member: %s", says, got)
		}
		got := org.ReasonOf(row.deed(delegate))
		if byDelegate != "" && got != byDelegate || byDelegate == "" && (got == org.DelegateOnly || got == org.ManagementOnly || got == org.NotPermitted) {
			t.Errorf("%s by a delegated administrator: %s", says, got)
		}
		if got := org.ReasonOf(row.deed(e.admin)); got == org.NotPermitted || got == org.ManagementOnly {
			t.Errorf("%s by the management account: %s", says, got)
		}
	}
}
