package controlplane_test

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestMoveAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "unit")
	inner := e.unit(unit, "inner")
	id := e.account("one")
	version := e.version()
	if err := e.plane.MoveAccount(t.Context(), e.admin, id, e.root, inner); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{
		Name: org.AccountMoved, Subject: string(id), By: e.admin, Detail: map[string]string{"sourceParentId": string(e.root), "destinationParentId": string(inner)},
	})
	a, err := e.plane.GetAccount(t.Context(), e.admin, id)
	if err != nil || a.ParentID != inner || joined(a.Path) != joined([]org.UnitID{e.root, unit, inner}) {
		t.Errorf("%+v, %v", a, err)
	}
	if err := e.plane.MoveAccount(t.Context(), e.admin, e.admin.AccountID, e.root, unit); err != nil {
		t.Errorf("the management account: %v", err)
	}
	if err := e.plane.MoveAccount(t.Context(), e.admin, id, inner, e.root); err != nil {
		t.Errorf("back into the root: %v", err)
	}
}

func TestWhatMoveAccountRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit, id, foreign := e.unit(e.root, "unit"), e.account("one"), e.stranger().AccountID
	otherRoot := newOrganization(e)
	for _, c := range []struct {
		says     string
		id       org.AccountID
		from, to org.UnitID
		want     org.Reason
	}{
		{"an account that does not exist", "999999999999", "ou-no", "ou-no", org.AccountMissing},
		{"an account of nobody's", foreign, e.root, unit, org.AccountMissing},
		{"a source that does not exist", id, "ou-no", "ou-no", org.SourceParentMissing},
		{"a source that is not the parent", id, unit, e.root, org.SourceParentMissing},
		{"a destination that does not exist", id, e.root, "ou-no", org.DestinationParentMissing},
		{"another organization's root", id, e.root, otherRoot, org.DestinationParentMissing},
		{"where it is already", id, e.root, e.root, org.AccountAlreadyThere},
	} {
		e.refused(c.says, c.want, func() error { return e.plane.MoveAccount(t.Context(), e.admin, c.id, c.from, c.to) })
	}
}

func TestAnAccountBeingCreatedIsNotToBeSeen(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.halfMade("one")
	e.refused("GetAccount", org.AccountMissing, func() error {
		_, err := e.plane.GetAccount(t.Context(), e.admin, id)
		return err
	})
	e.refused("MoveAccount", org.AccountMissing, func() error { return e.plane.MoveAccount(t.Context(), e.admin, id, e.root, e.root) })
	e.refused("ListTags", org.ResourceMissing, func() error {
		_, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(id))
		return err
	})
	e.refused("GetParent", org.ChildMissing, func() error {
		_, err := e.plane.GetParent(t.Context(), e.admin, string(id))
		return err
	})
	found, err := e.plane.ListAccounts(t.Context(), e.admin, "", org.Page{Limit: 10})
	if err != nil || len(found.Accounts) != 1 {
		t.Errorf("ListAccounts: %d, %v", len(found.Accounts), err)
	}
	for name, by := range map[string]org.Caller{"the management account": e.admin, "the account itself": e.member(id)} {
		e.refused("its role is assumed by "+name, org.AssumeNotPermitted, func() error {
			_, err := e.plane.AssumeRole(t.Context(), by, assumption(id, 3600))
			return err
		})
	}
}

func TestListAccountsInTheOrderOfJoining(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "unit")
	all, below := []string{string(e.admin.AccountID)}, []string(nil)
	for _, name := range strings.Fields("a b c d e f g") {
		id := e.account(name)
		all = append(all, string(id))
		if name > "c" {
			below = append(below, string(id))
			if err := e.plane.MoveAccount(t.Context(), e.admin, id, e.root, unit); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		parent org.UnitID
		want   []string
	}{{"", all}, {unit, below}, {e.root, all[:4]}} {
		for _, limit := range []int{1, 2, 4, 20} {
			var got []string
			page := org.Page{Limit: limit}
			for {
				found, err := e.plane.ListAccounts(t.Context(), e.admin, c.parent, page)
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range found.Accounts {
					got = append(got, string(a.ID))
					if a.Path[0] != e.root || a.Path[len(a.Path)-1] != a.ParentID {
						t.Errorf("path %s of one in %s", joined(a.Path), a.ParentID)
					}
				}
				if page.After = found.Next; page.After == "" {
					break
				}
			}
			if strings.Join(got, " ") != strings.Join(c.want, " ") {
				t.Errorf("below %q by %d: %v, want %v", c.parent, limit, got, c.want)
			}
		}
	}
}
