package controlplane_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func TestCreateUnit(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	top := e.unit(e.root, "Prod")
	version := e.version()
	u, err := e.plane.CreateUnit(t.Context(), e.admin, top, "Web", []org.Tag{{Key: "team", Value: "blue"}})
	if err != nil {
		t.Fatal(err)
	}
	if u.Name != "Web" || u.ParentID != top || u.Depth != 2 || u.Organization.ID != e.id {
		t.Errorf("%+v", u)
	}
	if want := joined([]org.UnitID{e.root, top, u.ID}); joined(u.Path) != want {
		t.Errorf("path %s, want %s", joined(u.Path), want)
	}
	if !strings.HasPrefix(string(u.ID), "ou-"+strings.TrimPrefix(string(e.root), "r-")+"-") {
		t.Errorf("%s is not of the root %s", u.ID, e.root)
	}
	e.recorded(version, org.Event{
		Name: org.UnitCreated, Subject: string(u.ID), By: e.admin, Detail: map[string]string{"name": "Web", "parentId": string(top)},
	})
	read, err := e.plane.GetUnit(t.Context(), e.admin, u.ID)
	if err != nil || read.Name != "Web" || joined(read.Path) != joined(u.Path) {
		t.Errorf("%+v, %v", read, err)
	}
	tags, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(u.ID))
	if err != nil || len(tags) != 1 || tags[0] != (org.Tag{Key: "team", Value: "blue"}) {
		t.Errorf("%v, %v", tags, err)
	}
}

func TestWhatCreateUnitRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	top := e.unit(e.root, "Prod")
	deep := top
	for range 4 {
		deep = e.unit(deep, "deeper")
	}
	other := newOrganization(e)
	bad := []org.Tag{{Key: "aws:x"}}
	for _, c := range []struct {
		says   string
		parent org.UnitID
		name   string
		tags   []org.Tag
		want   org.Reason
	}{
		{"a parent that does not exist", "ou-none-12345678", "x", nil, org.ParentMissing},
		{"a parent that does not exist, with a bad name and a bad tag", "ou-none-12345678", "", bad, org.ParentMissing},
		{"another organization's root", other, "x", nil, org.ParentMissing},
		{"a tag of the cloud", e.root, "x", bad, org.SystemTag},
		{"a tag key twice", e.root, "x", []org.Tag{{Key: "k"}, {Key: "k"}}, org.DuplicateTagKey},
		{"no name", e.root, "", nil, org.InvalidUnitName},
		{"a sixth level", deep, "x", nil, org.UnitDepth},
		{"a sibling's name", e.root, "Prod", nil, org.UnitNameTaken},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := e.plane.CreateUnit(t.Context(), e.admin, c.parent, c.name, c.tags)
			return err
		})
	}
	e.unit(e.root, "prod")
	e.unit(top, "Prod")
}

// newOrganization founds another organization in the same store and returns its root.
func newOrganization(e *estate) org.UnitID {
	e.Helper()
	o, err := e.plane.CreateOrganization(e.Context(), e.stranger(), org.AllFeatures)
	if err != nil {
		e.Fatal(err)
	}
	return o.RootID
}

func TestTheQuotaOfUnits(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) { c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Units: 3} } })
	for i := range 3 {
		e.unit(e.root, strconv.Itoa(i))
	}
	e.refused("a fourth", org.UnitLimit, func() error {
		_, err := e.plane.CreateUnit(t.Context(), e.admin, e.root, "3", nil)
		return err
	})
}

func TestTheRootIsNoUnitToBeGot(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.refused("the root", org.UnitMissing, func() error {
		_, err := e.plane.GetUnit(t.Context(), e.admin, e.root)
		return err
	})
	e.refused("a unit of another organization", org.UnitMissing, func() error {
		_, err := e.plane.GetUnit(t.Context(), e.admin, newOrganization(lawless(t, org.AWS)))
		return err
	})
}

func TestListUnitsPagesThroughDirectChildren(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	top := e.unit(e.root, "top")
	var want []string
	for i := range 7 {
		want = append(want, string(e.unit(top, strconv.Itoa(i))))
		e.unit(org.UnitID(want[i]), "below")
	}
	for _, limit := range []int{1, 3, 7, 20} {
		var got []string
		page := org.Page{Limit: limit}
		for {
			found, err := e.plane.ListUnits(t.Context(), e.admin, top, page)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Units) > limit {
				t.Errorf("%d on a page of %d", len(found.Units), limit)
			}
			for _, u := range found.Units {
				got = append(got, string(u.ID))
				if joined(u.Path) != joined([]org.UnitID{e.root, top, u.ID}) {
					t.Errorf("path %s", joined(u.Path))
				}
			}
			if page.After = found.Next; page.After == "" {
				break
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("by %d: %v, want %v", limit, got, want)
		}
	}
	all, err := e.plane.ListUnits(t.Context(), e.admin, "", org.Page{Limit: 100})
	if err != nil || len(all.Units) != 15 || all.Next != "" {
		t.Errorf("%d units, next %q, %v", len(all.Units), all.Next, err)
	}
	e.refused("a cursor of nobody's", org.PageTokenInvalid, func() error {
		_, err := e.plane.ListUnits(t.Context(), e.admin, top, org.Page{After: "?", Limit: 1})
		return err
	})
}
