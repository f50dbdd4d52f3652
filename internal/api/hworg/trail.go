package hworg

import (
	"encoding/json"
	"strconv"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// trailNames are the names under which Cloud Trace Service knows what happened, and to what (User Guide, "Supported Organizations Operations").
var trailNames = map[org.EventName]struct{ name, resource string }{
	org.OrganizationCreated:   {"createOrganization", "organization"},
	org.OrganizationDeleted:   {"deleteOrganization", "organization"},
	org.UnitCreated:           {"createOrganizationalUnit", "organizationUnit"},
	org.AccountRequested:      {"createAccount", "account"},
	org.AccountCreationEnded:  {"createAccount", "account"},
	org.AccountMoved:          {"moveAccount", "account"},
	org.PolicyCreated:         {"createPolicy", "policy"},
	org.PolicyUpdated:         {"updatePolicy", "policy"},
	org.PolicyDeleted:         {"deletePolicy", "policy"},
	org.PolicyAttachedTo:      {"attachPolicy", "policy"},
	org.PolicyDetachedFrom:    {"detachPolicy", "policy"},
	org.PolicyTypeSwitchedOn:  {"enablePolicyType", "policyType"},
	org.PolicyTypeSwitchedOff: {"disablePolicyType", "policyType"},
	org.UnitRenamed:           {"updateOrganizationalUnit", "organizationUnit"},
	org.UnitDeleted:           {"deleteOrganizationalUnit", "organizationUnit"},
	org.AccountDescribed:      {"updateAccount", "account"},
	org.ClosureRequested:      {"closeAccount", "account"},
	org.AccountRemoved:        {"removeAccount", "account"},
	org.AccountLeft:           {"leaveOrganization", "account"},
	org.AccountInvited:        {"inviteAccount", "handshake"},
	org.HandshakeAgreed:       {"acceptHandshake", "handshake"},
	org.HandshakeRefused:      {"declineHandshake", "handshake"},
	org.HandshakeTakenBack:    {"cancelHandshake", "handshake"},
	org.ServiceTrusted:        {"enableTrustedService", "trustedService"},
	org.ServiceDistrusted:     {"disableTrustedService", "trustedService"},
	org.DelegateRegistered:    {"registerDelegatedAdministrator", "account"},
	org.DelegateDeregistered:  {"deregisterDelegatedAdministrator", "account"},
	org.ResourceTagged:        {"tagResource", ""},
	org.ResourceUntagged:      {"untagResource", ""},

	org.DryRunChanged:            {"updateDryRunConfig", "dryRunConfig"},
	org.DryRunPolicyCreated:      {"createDryRunPolicy", "policy"},
	org.DryRunPolicyUpdated:      {"updateDryRunPolicy", "policy"},
	org.DryRunPolicyDeleted:      {"deleteDryRunPolicy", "policy"},
	org.DryRunPolicyAttachedTo:   {"attachDryRunPolicy", "policy"},
	org.DryRunPolicyDetachedFrom: {"detachDryRunPolicy", "policy"},
}

// Trail returns an event as a trace of Cloud Trace Service (CTS User Guide, "Trace Structure"). What ends later is traced twice there under one
// name: as the call, and as the system action that ended it. It reports false for events that Huawei Cloud does not trace.
func Trail(e org.Event) (map[string]any, bool) {
	known, ok := trailNames[e.Name]
	if !ok {
		return nil, false
	}
	at := e.At.UnixMilli()
	out := map[string]any{
		"trace_id": e.ID, "trace_name": known.name, "trace_rating": "normal", "service_type": "Organizations", "tracker_name": "system",
		"resource_type": known.resource, "resource_id": e.Subject, "time": at, "record_time": at,
	}
	if e.Name == org.AccountCreationEnded {
		ended(out, e)
		return out, true
	}
	out["trace_type"] = "ApiCall"
	out["code"] = success(known.name)
	out["domain_id"] = string(e.By.AccountID)
	out["user"] = trailUser(e.By)
	if name := e.Detail["name"]; name != "" {
		out["resource_name"] = name
	}
	if said := trailRequest(e.Detail); said != "" {
		out["request"] = said
	}
	return out, true
}

// ended tells how an account's creation ended. Nobody calls then, so that the trace has no user.
func ended(out map[string]any, e org.Event) {
	out["trace_type"] = "SystemAction"
	status := map[string]any{"id": e.Subject, "state": string(states[org.CreationState(e.Detail["state"])])}
	if id := e.Detail["accountId"]; id != "" {
		status["account_id"], out["resource_id"] = id, id
	}
	if f := org.Failure(e.Detail["failure"]); f != "" {
		status["failure_reason"], out["trace_rating"] = failureReason(f), "warning"
	}
	out["response"] = jsonText(map[string]any{"create_account_status": status})
}

// success is the status with which the operation behind a trace answers.
func success(trace string) string {
	operation := string(trace[0]-'a'+'A') + trace[1:]
	return strconv.Itoa(Operations[operation].Success)
}

func trailUser(c org.Caller) map[string]any {
	return map[string]any{
		"id": string(c.PrincipalID), "name": c.Name, "account_id": string(c.AccountID), "domain": map[string]any{"id": string(c.AccountID)},
		"principal_id": string(c.PrincipalID), "principal_urn": identity.URN(c), "principal_is_root_user": strconv.FormatBool(c.Kind == org.RootUser),
	}
}

// spoken are the contract's names of what events tell.
var spoken = map[string]string{
	"name": "name", "parentId": "parent_id", "sourceParentId": "source_parent_id", "destinationParentId": "destination_parent_id", "keys": "tag_keys",
	"policyName": "name", "targetId": "entity_id", "dryRun": "status", "bucket": "bucket_name", "prefix": "bucket_prefix", "region": "region_id", "agency": "agency_name",
	"service": "service_principal", "description": "description",
}

// trailRequest is what the call asked for, as the text that traces hold it in; "" when nothing is known of it.
func trailRequest(detail map[string]string) string {
	said := map[string]any{}
	for ours, theirs := range spoken {
		if v := detail[ours]; v != "" {
			said[theirs] = v
		}
	}
	if len(said) == 0 {
		return ""
	}
	return jsonText(said)
}

func jsonText(v map[string]any) string {
	b, _ := json.Marshal(v) // nothing in it can fail to encode
	return string(b)
}
