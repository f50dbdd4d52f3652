package awsjson

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// MaxBody is the size in bytes of the largest request body that is read.
const MaxBody = 1 << 20

// ReadBody returns the whole body of a request, or the Fault of one that is too large or broke off.
func ReadBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, Fault{
			Status: http.StatusRequestEntityTooLarge, Code: "RequestEntityTooLargeException",
			Message: fmt.Sprintf("The request body is larger than %d bytes.", MaxBody),
		}
	}
	if err != nil {
		return nil, serialization("the body ended early")
	}
	return body, nil
}
