package huawei_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestUnitIsWhatWasAskedFor(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.unit(t, h.root, "研发 team_1-a")
		u := harness.Try(h.ShowOrganizationalUnit(&model.ShowOrganizationalUnitRequest{OrganizationalUnitId: id})).Or(t).OrganizationalUnit
		if !regexp.MustCompile(`^ou-[0-9a-z]{8,64}$`).MatchString(u.Id) || u.Name != "研发 team_1-a" || u.CreatedAt == nil || u.Urn == "" {
			t.Errorf("the unit is %+v", u)
		}
		if p := h.parent(t, id); p.Id != h.root || p.Type != "root" {
			t.Errorf("the unit is under %+v, want the root", p)
		}
	})
}

func TestUnitsAreRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		parent := h.root
		for level := range 5 {
			parent = h.unit(t, parent, fmt.Sprint("level ", level+1))
		}
		for name, c := range map[string]struct {
			parent, name string
			status       int
			code         string
		}{
			"a sixth level":                    {parent, "level 6", 400, "Organizations.1204"},
			"a sibling's name":                 {h.root, "level 1", 409, "Organizations.1205"},
			"a parent that does not exist":     {"ou-00000000000000000000", "x", 404, "Organizations.1201"},
			"a parent in another organization": {other.root, "x", 404, "Organizations.1201"},
			"an empty name":                    {h.root, "", 400, "Organizations.1000"},
			"a name of 65 characters":          {h.root, strings.Repeat("x", 65), 400, "Organizations.1000"},
		} {
			_, err := h.tryUnit(c.parent, c.name)
			if status, code := harness.HuaweiError(err); status != c.status || code != c.code {
				t.Errorf("%s: CreateOrganizationalUnit ends with %d %s, want %d %s", name, status, code, c.status, c.code)
			}
		}
		_, err := h.ShowOrganizationalUnit(&model.ShowOrganizationalUnitRequest{OrganizationalUnitId: other.unit(t, other.root, "foreign")})
		harness.WantHuawei(t, err, 404, "Organizations.1201")
	})
}

func TestUnitsAndEntitiesAreListed(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		outer := h.unit(t, h.root, "outer")
		inner := h.unit(t, outer, "inner")
		units := func(parent *string, size int32) (ids []string) {
			in := &model.ListOrganizationalUnitsRequest{ParentId: parent, Limit: &size}
			for {
				out := harness.Try(h.ListOrganizationalUnits(in)).Or(t)
				for _, u := range *out.OrganizationalUnits {
					ids = append(ids, u.Id)
				}
				if out.PageInfo.NextMarker == "" {
					return ids
				}
				in.Marker = &out.PageInfo.NextMarker
			}
		}
		for _, size := range []int32{1, 2, 200} {
			all := units(nil, size)
			slices.Sort(all)
			want := []string{outer, inner}
			slices.Sort(want)
			if !slices.Equal(all, want) {
				t.Errorf("in pages of %d the organization has the units %v, want %v", size, all, want)
			}
		}
		if got := units(&outer, 200); !slices.Equal(got, []string{inner}) {
			t.Errorf("the outer unit has the units %v, want %s", got, inner)
		}
		children := harness.Try(h.ListEntities(&model.ListEntitiesRequest{ParentId: &h.root})).Or(t)
		kinds := map[string]string{}
		for _, e := range *children.Entities {
			kinds[e.Id] = e.Type
		}
		if len(kinds) != 2 || kinds[outer] != "organizational_unit" || kinds[h.key.Account] != "account" {
			t.Errorf("under the root are %v", kinds)
		}
	})
}
