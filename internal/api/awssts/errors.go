package awssts

import (
	"cmp"
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

// row is what the Query protocol makes of a Reason.
type row struct {
	status int
	code   string
	text   string // instead of the error's own detail
}

const (
	accessDenied    = "AccessDenied"
	validation      = "ValidationError"
	badParameter    = "InvalidParameterValue"
	wrongSignature  = "SignatureDoesNotMatch"
	noAuthorization = "MissingAuthenticationToken"
	internalText    = "The request processing has failed because of an unknown error, exception or failure."
)

// faults are the Reasons that STS has words for (API Reference, "Common Errors"; of foreign signatures and wrong terminators: versitygw, checked
// against the cloud).
var faults = map[org.Reason]row{
	org.CredentialsMissing:  {http.StatusForbidden, noAuthorization, "Request is missing Authentication Token"},
	org.SignatureIncomplete: {http.StatusBadRequest, "IncompleteSignature", ""},
	org.SignatureForeign:    {http.StatusForbidden, noAuthorization, ""},
	org.SignatureWrong:      {http.StatusForbidden, wrongSignature, ""},
	org.SignatureExpired:    {http.StatusForbidden, wrongSignature, ""},
	org.SignatureNotYet:     {http.StatusForbidden, wrongSignature, ""},
	org.ScopeWrong:          {http.StatusBadRequest, wrongSignature, ""},
	org.TerminatorWrong:     {http.StatusForbidden, wrongSignature, ""},
	org.KeyUnknown:          {http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid."},
	org.TokenInvalid:        {http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid."},
	org.SessionExpired:      {http.StatusForbidden, "ExpiredToken", "The security token included in the request is expired"},

	org.DuplicateTagKey: {http.StatusBadRequest, badParameter, ""}, // of a session, as the next two
	org.InvalidTag:      {http.StatusBadRequest, badParameter, ""},
	org.TagLimit:        {http.StatusBadRequest, validation, ""},

	org.MessageInvalid: {http.StatusBadRequest, "InvalidAuthorizationMessageException", ""},

	org.ConcurrentModification: {http.StatusConflict, "ConcurrentModification", ""},
	org.Throttled:              {http.StatusBadRequest, "Throttling", "Rate exceeded"},
}

// others are what STS makes of all Reasons without a row, by kind. Most are laws of things that it does not speak of; they come here
// from injected faults.
var others = map[org.Kind]row{
	org.Denied:      {http.StatusForbidden, accessDenied, ""},
	org.Invalid:     {http.StatusBadRequest, validation, ""},
	org.NotFound:    {http.StatusNotFound, "NoSuchEntity", ""},
	org.Conflict:    {http.StatusConflict, "EntityTemporarilyUnmodifiable", ""},
	org.Limit:       {http.StatusConflict, "LimitExceeded", ""},
	org.Busy:        {http.StatusServiceUnavailable, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."},
	org.Unsupported: {http.StatusBadRequest, "UnsupportedOperation", ""},
	org.Internal:    {http.StatusInternalServerError, "InternalFailure", internalText},
}

var fold = org.Fold[row]{Reasons: faults, Kinds: others}

// fault is what the API answers for an error.
func fault(err error) awsquery.Fault {
	e := org.AsError(err)
	r := fold.Row(e.Reason)
	return awsquery.Fault{
		Status: r.status, Code: r.code, Message: cmp.Or(r.text, e.Detail, "The request was refused: "+string(e.Reason)+"."), Encoded: e.Encoded,
	}
}

// ReasonOf returns a Reason that STS answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	return fold.Find(func(r row) bool { return r.code == code })
}
