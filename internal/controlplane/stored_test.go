package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// overwrite puts a text into the store that no check would let through today.
func (e *estate) overwrite(id org.PolicyID, text string) {
	e.Helper()
	err := e.store.Update(e.Context(), func(tx store.Tx) error {
		_, err := tx.LockOrganization(e.Context(), e.id)
		must(e, err)
		p, err := tx.Policy(e.Context(), e.id, id)
		must(e, err)
		p.Content = text
		return tx.UpdatePolicy(e.Context(), p)
	})
	must(e, err)
}

func TestAStoredTextThatIsNoLongerLawfulIsStillInForce(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	a, id := e.account("one"), e.policy(org.TagPolicy, "team", team)
	e.attach(id, string(a))
	at := e.clock()
	e.overwrite(id, `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"color":{"@@assign":"red"}}}}`)
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team"}}}`, at)
	e.refused("writing it again", org.PolicyMalformed, func() error {
		text := `{"tags":{"team":{"color":{"@@assign":"red"}}}}`
		_, err := e.plane.UpdatePolicy(t.Context(), e.admin, id, org.PolicyChange{Content: &text})
		return err
	})
}

func TestAStoredTextThatCannotBeReadIsAnInvalidPolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.TagPolicy)
	a, id := e.account("one"), e.policy(org.TagPolicy, "team", team)
	e.attach(id, string(a))
	e.overwrite(id, "…")
	e.inherits(org.TagPolicy, a, "", e.clock())
	faults := e.faults(org.TagPolicy, a).Faults
	if len(faults) != 1 || faults[0].Code != "KEY_REQUIRED" || faults[0].Path != "tags" || len(faults[0].Policies) != 1 || faults[0].Policies[0] != id {
		t.Errorf("%+v", faults)
	}
	must(e, e.plane.Tag(t.Context(), e.admin, org.Resource(a), []org.Tag{{Key: "team", Value: "any"}}))
	at := e.tick()
	text := team
	if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, id, org.PolicyChange{Content: &text}); err != nil {
		t.Fatal(err)
	}
	e.inherits(org.TagPolicy, a, `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue"]}}}`, at)
}

func TestAStoredControlThatCannotBeReadDenies(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	a := e.account("one")
	id := e.policy(org.ServiceControl, "control", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}`)
	e.attach(id, string(a))
	ask := func() error { _, err := e.plane.GetOrganization(t.Context(), e.member(a)); return err }
	must(e, ask())
	e.overwrite(id, "…")
	e.refused("what cannot be read", org.NotPermitted, ask)
	e.detach(id, string(a))
	must(e, ask())
}

func TestAStoredResourcePolicyThatCannotBeReadGrantsNothing(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	a := e.account("one")
	e.grant(`{"Effect":"Allow","Principal":{"AWS":"` + string(a) + `"},"Action":"organizations:ListRoots","Resource":"*"}`)
	roots := func() error { _, err := e.plane.GetRoot(t.Context(), e.member(a)); return err }
	must(e, roots())
	err := e.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.LockOrganization(t.Context(), e.id)
		must(e, err)
		p, err := tx.ResourcePolicy(t.Context(), e.id)
		must(e, err)
		p.Content = "…"
		return tx.PutResourcePolicy(t.Context(), p)
	})
	must(e, err)
	if err := roots(); org.AsError(err).Kind() != org.Denied {
		t.Errorf("%v", err)
	}
}
