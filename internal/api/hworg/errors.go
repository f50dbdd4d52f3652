package hworg

import (
	"cmp"
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// row is what Huawei Cloud makes of a Reason.
type row struct {
	status int
	code   string
	text   string // instead of the error's own detail; for the gateway's code, when there is no detail
}

const (
	gateway  = "APIGW.0301"         // of credentials that the gateway refuses
	invalid  = "Organizations.1000" // of requests that break the contract
	internal = "Organizations.0000"
	denial   = "Organizations.1007"
)

// faults folds Reasons down to what the API says; the laws of things that it does not speak of have no row. TestEveryReasonHasARow keeps it whole.
// Codes 1001 to 1007, 1015, 1204, 1205, 1304, 1305, 1325, 1401, 1500 and 1900 are in the vendor's table (API Reference, "Error Codes"); the others fill its
// families and are listed in docs/divergences.md.
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {http.StatusUnauthorized, gateway, "no authentication information"},
	org.SignatureIncomplete: {http.StatusUnauthorized, gateway, "the signature is incomplete"},
	org.SignatureForeign:    {http.StatusUnauthorized, gateway, "signature algorithm not supported"},
	org.SignatureWrong:      {http.StatusUnauthorized, gateway, "verify aksk signature fail"},
	org.SignatureExpired:    {http.StatusUnauthorized, gateway, "signature expired"},
	org.SignatureNotYet:     {http.StatusUnauthorized, gateway, "signature expired"},
	org.ScopeWrong:          {http.StatusUnauthorized, gateway, "the signature is for another scope"},
	org.KeyUnknown:          {http.StatusUnauthorized, gateway, "ak not exist"},
	org.TokenInvalid:        {http.StatusUnauthorized, gateway, "decrypt token fail"},
	org.SessionExpired:      {http.StatusUnauthorized, gateway, "token expired"},

	org.NotPermitted:      {http.StatusForbidden, denial, ""},
	org.ManagementOnly:    {http.StatusUnauthorized, "Organizations.1001", "This operation can be called only from the management account of an organization."},
	org.DelegateOnly:      {http.StatusUnauthorized, "Organizations.1002", "This operation can be called only from the management account of an organization or by a member account that is a delegated administrator for a service."},
	org.NotInOrganization: {http.StatusUnauthorized, "Organizations.1015", "The account is not in an organization."},
	org.InOrganization:    {http.StatusConflict, "Organizations.1101", "The account is already in an organization."},

	org.InputMissing:       {http.StatusBadRequest, invalid, ""},
	org.InputMalformed:     {http.StatusBadRequest, invalid, ""},
	org.InputTooLong:       {http.StatusBadRequest, invalid, ""},
	org.InputTooShort:      {http.StatusBadRequest, invalid, ""},
	org.InputTooLarge:      {http.StatusBadRequest, invalid, ""},
	org.InputTooSmall:      {http.StatusBadRequest, invalid, ""},
	org.InputNotInSet:      {http.StatusBadRequest, invalid, ""},
	org.InvalidEmail:       {http.StatusBadRequest, invalid, ""},
	org.InvalidAccountName: {http.StatusBadRequest, invalid, ""},
	org.InvalidUnitName:    {http.StatusBadRequest, invalid, ""},
	org.InvalidRoleName:    {http.StatusBadRequest, invalid, ""},
	org.InvalidTag:         {http.StatusBadRequest, invalid, ""},
	org.DuplicateTagKey:    {http.StatusBadRequest, invalid, ""},
	org.SystemTag:          {http.StatusBadRequest, invalid, ""},
	org.PageTokenInvalid:   {http.StatusBadRequest, invalid, "Invalid parameter marker: it belongs to no page of this list"},
	org.NotServed:          {http.StatusBadRequest, invalid, ""},
	org.NotInPartition:     {http.StatusBadRequest, invalid, ""},

	org.AccountMissing:           {http.StatusNotFound, "Organizations.1301", "The account does not exist."},
	org.UnitMissing:              {http.StatusNotFound, "Organizations.1201", "The organizational unit does not exist."},
	org.ParentMissing:            {http.StatusNotFound, "Organizations.1201", "The parent does not exist."},
	org.ChildMissing:             {http.StatusNotFound, "Organizations.1301", "The child does not exist."},
	org.DestinationParentMissing: {http.StatusNotFound, "Organizations.1201", "The destination parent does not exist."},
	org.CreationMissing:          {http.StatusNotFound, "Organizations.1302", "The account creation request does not exist."},
	org.ResourceMissing:          {http.StatusNotFound, "Organizations.1701", "The resource does not exist."},
	org.OrganizationMissing:      {http.StatusUnauthorized, "Organizations.1015", "The account is not in an organization."},

	org.OrganizationNotEmpty: {http.StatusBadRequest, "Organizations.1102", ""},
	org.UnitNameTaken:        {http.StatusConflict, "Organizations.1205", "An organizational unit of this name exists under the parent."},
	org.SourceParentMissing:  {http.StatusBadRequest, "Organizations.1303", "The source parent is not the parent of the account."},
	org.AccountAlreadyThere:  {http.StatusBadRequest, "Organizations.1303", "The source parent and the destination parent are the same."},

	org.AccountLimit:  {http.StatusBadRequest, "Organizations.1305", ""},
	org.CreationLimit: {http.StatusBadRequest, "Organizations.1307", ""},
	org.UnitDepth:     {http.StatusBadRequest, "Organizations.1204", ""},
	org.UnitLimit:     {http.StatusBadRequest, "Organizations.1204", ""},
	org.TagLimit:      {http.StatusBadRequest, "Organizations.1702", ""},

	org.InvalidPolicyName:      {http.StatusBadRequest, invalid, ""},
	org.PolicyTypeUnavailable:  {http.StatusBadRequest, invalid, ""},
	org.TargetRefused:          {http.StatusBadRequest, invalid, ""},
	org.RootMissing:            {http.StatusNotFound, "Organizations.1201", "The root does not exist."},
	org.PolicyMissing:          {http.StatusNotFound, "Organizations.1601", "The policy does not exist."},
	org.PolicyNameTaken:        {http.StatusConflict, "Organizations.1602", "A policy of this name exists in the organization."},
	org.PolicyInUse:            {http.StatusBadRequest, "Organizations.1603", "The policy is attached."},
	org.PolicyTypeDisabled:     {http.StatusBadRequest, "Organizations.1604", "The policy type is not enabled."},
	org.PolicyMalformed:        {http.StatusBadRequest, "Organizations.1605", ""},
	org.PolicyTooLarge:         {http.StatusBadRequest, "Organizations.1605", ""},
	org.PolicyAttached:         {http.StatusConflict, "Organizations.1606", "The policy is attached to the entity already."},
	org.AttachmentLeast:        {http.StatusBadRequest, "Organizations.1607", "The last service control policy cannot be detached."},
	org.PolicyImmutable:        {http.StatusBadRequest, "Organizations.1608", "A built-in policy cannot be changed."},
	org.TargetMissing:          {http.StatusNotFound, "Organizations.1609", "The entity does not exist in the organization."},
	org.EffectivePolicyMissing: {http.StatusNotFound, "Organizations.1610", "The account has no effective policy."},
	org.PolicyNotAttached:      {http.StatusBadRequest, "Organizations.1611", "The policy is not attached to the entity."},
	org.PolicyTypeEnabled:      {http.StatusConflict, "Organizations.1612", "The policy type is enabled already."},
	org.PolicyLimit:            {http.StatusBadRequest, "Organizations.1613", ""},
	org.AttachmentLimit:        {http.StatusBadRequest, "Organizations.1614", ""},
	org.TagPolicyBroken:        {http.StatusBadRequest, "Organizations.1703", ""},

	org.UnitNotEmpty: {http.StatusBadRequest, "Organizations.1206", ""},

	org.ManagementNotClosable: {http.StatusBadRequest, "Organizations.1321", ""},
	org.InvitedNotClosable:    {http.StatusBadRequest, "Organizations.1322", ""},
	org.ClosingLimit:          {http.StatusBadRequest, "Organizations.1323", ""},
	org.ClosureLimit:          {http.StatusBadRequest, "Organizations.1324", ""},
	org.AccountClosing:        {http.StatusBadRequest, "Organizations.1325", "The account is being closed."},
	org.AccountAlreadyClosed:  {http.StatusBadRequest, "Organizations.1325", "The account is closed."},

	org.ManagementCannotLeave: {http.StatusBadRequest, "Organizations.1304", ""},
	org.LeavingTooEarly:       {http.StatusBadRequest, "Organizations.1312", ""},
	org.DelegateCannotLeave:   {http.StatusBadRequest, "Organizations.1304", ""},
	org.ResourceCannotLeave:   {http.StatusBadRequest, "Organizations.1314", ""},
	org.AgreementMissing:      {http.StatusBadRequest, "Organizations.1315", ""},
	org.PhoneUnverified:       {http.StatusBadRequest, "Organizations.1315", ""},
	org.PaymentMissing:        {http.StatusBadRequest, "Organizations.1315", ""},
	org.PaymentInvalid:        {http.StatusBadRequest, "Organizations.1315", ""},
	org.ClosedCannotLeave:     {http.StatusBadRequest, "Organizations.1316", ""},

	org.HandshakeMissing:    {http.StatusNotFound, "Organizations.1402", "The invitation does not exist."},
	org.HandshakeWithdrawn:  {http.StatusBadRequest, "Organizations.1401", "The invitation has been cancelled."},
	org.HandshakeInState:    {http.StatusBadRequest, "Organizations.1403", "The invitation has ended."},
	org.HandshakeTransition: {http.StatusBadRequest, "Organizations.1403", "The invitation has ended."},
	org.HandshakeExists:     {http.StatusConflict, "Organizations.1404", "A pending invitation of the account exists."},
	org.HandshakeOtherParty: {http.StatusForbidden, "Organizations.1405", ""},
	org.HandshakeRate:       {http.StatusBadRequest, "Organizations.1406", ""},
	org.InvitedAccountLimit: {http.StatusBadRequest, "Organizations.1305", ""},
	org.AlreadyMember:       {http.StatusConflict, "Organizations.1101", ""},
	org.ServiceRoleDenied:   {http.StatusForbidden, denial, "Policy doesn't allow 'iam:agencies:createServiceLinkedAgencyV5' to be performed."},

	org.ServiceUnknown:       {http.StatusBadRequest, invalid, ""},
	org.TrustedAccessOff:     {http.StatusBadRequest, "Organizations.1900", "The trusted service is not enabled."},
	org.DelegationMissing:    {http.StatusBadRequest, "Organizations.1500", "The delegated administrator does not exist."},
	org.DelegationExists:     {http.StatusConflict, "Organizations.1501", "The account is a delegated administrator of the service already."},
	org.DelegateIsManagement: {http.StatusBadRequest, "Organizations.1502", ""},
	org.DelegateSuspended:    {http.StatusBadRequest, "Organizations.1503", ""},

	org.ConcurrentModification: {http.StatusConflict, "Organizations.1003", "Concurrent modification."},
	org.Finalizing:             {http.StatusConflict, "Organizations.1003", "Concurrent modification."},
	org.PolicyChanging:         {http.StatusConflict, "Organizations.1003", "Concurrent modification."},
	org.Throttled:              {http.StatusTooManyRequests, "APIGW.0308", "The throttling threshold has been reached."},
	org.InternalFault:          {http.StatusInternalServerError, internal, "System error."},
}

var fold = org.Fold[row]{Reasons: faults}

// fault is what the API answers for an error.
func fault(err error) hwrest.Fault {
	e := org.AsError(err)
	r := fold.Row(e.Reason)
	if r.code == gateway {
		return hwrest.Unauthenticated(cmp.Or(e.Detail, r.text))
	}
	// The SDKs take an error body for one only when its text is not empty.
	message := cmp.Or(r.text, e.Detail, string(e.Reason))
	return hwrest.Fault{Status: r.status, Code: r.code, Message: message, EncodedAuthorizationMessage: e.Encoded}
}

// ReasonOf returns a Reason that Huawei Cloud answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	return fold.Find(func(r row) bool { return r.code == code })
}
