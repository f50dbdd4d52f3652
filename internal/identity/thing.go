package identity

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// policyTypes are the names of the types of policy, as AWS has them in its enumeration; in ARNs they are in lower case.
var policyTypes = map[org.PolicyType]string{
	org.ServiceControl: "SERVICE_CONTROL_POLICY", org.ResourceControl: "RESOURCE_CONTROL_POLICY", org.TagPolicy: "TAG_POLICY",
	org.BackupPolicy: "BACKUP_POLICY", org.AIServicesPolicy: "AISERVICES_OPT_OUT_POLICY", org.ChatbotPolicy: "CHATBOT_POLICY",
	org.DeclarativeEC2Policy: "DECLARATIVE_POLICY_EC2", org.SecurityHubPolicy: "SECURITYHUB_POLICY", org.InspectorPolicy: "INSPECTOR_POLICY",
	org.UpgradeRolloutPolicy: "UPGRADE_ROLLOUT_POLICY", org.BedrockPolicy: "BEDROCK_POLICY", org.S3Policy: "S3_POLICY",
	org.NetworkSecurityDirectorPolicy: "NETWORK_SECURITY_DIRECTOR_POLICY",
}

// PolicyType returns the name under which conditions know a type of policy.
func PolicyType(p org.Partition, t org.PolicyType) string {
	if p == org.Huawei {
		return string(t.InForce()) + "_policy"
	}
	return policyTypes[t]
}

// Thing returns the name under which policies know something of an organization: an ARN, or a URN. A handshake that another organization sent
// bears that one's name.
func Thing(o org.Organization, t org.Thing) string {
	if t.From.OrganizationID != "" {
		o.ID, o.ManagementID = t.From.OrganizationID, t.From.ManagementID
	}
	if o.Partition == org.Huawei {
		return thingURN(o, t)
	}
	return thingARN(o, t)
}

// arnKinds are the words for things (Service Authorization Reference, "Resource types defined by AWS Organizations").
var arnKinds = map[org.ThingKind]string{
	org.OrganizationThing: "organization", org.RootThing: "root", org.UnitThing: "ou", org.AccountThing: "account", org.PolicyThing: "policy",
	org.ResourcePolicyThing: "resourcepolicy", org.HandshakeThing: "handshake", org.TransferThing: "transfer",
}

func thingARN(o org.Organization, t org.Thing) string {
	stem := "arn:" + string(o.Partition) + ":organizations::"
	kind := strings.ToLower(PolicyType(o.Partition, t.Type))
	if t.BuiltIn {
		return stem + "aws:policy/" + kind + "/" + t.ID
	}
	stem += string(o.ManagementID) + ":"
	way := []string{arnKinds[t.Kind], string(o.ID)}
	switch t.Kind {
	case org.PolicyThing:
		way = append(way, kind)
	case org.HandshakeThing:
		way = append(way, handshakeKind(t.Action))
	case org.TransferThing:
		way = append(way, "billing", direction(t))
	case "":
		way[0] = "unknown" // what does not exist is named by no pattern but one for everything
	}
	if t.ID != "" {
		way = append(way, t.ID)
	}
	return stem + strings.Join(way, "/")
}

func handshakeKind(a org.HandshakeAction) string {
	if a == org.ServiceRoleRequest {
		return "add_organizations_service_linked_role"
	}
	return strings.ToLower(string(a))
}

func direction(t org.Thing) string {
	if t.Outbound {
		return "outbound"
	}
	return "inbound"
}

// urnKinds are Huawei Cloud's words for the same, by the scheme of CreateOrganization's answer.
var urnKinds = map[org.ThingKind]string{
	org.OrganizationThing: "organization", org.RootThing: "root", org.UnitThing: "ou", org.AccountThing: "account", org.PolicyThing: "policy",
	org.HandshakeThing: "handshake",
}

func thingURN(o org.Organization, t org.Thing) string {
	kind := urnKinds[t.Kind]
	if kind == "" {
		kind = "unknown"
	}
	way := []string{string(o.ID)}
	if t.Kind == org.PolicyThing {
		way = append(way, PolicyType(o.Partition, t.Type))
	}
	if t.ID != "" {
		way = append(way, t.ID)
	}
	return "organizations::" + string(o.ManagementID) + ":" + kind + ":" + strings.Join(way, "/")
}

// RoleName returns the name of the role behind a session, and the empty text for callers that are no session of one.
func RoleName(c org.Caller) string {
	switch {
	case c.Kind == org.RootUser || c.Kind == org.User:
		return ""
	case c.Partition == org.Huawei:
		return "iam::" + string(c.AccountID) + ":agency:" + c.Name
	}
	path := c.Path
	if path == "" {
		path = "/"
	}
	return "arn:" + string(c.Partition) + ":iam::" + string(c.AccountID) + ":role" + path + c.Name
}

// Name returns the name under which a caller's cloud knows it.
func Name(c org.Caller) string {
	if c.Partition == org.Huawei {
		return URN(c)
	}
	return ARN(c)
}
