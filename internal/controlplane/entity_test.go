package controlplane_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func TestGetParent(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "unit")
	inner, id := e.unit(unit, "inner"), e.account("one")
	root := controlplane.Entity{Kind: controlplane.RootEntity, ID: string(e.root), Name: "Root"}
	for child, want := range map[string]controlplane.Entity{
		string(unit):  root,
		string(id):    root,
		string(inner): {Kind: controlplane.UnitEntity, ID: string(unit), Name: "unit"},
	} {
		got, err := e.plane.GetParent(t.Context(), e.admin, child)
		if err != nil || got != want {
			t.Errorf("of %s: %+v, %v", child, got, err)
		}
	}
	for says, child := range map[string]string{"the root": string(e.root), "nothing": "999999999999", "a stranger": string(e.stranger().AccountID)} {
		e.refused(says, org.ChildMissing, func() error {
			_, err := e.plane.GetParent(t.Context(), e.admin, child)
			return err
		})
	}
}

// Two lists make one: whatever the page, units come first, nothing is left out, nothing comes twice, and no page but the last has a rest.
func TestListChildrenPagesAcrossUnitsAndAccounts(t *testing.T) {
	t.Parallel()
	for units := range 4 {
		for accounts := range 4 {
			t.Run(fmt.Sprintf("%d units and %d accounts", units, accounts), func(t *testing.T) {
				t.Parallel()
				e := newEstate(t)
				top := e.unit(e.root, "top")
				var want []controlplane.Entity
				for i := range units {
					name := fmt.Sprint("unit", i)
					want = append(want, controlplane.Entity{Kind: controlplane.UnitEntity, ID: string(e.unit(top, name)), Name: name})
				}
				for i := range accounts {
					id := e.account(fmt.Sprint(i))
					if err := e.plane.MoveAccount(t.Context(), e.admin, id, e.root, top); err != nil {
						t.Fatal(err)
					}
					want = append(want, controlplane.Entity{Kind: controlplane.AccountEntity, ID: string(id), Name: fmt.Sprint("account-", i)})
				}
				for limit := 1; limit <= 7; limit++ {
					e.walk(top, limit, want)
				}
			})
		}
	}
}

func (e *estate) walk(parent org.UnitID, limit int, want []controlplane.Entity) {
	e.Helper()
	var got []controlplane.Entity
	page := org.Page{Limit: limit}
	for range 20 {
		found, err := e.plane.ListChildren(e.Context(), e.admin, parent, page)
		if err != nil {
			e.Fatal(err)
		}
		got = append(got, found.Entities...)
		if found.Next == "" {
			break
		}
		if len(found.Entities) != limit {
			e.Errorf("by %d: a page of %d is not the last", limit, len(found.Entities))
		}
		page.After = found.Next
	}
	if d := cmp.Diff(want, got); d != "" {
		e.Errorf("by %d: %s", limit, d)
	}
	if len(want) > 0 && len(want)%limit == 0 && len(got) != len(want) {
		e.Errorf("by %d: a page that ends with the list is the last", limit)
	}
}

func TestListChildrenOfAllTheOrganization(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "unit")
	e.unit(unit, "inner")
	e.account("one")
	all, err := e.plane.ListChildren(t.Context(), e.admin, "", org.Page{Limit: 100})
	if err != nil || len(all.Entities) != 5 || all.Next != "" || all.Entities[0] != (controlplane.Entity{Kind: controlplane.RootEntity, ID: string(e.root), Name: "Root"}) {
		t.Errorf("%+v, %v", all, err)
	}
	for limit := range 6 {
		e.walk("", limit+1, all.Entities)
	}
	for _, cursor := range []string{"?", "a:?", "u:?"} {
		e.refused("the cursor "+cursor, org.PageTokenInvalid, func() error {
			_, err := e.plane.ListChildren(t.Context(), e.admin, "", org.Page{After: cursor, Limit: 1})
			return err
		})
	}
}
