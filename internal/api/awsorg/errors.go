package awsorg

import (
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
	accessDenied = "AccessDeniedException"
	internal     = "ServiceException"
	noPermission = "You don't have permissions to access this resource."
)

// faults folds every Reason down to what the API says. TestEveryReasonHasARow keeps it whole.
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {code: "MissingAuthenticationTokenException", text: "Missing Authentication Token"},
	org.SignatureIncomplete: {code: "IncompleteSignatureException"},
	org.SignatureWrong:      {code: "InvalidSignatureException"},
	org.SignatureExpired:    {code: "InvalidSignatureException"},
	org.SignatureNotYet:     {code: "InvalidSignatureException"},
	org.ScopeWrong:          {code: "InvalidSignatureException"},
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

	org.AccountLimit:  {code: constraint, reason: "ACCOUNT_NUMBER_LIMIT_EXCEEDED"},
	org.CreationLimit: {code: constraint, reason: "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED"},
	org.UnitDepth:     {code: constraint, reason: "OU_DEPTH_LIMIT_EXCEEDED"},
	org.UnitLimit:     {code: constraint, reason: "OU_NUMBER_LIMIT_EXCEEDED"},
	org.TagLimit:      {code: constraint, reason: "MAX_TAG_LIMIT_EXCEEDED"},

	org.ConcurrentModification: {code: "ConcurrentModificationException", text: "The request failed because of a concurrent change. Try again later."},
	org.Throttled:              {code: "TooManyRequestsException", text: "You have sent too many requests in too short a period of time."},
	org.Finalizing:             {code: "FinalizingOrganizationException", text: "AWS Organizations couldn't perform the operation because your organization hasn't finished initializing."},
	org.InternalFault:          {code: internal, text: "AWS Organizations can't complete your request because of an internal service error. Try again later."},
}

// elsewhere are the laws of things that this API does not speak of. Meeting one here is a mistake of ours.
var elsewhere = map[org.Reason]bool{
	org.PrincipalMissing: true, org.KeyMissing: true, org.PrincipalExists: true, org.OperationMissing: true,
	org.ManagedUnitMissing: true, org.ManagedAccountMissing: true, org.LandingZoneMissing: true, org.LandingZoneBusy: true,
	org.LandingZoneUnfinished: true, org.LandingZoneExists: true, org.HomeRegionWrong: true, org.PhoneRequired: true,
	org.ParentNotRegistered: true, org.ParentIsCore: true, org.UnitRefusesAccounts: true, org.UnitNotRegistrable: true,
	org.UnitAlreadyRegistered: true, org.ManagedOperationRunning: true, org.AccountNotManageable: true, org.AccountInOtherState: true,
	org.CreationEndedOtherwise: true, org.IdentityStoreMailMissing: true,
}

// fault is what the API answers for an error.
func fault(err error) awsjson.Fault {
	if v := (*awsjson.Violation)(nil); errors.As(err, &v) {
		return awsjson.Fault{Status: http.StatusBadRequest, Code: invalidInput, Message: v.Error(), Reason: v.Reason}
	}
	e := org.AsError(err)
	r, ok := faults[e.Reason]
	if !ok {
		r = faults[org.InternalFault]
	}
	f := awsjson.Fault{Status: http.StatusBadRequest, Code: r.code, Message: r.text, Reason: r.reason}
	if f.Message == "" {
		f.Message = e.Detail
	}
	if f.Code == internal {
		f.Status = http.StatusInternalServerError
	}
	return f
}

// ReasonOf returns a Reason that AWS answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	for _, r := range org.Reasons() {
		if faults[r].code == code {
			return r, true
		}
	}
	return "", false
}
