package awsjson

import "net/http"

// Fault is an error as the wire says it. An operation may return one, wrapped or not; it is then answered as it is.
type Fault struct {
	Status  int    // HTTP
	Code    string // the exception's name, bare
	Message string
	Reason  string // member Reason of the exceptions that have one; left out when empty
	Type    string // member Type of TooManyRequestsException; left out when empty
	Encoded string // what the header call.EncodedMessage has; left out when empty
}

// Error returns the code and the message.
func (f Fault) Error() string { return f.Code + ": " + f.Message }

// Append appends the body. Modelled exceptions have a member Message, errors of AWS's front door a member message; clients read the one or
// the other, so both are written.
func (f Fault) Append(b []byte) []byte {
	start := len(b)
	b = AppendString(append(b, `,"__type":`...), f.Code)
	b = AppendString(append(b, `,"Message":`...), f.Message)
	b = AppendString(append(b, `,"message":`...), f.Message)
	if f.Reason != "" {
		b = AppendString(append(b, `,"Reason":`...), f.Reason)
	}
	if f.Type != "" {
		b = AppendString(append(b, `,"Type":`...), f.Type)
	}
	return Close(b, start)
}

var unknownOperation = Fault{
	Status: http.StatusBadRequest, Code: "UnknownOperationException",
	Message: "The X-Amz-Target header is missing or names no operation of this service.",
}

// unsupportedOperation answers an operation of the contract that has no handler. The code is ours: no AWS service has it, so a client
// cannot mistake it for a failure of the operation.
func unsupportedOperation(name string) Fault {
	return Fault{
		Status: http.StatusBadRequest, Code: "UnsupportedOperationException",
		Message: "This server does not serve the operation " + name + ".",
	}
}

func serialization(detail string) Fault {
	return Fault{
		Status: http.StatusBadRequest, Code: "SerializationException",
		Message: "The request could not be read: " + detail + ".",
	}
}
