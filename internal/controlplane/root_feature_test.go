package controlplane_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// rootDeeds are the deeds about root features, and whether the management account alone may do them.
func rootDeeds(ctx context.Context, p *controlplane.Plane) map[string]struct {
	managed bool
	do      func(org.Caller) error
} {
	enable := func(c org.Caller) error {
		_, err := p.EnableRootFeature(ctx, c, org.RootSessions)
		return err
	}
	disable := func(c org.Caller) error {
		_, err := p.DisableRootFeature(ctx, c, org.RootSessions)
		return err
	}
	list := func(c org.Caller) error {
		_, err := p.ListRootFeatures(ctx, c)
		return err
	}
	return map[string]struct {
		managed bool
		do      func(org.Caller) error
	}{"enable": {true, enable}, "disable": {false, disable}, "list": {false, list}}
}

// overseer is an estate that trusts IAM, with a member that administers it.
func overseer(t *testing.T, settings ...func(*controlplane.Config)) (*estate, org.Caller) {
	t.Helper()
	e := newEstate(t, settings...)
	if err := e.trust(org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	id := e.account("overseer")
	if err := e.plane.RegisterDelegate(t.Context(), e.admin, id, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	return e, e.member(id)
}

func (e *estate) rootFeatures() []org.RootFeature {
	e.Helper()
	on, err := e.plane.ListRootFeatures(e.Context(), e.admin)
	if err != nil {
		e.Fatal(err)
	}
	if on.OrganizationID != e.id {
		e.Errorf("the features are of %s", on.OrganizationID)
	}
	return on.Enabled
}

func (e *estate) rooted(features ...org.RootFeature) {
	e.Helper()
	for _, f := range features {
		if _, err := e.plane.EnableRootFeature(e.Context(), e.admin, f); err != nil {
			e.Fatal(err)
		}
	}
}

func TestRootFeaturesAreTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	e, delegate := overseer(t)
	if on := e.rootFeatures(); len(on) != 0 {
		t.Errorf("at first %v", on)
	}
	version := e.version()
	for i := range 2 { // the second time changes nothing, and is recorded
		on, err := e.plane.EnableRootFeature(t.Context(), e.admin, org.RootSessions)
		if d := cmp.Diff([]org.RootFeature{org.RootSessions}, on.Enabled); err != nil || d != "" || on.OrganizationID != e.id {
			t.Errorf("%v %s", err, d)
		}
		if i == 0 {
			e.recorded(version, org.Event{Name: org.RootFeatureEnabled, Subject: string(e.id), By: e.admin, Detail: map[string]string{"feature": "RootSessions"}})
		}
	}
	if e.version() != version+2 {
		t.Errorf("the version went from %d to %d", version, e.version())
	}
	e.rooted(org.RootCredentials)
	if d := cmp.Diff([]org.RootFeature{org.RootCredentials, org.RootSessions}, e.rootFeatures()); d != "" {
		t.Error(d)
	}
	version = e.version()
	on, err := e.plane.DisableRootFeature(t.Context(), delegate, org.RootSessions)
	if d := cmp.Diff([]org.RootFeature{org.RootCredentials}, on.Enabled); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	e.recorded(version, org.Event{Name: org.RootFeatureDisabled, Subject: string(e.id), By: delegate})
}

func TestWhoLooksAfterRootUsers(t *testing.T) {
	t.Parallel()
	e, delegate := overseer(t)
	member, powerless := e.member(e.account("plain")), e.admin
	powerless.Admin = false
	deeds := rootDeeds(t.Context(), e.plane)
	if len(deeds) != 3 {
		t.Fatal("not all deeds are tried")
	}
	for name, d := range deeds {
		by := func(c org.Caller) func() error { return func() error { return d.do(c) } }
		e.refused(name+" by a stranger", org.NotInOrganization, by(e.stranger()))
		e.refused(name+" by a member", org.DelegateOnly, by(member))
		e.refused(name+" by a powerless user", org.NotPermitted, by(powerless))
		if d.managed {
			e.refused(name+" by the delegated administrator", org.ManagementOnly, by(delegate))
		} else if err := d.do(delegate); err != nil {
			t.Errorf("%s by the delegated administrator: %v", name, err)
		}
		if err := d.do(e.admin); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRootFeaturesNeedAllFeaturesAndTrust(t *testing.T) {
	t.Parallel()
	e, billing := newEstate(t), lawless(t, org.AWS)
	o, err := billing.plane.CreateOrganization(t.Context(), billing.admin, org.ConsolidatedBilling)
	if err != nil {
		t.Fatal(err)
	}
	billing.id = o.ID
	for name, d := range rootDeeds(t.Context(), e.plane) {
		e.refused(name+" without trust", org.TrustedAccessOff, func() error { return d.do(e.admin) })
	}
	for name, d := range rootDeeds(t.Context(), billing.plane) {
		billing.refused(name+" in consolidated billing", org.AllFeaturesRequired, func() error { return d.do(billing.admin) })
	}
}

func TestRootFeaturesEndWithTheTrustInTheirService(t *testing.T) {
	t.Parallel()
	e, _ := overseer(t)
	e.rooted(org.RootCredentials, org.RootSessions)
	if err := e.trust("account.amazonaws.com"); err != nil {
		t.Fatal(err)
	}
	for _, service := range []string{"account.amazonaws.com", org.RootAccessService} {
		before := len(e.rootFeatures())
		if err := e.plane.DistrustService(t.Context(), e.admin, service); err != nil || before != 2 {
			t.Fatalf("%v, %d features", err, before)
		}
	}
	if err := e.trust(org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	if on := e.rootFeatures(); len(on) != 0 {
		t.Errorf("trusted again, %v are on", on)
	}
}
