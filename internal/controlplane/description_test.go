package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestADescriptionChangesAndIsRecordedOnce(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	id, version := e.account("member-one"), e.version()
	describe := func(text *string) string {
		t.Helper()
		a, err := e.plane.SetDescription(t.Context(), e.admin, id, text)
		if err != nil || a.Organization.ID != e.id || len(a.Path) != 1 {
			t.Fatalf("%+v, %v", a, err)
		}
		if kept := e.seen(id).Description; kept != a.Description {
			t.Errorf("it answers %q and keeps %q", a.Description, kept)
		}
		return a.Description
	}
	first, none := "the first", ""
	if got := describe(&first); got != first {
		t.Errorf("got %q", got)
	}
	e.recorded(version, org.Event{Name: org.AccountDescribed, Subject: string(id), By: e.admin, Detail: map[string]string{"description": first}})
	version = e.version()
	if got := describe(nil) + describe(&first); got != first+first {
		t.Errorf("got %q", got)
	}
	if n := len(e.events(version)); n != 2 {
		t.Errorf("two requests that change nothing leave %d events", n)
	}
	if got := describe(&none); got != "" {
		t.Errorf("got %q", got)
	}
	describing := func(c org.Caller, id org.AccountID, text string) func() error {
		return func() error {
			_, err := e.plane.SetDescription(t.Context(), c, id, &text)
			return err
		}
	}
	e.refused("an account elsewhere", org.AccountMissing, describing(e.admin, e.stranger().AccountID, "a"))
	e.refused("what is no text", org.InputMalformed, describing(e.admin, id, "a\x00"))
	e.refused("a member", org.ManagementOnly, describing(e.member(id), id, "a"))
}
