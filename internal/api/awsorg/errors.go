package awsorg

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// row is what AWS makes of a Reason. All modelled errors are 400, except ServiceException (API Reference, "Errors" of each operation).
type row struct {
	code   string
	reason string // member Reason of the exceptions that have one
	text   string // instead of the error's own detail
}

const (
	invalidInput = "InvalidInputException"
	constraint   = "ConstraintViolationException"

	handshakeConstraint = "HandshakeConstraintViolationException"

	accessDenied = "AccessDeniedException"
	internal     = "ServiceException"
	noPermission = "You don't have permissions to access this resource."
)

// faults folds Reasons down to what the API says; the laws of things that it does not speak of have no row. TestEveryReasonHasARow keeps it whole.
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {code: "MissingAuthenticationTokenException", text: "Missing Authentication Token"},
	org.SignatureIncomplete: {code: "IncompleteSignatureException"},
	org.SignatureForeign:    {code: "IncompleteSignatureException"},
	org.SignatureWrong:      {code: "InvalidSignatureException"},
	org.SignatureExpired:    {code: "InvalidSignatureException"},
	org.SignatureNotYet:     {code: "InvalidSignatureException"},
	org.ScopeWrong:          {code: "InvalidSignatureException"},
	org.TerminatorWrong:     {code: "InvalidSignatureException"},
	org.KeyUnknown:          {code: "UnrecognizedClientException", text: "The security token included in the request is invalid."},
	org.TokenInvalid:        {code: "UnrecognizedClientException", text: "The security token included in the request is invalid."},
	org.SessionExpired:      {code: "ExpiredTokenException", text: "The security token included in the request is expired"},

	org.NotPermitted:       {code: accessDenied},
	org.ManagementOnly:     {code: accessDenied, text: noPermission},
	org.DelegateOnly:       {code: accessDenied, text: noPermission},
	org.RootMayNotAssume:   {code: accessDenied},
	org.SessionMayNotIssue: {code: accessDenied},
	org.AssumeNotPermitted: {code: accessDenied},
	org.NotInOrganization:  {code: "AWSOrganizationsNotInUseException", text: "Your account is not a member of an organization."},
	org.InOrganization:     {code: "AlreadyInOrganizationException", text: "The provided account is already a member of an organization."},

	org.InputMissing:       {code: invalidInput, reason: awsjson.InputRequired},
	org.InputMalformed:     {code: invalidInput, reason: awsjson.InvalidPattern},
	org.InputTooLong:       {code: invalidInput, reason: awsjson.MaxLength},
	org.InputTooShort:      {code: invalidInput, reason: awsjson.MinLength},
	org.InputTooLarge:      {code: invalidInput, reason: awsjson.MaxValue},
	org.InputTooSmall:      {code: invalidInput, reason: awsjson.MinValue},
	org.InputNotInSet:      {code: invalidInput, reason: awsjson.InvalidEnum},
	org.InvalidEmail:       {code: invalidInput, reason: awsjson.InvalidPattern},
	org.InvalidAccountName: {code: invalidInput, reason: awsjson.InvalidPattern},
	org.PairedNameRefused:  {code: invalidInput, reason: "INVALID_FULL_NAME_TARGET"},
	org.InvalidUnitName:    {code: invalidInput, reason: awsjson.InvalidPattern},
	org.InvalidRoleName:    {code: invalidInput, reason: "INVALID_ROLE_NAME"},
	org.InvalidTag:         {code: invalidInput, reason: awsjson.InvalidListMember},
	org.DuplicateTagKey:    {code: invalidInput, reason: "DUPLICATE_TAG_KEY"},
	org.SystemTag:          {code: invalidInput, reason: "INVALID_SYSTEM_TAGS_PARAMETER"},
	org.PageTokenInvalid:   {code: invalidInput, reason: "INVALID_NEXT_TOKEN", text: "The NextToken is not valid for this request."},
	org.OtherRoot:          {code: invalidInput, reason: "MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS"},
	org.NotServed:          {code: "UnsupportedOperationException"},
	org.NotInPartition:     {code: "UnsupportedAPIEndpointException"},
	org.FeatureSetRefused:  {code: constraint, reason: "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION"},

	org.AccountMissing:           {code: "AccountNotFoundException", text: "You specified an account that doesn't exist."},
	org.UnitMissing:              {code: "OrganizationalUnitNotFoundException", text: "You specified an organizational unit that doesn't exist."},
	org.ParentMissing:            {code: "ParentNotFoundException", text: "You specified parent that doesn't exist."},
	org.ChildMissing:             {code: "ChildNotFoundException", text: "You specified a child that doesn't exist."},
	org.SourceParentMissing:      {code: "SourceParentNotFoundException", text: "You specified a source parent that doesn't exist."},
	org.DestinationParentMissing: {code: "DestinationParentNotFoundException", text: "You specified a destination parent that doesn't exist."},
	org.CreationMissing:          {code: "CreateAccountStatusNotFoundException", text: "You specified a create account request that doesn't exist."},
	org.ResourceMissing:          {code: "TargetNotFoundException", text: "You specified a target that doesn't exist."},
	org.OrganizationMissing:      {code: "AWSOrganizationsNotInUseException"},

	org.OrganizationNotEmpty: {code: "OrganizationNotEmptyException"},
	org.UnitNameTaken:        {code: "DuplicateOrganizationalUnitException", text: "An organizational unit with the same name already exists."},
	org.AccountAlreadyThere:  {code: "DuplicateAccountException"},

	org.AllFeaturesRequired:   {code: constraint, reason: "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"},
	org.UnitNotEmpty:          {code: "OrganizationalUnitNotEmptyException", text: "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again."},
	org.ManagementNotClosable: {code: constraint, reason: "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"},
	org.AccountAlreadyClosed:  {code: "AccountAlreadyClosedException"},
	org.AccountClosing:        {code: "ConflictException"},
	org.ManagementCannotLeave: {code: "MasterCannotLeaveOrganizationException"},
	org.LeavingTooEarly:       {code: constraint, reason: "WAIT_PERIOD_ACTIVE"},
	org.DelegateCannotLeave:   {code: constraint, reason: "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"},
	org.AgreementMissing:      {code: constraint, reason: "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"},
	org.PhoneUnverified:       {code: constraint, reason: "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"},
	org.PaymentMissing:        {code: constraint, reason: "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"},
	org.PaymentInvalid:        {code: constraint, reason: "INVALID_PAYMENT_INSTRUMENT"},
	org.ClosedCannotLeave:     {code: constraint, reason: "ACCOUNT_CANNOT_LEAVE_ORGANIZATION"},
	org.SignUpUnfinished:      {code: constraint, reason: "ACCOUNT_CREATION_NOT_COMPLETE"},
	org.ContactDataMissing:    {code: constraint, reason: "MASTER_ACCOUNT_MISSING_CONTACT_INFO"},
	org.FounderPaymentMissing: {code: constraint, reason: "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"},
	org.LicenseMissing:        {code: constraint, reason: "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE"},
	org.MarketplaceDiffers:    {code: constraint, reason: "MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE"},
	org.ManagementNotPaired:   {code: constraint, reason: "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED"},
	org.ClosingLimit:          {code: constraint, reason: "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED"},
	org.ClosureLimit:          {code: constraint, reason: "CLOSE_ACCOUNT_QUOTA_EXCEEDED"},

	org.AccountLimit:  {code: constraint, reason: "ACCOUNT_NUMBER_LIMIT_EXCEEDED"},
	org.CreationLimit: {code: constraint, reason: "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED"},
	org.UnitDepth:     {code: constraint, reason: "OU_DEPTH_LIMIT_EXCEEDED"},
	org.UnitLimit:     {code: constraint, reason: "OU_NUMBER_LIMIT_EXCEEDED"},
	org.TagLimit:      {code: constraint, reason: "MAX_TAG_LIMIT_EXCEEDED"},

	org.InvalidPolicyName:      {code: invalidInput, reason: awsjson.InvalidPattern},
	org.PolicyMalformed:        {code: "MalformedPolicyDocumentException"},
	org.PolicyTypeUnavailable:  {code: "PolicyTypeNotAvailableForOrganizationException"},
	org.PolicyImmutable:        {code: invalidInput, reason: "IMMUTABLE_POLICY", text: "You can't change or delete a policy that AWS manages."},
	org.PolicyMustStay:         {code: invalidInput, reason: "NON_DETACHABLE_POLICY", text: "You can't detach this policy."},
	org.TargetRefused:          {code: invalidInput, reason: "TARGET_NOT_SUPPORTED"},
	org.RootMissing:            {code: "RootNotFoundException", text: "You specified a root that doesn't exist."},
	org.PolicyMissing:          {code: "PolicyNotFoundException", text: "You specified a policy that doesn't exist."},
	org.TargetMissing:          {code: "TargetNotFoundException", text: "You specified a target that doesn't exist."},
	org.EffectivePolicyMissing: {code: "EffectivePolicyNotFoundException", text: "You specified an effective policy that doesn't exist."},
	org.PolicyNameTaken:        {code: "DuplicatePolicyException", text: "A policy with the same name already exists."},
	org.PolicyInUse:            {code: "PolicyInUseException", text: "The policy is attached to one or more entities. You must detach it from all roots, organizational units, and accounts before performing this operation."},
	org.PolicyAttached:         {code: "DuplicatePolicyAttachmentException", text: "A policy with the same name and type is already attached to the specified target."},
	org.PolicyNotAttached:      {code: "PolicyNotAttachedException", text: "The specified policy is not attached to the specified target."},
	org.PolicyTypeEnabled:      {code: "PolicyTypeAlreadyEnabledException", text: "The specified policy type is already enabled."},
	org.PolicyTypeDisabled:     {code: "PolicyTypeNotEnabledException", text: "This operation can be performed only for enabled policy types."},
	org.TagPolicyBroken:        {code: constraint, reason: "TAG_POLICY_VIOLATION"},
	org.PolicyLimit:            {code: constraint, reason: "POLICY_NUMBER_LIMIT_EXCEEDED"},
	org.PolicyTooLarge:         {code: constraint, reason: "POLICY_CONTENT_LIMIT_EXCEEDED"},
	org.AttachmentLimit:        {code: constraint, reason: "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"},
	org.AttachmentLeast:        {code: constraint, reason: "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"},

	org.PartyRefused:       {code: invalidInput, reason: "INVALID_PARTY_TYPE_TARGET"},
	org.PartyEmailInvalid:  {code: invalidInput, reason: "INVALID_EMAIL_ADDRESS_TARGET"},
	org.FilterLimit:        {code: invalidInput, reason: "MAX_LIMIT_EXCEEDED_FILTER"},
	org.StartInvalid:       {code: invalidInput, reason: "INVALID_START_DATE"},
	org.StartNotAtDay:      {code: invalidInput, reason: "START_DATE_NOT_BEGINNING_OF_DAY"},
	org.StartNotAtMonth:    {code: invalidInput, reason: "START_DATE_NOT_BEGINNING_OF_MONTH"},
	org.StartTooEarly:      {code: invalidInput, reason: "START_DATE_TOO_EARLY"},
	org.StartTooLate:       {code: invalidInput, reason: "START_DATE_TOO_LATE"},
	org.EndNotAtMonth:      {code: invalidInput, reason: "END_DATE_NOT_END_OF_MONTH"},
	org.EndTooEarly:        {code: invalidInput, reason: "END_DATE_TOO_EARLY"},
	org.EndTooLate:         {code: invalidInput, reason: "INVALID_END_DATE"}, // the contract has no END_DATE_TOO_LATE
	org.TransferNotSource:  {code: invalidInput, reason: "TARGET_NOT_SUPPORTED"},
	org.TransferRefused:    {code: invalidInput, reason: "UNSUPPORTED_ACTION_IN_RESPONSIBILITY_TRANSFER"},
	org.TransferToSelf:     {code: handshakeConstraint, reason: "SOURCE_AND_TARGET_CANNOT_MATCH"},
	org.TransferExists:     {code: handshakeConstraint, reason: "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS"},
	org.TransferInStatus:   {code: "ResponsibilityTransferAlreadyInStatusException"},
	org.TransferTransition: {code: "InvalidResponsibilityTransferTransitionException"},
	org.TransferRuns:       {code: constraint, reason: "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS"},
	org.PricingUnsupported: {code: constraint, reason: "UNSUPPORTED_PRICING"},
	org.PrepaymentUnused:   {code: handshakeConstraint, reason: "UNUSED_PREPAYMENT_BALANCE"},
	org.HandshakeLimit:     {code: constraint, reason: "HANDSHAKE_RATE_LIMIT_EXCEEDED"},
	org.SourceEnding:       {code: constraint, reason: "TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS"},
	org.TargetEnding:       {code: constraint, reason: "TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS"},
	org.CallerUnidentified: {code: invalidInput, reason: "CALLER_REQUIRED_FIELD_MISSING"},
	org.TransferMissing:    {code: "ResponsibilityTransferNotFoundException", text: "You specified a responsibility transfer that doesn't exist."},

	org.HandshakeMissing:    {code: "HandshakeNotFoundException", text: "You specified a handshake that doesn't exist."},
	org.HandshakeExists:     {code: "DuplicateHandshakeException"},
	org.HandshakeInState:    {code: "HandshakeAlreadyInStateException"},
	org.HandshakeTransition: {code: "InvalidHandshakeTransitionException"},
	org.HandshakeOtherParty: {code: accessDenied, text: noPermission},
	org.AlreadyMember:       {code: handshakeConstraint, reason: "ALREADY_IN_AN_ORGANIZATION"},
	org.InvitationsPaused:   {code: handshakeConstraint, reason: "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES"},
	org.AllFeaturesAlready:  {code: handshakeConstraint, reason: "ORGANIZATION_ALREADY_HAS_ALL_FEATURES"},
	org.AllFeaturesPending:  {code: handshakeConstraint, reason: "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION"},
	org.OwnerUnverified:     {code: "AccountOwnerNotVerifiedException", text: "The email address of the management account is not verified."},
	org.EmailCodeExpired:    {code: constraint, reason: "EMAIL_VERIFICATION_CODE_EXPIRED"},
	org.ServiceRoleDenied:   {code: "AccessDeniedForDependencyException", reason: "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE"},

	org.ManagementUnverified:  {code: handshakeConstraint, reason: "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED"},
	org.MemberPaymentMissing:  {code: handshakeConstraint, reason: "PAYMENT_INSTRUMENT_REQUIRED"},
	org.SellerDiffers:         {code: handshakeConstraint, reason: "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"},
	org.MembershipRate:        {code: handshakeConstraint, reason: "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED"},
	org.LegacyPermissionsUsed: {code: handshakeConstraint, reason: "LEGACY_PERMISSIONS_STILL_IN_USE"},
	org.OrganizationMalformed: {code: invalidInput, reason: "INVALID_SYNTAX_ORGANIZATION_ARN"},
	org.InvitedAccountLimit:   {code: handshakeConstraint, reason: "ACCOUNT_NUMBER_LIMIT_EXCEEDED"},
	org.HandshakeRate:         {code: handshakeConstraint, reason: "HANDSHAKE_RATE_LIMIT_EXCEEDED"},
	org.MigrationLimit:        {code: constraint, reason: "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED"},
	org.InboundTransferLimit:  {code: constraint, reason: "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION"},
	org.OutboundTransferLimit: {code: constraint, reason: "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION"},
	org.TransferLevelLimit:    {code: constraint, reason: "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION"},
	org.TransferTotalLimit:    {code: constraint, reason: "RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION"},

	org.ServiceUnknown:        {code: invalidInput, reason: "UNRECOGNIZED_SERVICE_PRINCIPAL", text: "You specified an unrecognized service principal."},
	org.TrustedAccessOff:      {code: constraint, reason: "SERVICE_ACCESS_NOT_ENABLED"},
	org.ServiceHoldsType:      {code: constraint, reason: "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE"},
	org.DelegateIsManagement:  {code: constraint, reason: "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"},
	org.DelegateSuspended:     {code: constraint, reason: "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"},
	org.DelegateExists:        {code: constraint, reason: "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"},
	org.DelegateLimit:         {code: constraint, reason: "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED"},
	org.DelegationExists:      {code: "AccountAlreadyRegisteredException", text: "The provided account is already a delegated administrator for your organization."},
	org.DelegationMissing:     {code: "AccountNotRegisteredException", text: "The provided account is not a registered delegated administrator for your organization."},
	org.ResourcePolicyMissing: {code: "ResourcePolicyNotFoundException", text: "You specified a resource policy that doesn't exist."},
	org.DelegationMalformed:   {code: invalidInput, reason: "INVALID_RESOURCE_POLICY_JSON"},
	org.DelegationTooLarge:    {code: invalidInput, reason: awsjson.MaxLength},
	org.DelegationPrincipal:   {code: invalidInput, reason: "INVALID_PRINCIPAL"},
	org.DelegationAction:      {code: invalidInput, reason: "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"},
	org.DelegationResource:    {code: invalidInput, reason: "UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY"},
	org.DelegationPolicyType:  {code: invalidInput, reason: "UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY"},
	org.TagsOnlyAtCreation:    {code: invalidInput, reason: awsjson.InvalidListMember},

	org.ConcurrentModification: {code: "ConcurrentModificationException", text: "The request failed because of a concurrent change. Try again later."},
	org.Throttled:              {code: "TooManyRequestsException", text: "You have sent too many requests in too short a period of time."},
	org.Finalizing:             {code: "FinalizingOrganizationException", text: "AWS Organizations couldn't perform the operation because your organization hasn't finished initializing."},
	org.PolicyChanging:         {code: "PolicyChangesInProgressException", text: "Changes to policies are still in progress. Try again later."},
	org.InternalFault:          {code: internal, text: "AWS Organizations can't complete your request because of an internal service error. Try again later."},
}

var fold = org.Fold[row]{Reasons: faults}

// fault is what the API answers for an error.
func fault(err error) awsjson.Fault {
	if v, ok := errors.AsType[*awsjson.Violation](err); ok {
		return awsjson.Fault{Status: http.StatusBadRequest, Code: invalidInput, Message: v.Error(), Reason: v.Reason}
	}
	e := org.AsError(err)
	r := fold.Row(e.Reason)
	f := awsjson.Fault{Status: http.StatusBadRequest, Code: r.code, Message: cmp.Or(r.text, e.Sentence()), Reason: r.reason, Encoded: e.Encoded}
	if f.Code == internal {
		f.Status = http.StatusInternalServerError
	}
	return f
}

// ReasonOf returns a Reason that AWS answers with the code, and with the member Reason where one is given, for faults given in its words.
func ReasonOf(code, reason string) (org.Reason, bool) {
	return fold.Find(func(r row) bool { return r.code == code && (reason == "" || r.reason == reason) })
}
