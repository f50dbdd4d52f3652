package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func TestAWitnessTellsTheEventsOfItsCall(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	asked := 0
	ctx := controlplane.Witnessed(t.Context(), func(out any) map[string]string {
		asked++
		told := map[string]string{"name": "the witness's", "answer": "none"}
		if u, ok := out.(controlplane.Unit); ok {
			told["answer"] = string(u.ID)
		}
		return told
	})
	version := e.version()
	u, err := e.plane.CreateUnit(ctx, e.admin, e.root, "unit", nil)
	if err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.UnitCreated, Subject: string(u.ID), By: e.admin, Detail: map[string]string{
		"name": "unit", "parentId": string(e.root), "answer": string(u.ID),
	}})
	version = e.version()
	must(e, e.plane.DeleteUnit(ctx, e.admin, u.ID))
	e.recorded(version, org.Event{Name: org.UnitDeleted, Subject: string(u.ID), By: e.admin, Detail: map[string]string{
		"name": "unit", "parentId": string(e.root), "answer": "none",
	}})
	if asked != 2 {
		t.Errorf("it was asked %d times", asked)
	}
	e.refused("what fails", org.UnitMissing, func() error { return e.plane.DeleteUnit(ctx, e.admin, u.ID) })
	if _, err := e.plane.GetRoot(ctx, e.admin); err != nil || asked != 2 {
		t.Errorf("asked %d times about what leaves no event, %v", asked, err)
	}
}

func TestAWitnessKnowsNothingOfWhatTheServiceDoes(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	guest := e.stranger()
	h := e.invite(toAccount(guest.AccountID))
	version := e.version()
	ctx := controlplane.Witnessed(t.Context(), func(any) map[string]string { return map[string]string{"answer": "yes"} })
	if _, err := e.plane.AcceptHandshake(ctx, guest, h.ID); err != nil {
		t.Fatal(err)
	}
	found := e.events(version)
	if len(found) != 2 || found[0].Name != org.HandshakeAgreed || found[1].Name != org.AccountJoined {
		t.Fatalf("%+v", found)
	}
	if found[0].Detail["answer"] != "yes" || found[1].Detail["answer"] != "" {
		t.Errorf("%v and %v", found[0].Detail, found[1].Detail)
	}
}
