package huawei_test

import (
	"regexp"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestOrganizationIsWhatItsCreatorSees(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		o := harness.Try(h.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t).Organization
		if !regexp.MustCompile(`^o-[0-9a-z]{10,32}$`).MatchString(o.Id) || o.Id != h.id || o.ManagementAccountId != h.key.Account {
			t.Errorf("the organization is %s of %s", o.Id, o.ManagementAccountId)
		}
		if want := "organizations::" + h.key.Account + ":organization:" + h.id; o.Urn != want || o.CreatedAt == nil || o.ManagementAccountName == "" {
			t.Errorf("the organization is %+v, its URN should be %s", o, want)
		}
		roots := harness.Try(h.ListRoots(&model.ListRootsRequest{})).Or(t)
		if len(*roots.Roots) != 1 || roots.PageInfo.NextMarker != "" {
			t.Fatalf("there are %d roots, want one", len(*roots.Roots))
		}
		r := (*roots.Roots)[0]
		if !regexp.MustCompile(`^r-[0-9a-z]{4,32}$`).MatchString(r.Id) || r.Name != "root" || r.CreatedAt == nil {
			t.Errorf("the root is %+v", r)
		}
		for _, p := range r.PolicyTypes {
			if p.Status != "disabled" {
				t.Errorf("the policy type %s is %s before it is enabled", p.Type, p.Status)
			}
		}
	})
}

func TestOrganizationLivesOnceForAnAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		c := s.HuaweiOrganizations(t, s.Mint(t, harness.Huawei))
		_, err := c.ShowOrganization(&model.ShowOrganizationRequest{})
		harness.WantHuawei(t, err, 401, "Organizations.1015")
		_, err = c.DeleteOrganization(&model.DeleteOrganizationRequest{})
		harness.WantHuawei(t, err, 401, "Organizations.1015")
		harness.Try(c.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
		_, err = c.CreateOrganization(&model.CreateOrganizationRequest{})
		harness.WantHuawei(t, err, 409, "Organizations.1101")
		if out := harness.Try(c.DeleteOrganization(&model.DeleteOrganizationRequest{})).Or(t); out.HttpStatusCode != 204 {
			t.Errorf("DeleteOrganization answers %d, want 204", out.HttpStatusCode)
		}
		_, err = c.ShowOrganization(&model.ShowOrganizationRequest{})
		harness.WantHuawei(t, err, 401, "Organizations.1015")
		harness.Try(c.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	})
}

func TestOrganizationEndsOnlyWhenItIsEmpty(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		withUnit, withMember := newHouse(t, s), newHouse(t, s)
		withUnit.unit(t, withUnit.root, "left over")
		withMember.account(t)
		for _, h := range []*house{withUnit, withMember} {
			_, err := h.DeleteOrganization(&model.DeleteOrganizationRequest{})
			harness.WantHuawei(t, err, 400, "Organizations.1102")
		}
	})
}
