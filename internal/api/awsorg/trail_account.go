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

// trailName returns under which name, and from which source, CloudTrail knows what happened.
func trailName(e org.Event) (name, source string, ok bool) {
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
