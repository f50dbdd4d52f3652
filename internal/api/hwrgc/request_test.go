package hwrgc

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func TestRequestsThatBreakTheContractAreRefused(t *testing.T) {
	t.Parallel()
	h := mount(t, Unimplemented{})
	const setup = "/v1/landing-zone/setup"
	for name, test := range map[string]struct{ method, path, body, message string }{
		"a missing body": {"POST", "/v1/governance/controls/enable", "", "The request body is missing"},
		"a missing key": {"POST", "/v1/governance/controls/enable", `{"identifier":"RGC-GR_1"}`,
			`Invalid parameter target_identifier: property "target_identifier" is missing`},
		"a parameter without a value": {"POST", "/v1/governance/controls/enable", `{"identifier":"i","target_identifier":"t","parameters":[{"key":"k"}]}`,
			`Invalid parameter parameters.0.value: property "value" is missing`},
		"a list that is too short": {"POST", setup, `{"home_region":"cn-north-4","logging_configuration":{},"organization_structure":[],"region_configuration_list":[],"setup_landing_zone_action_type":"create"}`,
			"Invalid parameter organization_structure: minimum number of items is 1"},
		"a whole number with a fraction": {"POST", setup, `{"home_region":"r","setup_landing_zone_action_type":"CREATE",
			"region_configuration_list":[{"region":"r","region_configuration_status":"ENABLED"}],"organization_structure":[{"organizational_unit_type":"CORE"}],
			"logging_configuration":{"logging_bucket":{"retention_days":365.5}}}`,
			"Invalid parameter logging_configuration.logging_bucket.retention_days: value must be an integer"},
		"a missing query parameter": {"GET", "/v1/managed-organization/managed-core-accounts", "",
			"Invalid parameter account_type: value is required but missing"},
		"a query parameter of no list": {"GET", "/v1/managed-organization/managed-core-accounts?account_type=logging", "",
			`Invalid parameter account_type: value is not one of the allowed values ["LOGGING","SECURITY","PRIMARY"]`},
		"limit 0":    {"GET", "/v1/governance/controls?limit=0", "", "Invalid parameter limit: number must be at least 1"},
		"limit 2001": {"GET", "/v1/governance/controls?limit=2001", "", "Invalid parameter limit: number must be at most 2000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec, c := hwtest.Serve(h, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
			var body struct {
				Message string `json:"error_msg"`
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			if rec.Code != http.StatusBadRequest || c.Code != "RGC.400" || body.Message != test.message {
				t.Fatalf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
}

// notebook serves a few operations and writes down what reached them.
type notebook struct {
	Unimplemented
	enable *EnableControlJSONRequestBody
	setup  *SetupLandingZoneJSONRequestBody
}

func (n *notebook) EnableControl(_ context.Context, r EnableControlRequestObject) (EnableControlResponseObject, error) {
	n.enable = r.Body
	return EnableControl201JSONResponse{ControlOperateRequestID: "r1"}, nil
}

func (n *notebook) SetupLandingZone(_ context.Context, r SetupLandingZoneRequestObject) (SetupLandingZoneResponseObject, error) {
	n.setup = r.Body
	return n.Unimplemented.SetupLandingZone(context.Background(), r)
}

func (n *notebook) ListManagedAccounts(context.Context, ListManagedAccountsRequestObject) (ListManagedAccountsResponseObject, error) {
	at := time.Date(2023, 11, 15, 7, 37, 15, 243_000_000, time.UTC)
	return ListManagedAccounts200JSONResponse{
		ManagedAccounts: []ManagedAccount{{AccountID: "a1", CreatedAt: new(hwrest.MilliTime(at)), Regions: []RegionManagedList{}}},
		PageInfo:        &PageInfoDto{CurrentCount: 1, NextMarker: new("m1")},
	}, nil
}

func ask(t *testing.T, n *notebook, operation, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	rec, _ := hwtest.Serve(mount(t, n), httptest.NewRequest(method, path, strings.NewReader(body)))
	hwtest.Load(t, "contract.yaml").Check(t, operation, rec)
	return rec
}

func TestAParameterOfAControlMayBeAnyValue(t *testing.T) {
	t.Parallel()
	var n notebook
	rec := ask(t, &n, "EnableControl", "POST", "/v1/governance/controls/enable",
		`{"identifier":"i","target_identifier":"t","parameters":[{"key":"a","value":["x"]},{"key":"b","value":true}]}`)
	if rec.Code != http.StatusCreated || n.enable == nil || len(n.enable.Parameters) != 2 {
		t.Fatalf("got %d %s, %+v", rec.Code, rec.Body, n.enable)
	}
	if v, ok := n.enable.Parameters[0].Value.([]any); !ok || v[0] != "x" || n.enable.Parameters[1].Value != true {
		t.Fatalf("got %+v", n.enable)
	}
}

func TestAnAbsentFlagIsNotAFalseOne(t *testing.T) {
	t.Parallel()
	var n notebook
	ask(t, &n, "SetupLandingZone", "POST", "/v1/landing-zone/setup", `{"home_region":"cn-north-4","setup_landing_zone_action_type":"CREATE",
		"region_configuration_list":[{"region":"cn-north-4","region_configuration_status":"ENABLED"}],
		"organization_structure":[{"organizational_unit_type":"CORE"}],
		"logging_configuration":{"logging_bucket":{"retention_days":365}},
		"identity_center_status":null,"deny_ungoverned_regions":false,"unknown":1}`)
	if n.setup == nil || n.setup.CloudTrailType != nil || n.setup.DenyUngovernedRegions == nil || *n.setup.DenyUngovernedRegions {
		t.Fatalf("got %+v", n.setup)
	}
	if n.setup.IdentityCenterStatus != "" || n.setup.LoggingConfiguration.LoggingBucket.RetentionDays != 365 {
		t.Fatalf("got %+v", n.setup)
	}
}

func TestAnAnswerFollowsTheContract(t *testing.T) {
	t.Parallel()
	rec := ask(t, &notebook{}, "ListManagedAccounts", "GET", "/v1/managed-organization/managed-accounts?limit=200", "")
	want := `{"managed_accounts":[{"account_id":"a1","created_at":"2023-11-15T07:37:15.243Z","regions":[]}],` +
		`"page_info":{"current_count":1,"next_marker":"m1"}}` + "\n"
	if rec.Body.String() != want {
		t.Fatalf("got %s", rec.Body)
	}
}
