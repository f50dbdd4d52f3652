package hworg

import (
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

// faults folds every Reason down to what the API says. TestEveryReasonHasARow keeps it whole. Codes 1001 to 1007, 1015 and 1205 are in the
// vendor's table (API Reference, "Error Codes"); the others fill its families and are listed in docs/divergences.md.
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {http.StatusUnauthorized, gateway, "no authentication information"},
	org.SignatureIncomplete: {http.StatusUnauthorized, gateway, "the signature is incomplete"},
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

	org.AccountMissing:           {http.StatusNotFound, "Organizations.1301", "The account does not exist in the organization."},
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
	org.AccountAlreadyThere:  {http.StatusBadRequest, "Organizations.1304", "The source parent and the destination parent are the same."},

	org.AccountLimit:  {http.StatusBadRequest, "Organizations.1305", ""},
	org.CreationLimit: {http.StatusBadRequest, "Organizations.1306", ""},
	org.UnitDepth:     {http.StatusBadRequest, "Organizations.1204", ""},
	org.UnitLimit:     {http.StatusBadRequest, "Organizations.1204", ""},
	org.TagLimit:      {http.StatusBadRequest, "Organizations.1702", ""},

	org.ConcurrentModification: {http.StatusConflict, "Organizations.1003", "Concurrent modification."},
	org.Finalizing:             {http.StatusConflict, "Organizations.1003", "Concurrent modification."},
	org.Throttled:              {http.StatusTooManyRequests, "APIGW.0308", "The throttling threshold has been reached."},
	org.InternalFault:          {http.StatusInternalServerError, internal, "System error."},
}

// elsewhere are the laws of things that this API does not speak of. Meeting one here is a mistake of ours.
var elsewhere = map[org.Reason]bool{
	org.ServiceUnknown: true, org.TrustedAccessOff: true, org.ServiceHoldsType: true, org.DelegateIsManagement: true, org.DelegateSuspended: true,
	org.DelegateExists: true, org.DelegateLimit: true, org.DelegationExists: true, org.DelegationMissing: true, org.ResourcePolicyMissing: true,
	org.DelegationMalformed: true, org.DelegationTooLarge: true, org.DelegationPrincipal: true, org.DelegationAction: true,
	org.DelegationResource: true, org.DelegationPolicyType: true, org.TagsOnlyAtCreation: true,
	org.AllFeaturesRequired: true, org.UnitNotEmpty: true, org.ManagementNotClosable: true, org.AccountAlreadyClosed: true,
	org.AccountClosing: true, org.ManagementCannotLeave: true, org.LeavingTooEarly: true, org.DelegateCannotLeave: true,
	org.AgreementMissing: true, org.PhoneUnverified: true, org.PaymentMissing: true, org.PaymentInvalid: true, org.ClosedCannotLeave: true,
	org.ManagementNotPaired: true, org.ClosingLimit: true, org.ClosureLimit: true, org.AccountNotClosed: true, org.AccountGone: true,
	org.AccountPaired: true, org.PairMissing: true, org.ContactMissing: true, org.EmailTaken: true, org.EmailChangeMissing: true,
	org.CodeWrong: true, org.RegionMissing: true, org.RegionFixed: true, org.RegionBusy: true,
	org.PartyRefused: true, org.PartyEmailInvalid: true, org.FilterLimit: true, org.StartNotAtDay: true, org.StartNotAtMonth: true,
	org.StartTooEarly: true, org.StartTooLate: true, org.EndNotAtMonth: true, org.EndTooEarly: true, org.EndTooLate: true,
	org.TransferNotSource: true, org.TransferRefused: true, org.TransferToSelf: true, org.TransferExists: true,
	org.TransferInStatus: true, org.TransferTransition: true, org.TransferRuns: true, org.TransferMissing: true,
	org.HandshakeMissing: true, org.HandshakeExists: true, org.HandshakeInState: true, org.HandshakeTransition: true,
	org.HandshakeOtherParty: true, org.AlreadyMember: true, org.InvitationsPaused: true, org.AllFeaturesAlready: true,
	org.AllFeaturesPending: true, org.OwnerUnverified: true, org.ServiceRoleDenied: true, org.InvitedAccountLimit: true,
	org.HandshakeRate: true, org.MigrationLimit: true, org.InboundTransferLimit: true, org.OutboundTransferLimit: true,
	org.TransferLevelLimit: true, org.TransferTotalLimit: true,
	org.RootMayNotAssume: true, org.SessionMayNotIssue: true, org.AssumeNotPermitted: true, org.OtherRoot: true, org.FeatureSetRefused: true,
	org.PrincipalMissing: true, org.KeyMissing: true, org.PrincipalExists: true, org.OperationMissing: true,
	org.ManagedUnitMissing: true, org.ManagedAccountMissing: true, org.LandingZoneMissing: true, org.LandingZoneBusy: true,
	org.LandingZoneUnfinished: true, org.LandingZoneExists: true, org.HomeRegionWrong: true, org.PhoneRequired: true,
	org.ParentNotRegistered: true, org.ParentIsCore: true, org.UnitRefusesAccounts: true, org.UnitNotRegistrable: true,
	org.UnitAlreadyRegistered: true, org.ManagedOperationRunning: true, org.AccountNotManageable: true, org.AccountInOtherState: true,
	org.CreationEndedOtherwise: true, org.IdentityStoreMailMissing: true,
	org.InvalidPolicyName: true, org.PolicyMalformed: true, org.PolicyTypeUnavailable: true, org.PolicyImmutable: true, org.PolicyMustStay: true,
	org.TargetRefused: true, org.RootMissing: true, org.PolicyMissing: true, org.TargetMissing: true, org.EffectivePolicyMissing: true,
	org.PolicyNameTaken: true, org.PolicyInUse: true, org.PolicyAttached: true, org.PolicyNotAttached: true, org.PolicyTypeEnabled: true,
	org.PolicyTypeDisabled: true, org.TagPolicyBroken: true, org.PolicyLimit: true, org.PolicyTooLarge: true, org.AttachmentLimit: true, org.AttachmentLeast: true,
}

// fault is what the API answers for an error.
func fault(err error) hwrest.Fault {
	e := org.AsError(err)
	r, ok := faults[e.Reason]
	if !ok {
		r = faults[org.InternalFault]
	}
	if r.code == gateway {
		if e.Detail != "" {
			return hwrest.Unauthenticated(e.Detail)
		}
		return hwrest.Unauthenticated(r.text)
	}
	f := hwrest.Fault{Status: r.status, Code: r.code, Message: r.text}
	if f.Message == "" {
		f.Message = sentence(e)
	}
	return f
}

// sentence is an error's detail. The SDKs take an error body for one only when its text is not empty.
func sentence(e *org.Error) string {
	if e.Detail == "" {
		return string(e.Reason)
	}
	return e.Detail
}

// ReasonOf returns a Reason that Huawei Cloud answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	for _, r := range org.Reasons() {
		if faults[r].code == code && code != "" {
			return r, true
		}
	}
	return "", false
}
