package hwrgc_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/api/hwrgc"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// served are the operations that this API has; all others answer that they are not served yet.
var served = []string{
	"CheckLaunch", "CreateAccount", "CreateManagedOrganizationalUnit", "ListManagedAccounts", "ListManagedAccountsForParent",
	"ListManagedOrganizationalUnits", "ListOperation", "RegisterOrganizationalUnit", "SetupLandingZone", "ShowAvailableUpdates", "ShowHomeRegion",
	"ShowLandingZoneConfiguration", "ShowLandingZoneStatus", "ShowManagedAccount", "ShowManagedCoreAccount", "ShowManagedOrganizationalUnit",
	"ShowOperation",
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	coverage := hwrgc.Coverage()
	maps.DeleteFunc(coverage, func(_ string, is bool) bool { return !is })
	if got := slices.Sorted(maps.Keys(coverage)); !slices.Equal(got, served) {
		t.Errorf("served are %v", got)
	}
}

// TestWhoMayCall sweeps over every operation of the contract: without a signature, as a stranger, a member, and one without rights.
func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	operations := b.contract.Operations()
	if len(operations) != 51 {
		t.Fatalf("there are %d operations", len(operations))
	}
	for _, operation := range operations {
		codes := map[string]string{"": "APIGW.0301", stranger: "RGC.1033", member: "RGC.403", guest: "RGC.403"}
		if !slices.Contains(served, operation) {
			codes = map[string]string{"": "APIGW.0301", stranger: "RGC.400", member: "RGC.400", management: "RGC.400"}
		}
		for caller, code := range codes {
			r := b.contract.Request(t, operation)
			r.Header.Set(callerHeader, caller)
			rec, c := hwtest.Serve(b.handler, r)
			b.contract.Check(t, operation, rec)
			if c.Code != code {
				t.Errorf("%s by %q answered %d %s, want %s", operation, caller, rec.Code, rec.Body, code)
			}
			if caller == guest && !strings.Contains(rec.Body.String(), hwrgc.Operations[operation].Action) {
				t.Errorf("%s does not name its action: %s", operation, rec.Body)
			}
			if told := strings.Contains(rec.Body.String(), `"encoded_authorization_message"`); told != (caller == guest && code == "RGC.403") {
				t.Errorf("%s by %q tells an encoded message: %t", operation, caller, told)
			}
		}
	}
}

func TestFaultsStrikeBehindAuthentication(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.fault(t, twin.Fault{API: "hwrgc", Operation: "ShowHomeRegion", Error: string(org.LandingZoneBusy)})
	b.fails(t, "", "ShowHomeRegion", "", "", 401, "APIGW.0301")
	b.fails(t, management, "ShowHomeRegion", "", "", 400, "RGC.1065")
	b.fails(t, management, "ShowHomeRegion", "", "", 400, "RGC.1067")
}

func TestWithoutALandingZone(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	for operation, path := range map[string]string{
		"ShowLandingZoneStatus": "", "ShowHomeRegion": "", "ShowLandingZoneConfiguration": "", "ShowAvailableUpdates": "", "ListManagedAccounts": "",
		"ListManagedOrganizationalUnits": "", "ShowManagedAccount": "", "ShowManagedOrganizationalUnit": "", "ShowOperation": "",
		"ListOperation": "", "RegisterOrganizationalUnit": "", "ListManagedAccountsForParent": "",
		"ShowManagedCoreAccount": "/v1/managed-organization/managed-core-accounts?account_type=PRIMARY",
	} {
		b.fails(t, management, operation, path, "", 400, "RGC.1067")
	}
	b.fails(t, management, "CreateAccount", "", accountBody("workload-1", object{"organizational_unit_id": "ou-x", "organizational_unit_name": "x"}), 400, "RGC.1067")
	b.fails(t, management, "CreateManagedOrganizationalUnit", "", `{"name":"x","parent_id":"ou-x"}`, 400, "RGC.1067")
	for _, action := range []string{"UPDATE", "REPAIR"} {
		b.fails(t, management, "SetupLandingZone", "", setupBody(action), 400, "RGC.1067")
	}
}

func TestSetUpRefusals(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	change := func(old, new string) string { return strings.Replace(setupBody("CREATE"), old, new, 1) }
	taken := func(id org.AccountID) string {
		return change(`"account_name":"log-archive"`, fmt.Sprintf(`"account_name":"log-archive","account_id":%q`, id))
	}
	for body, want := range map[string]string{
		change(`"home_region":"cn-north-4"`, `"home_region":"mars-1"`):                     "400 RGC.1068",
		change(`"phone":"13800000000"`, `"phone":""`):                                      "400 RGC.1115",
		change(`"identity_store_email":"admin@example.com",`, ``):                          "400 RGC.400",
		change(`"retention_days":400`, `"retention_days":0`):                               "400 RGC.400",
		taken("0123456789abcdef0123456789abcdef"):                                          "404 RGC.404",
		taken(b.org.ManagementID):                                                          "400 RGC.1202",
		taken(b.callers[stranger].AccountID):                                               "404 RGC.404",
		strings.Replace(setupBody("CREATE"), `"CREATE"`, `"DELETE"`, 1):                    "400 RGC.400",
		strings.Replace(setupBody("CREATE"), `"home_region"`, `"region"`, 1):               "400 RGC.400",
		change(`"organizational_unit_type":"CUSTOM"`, `"organizational_unit_type":"CORE"`): "400 RGC.400",
	} {
		var status int
		var code string
		_, _ = fmt.Sscan(want, &status, &code)
		b.fails(t, management, "SetupLandingZone", "", body, status, code)
	}
	b.fails(t, management, "ShowLandingZoneStatus", "", "", 400, "RGC.1067")
	b.launch(t)
	b.fails(t, management, "SetupLandingZone", "", setupBody("CREATE"), 400, "RGC.1062")
	b.fails(t, management, "CheckLaunch", "", "", 400, "RGC.1062")
	b.fails(t, management, "SetupLandingZone", "", strings.Replace(setupBody("UPDATE"), `"Security"`, `"Other"`, 1), 400, "RGC.400")
	b.get(t, "SetupLandingZone", "", setupBody("UPDATE"))
	if z := b.settled(t); z.text("landing_zone_action_type") != "UPDATE" || z.text("landing_zone_status") != "succeeded" {
		t.Errorf("the update ends as %v", z)
	}
}

func TestUnitRefusals(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	units := b.get(t, "ListManagedOrganizationalUnits", "", "").rows("managed_organizational_units", "organizational_unit_name")
	core, sandbox := units["Security"].text("organizational_unit_id"), units["Sandbox"].text("organizational_unit_id")
	plain := must(b.plane.CreateUnit(t.Context(), b.callers[management], b.org.RootID, "Plain", nil)).ID
	below := must(b.plane.CreateUnit(t.Context(), b.callers[management], plain, "Below", nil)).ID
	inCore := must(b.plane.CreateUnit(t.Context(), b.callers[management], org.UnitID(core), "Below", nil)).ID
	create := func(name, parent string, status int, code string) {
		t.Helper()
		b.fails(t, management, "CreateManagedOrganizationalUnit", "", fmt.Sprintf(`{"name":%q,"parent_id":%q}`, name, parent), status, code)
	}
	create("New", "ou-none", 404, "RGC.404")
	create("New", core, 400, "RGC.1081")
	create("New", string(plain), 400, "RGC.1064")
	create("Sandbox", string(b.org.RootID), 400, "RGC.1000")
	create("a/b", sandbox, 400, "RGC.400")
	for id, want := range map[string]string{
		"ou-none": "404 RGC.404", core: "400 RGC.1201", string(b.org.RootID): "400 RGC.1201", sandbox: "400 RGC.1203", string(below): "400 RGC.1064",
		string(inCore): "400 RGC.1081",
	} {
		var status int
		var code string
		_, _ = fmt.Sscan(want, &status, &code)
		b.fails(t, management, "RegisterOrganizationalUnit", "/v1/managed-organization/organizational-units/"+id+"/register", "", status, code)
	}
	b.fails(t, management, "ListManagedAccountsForParent", "/v1/managed-organization/managed-organizational-units/"+string(plain)+"/managed-accounts", "", 404, "RGC.404")
	b.fails(t, management, "ListManagedOrganizationalUnits", "/v1/managed-organization/managed-organizational-units?control_id=x", "", 400, "RGC.400")
}

func TestAccountRefusals(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	units := b.get(t, "ListManagedOrganizationalUnits", "", "").rows("managed_organizational_units", "organizational_unit_name")
	plain := must(b.plane.CreateUnit(t.Context(), b.callers[management], b.org.RootID, "Plain", nil))
	create := func(body string, status int, code string) {
		t.Helper()
		b.fails(t, management, "CreateAccount", "", body, status, code)
	}
	create(accountBody("workload-1", object{"organizational_unit_id": "ou-none", "organizational_unit_name": "x"}), 404, "RGC.404")
	create(accountBody("workload-1", object{"organizational_unit_id": units["Sandbox"]["organizational_unit_id"], "organizational_unit_name": "x"}), 400, "RGC.400")
	create(accountBody("workload-1", object{"organizational_unit_id": string(plain.ID), "organizational_unit_name": "Plain"}), 400, "RGC.1064")
	create(accountBody("workload-1", units["Security"]), 400, "RGC.1083")
	create(accountBody("workload-1", units["root"]), 400, "RGC.1083")
	create(accountBody("1", units["Sandbox"]), 400, "RGC.400")
	create(strings.Replace(accountBody("workload-1", units["Sandbox"]), `{`, `{"blueprint":{"blueprint_product_id":"p","blueprint_product_version":"V1"},`, 1), 400, "RGC.400")
	create(strings.Replace(accountBody("workload-1", units["Sandbox"]), `operator@example.com`, ``, 1), 400, "RGC.400")
	create(`{"account_name":"workload-1"}`, 400, "RGC.400")
	b.fails(t, management, "ShowManagedAccount", "/v1/managed-organization/managed-accounts/none", "", 404, "RGC.404")
	b.fails(t, management, "ShowOperation", "/v1/managed-organization/none", "", 404, "RGC.404")
	b.fails(t, management, "ListOperation", "", "", 400, "RGC.400")
	b.fails(t, management, "ListOperation", "/v1/managed-organization?account_id=a&organizational_unit_id=b", "", 400, "RGC.400")
	b.fails(t, management, "ListOperation", "/v1/managed-organization?account_id=a", "", 404, "RGC.404")
	b.fails(t, management, "ListManagedAccounts", "/v1/managed-organization/managed-accounts?control_id=x", "", 400, "RGC.400")
}

func TestListsArePaged(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	b.launch(t)
	for operation, list := range map[string]string{"ListManagedAccounts": "managed_accounts", "ListManagedOrganizationalUnits": "managed_organizational_units"} {
		path, seen := hwrgc.Operations[operation].Path, []string{}
		for marker, pages := "", 0; ; pages++ {
			page := b.get(t, operation, path+"?limit=2&marker="+url.QueryEscape(marker), "")
			rows, _ := json.Marshal(page[list])
			seen = append(seen, string(rows))
			info := object(page["page_info"].(map[string]any))
			if marker = info.text("next_marker"); marker == "" {
				if info["next_marker"] != nil || info["current_count"] != 1.0 || pages != 1 {
					t.Errorf("%s: the last page is %v after %d", operation, info, pages)
				}
				break
			}
			other := "ListManagedAccounts"
			if operation == other {
				other = "ListManagedOrganizationalUnits"
			}
			b.fails(t, management, other, hwrgc.Operations[other].Path+"?marker="+url.QueryEscape(marker), "", 400, "RGC.400")
			b.fails(t, stranger, operation, path+"?marker="+url.QueryEscape(marker), "", 400, "RGC.400")
		}
		if len(seen) != 2 || seen[0] == seen[1] {
			t.Errorf("%s: the pages are %v", operation, seen)
		}
	}
}
