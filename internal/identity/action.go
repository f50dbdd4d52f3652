package identity

import "github.com/polity-cloud/polity/internal/org"

// Action returns what a partition calls an action, which the control plane knows under its AWS name (Huawei Cloud Organizations, "Permissions and
// supported actions"; those that no page shows follow the pattern of their neighbours).
func Action(p org.Partition, action string) string {
	if p == org.Huawei {
		if own, ok := huaweiActions[action]; ok {
			return own
		}
		if own, ok := huaweiNeighbours[action]; ok {
			return own
		}
	}
	return action
}

var huaweiActions = prefixed("organizations:", map[string]string{
	"CloseAccount": "accounts:close", "UpdateAccount": "accounts:update", "ListCloseAccountStatuses": "closeAccountStatuses:list", "ListServices": "services:list",
	"AcceptHandshake": "handshakes:accept", "AttachPolicy": "policies:attach", "CancelHandshake": "handshakes:cancel", "CreateAccount": "accounts:create",
	"CreateOrganization": "organizations:create", "CreateOrganizationalUnit": "ous:create", "CreatePolicy": "policies:create",
	"DeclineHandshake": "handshakes:decline", "DeleteOrganization": "organizations:delete", "DeleteOrganizationalUnit": "ous:delete",
	"DeletePolicy": "policies:delete", "DeregisterDelegatedAdministrator": "delegatedAdministrators:deregister", "DescribeAccount": "accounts:get",
	"DescribeCreateAccountStatus": "createAccountStatuses:get", "DescribeEffectivePolicy": "effectivePolicies:get", "DescribeHandshake": "handshakes:get",
	"DescribeOrganization": "organizations:get", "DescribeOrganizationalUnit": "ous:get", "DescribePolicy": "policies:get", "DetachPolicy": "policies:detach",
	"DisableAWSServiceAccess": "trustedServices:disable", "DisablePolicyType": "policies:disable", "EnableAWSServiceAccess": "trustedServices:enable",
	"EnablePolicyType": "policies:enable", "InviteAccountToOrganization": "accounts:invite", "LeaveOrganization": "organizations:leave",
	"ListAWSServiceAccessForOrganization": "trustedServices:list",
	"ListAccounts":                        "accounts:list", "ListAccountsForParent": "accounts:list", "ListParents": "entities:list",
	"ListChildren":            "entities:list",
	"ListCreateAccountStatus": "createAccountStatuses:list", "ListDelegatedAdministrators": "delegatedAdministrators:list",
	"ListDelegatedServicesForAccount": "delegatedServices:list", "ListHandshakesForAccount": "receivedHandshakes:list",
	"ListHandshakesForOrganization": "handshakes:list", "ListOrganizationalUnitsForParent": "ous:list", "ListPolicies": "policies:list",
	"ListPoliciesForTarget": "policies:list", "ListRoots": "roots:list", "ListTagsForResource": "tags:list",
	"ListTargetsForPolicy": "attachedEntities:list", "ListQuotas": "quotas:list", "ListTagPolicyServices": "tagPolicyServices:list",
	"ListResourcesByTag": "resources:listByTag",
	"GetDryRunConfig":    "policies:getDryRunConfig", "UpdateDryRunConfig": "policies:updateDryRunConfig",
	"AttachDryRunPolicy": "policies:attachDryRunPolicy", "CreateDryRunPolicy": "policies:createDryRunPolicy",
	"DeleteDryRunPolicy": "policies:deleteDryRunPolicy", "DescribeDryRunPolicy": "policies:getDryRunPolicy",
	"DetachDryRunPolicy": "policies:detachDryRunPolicy", "ListDryRunPolicies": "policies:listDryRunPolicy",
	"ListDryRunPoliciesForTarget": "policies:listDryRunPolicy", "ListTargetsForDryRunPolicy": "policies:listDryRunPolicyEntities",
	"UpdateDryRunPolicy": "policies:updateDryRunPolicy",
	"MoveAccount":        "accounts:move", "RegisterDelegatedAdministrator": "delegatedAdministrators:register", "RemoveAccountFromOrganization": "accounts:remove",
	"TagResource": "resources:tag", "UntagResource": "resources:untag", "UpdateOrganizationalUnit": "ous:update", "UpdatePolicy": "policies:update",
})

// huaweiNeighbours are the actions of IAM and STS (IAM 5 API Reference, "Permissions and supported actions").
var huaweiNeighbours = map[string]string{
	"sts:AssumeRole": "sts:agencies:assume", "sts:TagSession": "sts::tagSession", "sts:SetSourceIdentity": "sts::setSourceIdentity",
	"sts:DecodeAuthorizationMessage": "sts::decodeAuthorizationMessage",
	"iam:ListUsers":                  "iam:users:listUsersV5", "iam:GetUser": "iam:users:getUserV5", "iam:ListRoles": "iam:agencies:listV5", "iam:GetRole": "iam:agencies:getV5",
}

func prefixed(prefix string, names map[string]string) map[string]string {
	out := make(map[string]string, len(names))
	for k, v := range names {
		out[prefix+k] = prefix + v
	}
	return out
}
