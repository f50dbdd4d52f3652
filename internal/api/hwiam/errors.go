package hwiam

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// row is what the API makes of a Reason. The code stands in answers of /v3.0 and /v5 alone.
type row struct {
	status int
	code   string
	text   string // instead of the error's own detail
}

// The codes of IAM (API Reference, "Error Codes"), which both dialects share but for denials.
const (
	notAllowed   = "IAM.0003"
	notAllowedV5 = "PAP5.0001" // with "access denied: " before the text
	notFound     = "IAM.0004"
	unexpected   = "IAM.0006"
	invalid      = "IAM.0007"
	refused      = "IAM.0011" // of what no other code fits (inferred)
)

// faults are the Reasons that differ from the rest of their kind.
var faults = map[org.Reason]row{
	org.Throttled:      {http.StatusTooManyRequests, "APIGW.0308", "The throttling threshold has been reached"},
	org.Finalizing:     {http.StatusServiceUnavailable, unexpected, ""},
	org.PolicyChanging: {http.StatusServiceUnavailable, unexpected, ""},
	org.TagLimit:       {http.StatusBadRequest, invalid, ""}, // of a session
}

// others are what the API makes of all other Reasons, by kind: what it can refuse, it refuses for few causes. Most Reasons are laws of things
// that it does not speak of; they come here from injected faults.
var others = map[org.Kind]row{
	org.Unauthenticated: {http.StatusUnauthorized, "APIGW.0301", ""},
	org.Denied:          {http.StatusForbidden, notAllowed, ""},
	org.Invalid:         {http.StatusBadRequest, invalid, ""},
	org.NotFound:        {http.StatusNotFound, notFound, ""},
	org.Conflict:        {http.StatusConflict, refused, ""},
	org.Limit:           {http.StatusForbidden, refused, ""},
	org.Busy:            {http.StatusConflict, refused, ""},
	org.Unsupported:     {http.StatusBadRequest, refused, ""},
	org.Internal:        {http.StatusInternalServerError, unexpected, "An unexpected error prevented the server from fulfilling your request."},
}

var fold = org.Fold[row]{Reasons: faults, Kinds: others}

// fault is what the API answers for an error. The text of a failed authentication follows the gateway's words.
func fault(err error) hwrest.Fault {
	if f, ok := errors.AsType[hwrest.Fault](err); ok {
		return f
	}
	e := org.AsError(err)
	r := fold.Row(e.Reason)
	f := hwrest.Fault{
		Status: r.status, Code: r.code, Message: cmp.Or(r.text, e.Detail, "The request was refused: "+string(e.Reason)), EncodedAuthorizationMessage: e.Encoded,
	}
	if e.Kind() == org.Unauthenticated {
		return hwrest.Unauthenticated(f.Message)
	}
	return f
}

// fail answers with err in the dialect of the route, and keeps the cause of an internal fault for the log.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	f, c := fault(err), call.From(r.Context())
	path := r.URL.Path
	if strings.HasPrefix(path, "/v5/") && f.Code == notAllowed {
		f.Code, f.Message = notAllowedV5, "access denied: "+f.Message
	}
	c.Code = f.Code
	if f.Status >= http.StatusInternalServerError {
		c.Err = err
	}
	var body any = struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
		Request string `json:"request_id"`
		Encoded string `json:"encoded_authorization_message,omitempty"`
	}{f.Code, f.Message, c.RequestID, f.EncodedAuthorizationMessage}
	if path == "/v3" || strings.HasPrefix(path, "/v3/") {
		body = keystoneError{keystoneFault{f.Status, f.Message, http.StatusText(f.Status)}}
	}
	page, _ := json.Marshal(body) // nothing in it can fail to encode
	w.WriteHeader(f.Status)
	_, _ = w.Write(page) // a client that is gone needs no answer
}

type keystoneError struct {
	Error keystoneFault `json:"error"`
}

type keystoneFault struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Title   string `json:"title"`
}

// ReasonOf returns a Reason that IAM answers with the code, for faults given in its words.
func ReasonOf(code string) (org.Reason, bool) {
	if code == notAllowedV5 {
		code = notAllowed
	}
	return fold.Find(func(r row) bool { return r.code == code })
}
