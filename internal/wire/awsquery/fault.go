package awsquery

import (
	"fmt"
	"net/http"
)

// Fault is an error as the wire says it. An operation may return one, wrapped or not; it is then answered as it is.
type Fault struct {
	Status    int // HTTP
	Code      string
	Message   string
	Encoded   string // what the header call.EncodedMessage has; left out when empty
	namespace string // other than the service's
}

// Error returns the code and the message.
func (f Fault) Error() string { return f.Code + ": " + f.Message }

// faultNamespace is that of errors that no service answers for.
const faultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09"

var (
	missingAction = Fault{
		Status: http.StatusBadRequest, Code: "MissingAction", Message: "The request must contain the parameter Action.", namespace: faultNamespace,
	}
	malformedQuery = Fault{
		Status: http.StatusBadRequest, Code: "MalformedQueryString", Message: "The query string contains a syntax error.", namespace: faultNamespace,
	}
)

func invalidAction(action, version string) Fault {
	return Fault{
		Status: http.StatusBadRequest, Code: "InvalidAction", Message: fmt.Sprintf("Could not find operation %s for version %s", action, version),
		namespace: faultNamespace,
	}
}

// unsupported answers an action of the contract that has no handler.
func unsupported(action string) Fault {
	return Fault{Status: http.StatusBadRequest, Code: "UnsupportedOperation", Message: "This server does not serve the operation " + action + "."}
}

func malformedInput(message string) Fault {
	return Fault{Status: http.StatusBadRequest, Code: "MalformedInput", Message: message}
}
