package server

import (
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/api/awsaccount"
)

// apis are the handlers that share one listener.
type apis struct {
	awsorg               http.Handler
	awssts, awsiam       http.Handler
	awsaccount           http.Handler
	hworg, hwrgc, hwiam  http.Handler
	native, own, nowhere http.Handler
}

// route finds the API of a request by what cannot be confused: the clouds' paths, the target header, and what is asked of /.
func (a *apis) route(r *http.Request) http.Handler {
	p := r.URL.Path
	switch {
	case p == "/healthz", p == "/readyz", p == "/metrics":
		return a.own
	case strings.HasPrefix(p, "/_polity/"), p == "/moto-api/reset":
		return a.native
	case r.Header.Get("X-Amz-Target") != "":
		return a.awsorg
	case under(p, "/v1/organizations"), under(p, "/v2/organizations"), under(p, "/v1/received-handshakes"):
		return a.hworg
	case under(p, "/v1/landing-zone"), under(p, "/v1/managed-organization"), under(p, "/v1/governance"), under(p, "/v1/best-practice"), under(p, "/v1/rgc"):
		return a.hwrgc
	case under(p, "/v3"), under(p, "/v3.0"), under(p, "/v5"):
		return a.hwiam
	case awsaccount.Serves(p):
		return a.awsaccount
	case p == "/" || p == "":
		return a.root(r)
	}
	return a.nowhere
}

// root tells AWS's query services from the list of versions of Huawei Cloud's IAM, for which golangsdk asks when an auth_url does not end in /v3.
func (a *apis) root(r *http.Request) http.Handler {
	if r.Method == http.MethodGet && !r.URL.Query().Has("Action") && !strings.HasPrefix(r.Header.Get("Authorization"), "AWS") {
		return a.hwiam
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-amz-json") {
		return a.awsorg // which says that the target is missing
	}
	if queried(r) == "iam" {
		return a.awsiam
	}
	return a.awssts
}

func under(path, stem string) bool {
	rest, ok := strings.CutPrefix(path, stem)
	return ok && (rest == "" || rest[0] == '/')
}

func (a *apis) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.route(r).ServeHTTP(w, r) }
