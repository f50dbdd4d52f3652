package sweep_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/conformance/harness"
)

// missing is what a stranger is answered who names a thing of the organization: it does not exist, whatever the code.
var missing = fault{404, ""}

// huaweiRows are the operations of Organizations that are served, with what a stranger is answered. What members and accounts in no organization are
// answered follows from the contract's callers.
var huaweiRows = map[string]fault{
	"CreateOrganization": {409, "Organizations.1101"}, "ShowOrganization": {200, ""}, "DeleteOrganization": {204, ""}, "ListRoots": {200, ""},
	"CreateAccount": {202, ""}, "CreateResourceAccount": {202, ""}, "ShowCreateAccountStatus": missing, "ListCreateAccountStatuses": {200, ""},
	"ListAccounts": {200, ""}, "ShowAccount": missing, "MoveAccount": missing, "ListEntities": {200, ""},
	"CreateOrganizationalUnit": missing, "ShowOrganizationalUnit": missing, "ListOrganizationalUnits": {200, ""},
	"TagResource": missing, "UntagResource": missing, "ListTagsForResource": missing,
	"CreateTagResource": missing, "DeleteTagResource": missing, "ListTagResources": missing,
	"UpdateOrganizationalUnit": missing, "DeleteOrganizationalUnit": missing, "UpdateAccount": missing,
	"InviteAccount": {200, ""}, "AcceptHandshake": missing, "DeclineHandshake": missing, "CancelHandshake": missing, "ShowHandshake": missing,
	"ListHandshakes": {200, ""}, "ListReceivedHandshakes": {200, ""},
	"CloseAccount": missing, "ListCloseAccountStatuses": {200, ""}, "RemoveAccount": missing, "LeaveOrganization": {400, "Organizations.1304"},
	"ListServices": {200, ""}, "EnableTrustedService": {200, ""}, "DisableTrustedService": {400, "Organizations.1900"}, "ListTrustedServices": {200, ""},
	"RegisterDelegatedAdministrator": missing, "DeregisterDelegatedAdministrator": missing, "ListDelegatedAdministrators": {200, ""},
	"ListDelegatedServices": missing,
	"ListResourceTags":      {200, ""}, "ListResourceInstances": {200, ""}, "ShowResourceInstancesCount": {200, ""},
	"CreatePolicy": {400, "Organizations.1604"}, "ShowPolicy": missing, "ListPolicies": {200, ""}, "UpdatePolicy": missing, "DeletePolicy": missing,
	"AttachPolicy": missing, "DetachPolicy": missing, "ListEntitiesForPolicy": missing, "EnablePolicyType": missing, "DisablePolicyType": missing,
	"ShowDryRunConfig": missing, "UpdateDryRunConfig": missing, "CreateDryRunPolicy": {201, ""}, "ShowDryRunPolicy": missing,
	"ListDryRunPolicies": {200, ""}, "UpdateDryRunPolicy": missing, "DeleteDryRunPolicy": missing, "AttachDryRunPolicy": missing,
	"DetachDryRunPolicy": missing, "ListEntitiesForDryRunPolicy": missing,
	"ShowEffectivePolicies": missing, "ListQuotas": {200, ""}, "ListTagPolicyServices": {200, ""},
}

// rgcRows are the operations of RGC that are served, with what the management account of another organization is answered that has no landing
// zone. Its callers are management accounts alone.
var rgcRows = map[string]fault{
	"CheckLaunch": {200, ""}, "SetupLandingZone": {400, ""}, "ShowLandingZoneStatus": {400, "RGC.1067"}, "ShowHomeRegion": {400, "RGC.1067"},
	"ShowAvailableUpdates": {400, "RGC.1067"}, "ShowLandingZoneConfiguration": {400, "RGC.1067"},
	"CreateManagedOrganizationalUnit": {400, "RGC.1067"}, "RegisterOrganizationalUnit": {400, "RGC.1067"},
	"ShowManagedOrganizationalUnit": {400, "RGC.1067"}, "ListManagedOrganizationalUnits": {400, "RGC.1067"},
	"CreateAccount": {400, "RGC.1067"}, "ShowManagedAccount": {400, "RGC.1067"}, "ListManagedAccounts": {400, "RGC.1067"},
	"ListManagedAccountsForParent": {400, "RGC.1067"}, "ShowManagedCoreAccount": {400, "RGC.1067"},
	"ShowOperation": {400, "RGC.1067"}, "ListOperation": {400, "RGC.1067"},
}

var (
	unauthenticated = fault{401, "APIGW.0301"}
	clear400        = fault{400, ""}
)

func TestSweepOfHuaweiOrganizations(t *testing.T) {
	sweepREST(t, "hworg", 69, huaweiRows, fault{401, "Organizations.1015"}, func(op harness.RESTOperation) fault {
		switch {
		case op.Name == "CreateOrganization":
			return fault{409, "Organizations.1101"}
		case op.Name == "LeaveOrganization":
			return fault{400, "Organizations.1315"}
		case slices.Contains(op.Callers, "any_account"):
			return fault{200, ""}
		case slices.Contains(op.Callers, "member"):
			return fault{200, ""}
		case slices.Contains(op.Callers, "delegated_administrator"):
			return fault{401, "Organizations.1002"}
		case slices.Contains(op.Callers, "invited_account"):
			return missing
		}
		return fault{401, "Organizations.1001"}
	})
}

func TestSweepOfRGC(t *testing.T) {
	sweepREST(t, "hwrgc", 51, rgcRows, fault{400, "RGC.1033"}, func(harness.RESTOperation) fault { return fault{403, ""} })
}

func sweepREST(t *testing.T, api string, count int, rows map[string]fault, loners fault, members func(harness.RESTOperation) fault) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadRESTContract(t, api), huaweiHouse(t, s)
		swept := map[string]bool{}
		for _, op := range contract.Operations {
			c := restCall{s, h, op.Name, contract.Request(t, op, h.huaweiValues())}
			if body, ok := c.in.Body.(map[string]any); ok && api == "hworg" && op.Name == "CreateAccount" {
				body["email"] = "sweep-" + h.id[:22] + "@corp.example" // demanded on one site, and so optional in the contract
			}
			swept[op.Name] = true
			c.want(t, "without a signature", nil, unauthenticated)
			forger := h.management
			forger.Secret += "x"
			c.want(t, "with a bad signature", &forger, unauthenticated)
			stranger, served := rows[op.Name]
			member, loner := members(op), loners
			if op.Name == "CreateOrganization" {
				loner = fault{201, ""}
			}
			if slices.Contains(op.Callers, "invited_account") {
				loner = missing
			}
			if slices.Contains(op.Callers, "any_account") {
				loner = fault{200, ""}
			}
			if !served {
				member, loner, stranger = clear400, clear400, clear400
			}
			other, lone := huaweiStranger(t, s), s.Mint(t, harness.Huawei)
			c.want(t, "from a member", &h.member, member)
			c.want(t, "from a stranger", &other, stranger)
			c.want(t, "from an account in no organization", &lone, loner)
		}
		if len(swept) != count {
			t.Errorf("%d operations were swept, want %d", len(swept), count)
		}
		for name := range rows {
			if !swept[name] {
				t.Errorf("the row %s is of no operation", name)
			}
		}
	})
}

// huaweiValues are the things of the organization by the names of parameters and members.
func (h *house) huaweiValues() map[string]any {
	return map[string]any{
		"account_id": h.member.Account, "managed_account_id": h.member.Account, "organizational_unit_id": h.unit, "managed_organizational_unit_id": h.unit,
		"parent_id": h.root, "parent_organizational_unit_id": h.unit, "root_id": h.root, "entity_id": h.member.Account, "policy_id": h.policy, "resource_id": h.member.Account,
		"source_parent_id": h.root, "destination_parent_id": h.unit, "create_account_status_id": h.creation, "tag_keys": []string{"a"},
		"name": "s-" + h.id[2:22], "service_principal": "service.CTS", "entity": h.member.Account, "region": harness.HuaweiRegion, "home_region": harness.HuaweiRegion,
	}
}

type restCall struct {
	*harness.Server
	house house
	name  string
	in    harness.RESTRequest
}

// want checks the answer to a caller: the status, the code where the wanted one is known, and a whole error. Only a member may read of the house.
func (c restCall) want(t *testing.T, who string, k *harness.Key, want fault) {
	t.Helper()
	in := c.HuaweiRequest(c.in, nil)
	r := harness.PlainHuawei(t, in, nil)
	if k != nil {
		r = harness.SignHuawei(t, in, *k)
	}
	status, header, answer := harness.Do(t, r)
	var out struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
	}
	if len(answer) > 0 {
		if err := json.Unmarshal(answer, &out); err != nil {
			t.Errorf("%s %s is answered %d and what is no JSON: %s", c.name, who, status, answer)
		}
	}
	if status != want.status || want.code != "" && out.Code != want.code {
		t.Errorf("%s %s is answered %d %s, want %v", c.name, who, status, answer, want)
	}
	if status >= http.StatusBadRequest && (out.Code == "" || out.Message == "") || header.Get("X-Request-Id") == "" {
		t.Errorf("%s %s is answered %d and half an error: %s", c.name, who, status, answer)
	}
	if who != "from a member" && strings.Contains(string(answer), c.house.id) {
		t.Errorf("%s %s is answered with what is not the caller's: %s", c.name, who, answer)
	}
}
