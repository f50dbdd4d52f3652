package controlplane_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func TestAUnitIsRenamed(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.unit(e.root, "old")
	version := e.version()
	u, err := e.plane.RenameUnit(t.Context(), e.admin, id, "new")
	if err != nil || u.Name != "new" || u.ID != id || joined(u.Path) != joined([]org.UnitID{e.root, id}) {
		t.Fatalf("%+v, %v", u, err)
	}
	e.recorded(version, org.Event{Name: org.UnitRenamed, Subject: string(id), By: e.admin, Detail: map[string]string{"name": "new", "formerName": "old"}})
	// The old name is free at once, for a twin as well as for the unit itself.
	e.unit(e.root, "old")
	e.refused("back to the old name", org.UnitNameTaken, func() error { return rename(e, id, "old") })
	for _, name := range []string{"new", ""} {
		version := e.version()
		if u, err := e.plane.RenameUnit(t.Context(), e.admin, id, name); err != nil || u.Name != "new" {
			t.Errorf("to %q: %+v, %v", name, u, err)
		}
		e.recorded(version, org.Event{Name: org.UnitRenamed, Subject: string(id), By: e.admin, Detail: map[string]string{"name": "new", "formerName": "new"}})
	}
}

func rename(e *estate, id org.UnitID, name string) error {
	_, err := e.plane.RenameUnit(e.Context(), e.admin, id, name)
	return err
}

func TestWhatRenamingAUnitRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.unit(e.root, "one")
	e.unit(e.root, "two")
	e.refused("the root", org.UnitMissing, func() error { return rename(e, e.root, "x") })
	e.refused("a unit that does not exist", org.UnitMissing, func() error { return rename(e, "ou-none-12345678", "x") })
	e.refused("a sibling's name", org.UnitNameTaken, func() error { return rename(e, id, "two") })
	e.refused("a name that is too long", org.InvalidUnitName, func() error { return rename(e, id, strings.Repeat("x", 129)) })
}

func TestAUnitIsDeleted(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	before := e.rows()
	top := e.unit(e.root, "top")
	below := e.unit(top, "below")
	account := e.account("one")
	if err := e.plane.MoveAccount(t.Context(), e.admin, account, e.root, below); err != nil {
		t.Fatal(err)
	}
	drop := func(id org.UnitID) func() error {
		return func() error { return e.plane.DeleteUnit(t.Context(), e.admin, id) }
	}
	e.refused("a unit with a unit", org.UnitNotEmpty, drop(top))
	e.refused("a unit with an account", org.UnitNotEmpty, drop(below))
	e.close(account)
	e.refused("a unit with a closed account", org.UnitNotEmpty, drop(below))
	e.refused("the root", org.UnitMissing, drop(e.root))
	e.refused("a unit that does not exist", org.UnitMissing, drop("ou-none-12345678"))
	e.pass(90 * day)
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(below), []org.Tag{{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	version := e.version()
	if err := drop(below)(); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.UnitDeleted, Subject: string(below), By: e.admin, Detail: map[string]string{"name": "below", "parentId": string(top)}})
	if err := drop(top)(); err != nil {
		t.Fatal(err)
	}
	e.refused("a unit twice", org.UnitMissing, drop(top))
	e.unit(e.root, "top")
	if rows := e.rows(); rows["units"] != before["units"]+1 || rows["tags"] != 0 {
		t.Errorf("left are %v", rows)
	}
}

func TestChildrenOfOneKind(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	u1, u2 := e.unit(e.root, "one"), e.unit(e.root, "two")
	e.unit(u1, "below")
	a := e.account("a")
	for kind, want := range map[controlplane.EntityKind][]string{
		controlplane.UnitEntity: {string(u1), string(u2)}, controlplane.AccountEntity: {string(e.admin.AccountID), string(a)},
	} {
		var got []string
		page := org.Page{Limit: 1}
		for range 3 {
			found, err := e.plane.ListChildrenOf(t.Context(), e.admin, e.root, kind, page)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found.Entities {
				if c.Kind != kind {
					t.Errorf("%+v", c)
				}
				got = append(got, c.ID)
			}
			if page.After = found.Next; found.Next == "" {
				break
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
	if _, err := e.plane.ListChildrenOf(t.Context(), e.admin, "ou-none-12345678", controlplane.UnitEntity, org.Page{Limit: 1}); org.ReasonOf(err) != org.ParentMissing {
		t.Errorf("%v", err)
	}
}
