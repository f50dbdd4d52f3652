package awsorg

import (
	"slices"
	"testing"
)

// asker is who may ask for an operation (User Guide and Service Authorization Reference, per operation).
type asker int

const (
	managers asker = iota // the management account, or a delegated administrator
	members               // any account of the organization
	ownOnly               // any account of the organization about itself, the management account about all
	leavers               // members but not the management account
	anybody               // accounts of no organization too
)

const (
	noAccount = "999999999999"
	noUnit    = "ou-none-12345678"
	noRoot    = "r-none"
	noPolicy  = "p-12345678"
	noOne     = "h-12345678"
	service   = "config.amazonaws.com"
)

// sweep has a row for every operation of the contract, with a request that is good but for what it names: that does not exist.
var sweep = map[string]struct {
	by   asker
	body string
}{
	"CreateOrganization":   {anybody, `{}`},
	"DescribeOrganization": {members, `{}`},
	"DeleteOrganization":   {managers, `{}`},
	"EnableAllFeatures":    {managers, `{}`},
	"ListRoots":            {managers, `{}`},

	"CreateAccount":                 {managers, object("AccountName", "x", "Email", "x@corp.example")},
	"CreateGovCloudAccount":         {managers, object("AccountName", "x", "Email", "x@corp.example")},
	"DescribeCreateAccountStatus":   {managers, object("CreateAccountRequestId", "car-12345678")},
	"ListCreateAccountStatus":       {managers, `{}`},
	"DescribeAccount":               {managers, object("AccountId", noAccount)},
	"ListAccounts":                  {managers, `{}`},
	"ListAccountsForParent":         {managers, object("ParentId", noUnit)},
	"MoveAccount":                   {managers, object("AccountId", noAccount, "SourceParentId", noUnit, "DestinationParentId", noUnit)},
	"CloseAccount":                  {managers, object("AccountId", noAccount)},
	"RemoveAccountFromOrganization": {managers, object("AccountId", noAccount)},
	"LeaveOrganization":             {leavers, `{}`},

	"CreateOrganizationalUnit":         {managers, object("ParentId", noUnit, "Name", "x")},
	"UpdateOrganizationalUnit":         {managers, object("OrganizationalUnitId", noUnit, "Name", "x")},
	"DeleteOrganizationalUnit":         {managers, object("OrganizationalUnitId", noUnit)},
	"DescribeOrganizationalUnit":       {managers, object("OrganizationalUnitId", noUnit)},
	"ListOrganizationalUnitsForParent": {managers, object("ParentId", noUnit)},
	"ListChildren":                     {managers, object("ParentId", noUnit, "ChildType", "ACCOUNT")},
	"ListParents":                      {managers, object("ChildId", noAccount)},

	"TagResource":         {managers, `{"ResourceId":"` + noAccount + `","Tags":[{"Key":"k","Value":"v"}]}`},
	"UntagResource":       {managers, `{"ResourceId":"` + noAccount + `","TagKeys":["k"]}`},
	"ListTagsForResource": {managers, object("ResourceId", noAccount)},

	"InviteAccountToOrganization":   {managers, `{"Target":{"Id":"` + noAccount + `","Type":"ACCOUNT"}}`},
	"AcceptHandshake":               {anybody, object("HandshakeId", noOne)},
	"DeclineHandshake":              {anybody, object("HandshakeId", noOne)},
	"CancelHandshake":               {anybody, object("HandshakeId", noOne)},
	"DescribeHandshake":             {anybody, object("HandshakeId", noOne)},
	"ListHandshakesForAccount":      {anybody, `{}`},
	"ListHandshakesForOrganization": {managers, `{}`},

	"CreatePolicy":          {managers, object("Content", "{}", "Description", "", "Name", "x", "Type", "TAG_POLICY")},
	"UpdatePolicy":          {managers, object("PolicyId", noPolicy)},
	"DeletePolicy":          {managers, object("PolicyId", noPolicy)},
	"DescribePolicy":        {managers, object("PolicyId", noPolicy)},
	"ListPolicies":          {managers, object("Filter", "TAG_POLICY")},
	"AttachPolicy":          {managers, object("PolicyId", noPolicy, "TargetId", noAccount)},
	"DetachPolicy":          {managers, object("PolicyId", noPolicy, "TargetId", noAccount)},
	"ListPoliciesForTarget": {managers, object("Filter", "TAG_POLICY", "TargetId", noAccount)},
	"ListTargetsForPolicy":  {managers, object("PolicyId", noPolicy)},
	"EnablePolicyType":      {managers, object("PolicyType", "TAG_POLICY", "RootId", noRoot)},
	"DisablePolicyType":     {managers, object("PolicyType", "TAG_POLICY", "RootId", noRoot)},

	"DescribeEffectivePolicy":                {ownOnly, object("PolicyType", "TAG_POLICY", "TargetId", noAccount)},
	"ListAccountsWithInvalidEffectivePolicy": {managers, object("PolicyType", "TAG_POLICY")},
	"ListEffectivePolicyValidationErrors":    {managers, object("PolicyType", "TAG_POLICY", "AccountId", noAccount)},

	"PutResourcePolicy":      {managers, object("Content", "{}")},
	"DeleteResourcePolicy":   {managers, `{}`},
	"DescribeResourcePolicy": {managers, `{}`},

	"EnableAWSServiceAccess":              {managers, object("ServicePrincipal", service)},
	"DisableAWSServiceAccess":             {managers, object("ServicePrincipal", service)},
	"ListAWSServiceAccessForOrganization": {managers, `{}`},
	"RegisterDelegatedAdministrator":      {managers, object("AccountId", noAccount, "ServicePrincipal", service)},
	"DeregisterDelegatedAdministrator":    {managers, object("AccountId", noAccount, "ServicePrincipal", service)},
	"ListDelegatedAdministrators":         {managers, `{}`},
	"ListDelegatedServicesForAccount":     {managers, object("AccountId", noAccount)},

	"InviteOrganizationToTransferResponsibility": {managers, `{"SourceName":"x","StartTimestamp":1769904000,"Target":{"Id":"` + noAccount + `","Type":"ACCOUNT"},"Type":"BILLING"}`},
	"DescribeResponsibilityTransfer":             {managers, object("Id", "rt-12345678")},
	"ListInboundResponsibilityTransfers":         {managers, object("Type", "BILLING")},
	"ListOutboundResponsibilityTransfers":        {managers, object("Type", "BILLING")},
	"UpdateResponsibilityTransfer":               {managers, object("Id", "rt-12345678", "Name", "x")},
	"TerminateResponsibilityTransfer":            {managers, object("Id", "rt-12345678")},
}

// A caller who is in no organization, or not the account that may ask, learns so before anything about what exists.
func TestWhoMayAsk(t *testing.T) {
	t.Parallel()
	for name, served := range Coverage() {
		row, ok := sweep[name]
		if !ok {
			t.Errorf("%s has no row", name)
		}
		if !served || !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := managed(t)
			member := h.member("one")
			h.refuses("by an account that is gone", name, noAccount, row.body, "UnrecognizedClientException", "")
			if row.by == anybody {
				h.refuses("by a powerless user", name, stranger+"-user", row.body, "AccessDeniedException", "")
				return
			}
			h.refuses("by a stranger", name, stranger, row.body, "AWSOrganizationsNotInUseException", "")
			if row.by != leavers {
				h.refuses("by a powerless user", name, payer+"-user", row.body, "AccessDeniedException", "")
			}
			if slices.Contains([]asker{managers, ownOnly}, row.by) {
				h.refuses("by a member", name, member, row.body, "AccessDeniedException", "")
			}
			if row.by == members {
				h.do(name, member, row.body)
			}
		})
	}
	if len(sweep) != len(contract) {
		t.Errorf("%d rows for %d operations", len(sweep), len(contract))
	}
}
