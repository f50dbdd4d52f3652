package awsorg

import "github.com/polity-cloud/polity/internal/org"

// accountSource is where CloudTrail says that calls of the account service come from. The feed of an organization has those that change its
// members.
const accountSource = "account.amazonaws.com"

var accountNames = map[org.EventName]string{
	org.AccountRenamed: "PutAccountName", org.ContactChanged: "PutAlternateContact", org.ContactDeleted: "DeleteAlternateContact",
	org.EmailChangeRequested: "StartPrimaryEmailUpdate", org.EmailChanged: "AcceptPrimaryEmailUpdate",
	org.RegionEnableRequested: "EnableRegion", org.RegionDisableRequested: "DisableRegion",
}

// iamSource is where CloudTrail says that calls of IAM come from.
const iamSource = "iam.amazonaws.com"

// iamName returns what CloudTrail calls what happened when it was IAM that was asked; the empty text for everything else.
func iamName(e org.Event) string {
	switch e.Name {
	case org.RootFeatureEnabled:
		return "EnableOrganizations" + e.Detail["feature"]
	case org.RootFeatureDisabled:
		return "DisableOrganizations" + e.Detail["feature"]
	case org.ServiceRoleCreated:
		return "CreateServiceLinkedRole"
	}
	return ""
}

// iamRequest is what was asked of IAM. The features of organizations take no parameters.
func iamRequest(e org.Event) any {
	if e.Name != org.ServiceRoleCreated {
		return nil
	}
	return map[string]any{"aWSServiceName": e.Detail["service"]}
}

// trailName returns under which name, and from which source, CloudTrail knows what happened.
func trailName(e org.Event) (name, source string, ok bool) {
	if name := iamName(e); name != "" {
		return name, iamSource, true
	}
	if name, ok = accountNames[e.Name]; !ok {
		name, ok = trailNames[e.Name]
		if e.Name == org.AccountRequested && e.Detail["paired"] != "" {
			name = "CreateGovCloudAccount"
		}
		return name, "organizations.amazonaws.com", ok
	}
	if e.Name == org.ContactChanged && e.Detail["kind"] == string(org.PrimaryContact) {
		name = "PutContactInformation"
	}
	return name, accountSource, true
}
