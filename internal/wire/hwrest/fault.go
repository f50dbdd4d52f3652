package hwrest

import (
	"encoding/json"
	"net/http"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// Fault is a failure as the wire shows it.
type Fault struct {
	Status                      int      // HTTP status
	Code                        string   // such as "Organizations.1007"
	Message                     string   //
	EncodedAuthorizationMessage string   // left out when empty
	Details                     []Detail // refusals of services that were called, as RGC reports them
}

// Detail is one refusal behind a Fault.
type Detail struct {
	Code    string `json:"error_code"`
	Message string `json:"error_msg"`
}

// Error returns code and message.
func (f Fault) Error() string { return f.Code + ": " + f.Message }

// NoSuchAPI is the gateway's answer to a path or method of no API. The gateway matches path and method together, so it knows no 405
// (code from the APIG error list, prefix inferred).
func NoSuchAPI() Fault {
	return Fault{Status: http.StatusNotFound, Code: "APIGW.0101", Message: "The API does not exist or has not been published in the environment"}
}

// Unauthenticated is the gateway's answer to credentials it does not accept; reason follows the gateway's words,
// such as "verify aksk signature fail".
func Unauthenticated(reason string) Fault {
	return Fault{Status: http.StatusUnauthorized, Code: "APIGW.0301", Message: "Incorrect IAM authentication information: " + reason}
}

func tooLarge() Fault {
	return Fault{Status: http.StatusRequestEntityTooLarge, Code: "APIGW.0201", Message: "The request body exceeds 12 MB"}
}

// Write answers with f and leaves the code in the request's Call.
func (f Fault) Write(w http.ResponseWriter, c *call.Call) {
	c.Code = f.Code
	body, _ := json.Marshal(struct { // nothing in it can fail to encode
		Code    string   `json:"error_code"`
		Message string   `json:"error_msg"`
		Request string   `json:"request_id"`
		Encoded string   `json:"encoded_authorization_message,omitempty"`
		Details []Detail `json:"details,omitempty"`
	}{f.Code, f.Message, c.RequestID, f.EncodedAuthorizationMessage, f.Details})
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(f.Status)
	_, _ = w.Write(append(body, '\n')) // a client that is gone needs no answer
}
