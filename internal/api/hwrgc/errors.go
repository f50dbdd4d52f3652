package hwrgc

import (
	"cmp"
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// row is what RGC makes of a Reason.
type row struct {
	status int
	code   string
	text   string // instead of the error's own detail; for the gateway's code, when there is no detail
	behind string // the refusing service's code, for the details of the body
}

const (
	gateway = "APIGW.0301" // of credentials that the gateway refuses
	plain   = "RGC.400"    // of requests that break the contract, and of our own faults
	denial  = "RGC.403"
	missing = "RGC.404"
	behind  = "RGC.1000" // a service that RGC calls refused
)

// faults folds Reasons down to what the API says; the laws of things that it does not speak of have no row. TestEveryReasonHasARow keeps it whole.
// Codes are those of the vendor's table (API Reference, "Error Codes"); RGC.403, 1084 and 1203 fill its gaps and are listed in docs/divergences.md.
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {http.StatusUnauthorized, gateway, "no authentication information", ""},
	org.SignatureIncomplete: {http.StatusUnauthorized, gateway, "the signature is incomplete", ""},
	org.SignatureForeign:    {http.StatusUnauthorized, gateway, "signature algorithm not supported", ""},
	org.SignatureWrong:      {http.StatusUnauthorized, gateway, "verify aksk signature fail", ""},
	org.SignatureExpired:    {http.StatusUnauthorized, gateway, "signature expired", ""},
	org.SignatureNotYet:     {http.StatusUnauthorized, gateway, "signature expired", ""},
	org.ScopeWrong:          {http.StatusUnauthorized, gateway, "the signature is for another scope", ""},
	org.KeyUnknown:          {http.StatusUnauthorized, gateway, "ak not exist", ""},
	org.TokenInvalid:        {http.StatusUnauthorized, gateway, "decrypt token fail", ""},
	org.SessionExpired:      {http.StatusUnauthorized, gateway, "token expired", ""},

	org.NotPermitted:        {http.StatusForbidden, denial, "", ""},
	org.ManagementOnly:      {http.StatusForbidden, denial, "This operation can be called only from the management account of an organization.", ""},
	org.DelegateOnly:        {http.StatusForbidden, denial, "This operation can be called only from the management account of an organization.", ""},
	org.NotInOrganization:   {http.StatusBadRequest, "RGC.1033", "Organizations is not in use.", ""},
	org.OrganizationMissing: {http.StatusBadRequest, "RGC.1033", "Organizations is not in use.", ""},

	org.InputMissing:             {http.StatusBadRequest, plain, "", ""},
	org.InputMalformed:           {http.StatusBadRequest, plain, "", ""},
	org.InputTooLong:             {http.StatusBadRequest, plain, "", ""},
	org.InputTooShort:            {http.StatusBadRequest, plain, "", ""},
	org.InputTooLarge:            {http.StatusBadRequest, plain, "", ""},
	org.InputTooSmall:            {http.StatusBadRequest, plain, "", ""},
	org.InputNotInSet:            {http.StatusBadRequest, plain, "", ""},
	org.InvalidEmail:             {http.StatusBadRequest, plain, "", ""},
	org.InvalidAccountName:       {http.StatusBadRequest, plain, "", ""},
	org.InvalidUnitName:          {http.StatusBadRequest, plain, "", ""},
	org.InvalidRoleName:          {http.StatusBadRequest, plain, "", ""},
	org.IdentityStoreMailMissing: {http.StatusBadRequest, plain, "", ""},
	org.PageTokenInvalid:         {http.StatusBadRequest, plain, "Invalid parameter marker: it belongs to no page of this list", ""},
	org.NotServed:                {http.StatusBadRequest, plain, "", ""},
	org.NotInPartition:           {http.StatusBadRequest, plain, "", ""},
	org.HomeRegionWrong:          {http.StatusBadRequest, "RGC.1068", "", ""},
	org.PhoneRequired:            {http.StatusBadRequest, "RGC.1115", "", ""},

	org.AccountMissing:           {http.StatusNotFound, missing, "The account does not exist in the organization.", ""},
	org.UnitMissing:              {http.StatusNotFound, missing, "The organizational unit does not exist.", ""},
	org.ParentMissing:            {http.StatusNotFound, missing, "The parent organizational unit does not exist.", ""},
	org.DestinationParentMissing: {http.StatusNotFound, missing, "The organizational unit does not exist.", ""},
	org.CreationMissing:          {http.StatusNotFound, missing, "The account creation request does not exist.", ""},
	org.OperationMissing:         {http.StatusNotFound, missing, "The operation does not exist.", ""},
	org.ManagedUnitMissing:       {http.StatusNotFound, missing, "The organizational unit is not registered.", ""},
	org.ManagedAccountMissing:    {http.StatusNotFound, missing, "The account is not enrolled.", ""},

	org.LandingZoneBusy:         {http.StatusBadRequest, "RGC.1065", "", ""},
	org.LandingZoneUnfinished:   {http.StatusBadRequest, "RGC.1066", "", ""},
	org.LandingZoneMissing:      {http.StatusBadRequest, "RGC.1067", "The landing zone has not been set up.", ""},
	org.LandingZoneExists:       {http.StatusBadRequest, "RGC.1062", "", ""},
	org.AccountInOtherState:     {http.StatusBadRequest, "RGC.1062", "", ""},
	org.ParentNotRegistered:     {http.StatusBadRequest, "RGC.1064", "", ""},
	org.ParentIsCore:            {http.StatusBadRequest, "RGC.1081", "", ""},
	org.UnitRefusesAccounts:     {http.StatusBadRequest, "RGC.1083", "", ""},
	org.ManagedOperationRunning: {http.StatusBadRequest, "RGC.1084", "", ""},
	org.UnitNotRegistrable:      {http.StatusBadRequest, "RGC.1201", "", ""},
	org.AccountNotManageable:    {http.StatusBadRequest, "RGC.1202", "", ""},
	org.UnitAlreadyRegistered:   {http.StatusBadRequest, "RGC.1203", "", ""},
	org.CreationEndedOtherwise:  {http.StatusBadRequest, behind, "", "Organizations.0000"},
	org.UnitNameTaken:           {http.StatusBadRequest, behind, "", "Organizations.1205"},
	org.UnitDepth:               {http.StatusBadRequest, behind, "", "Organizations.1204"},
	org.UnitLimit:               {http.StatusBadRequest, behind, "", "Organizations.1204"},
	org.AccountLimit:            {http.StatusBadRequest, behind, "", "Organizations.1305"},
	org.CreationLimit:           {http.StatusBadRequest, behind, "", "Organizations.1307"},

	org.ConcurrentModification: {http.StatusConflict, behind, "Concurrent modification.", "Organizations.1003"},
	org.Finalizing:             {http.StatusConflict, behind, "Concurrent modification.", "Organizations.1003"},
	org.PolicyChanging:         {http.StatusConflict, behind, "Concurrent modification.", "Organizations.1003"},
	org.Throttled:              {http.StatusTooManyRequests, "APIGW.0308", "The throttling threshold has been reached.", ""},
	org.InternalFault:          {http.StatusInternalServerError, plain, "System error.", ""},
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
	f := hwrest.Fault{Status: r.status, Code: r.code, Message: message, EncodedAuthorizationMessage: e.Encoded}
	if r.behind != "" {
		f.Details = []hwrest.Detail{{Code: r.behind, Message: message}}
	}
	return f
}

// ReasonOf returns a Reason that RGC answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	return fold.Find(func(r row) bool { return r.code == code })
}
