package awsorg

const (
	noAccount = "999999999999"
	noUnit    = "ou-none-12345678"
	noRoot    = "r-none"
	noPolicy  = "p-12345678"
	noOne     = "h-12345678"
	service   = "config.amazonaws.com"
)

// sweep has a row for every operation of the contract, with a request that is good but for what it names: that does not exist.
var sweep = map[string]string{
	"CreateOrganization":   `{}`,
	"DescribeOrganization": `{}`,
	"DeleteOrganization":   `{}`,
	"EnableAllFeatures":    `{}`,
	"ListRoots":            `{}`,

	"CreateAccount":                 object("AccountName", "x", "Email", "x@corp.example"),
	"CreateGovCloudAccount":         object("AccountName", "x", "Email", "x@corp.example"),
	"DescribeCreateAccountStatus":   object("CreateAccountRequestId", "car-12345678"),
	"ListCreateAccountStatus":       `{}`,
	"DescribeAccount":               object("AccountId", noAccount),
	"ListAccounts":                  `{}`,
	"ListAccountsForParent":         object("ParentId", noUnit),
	"MoveAccount":                   object("AccountId", noAccount, "SourceParentId", noUnit, "DestinationParentId", noUnit),
	"CloseAccount":                  object("AccountId", noAccount),
	"RemoveAccountFromOrganization": object("AccountId", noAccount),
	"LeaveOrganization":             `{}`,

	"CreateOrganizationalUnit":         object("ParentId", noUnit, "Name", "x"),
	"UpdateOrganizationalUnit":         object("OrganizationalUnitId", noUnit, "Name", "x"),
	"DeleteOrganizationalUnit":         object("OrganizationalUnitId", noUnit),
	"DescribeOrganizationalUnit":       object("OrganizationalUnitId", noUnit),
	"ListOrganizationalUnitsForParent": object("ParentId", noUnit),
	"ListChildren":                     object("ParentId", noUnit, "ChildType", "ACCOUNT"),
	"ListParents":                      object("ChildId", noAccount),

	"TagResource":         `{"ResourceId":"` + noAccount + `","Tags":[{"Key":"k","Value":"v"}]}`,
	"UntagResource":       `{"ResourceId":"` + noAccount + `","TagKeys":["k"]}`,
	"ListTagsForResource": object("ResourceId", noAccount),

	"InviteAccountToOrganization":   `{"Target":{"Id":"` + noAccount + `","Type":"ACCOUNT"}}`,
	"AcceptHandshake":               object("HandshakeId", noOne),
	"DeclineHandshake":              object("HandshakeId", noOne),
	"CancelHandshake":               object("HandshakeId", noOne),
	"DescribeHandshake":             object("HandshakeId", noOne),
	"ListHandshakesForAccount":      `{}`,
	"ListHandshakesForOrganization": `{}`,

	"CreatePolicy":          object("Content", "{}", "Description", "", "Name", "x", "Type", "TAG_POLICY"),
	"UpdatePolicy":          object("PolicyId", noPolicy),
	"DeletePolicy":          object("PolicyId", noPolicy),
	"DescribePolicy":        object("PolicyId", noPolicy),
	"ListPolicies":          object("Filter", "TAG_POLICY"),
	"AttachPolicy":          object("PolicyId", noPolicy, "TargetId", noAccount),
	"DetachPolicy":          object("PolicyId", noPolicy, "TargetId", noAccount),
	"ListPoliciesForTarget": object("Filter", "TAG_POLICY", "TargetId", noAccount),
	"ListTargetsForPolicy":  object("PolicyId", noPolicy),
	"EnablePolicyType":      object("PolicyType", "TAG_POLICY", "RootId", noRoot),
	"DisablePolicyType":     object("PolicyType", "TAG_POLICY", "RootId", noRoot),

	"DescribeEffectivePolicy":                object("PolicyType", "TAG_POLICY", "TargetId", noAccount),
	"ListAccountsWithInvalidEffectivePolicy": object("PolicyType", "TAG_POLICY"),
	"ListEffectivePolicyValidationErrors":    object("PolicyType", "TAG_POLICY", "AccountId", noAccount),

	"PutResourcePolicy":      object("Content", "{}"),
	"DeleteResourcePolicy":   `{}`,
	"DescribeResourcePolicy": `{}`,

	"EnableAWSServiceAccess":              object("ServicePrincipal", service),
	"DisableAWSServiceAccess":             object("ServicePrincipal", service),
	"ListAWSServiceAccessForOrganization": `{}`,
	"RegisterDelegatedAdministrator":      object("AccountId", noAccount, "ServicePrincipal", service),
	"DeregisterDelegatedAdministrator":    object("AccountId", noAccount, "ServicePrincipal", service),
	"ListDelegatedAdministrators":         `{}`,
	"ListDelegatedServicesForAccount":     object("AccountId", noAccount),

	"InviteOrganizationToTransferResponsibility": `{"SourceName":"x","StartTimestamp":1769904000,"Target":{"Id":"` + noAccount + `","Type":"ACCOUNT"},"Type":"BILLING"}`,
	"DescribeResponsibilityTransfer":             object("Id", "rt-12345678"),
	"ListInboundResponsibilityTransfers":         object("Type", "BILLING"),
	"ListOutboundResponsibilityTransfers":        object("Type", "BILLING"),
	"UpdateResponsibilityTransfer":               object("Id", "rt-12345678", "Name", "x"),
	"TerminateResponsibilityTransfer":            object("Id", "rt-12345678"),
}
