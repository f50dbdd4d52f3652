package harness

import (
	"bytes"
	"io"
	"net/http"
)

// whole gives net/http a request's body in a piece. The AWS SDK closes its own body as soon as an answer comes, and then answers the transport's
// look behind the body's end with an error, upon which that closes the connection under an answer that is not yet read. A server on the same
// machine is quick enough to be answered so.
type whole struct{ *http.Client }

// Do implements aws.HTTPClient.
func (w whole) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return w.Client.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return w.Client.Do(r)
}
