package huawei_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"

	"github.com/polity-cloud/polity/conformance/harness"
)

// conflicts are the operations of which the vendor's codes or their likeness have a 409: names and attachments that are there, one organization for an account.
var conflicts = []string{
	"AttachDryRunPolicy", "AttachPolicy", "CreateDryRunPolicy", "CreateOrganization", "CreateOrganizationalUnit", "CreatePolicy", "UpdateDryRunPolicy",
	"UpdateOrganizationalUnit", "UpdatePolicy",
}

// invoke calls an operation of the SDK by its name.
func invoke(t *testing.T, c *hworg.OrganizationsClient, name string, in map[string]any) error {
	t.Helper()
	method := reflect.ValueOf(c).MethodByName(name)
	if !method.IsValid() {
		t.Fatalf("the SDK has no operation %s", name)
	}
	request := reflect.New(method.Type().In(0).Elem())
	if err := json.Unmarshal(harness.Try(json.Marshal(in)).Or(t), request.Interface()); err != nil {
		t.Fatalf("%s with %v: %v", name, in, err)
	}
	err, _ := method.Call([]reflect.Value{request})[1].Interface().(error)
	return err
}

// wantOf is WantHuawei for an operation that is called by its name.
func wantOf(t *testing.T, name string, err error, status int, code string) {
	t.Helper()
	if gotStatus, got := harness.HuaweiError(err); gotStatus != status || got != code {
		t.Errorf("%s ends with %d %q, want %d %q", name, gotStatus, got, status, code)
	}
}

// A missing right is told before what is missing: of all that these calls are about, nothing exists. Policies bind members, so what the management
// account alone may call is not among them.
func TestWhoMayDoNothingIsDeniedEverything(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadRESTContract(t, "hworg"), newHouse(t, s)
		member := h.account(t).AccountId
		harness.WantHuawei(t, h.trust("service.CTS"), 0, "")
		harness.WantHuawei(t, h.register(member, "service.CTS"), 0, "")
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		nothing := `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:*:*"]}]}`
		harness.WantHuawei(t, h.attach(harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "nothing", nothing)).Or(t), member), 0, "")
		inside, denied := h.within(t, member), 0
		for _, op := range contract.Operations {
			if op.Binds() {
				denied++
				wantOf(t, op.Name, invoke(t, inside, op.Name, contract.Input(t, op, nil)), http.StatusForbidden, "Organizations.1007")
			}
		}
		if denied != 35 {
			t.Errorf("%d operations were denied", denied)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadRESTContract(t, "hworg"), newHouse(t, s)
		codes := map[string]string{
			"{account_id}": "Organizations.1301", "{create_account_status_id}": "Organizations.1302", "{handshake_id}": "Organizations.1402",
			"{organizational_unit_id}": "Organizations.1201", "{policy_id}": "Organizations.1601", "{resource_id}": "Organizations.1701",
		}
		missed := 0
		for _, op := range contract.Operations {
			for segment := range strings.SplitSeq(op.Path, "/") {
				if code := codes[segment]; code != "" {
					missed++
					wantOf(t, op.Name, invoke(t, h.OrganizationsClient, op.Name, contract.Input(t, op, nil)), http.StatusNotFound, code)
				}
			}
		}
		if missed != 32 {
			t.Errorf("%d operations missed something", missed)
		}
	})
}

// What is wrong with a request is told before what is missing: a body without what it needs, or with too much, and a page of nothing.
func TestEveryRequestIsHeldAgainstTheContract(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadRESTContract(t, "hworg"), newHouse(t, s)
		long := strings.Repeat("x", 4096)
		// Nothing is required in these bodies.
		bodies := map[string]map[string]any{
			"UpdateAccount": {"description": "\x00"}, "UpdatePolicy": {"description": long}, "UpdateDryRunPolicy": {"description": long},
			"ShowResourceInstancesCount": {"matches": []map[string]string{{"key": "resource_name", "value": long}}},
		}
		for _, op := range contract.Operations {
			if !op.Takes() {
				continue
			}
			in := contract.Input(t, op, map[string]any{"account_id": h.key.Account})
			if op.Pages() {
				in["limit"] = 0
			} else if in["body"] = bodies[op.Name]; bodies[op.Name] == nil {
				in["body"] = map[string]any{}
			}
			wantOf(t, op.Name, invoke(t, h.OrganizationsClient, op.Name, in), http.StatusBadRequest, "Organizations.1000")
		}
	})
}

// No request meets these on a control plane: nothing is broken, and nobody is held.
func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	contract, h := harness.ReadRESTContract(t, "hworg"), newHouse(t, s)
	for _, op := range contract.Operations {
		for status, code := range map[int]string{http.StatusTooManyRequests: "APIGW.0308", http.StatusInternalServerError: "Organizations.0000"} {
			s.Native(t, "POST", "/_polity/faults", map[string]string{"api": "hworg", "operation": op.Name, "error": code}, nil)
			wantOf(t, op.Name, invoke(t, h.OrganizationsClient, op.Name, contract.Input(t, op, nil)), status, code)
		}
	}
}
