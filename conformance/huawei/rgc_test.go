package huawei_test

import (
	"fmt"
	"slices"
	"testing"

	hwrgc "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/rgc/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/rgc/v1/model"

	orgmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// zoneRequest asks for a landing zone with a core unit and two core accounts.
func zoneRequest() *model.SetupLandingZoneRequest {
	core, unit := model.GetOrganizationalUnitTypeForSetupEnum().CORE, "Security"
	kinds := model.GetAccountBaselineAccountTypeEnum()
	return &model.SetupLandingZoneRequest{Body: &model.SetupLandingZoneReqBody{
		HomeRegion:                 harness.HuaweiRegion,
		SetupLandingZoneActionType: model.GetSetupLandingZoneReqBodySetupLandingZoneActionTypeEnum().CREATE,
		RegionConfigurationList: []model.RegionConfigurationList{{
			Region: harness.HuaweiRegion, RegionConfigurationStatus: model.GetRegionConfigurationListRegionConfigurationStatusEnum().ENABLED,
		}},
		OrganizationStructure: []model.OrganizationStructureBaseLine{{
			OrganizationalUnitName: &unit, OrganizationalUnitType: &core,
			Accounts: &[]model.AccountBaseline{
				{AccountName: name(), AccountType: kinds.LOGGING, AccountEmail: address(), Phone: phone()},
				{AccountName: name(), AccountType: kinds.SECURITY, AccountEmail: address(), Phone: phone()},
			},
		}},
		LoggingConfiguration: &model.LoggingConfiguration{
			LoggingBucket: &model.LoggingBucketBaseline{RetentionDays: 365}, AccessLoggingBucket: &model.AccessLoggingBucketBaseline{RetentionDays: 3650},
		},
	}}
}

// phone is a number that no account has: one serves a few accounts only.
func phone() *string {
	p := fmt.Sprintf("138%08d", names.Add(1))
	return &p
}

// awaitZone waits until the landing zone's action has ended.
func awaitZone(t *testing.T, c *hwrgc.RgcClient) *model.ShowLandingZoneStatusResponse {
	t.Helper()
	var now *model.ShowLandingZoneStatusResponse
	harness.Until(t, "the landing zone is set up", func() bool {
		now = harness.Try(c.ShowLandingZoneStatus(&model.ShowLandingZoneStatusRequest{})).Or(t)
		return text(now.LandingZoneStatus) != "in_progress"
	})
	return now
}

// awaitOperation waits until an operation has ended.
func awaitOperation(t *testing.T, c *hwrgc.RgcClient, id *string) *model.ShowOperationResponse {
	t.Helper()
	if id == nil || *id == "" {
		t.Fatal("no operation is named")
	}
	var now *model.ShowOperationResponse
	harness.Until(t, "the operation has ended", func() bool {
		now = harness.Try(c.ShowOperation(&model.ShowOperationRequest{OperationId: *id})).Or(t)
		return text(now.Status) != "IN_PROGRESS"
	})
	return now
}

func TestThereIsNoLandingZoneAtFirst(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		c := s.RGC(t, h.key)
		harness.Try(c.CheckLaunch(&model.CheckLaunchRequest{})).Or(t)
		_, err := c.ShowHomeRegion(&model.ShowHomeRegionRequest{})
		harness.WantHuawei(t, err, 400, "RGC.1067")
		_, err = c.ShowLandingZoneStatus(&model.ShowLandingZoneStatusRequest{})
		harness.WantHuawei(t, err, 400, "RGC.1067")
		_, err = c.ListManagedAccounts(&model.ListManagedAccountsRequest{})
		harness.WantHuawei(t, err, 400, "RGC.1067")
		_, err = s.RGC(t, s.Mint(t, harness.Huawei)).CheckLaunch(&model.CheckLaunchRequest{})
		harness.WantHuawei(t, err, 400, "RGC.1033")
	})
}

func TestLandingZoneFromSetUpToAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		c := s.RGC(t, h.key)
		if out := harness.Try(c.SetupLandingZone(zoneRequest())).Or(t); out.HttpStatusCode != 200 {
			t.Errorf("SetupLandingZone answers %d, want 200", out.HttpStatusCode)
		}
		zone := awaitZone(t, c)
		if text(zone.LandingZoneStatus) != "succeeded" || text(zone.LandingZoneActionType) != "CREATE" || *zone.PercentageComplete != 100 || len(*zone.PercentageDetails) == 0 {
			t.Fatalf("the set-up ends %+v: %+v", zone, zone.Message)
		}
		home := harness.Try(c.ShowHomeRegion(&model.ShowHomeRegionRequest{})).Or(t)
		if text(home.HomeRegion) != harness.HuaweiRegion {
			t.Errorf("the home region is %s", text(home.HomeRegion))
		}
		_, err := c.SetupLandingZone(zoneRequest())
		if status, _ := harness.HuaweiError(err); status != 400 {
			t.Errorf("a second landing zone ends with %d, want 400", status)
		}
		unit := makeManagedUnit(t, c, h)
		makeManagedAccount(t, c, h, unit)
	})
}

// makeManagedUnit makes a unit in the zone, registers one of the organization's own, and returns the id of the first.
func makeManagedUnit(t *testing.T, c *hwrgc.RgcClient, h *house) string {
	t.Helper()
	made := harness.Try(c.CreateManagedOrganizationalUnit(&model.CreateManagedOrganizationalUnitRequest{
		Body: &model.CreateOrganizationalUnitReqBody{Name: "Workloads", ParentId: h.root},
	})).Or(t)
	if made.HttpStatusCode != 201 || text(made.OrganizationalUnitName) != "Workloads" || text(made.ParentOrganizationalUnitId) != h.root {
		t.Errorf("CreateManagedOrganizationalUnit answers %d, %+v", made.HttpStatusCode, made)
	}
	own := h.unit(t, h.root, "Own")
	_, err := c.ShowManagedOrganizationalUnit(&model.ShowManagedOrganizationalUnitRequest{ManagedOrganizationalUnitId: own})
	harness.WantHuawei(t, err, 404, "RGC.404")
	asked := harness.Try(c.RegisterOrganizationalUnit(&model.RegisterOrganizationalUnitRequest{OrganizationalUnitId: own})).Or(t)
	if ended := awaitOperation(t, c, asked.OrganizationalUnitOperationId); text(ended.Status) != "SUCCEEDED" || *ended.PercentageComplete != 100 {
		t.Errorf("the registration ends %+v: %s", ended, text(ended.Message))
	}
	latest := harness.Try(c.ListOperation(&model.ListOperationRequest{OrganizationalUnitId: &own})).Or(t)
	if text(latest.OperationId) != text(asked.OrganizationalUnitOperationId) {
		t.Errorf("the unit's latest operation is %s, want %s", text(latest.OperationId), text(asked.OrganizationalUnitOperationId))
	}
	listed := map[string]bool{}
	for _, u := range *harness.Try(c.ListManagedOrganizationalUnits(&model.ListManagedOrganizationalUnitsRequest{})).Or(t).ManagedOrganizationalUnits {
		listed[text(u.OrganizationalUnitId)] = true
	}
	for _, id := range []string{own, text(made.OrganizationalUnitId)} {
		u := harness.Try(c.ShowManagedOrganizationalUnit(&model.ShowManagedOrganizationalUnitRequest{ManagedOrganizationalUnitId: id})).Or(t)
		if text(u.OrganizationalUnitId) != id || text(u.ManageAccountId) != h.key.Account || !listed[id] {
			t.Errorf("the unit %s is shown as %+v, listed: %t", id, u, listed[id])
		}
	}
	_, err = c.RegisterOrganizationalUnit(&model.RegisterOrganizationalUnitRequest{OrganizationalUnitId: h.root})
	if status, _ := harness.HuaweiError(err); status != 400 {
		t.Errorf("to register the root ends with %d, want 400", status)
	}
	return text(made.OrganizationalUnitId)
}

// makeManagedAccount makes an account in a unit of the zone and looks for it in both services.
func makeManagedAccount(t *testing.T, c *hwrgc.RgcClient, h *house, unit string) {
	t.Helper()
	called := name()
	in := &model.CreateAccountRequest{Body: &model.CreateManagedAccountRequest{
		AccountName: called, AccountEmail: address(), Phone: phone(), ParentOrganizationalUnitId: unit, ParentOrganizationalUnitName: "Workloads",
	}}
	out := harness.Try(c.CreateAccount(in)).Or(t)
	if out.HttpStatusCode != 201 {
		t.Errorf("CreateAccount answers %d, want 201", out.HttpStatusCode)
	}
	if ended := awaitOperation(t, c, out.OperationId); text(ended.Status) != "SUCCEEDED" || *ended.PercentageComplete != 100 || len(*ended.PercentageDetails) == 0 {
		t.Fatalf("the account's creation ends %s: %s", text(ended.Status), text(ended.Message))
	}
	// Terraform finds the new account by its name in the organization's list.
	under := h.accounts(t, unit, 200)
	i := slices.IndexFunc(under, func(a orgmodel.AccountDto) bool { return a.Name == called })
	if i < 0 {
		t.Fatalf("the organization does not list %s under the unit: %+v", called, under)
	}
	id := under[i].Id
	shown := harness.Try(c.ShowManagedAccount(&model.ShowManagedAccountRequest{ManagedAccountId: id})).Or(t)
	if text(shown.AccountName) != called || text(shown.ParentOrganizationalUnitId) != unit || text(shown.Owner) != "RGC" || text(shown.ManageAccountId) != h.key.Account {
		t.Errorf("the account is shown as %+v", shown)
	}
	has := func(l *[]model.ManagedAccount) bool {
		return slices.ContainsFunc(*l, func(a model.ManagedAccount) bool { return text(a.AccountId) == id })
	}
	if !has(harness.Try(c.ListManagedAccounts(&model.ListManagedAccountsRequest{})).Or(t).ManagedAccounts) {
		t.Error("the account is not listed")
	}
	if !has(harness.Try(c.ListManagedAccountsForParent(&model.ListManagedAccountsForParentRequest{ManagedOrganizationalUnitId: unit})).Or(t).ManagedAccounts) {
		t.Error("the account is not listed under its unit")
	}
	latest := harness.Try(c.ListOperation(&model.ListOperationRequest{AccountId: &id})).Or(t)
	if text(latest.OperationId) != text(out.OperationId) {
		t.Errorf("the account's latest operation is %s, want %s", text(latest.OperationId), text(out.OperationId))
	}
	missing := "00000000-0000-0000-0000-000000000000"
	_, err := c.ShowOperation(&model.ShowOperationRequest{OperationId: missing})
	harness.WantHuawei(t, err, 404, "RGC.404")
}
