package awsaccount

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/awsrest"
)

// row is what this API makes of a Reason.
type row struct {
	status int
	code   string
	text   string // instead of the error's own detail
}

const (
	accessDenied = "AccessDeniedException"
	validation   = "ValidationException"
	conflict     = "ConflictException"
	missing      = "ResourceNotFoundException"
	internal     = "InternalServerException"
	invalidToken = "The security token included in the request is invalid."

	// The reasons of a ValidationException.
	fieldFailed  = "fieldValidationFailed"
	regionFailed = "invalidRegionOptTarget"
)

// faults are the Reasons that this API has words for (API Reference, "Errors" of each operation and "Common Errors").
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {http.StatusForbidden, "MissingAuthenticationTokenException", "Missing Authentication Token"},
	org.SignatureIncomplete: {http.StatusForbidden, "IncompleteSignatureException", ""},
	org.SignatureForeign:    {http.StatusForbidden, "IncompleteSignatureException", ""},
	org.SignatureWrong:      {http.StatusForbidden, "InvalidSignatureException", ""},
	org.SignatureExpired:    {http.StatusForbidden, "InvalidSignatureException", ""},
	org.SignatureNotYet:     {http.StatusForbidden, "InvalidSignatureException", ""},
	org.ScopeWrong:          {http.StatusForbidden, "InvalidSignatureException", ""},
	org.TerminatorWrong:     {http.StatusForbidden, "InvalidSignatureException", ""},
	org.KeyUnknown:          {http.StatusForbidden, "UnrecognizedClientException", invalidToken},
	org.TokenInvalid:        {http.StatusForbidden, "UnrecognizedClientException", invalidToken},
	org.SessionExpired:      {http.StatusForbidden, "ExpiredTokenException", "The security token included in the request is expired"},

	org.RegionMissing: {http.StatusBadRequest, validation, ""},
	org.RegionFixed:   {http.StatusBadRequest, validation, ""},
	org.RegionBusy:    {http.StatusConflict, conflict, ""},
	org.EmailTaken:    {http.StatusConflict, conflict, ""},

	// No operation has a word for a concurrent change; this one is tried again by all clients.
	org.ConcurrentModification: {http.StatusTooManyRequests, "TooManyRequestsException", "The request failed because of a concurrent change. Try again later."},
	org.Throttled:              {http.StatusTooManyRequests, "TooManyRequestsException", "You have sent too many requests in too short a period of time."},
}

// others are what this API makes of all Reasons without a row, by kind. Most are laws of things that it does not speak of; they come here
// from injected faults.
var others = map[org.Kind]row{
	org.Denied:      {http.StatusForbidden, accessDenied, ""},
	org.Invalid:     {http.StatusBadRequest, validation, ""},
	org.NotFound:    {http.StatusNotFound, missing, ""},
	org.Conflict:    {http.StatusConflict, conflict, ""},
	org.Limit:       {http.StatusConflict, conflict, ""},
	org.Busy:        {http.StatusTooManyRequests, "TooManyRequestsException", ""},
	org.Unsupported: {http.StatusBadRequest, "UnsupportedOperationException", ""},
	org.Internal:    {http.StatusInternalServerError, internal, "The operation failed because of an error internal to the service. Try again later."},
}

var fold = org.Fold[row]{Reasons: faults, Kinds: others}

// fault is what the API answers for an error.
func fault(err error) awsrest.Fault {
	if v, ok := errors.AsType[*awsjson.Violation](err); ok {
		return awsrest.Fault{Status: http.StatusBadRequest, Code: validation, Message: v.Error(), Reason: fieldFailed, Field: v.Member}
	}
	e := org.AsError(err)
	r := fold.Row(e.Reason)
	f := awsrest.Fault{
		Status: r.status, Code: r.code, Message: cmp.Or(r.text, e.Sentence(), "The request was refused: "+string(e.Reason)+"."), Encoded: e.Encoded,
	}
	if f.Code == validation {
		f.Reason = fieldFailed
	}
	if e.Reason == org.RegionMissing || e.Reason == org.RegionFixed {
		f.Reason = regionFailed
	}
	return f
}

// ReasonOf returns a Reason that this API answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	return fold.Find(func(r row) bool { return r.code == code })
}
