package hwrest

import (
	"bytes"
	"io"
	"net/http"
)

// maxBody is the largest body the gateway takes with an AK/SK signature (RGC, "Authentication").
const maxBody = 12 << 20

// bodyOf returns the whole body of r.
func bodyOf(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
}

// checked is a body that was held against the contract. The generated decoder takes the value that was checked, so that nothing reaches
// a handler unchecked: encoding/json would also match names in other letter cases.
type checked struct {
	*bytes.Reader
	value any
}

func (checked) Close() error { return nil }

// ValidatedValue is what runtime.BindJSONBody looks for.
func (c checked) ValidatedValue() any { return c.value }
