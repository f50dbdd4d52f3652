package awsorg

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// trailNames are the names under which CloudTrail knows what happened.
var trailNames = map[org.EventName]string{
	org.OrganizationCreated: "CreateOrganization", org.OrganizationDeleted: "DeleteOrganization", org.UnitCreated: "CreateOrganizationalUnit",
	org.AccountRequested: "CreateAccount", org.AccountMoved: "MoveAccount", org.ResourceTagged: "TagResource", org.ResourceUntagged: "UntagResource",
	org.AccountInvited: "InviteAccountToOrganization", org.HandshakeAgreed: "AcceptHandshake", org.HandshakeRefused: "DeclineHandshake",
	org.HandshakeTakenBack: "CancelHandshake", org.FeaturesRequested: "EnableAllFeatures", org.TransferOffered: "InviteOrganizationToTransferResponsibility",
	org.TransferRenamed: "UpdateResponsibilityTransfer", org.TransferEnded: "TerminateResponsibilityTransfer",
	org.AccountCreationEnded: "CreateAccountResult", org.AccountJoined: "AccountJoinedOrganization",
	org.UnitRenamed: "UpdateOrganizationalUnit", org.UnitDeleted: "DeleteOrganizationalUnit", org.ClosureRequested: "CloseAccount",
	org.ClosureEnded: "CloseAccountResult", org.AccountRemoved: "RemoveAccountFromOrganization", org.AccountLeft: "LeaveOrganization",
	org.AccountDeparted: "AccountDepartedOrganization",
	org.PolicyCreated:   "CreatePolicy", org.PolicyUpdated: "UpdatePolicy", org.PolicyDeleted: "DeletePolicy", org.PolicyAttachedTo: "AttachPolicy",
	org.PolicyDetachedFrom: "DetachPolicy", org.PolicyTypeSwitchedOn: "EnablePolicyType", org.PolicyTypeSwitchedOff: "DisablePolicyType",
	org.EffectivePolicyValidated: "EffectivePolicyValidation",
	org.ServiceTrusted:           "EnableAWSServiceAccess", org.ServiceDistrusted: "DisableAWSServiceAccess",
	org.DelegateRegistered: "RegisterDelegatedAdministrator", org.DelegateDeregistered: "DeregisterDelegatedAdministrator",
	org.ResourcePolicyWritten: "PutResourcePolicy", org.ResourcePolicyDeleted: "DeleteResourcePolicy",
}

// Trail returns an event as a CloudTrail record (User Guide, "Logging API calls with AWS CloudTrail"). Names and addresses of accounts are masked there, and so
// they are here. It reports false for events that AWS has not.
func Trail(e org.Event) (map[string]any, bool) {
	name, source, ok := trailName(e)
	if !ok {
		return nil, false
	}
	out := map[string]any{
		"eventVersion": "1.08", "eventID": e.ID, "eventTime": e.At.Format(time.RFC3339), "eventSource": source, "eventName": name,
		"awsRegion": org.RulesOf(e.Partition).HomeRegion, "readOnly": false, "managementEvent": true, "eventCategory": "Management",
	}
	if e.By.AccountID == "" {
		serviceRecord(out, e)
	} else {
		callRecord(out, e)
	}
	return out, true
}

// callRecord adds what a record tells of a call. Of one that came in by another API than this one, only what the event says is known.
func callRecord(out map[string]any, e org.Event) {
	out["eventType"] = "AwsApiCall"
	out["recipientAccountId"] = string(e.By.AccountID)
	out["userIdentity"] = trailIdentity(e.By)
	for member, fact := range map[string]string{"requestID": trailID, "sourceIPAddress": trailAddress, "userAgent": trailAgent} {
		if v := e.Detail[fact]; v != "" {
			out[member] = v
		}
	}
	out["responseElements"] = nil
	if iamName(e) != "" {
		out["requestParameters"] = iamRequest(e)
		return
	}
	if _, ok := e.Detail[trailRequest]; !ok {
		out["requestParameters"] = masked(e.Detail)
		return
	}
	out["requestParameters"] = trailPart(e, trailRequest)
	out["responseElements"] = trailPart(e, trailResponse)
}

// trailPart reads back what trailText wrote.
func trailPart(e org.Event, fact string) any {
	var v any
	if err := json.Unmarshal([]byte(e.Detail[fact]), &v); err != nil {
		return nil
	}
	return v
}

func trailIdentity(c org.Caller) map[string]any {
	out := map[string]any{"accountId": string(c.AccountID), "arn": identity.ARN(c), "principalId": identity.UserID(c)}
	switch c.Kind {
	case org.RootUser:
		out["type"] = "Root"
	case org.User:
		out["type"], out["userName"] = "IAMUser", c.Name
	default:
		out["type"] = "AssumedRole"
		out["sessionContext"] = map[string]any{"sessionIssuer": map[string]any{
			"type": "Role", "principalId": string(c.PrincipalID), "arn": identity.RoleName(c), "accountId": string(c.AccountID), "userName": c.Name,
		}}
	}
	return out
}

// serviceRecord adds what a record tells of a deed of the service itself. It is the management account's.
func serviceRecord(out map[string]any, e org.Event) {
	by := "AWS Internal"
	if e.Name == org.ClosureEnded {
		by = "organizations.amazonaws.com"
	}
	out["eventType"] = "AwsServiceEvent"
	out["recipientAccountId"] = e.Detail["managementId"]
	out["userIdentity"] = map[string]any{"accountId": e.Detail["managementId"], "invokedBy": by}
	out["sourceIPAddress"], out["userAgent"] = by, by
	out["requestParameters"], out["responseElements"] = nil, nil
	out["serviceEventDetails"] = serviceDetails(e)
}

func serviceDetails(e org.Event) map[string]any {
	switch e.Name {
	case org.ClosureEnded:
		return map[string]any{"closeAccountStatus": map[string]any{
			"accountId": e.Subject, "state": e.Detail["state"],
			"requestedTimestamp": trailTime(e.Detail["requestedAt"]), "completedTimestamp": trailTime(e.Detail["completedAt"]),
		}}
	case org.EffectivePolicyValidated:
		return policyValidation(e)
	case org.AccountDeparted:
		return map[string]any{
			"departedMethod": departedMethods[e.Detail["departMethod"]], "departedTime": trailTime(e.Detail["departedAt"]),
			"managementAccountId": e.Detail["managementId"], "memberAccountId": e.Subject,
		}
	}
	if e.Name == org.AccountJoined {
		return map[string]any{
			"joinedMethod": joinedMethod(e.Detail["joinMethod"]), "joinedTime": trailTime(e.Detail["joinedAt"]),
			"managementAccountId": e.Detail["managementId"], "memberAccountId": e.Subject,
		}
	}
	status := map[string]any{
		"id": e.Subject, "state": e.Detail["state"], "accountName": "****",
		"requestedTimestamp": trailTime(e.Detail["requestedAt"]), "completedTimestamp": trailTime(e.Detail["completedAt"]),
	}
	if id := e.Detail["accountId"]; id != "" {
		status["accountId"] = id
	}
	if f := org.Failure(e.Detail["failure"]); f != "" {
		status["failureReason"] = string(failures[f])
	}
	return map[string]any{"createAccountStatus": status}
}

var departedMethods = map[string]string{string(org.Left): "Left", string(org.Removed): "Removed", string(org.Cleaned): "Cleaned"}

func joinedMethod(m string) string {
	if m == string(org.Invited) {
		return "Invited"
	}
	return "Created"
}

// trailTime writes a time as these records do, which is not the way of the rest of the API.
func trailTime(stored string) string {
	t, err := time.Parse(time.RFC3339Nano, stored)
	if err != nil {
		return stored
	}
	return trailMoment(t)
}

func trailMoment(t time.Time) string { return t.UTC().Format("Jan 2, 2006 3:04:05 PM") }

func masked(detail map[string]string) map[string]string {
	out := maps.Clone(detail)
	if t, ok := policyTypes[org.PolicyType(out["policyType"])]; ok {
		out["policyType"] = string(t)
	}
	for _, sensitive := range []string{"name", "formerName"} {
		if _, ok := out[sensitive]; ok {
			out[sensitive] = "****"
		}
	}
	return out
}
