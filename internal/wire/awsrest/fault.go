package awsrest

import (
	"net/http"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// Fault is an error as the wire says it. An operation may return one, wrapped or not; it is then answered as it is.
type Fault struct {
	Status  int    // HTTP
	Code    string // the exception's name, bare
	Message string
	Reason  string // member reason of the exceptions that have one; left out when empty
	Field   string // the one field of member fieldList; left out when empty
	Encoded string // what the header call.EncodedMessage has; left out when empty
}

// Error returns the code and the message.
func (f Fault) Error() string { return f.Code + ": " + f.Message }

// Append appends the body. The code is in it as well as in the header: clients read the one or the other.
func (f Fault) Append(b []byte) []byte {
	start := len(b)
	b = awsjson.AppendString(append(b, `,"__type":`...), f.Code)
	b = awsjson.AppendString(append(b, `,"message":`...), f.Message)
	if f.Reason != "" {
		b = awsjson.AppendString(append(b, `,"reason":`...), f.Reason)
	}
	if f.Field != "" {
		b = awsjson.AppendString(append(b, `,"fieldList":[{"name":`...), f.Field)
		b = append(awsjson.AppendString(append(b, `,"message":`...), f.Message), "}]"...)
	}
	return awsjson.Close(b, start)
}

var unknownOperation = Fault{Status: http.StatusNotFound, Code: "UnknownOperationException", Message: "The path names no operation of this service."}

var internalFailure = Fault{
	Status: http.StatusInternalServerError, Code: "InternalFailure", Message: "The request could not be served because of an internal error.",
}

// unsupportedOperation answers an operation of the contract that has no handler. The code is ours: no AWS service has it, so a client
// cannot mistake it for a failure of the operation.
func unsupportedOperation(name string) Fault {
	return Fault{
		Status: http.StatusBadRequest, Code: "UnsupportedOperationException", Message: "This server does not serve the operation " + name + ".",
	}
}
