package server

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/polity-cloud/polity/internal/api/awsiam"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

// queried names the query service that a request is for: the one that it was signed for, as only that can accept the signature; of requests that are not signed, the one whose
// host it asks or whose version it names. Everything else is for STS.
func queried(r *http.Request) string {
	if service := scoped(r); service != "" {
		return service
	}
	if strings.HasPrefix(r.Host, "iam.") || r.URL.Query().Get("Version") == awsiam.Version || versionInBody(r) == awsiam.Version {
		return "iam"
	}
	return "sts"
}

// scoped returns the service in the scope of a request's signature, KEY/DATE/REGION/SERVICE/aws4_request; the empty text when there is no signature.
func scoped(r *http.Request) string {
	_, credential, ok := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	if !ok {
		credential = r.URL.Query().Get("X-Amz-Credential")
	}
	credential, _, _ = strings.Cut(credential, ",")
	parts := strings.Split(strings.TrimSpace(credential), "/")
	if len(parts) < 5 {
		return ""
	}
	return parts[len(parts)-2]
}

// versionInBody reads the version in a form body, and leaves the body as it was.
func versionInBody(r *http.Request) string {
	if r.Method != http.MethodPost || r.Body == nil {
		return ""
	}
	body := r.Body
	// What fails here fails again, and is answered, where the body is read for good.
	start, err := io.ReadAll(io.LimitReader(body, awsquery.MaxBody))
	var rest io.Reader = body
	if err != nil {
		rest = broken{err}
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), rest), body}
	form, err := url.ParseQuery(string(start))
	if err != nil {
		return ""
	}
	return form.Get("Version")
}

// broken is a body that could not be read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
