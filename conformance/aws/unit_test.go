package aws_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) tryUnit(t *testing.T, parent, name string, tags ...types.Tag) error {
	t.Helper()
	_, err := h.CreateOrganizationalUnit(t.Context(), &organizations.CreateOrganizationalUnitInput{ParentId: &parent, Name: &name, Tags: tags})
	return err
}

func (h *house) units(t *testing.T, parent string, size int32) []types.OrganizationalUnit {
	t.Helper()
	var all []types.OrganizationalUnit
	pages := organizations.NewListOrganizationalUnitsForParentPaginator(h, &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent, MaxResults: &size})
	for pages.HasMorePages() {
		page := harness.Try(pages.NextPage(t.Context())).Or(t)
		if len(page.OrganizationalUnits) > int(size) {
			t.Fatalf("a page of at most %d has %d units", size, len(page.OrganizationalUnits))
		}
		all = append(all, page.OrganizationalUnits...)
	}
	return all
}

func TestUnitIsWhatWasAskedFor(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		out := harness.Try(h.CreateOrganizationalUnit(t.Context(), &organizations.CreateOrganizationalUnitInput{
			ParentId: &h.root, Name: aws.String("Würste & Käse 🧀"), Tags: []types.Tag{tag("stage", "prod")},
		})).Or(t).OrganizationalUnit
		if !regexp.MustCompile(`^ou-` + h.root[2:] + `-[a-z0-9]{8,32}$`).MatchString(*out.Id) {
			t.Errorf("the unit's id %s does not carry the root's %s", *out.Id, h.root)
		}
		seen := harness.Try(h.DescribeOrganizationalUnit(t.Context(), &organizations.DescribeOrganizationalUnitInput{OrganizationalUnitId: out.Id})).Or(t).OrganizationalUnit
		for _, u := range []*types.OrganizationalUnit{out, seen} {
			if *u.Name != "Würste & Käse 🧀" || *u.Arn != h.arn("ou", h.id+"/"+*out.Id) {
				t.Errorf("the unit is %q, %s", *u.Name, *u.Arn)
			}
			if want := h.id + "/" + h.root + "/" + *out.Id + "/"; aws.ToString(u.Path) != want {
				t.Errorf("the unit's path is %q, want %q", aws.ToString(u.Path), want)
			}
		}
		if h.parent(t, *out.Id) != h.root {
			t.Error("the unit is not under the root")
		}
		if got := h.tags(t, *out.Id); !maps.Equal(got, map[string]string{"stage": "prod"}) {
			t.Errorf("the unit's tags are %v", got)
		}
	})
}

func TestUnitsNestFiveDeep(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		parent, path := h.root, h.id+"/"+h.root+"/"
		for level := range 5 {
			unit := h.unit(t, parent, fmt.Sprint("level ", level+1))
			parent, path = unit, path+unit+"/"
		}
		harness.WantAWS(t, h.tryUnit(t, parent, "level 6"), constraint, "OU_DEPTH_LIMIT_EXCEEDED")
		deepest := harness.Try(h.DescribeOrganizationalUnit(t.Context(), &organizations.DescribeOrganizationalUnitInput{OrganizationalUnitId: &parent})).Or(t)
		if got := aws.ToString(deepest.OrganizationalUnit.Path); got != path {
			t.Errorf("the deepest unit's path is %s, want %s", got, path)
		}
	})
}

func TestUnitIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		dev := h.unit(t, h.root, "dev")
		for name, c := range map[string]struct {
			parent, name string
			tags         []types.Tag
			code, reason string
		}{
			"a sibling's name":                   {h.root, "dev", nil, "DuplicateOrganizationalUnitException", ""},
			"the name of a unit elsewhere":       {dev, "dev", nil, "", ""},
			"a sibling's name in other letters":  {h.root, "Dev", nil, "", ""},
			"a name of 128 characters":           {h.root, strings.Repeat("é", 128), nil, "", ""},
			"a name of 129 characters":           {h.root, strings.Repeat("é", 129), nil, invalid, "MAX_LENGTH_EXCEEDED"},
			"an empty name":                      {h.root, "", nil, invalid, "MIN_LENGTH_EXCEEDED"},
			"a parent that does not exist":       {"ou-" + h.root[2:] + "-00000000", "x", nil, "ParentNotFoundException", ""},
			"a parent in another organization":   {other.root, "x", nil, "ParentNotFoundException", ""},
			"a parent that is an account":        {h.key.Account, "x", nil, invalid, "INVALID_PATTERN"},
			"a system tag":                       {h.root, "x", []types.Tag{tag("aws:y", "")}, invalid, "INVALID_SYSTEM_TAGS_PARAMETER"},
			"a tag key twice":                    {h.root, "x", []types.Tag{tag("y", "1"), tag("y", "2")}, invalid, "DUPLICATE_TAG_KEY"},
			"a system tag in other letters":      {h.root, "x", []types.Tag{tag("AWS:y", "")}, invalid, "INVALID_SYSTEM_TAGS_PARAMETER"},
			"two tag keys that differ in a case": {h.root, "cased tags", []types.Tag{tag("y", "1"), tag("Y", "2")}, "", ""},
		} {
			code, reason := harness.AWSError(h.tryUnit(t, c.parent, c.name, c.tags...))
			if code != c.code || reason != c.reason {
				t.Errorf("%s: CreateOrganizationalUnit ends with %q %s, want %q %s", name, code, reason, c.code, c.reason)
			}
		}
	})
}

func TestUnitsComeOneAtATime(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		want := map[string]bool{}
		for i := range 45 {
			want[h.unit(t, h.root, fmt.Sprintf("unit %02d", i))] = true
		}
		for _, size := range []int32{1, 7, 20} {
			got := map[string]bool{}
			for _, u := range h.units(t, h.root, size) {
				if got[*u.Id] {
					t.Fatalf("in pages of %d the unit %s comes twice", size, *u.Id)
				}
				got[*u.Id] = true
			}
			if !maps.Equal(got, want) {
				t.Errorf("in pages of %d there are %d units, want the %d that were made", size, len(got), len(want))
			}
		}
	})
}

func TestPlaceThatIsNotThere(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		missing, foreign := "ou-"+h.root[2:]+"-00000000", other.unit(t, other.root, "foreign")
		for _, id := range []string{missing, foreign} {
			_, err := h.DescribeOrganizationalUnit(t.Context(), &organizations.DescribeOrganizationalUnitInput{OrganizationalUnitId: &id})
			harness.WantAWS(t, err, "OrganizationalUnitNotFoundException", "")
			_, err = h.ListOrganizationalUnitsForParent(t.Context(), &organizations.ListOrganizationalUnitsForParentInput{ParentId: &id})
			harness.WantAWS(t, err, "ParentNotFoundException", "")
			_, err = h.ListAccountsForParent(t.Context(), &organizations.ListAccountsForParentInput{ParentId: &id})
			harness.WantAWS(t, err, "ParentNotFoundException", "")
			_, err = h.ListParents(t.Context(), &organizations.ListParentsInput{ChildId: &id})
			harness.WantAWS(t, err, "ChildNotFoundException", "")
		}
		_, err := h.ListParents(t.Context(), &organizations.ListParentsInput{ChildId: &h.root})
		harness.WantAWS(t, err, invalid, "INVALID_PATTERN")
		_, err = h.ListParents(t.Context(), &organizations.ListParentsInput{ChildId: &other.key.Account})
		harness.WantAWS(t, err, "ChildNotFoundException", "")
	})
}
