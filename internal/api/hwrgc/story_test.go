package hwrgc_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// setupBody is the body of a set-up, with an action.
func setupBody(action string) string {
	return strings.ReplaceAll(`{"home_region":"cn-north-4","setup_landing_zone_action_type":"ACTION","identity_center_status":"ENABLE",
		"identity_store_email":"admin@example.com","organization_structure_type":"STANDARD",
		"region_configuration_list":[{"region":"cn-north-4","region_configuration_status":"ENABLED"},{"region":"cn-east-3","region_configuration_status":"DISABLE"}],
		"organization_structure":[
			{"organizational_unit_name":"Security","organizational_unit_type":"CORE","accounts":[
				{"account_name":"log-archive","account_type":"LOGGING","phone":"13800000000"},
				{"account_name":"audit-account","account_type":"SECURITY","phone":"13800000000","account_email":"audit@example.com"}]},
			{"organizational_unit_name":"Sandbox","organizational_unit_type":"CUSTOM","accounts":[]}],
		"logging_configuration":{"logging_bucket":{"retention_days":400},"access_logging_bucket":{"retention_days":3000,"enable_multi_az":true}}}`, "ACTION", action)
}

// launch sets the landing zone up.
func (b *bundle) launch(t *testing.T) {
	t.Helper()
	b.get(t, "SetupLandingZone", "", setupBody("CREATE"))
	if z := b.settled(t); z.text("landing_zone_status") != "succeeded" {
		t.Fatalf("the set-up ends as %v", z)
	}
}

// settled waits for the end of the zone's action and returns the status.
func (b *bundle) settled(t *testing.T) object {
	t.Helper()
	var z object
	eventually(t, func() bool {
		z = b.get(t, "ShowLandingZoneStatus", "", "")
		return z.text("landing_zone_status") != "in_progress"
	})
	return z
}

// operated waits for the end of an operation and returns it.
func (b *bundle) operated(t *testing.T, id string) object {
	t.Helper()
	var n object
	eventually(t, func() bool {
		n = b.get(t, "ShowOperation", "/v1/managed-organization/"+id, "")
		return n.text("status") != "IN_PROGRESS"
	})
	return n
}

func accountBody(name string, unit object) string {
	return fmt.Sprintf(`{"account_name":%q,"parent_organizational_unit_id":%q,"parent_organizational_unit_name":%q,
		"identity_store_user_name":"operator","identity_store_email":"operator@example.com"}`, name, unit.text("organizational_unit_id"), unit.text("organizational_unit_name"))
}

func TestTheStoryOfALandingZone(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.get(t, "CheckLaunch", "", "")
	b.launch(t)
	z := b.get(t, "ShowLandingZoneStatus", "", "")
	if z.text("landing_zone_action_type") != "CREATE" || z.text("deployed_version") != "1.0" || z["percentage_complete"] != 100.0 || len(z["message"].([]any)) != 0 {
		t.Errorf("the status is %v", z)
	}
	if steps := z.rows("percentage_details", "percentage_name"); len(steps) != 6 || steps["core accounts"].text("percentage_status") != "succeeded" {
		t.Errorf("the steps are %v", steps)
	}
	unit := b.get(t, "CreateManagedOrganizationalUnit", "", fmt.Sprintf(`{"name":"Workloads","parent_id":%q}`, b.org.RootID))
	if unit.text("organizational_unit_status") != "REGISTERED" || unit.text("organizational_unit_type") != "CUSTOM" || unit.text("parent_organizational_unit_name") != "root" {
		t.Errorf("the unit is %v", unit)
	}
	made := b.get(t, "CreateAccount", "", accountBody("workload-1", unit))
	n := b.operated(t, made.text("operation_id"))
	if n.text("status") != "SUCCEEDED" || n["percentage_complete"] != 100.0 || n.text("message") != "" {
		t.Fatalf("the operation ends as %v", n)
	}
	want := []string{"create account", "move account", "enroll account", "identity center user", "blueprint", "controls"}
	var got []string
	for _, p := range n["percentage_details"].([]any) {
		got = append(got, object(p.(map[string]any)).text("percentage_name"))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	listed := must(b.plane.ListAccounts(t.Context(), b.callers[management], org.UnitID(unit.text("organizational_unit_id")), org.Page{Limit: 10})).Accounts
	if len(listed) != 1 || listed[0].Name != "workload-1" {
		t.Fatalf("the organization lists %+v in the unit", listed)
	}
	b.reads(t, unit, string(listed[0].ID), n)
}

// reads looks at the end of the story through every read.
func (b *bundle) reads(t *testing.T, unit object, id string, operation object) {
	t.Helper()
	a := b.get(t, "ShowManagedAccount", "/v1/managed-organization/managed-accounts/"+id, "")
	if a.text("account_name") != "workload-1" || a.text("state") != "ENROLLED" || a.text("owner") != "RGC" || a.text("account_type") != "CUSTOM" ||
		a.text("manage_account_id") != string(b.org.ManagementID) || a.text("identity_store_user_name") != "operator" ||
		a.text("parent_organizational_unit_name") != "Workloads" || a.text("landing_zone_version") != "1.0" {
		t.Errorf("the account is %v", a)
	}
	if at := a.text("created_at"); !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`).MatchString(at) {
		t.Errorf("it was made at %s", at)
	}
	regions := a.rows("regions", "region")
	if regions["cn-north-4"].text("region_status") != "available" || regions["cn-east-3"].text("region_status") != "unavailable" {
		t.Errorf("its regions are %v", regions)
	}
	all := b.get(t, "ListManagedAccounts", "", "").rows("managed_accounts", "account_name")
	if len(all) != 4 || all["log-archive"].text("account_type") != "LOGGING" || all[management].text("account_type") != "PRIMARY" || all[management].text("owner") != "CUSTOM" {
		t.Errorf("the accounts are %v", all)
	}
	below := b.get(t, "ListManagedAccountsForParent", "/v1/managed-organization/managed-organizational-units/"+unit.text("organizational_unit_id")+"/managed-accounts", "")
	if rows := below.rows("managed_accounts", "account_id"); len(rows) != 1 || rows[id] == nil {
		t.Errorf("the accounts in the unit are %v", below)
	}
	units := b.get(t, "ListManagedOrganizationalUnits", "", "").rows("managed_organizational_units", "organizational_unit_name")
	if len(units) != 4 || units["Security"].text("organizational_unit_type") != "CORE" || units["root"].text("organizational_unit_type") != "ROOT" {
		t.Errorf("the units are %v", units)
	}
	if latest := b.get(t, "ListOperation", "/v1/managed-organization?account_id="+id, ""); cmp.Diff(operation, latest) != "" {
		t.Errorf("the latest operation is %v", latest)
	}
	if home := b.get(t, "ShowHomeRegion", "", ""); home.text("home_region") != "cn-north-4" {
		t.Errorf("the home region is %v", home)
	}
	core := b.get(t, "ShowManagedCoreAccount", "/v1/managed-organization/managed-core-accounts?account_type=SECURITY", "")
	if core.text("account_name") != "audit-account" || core.text("account_id") == "" {
		t.Errorf("the audit account is %v", core)
	}
	c := b.get(t, "ShowLandingZoneConfiguration", "", "")
	if parts := c.rows("organization_structure", "organizational_unit_type"); parts["CORE"].rows("accounts", "account_name")["audit-account"].text("account_id") != core.text("account_id") {
		t.Errorf("the structure is %v", parts)
	}
	if logs := object(c["logging_configuration"].(map[string]any)); object(logs["logging_bucket"].(map[string]any))["retention_days"] != 400.0 {
		t.Errorf("the logs are %v", logs)
	}
	if u := b.get(t, "ShowAvailableUpdates", "", ""); u["landing_zone_update_available"] != false || u.text("user_landing_zone_version") != "1.0" {
		t.Errorf("the updates are %v", u)
	}
}

func TestAUnitOfTheOrganizationIsRegistered(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	u := must(b.plane.CreateUnit(t.Context(), b.callers[management], b.org.RootID, "Old", nil))
	path := "/v1/managed-organization/managed-organizational-units/" + string(u.ID)
	b.fails(t, management, "ShowManagedOrganizationalUnit", path, "", 404, "RGC.404")
	register := "/v1/managed-organization/organizational-units/" + string(u.ID) + "/register"
	n := b.get(t, "RegisterOrganizationalUnit", register, "")
	if end := b.operated(t, n.text("organizational_unit_operation_id")); end.text("status") != "SUCCEEDED" {
		t.Errorf("the operation ends as %v", end)
	}
	if got := b.get(t, "ShowManagedOrganizationalUnit", path, ""); got.text("organizational_unit_status") != "REGISTERED" || got.text("organizational_unit_name") != "Old" {
		t.Errorf("the unit is %v", got)
	}
	latest := b.get(t, "ListOperation", "/v1/managed-organization?organizational_unit_id="+string(u.ID), "")
	if latest.text("operation_id") != n.text("organizational_unit_operation_id") {
		t.Errorf("the latest operation is %v", latest)
	}
	b.fails(t, management, "RegisterOrganizationalUnit", register, "", 400, "RGC.1203")
}

func TestAFailedCreationFailsTheOperationWithItsCode(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	unit := b.get(t, "ListManagedOrganizationalUnits", "", "").rows("managed_organizational_units", "organizational_unit_name")["Sandbox"]
	b.fault(t, twin.Fault{Failure: string(org.FailToken)})
	n := b.operated(t, b.get(t, "CreateAccount", "", accountBody("workload-1", unit)).text("operation_id"))
	if n.text("status") != "FAILED" || !strings.HasPrefix(n.text("message"), "Error 4000: ") {
		t.Errorf("the operation ends as %v", n)
	}
	n = b.operated(t, b.get(t, "CreateAccount", "", accountBody("member-account", unit)).text("operation_id"))
	if n.text("status") != "FAILED" || !strings.HasPrefix(n.text("message"), "Error 2001: ") {
		t.Errorf("the operation ends as %v", n)
	}
}

func TestAFailedSetUpTellsWhyAndIsRepeated(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.fault(t, twin.Fault{Failure: string(org.FailPhoneLimit)})
	b.get(t, "SetupLandingZone", "", setupBody("CREATE"))
	z := b.settled(t)
	messages := z["message"].([]any)
	if z.text("landing_zone_status") != "failed" || len(messages) != 2 || !strings.Contains(fmt.Sprint(messages), "Error 3001: ") {
		t.Errorf("the set-up ends as %v", z)
	}
	b.fails(t, management, "ListManagedAccounts", "", "", 400, "RGC.1067")
	b.get(t, "CheckLaunch", "", "")
	b.launch(t)
}

func (b *bundle) fault(t *testing.T, f twin.Fault) {
	t.Helper()
	if _, err := b.faults.Add(f); err != nil {
		t.Fatal(err)
	}
}
