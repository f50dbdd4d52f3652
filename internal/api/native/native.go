// Package native is polity's own API under /_polity/: what no cloud has. The twin controls (reset, clock, faults) are served by a twin alone; the
// event feed and the minting of standalone accounts by every server, to its operator.
//
// It speaks plain JSON. Errors are {"error": "<reason>", "message": "<sentence>"} with a status that tells their kind.
package native

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// Name is what this API is called in logs and metrics.
const Name = "native"

// Config is what the API serves. Clock, Faults and Reset make the twin controls and are nil in a server that is none.
type Config struct {
	Plane *controlplane.Plane
	// Token is what an operator sends as a bearer token. Empty lets everybody be the operator.
	Token string
	// Trail writes an event as its cloud records it.
	Trail func(org.Event) (map[string]any, bool)

	Clock  *twin.Clock
	Faults *twin.Faults
	Reset  func(context.Context) error
}

type api struct{ Config }

// New returns the handler of everything under /_polity/, and of /moto-api/reset.
func New(c Config) http.Handler {
	a := &api{c}
	mux := http.NewServeMux()
	serve := func(pattern, operation string, h handler) {
		mux.Handle(pattern, a.operation(operation, h))
	}
	serve("GET /_polity/events", "ListEvents", a.events)
	serve("GET /_polity/dry-run-records", "ListDryRunRecords", a.dryRunRecords)
	serve("POST /_polity/accounts", "MintAccount", a.mintAccount)
	serve("POST /_polity/accounts/{id}/restore", "RestoreAccount", a.restoreAccount)
	serve("POST /_polity/accounts/{id}/pair", "PairAccount", a.pairAccount)
	serve("PUT /_polity/accounts/{id}/state", "SetState", a.setState)
	serve("PUT /_polity/accounts/{id}/hindrances", "SetHindrances", a.setHindrances)
	serve("GET /_polity/accounts/{id}/email-change", "ShowEmailChange", a.showEmailChange)
	if c.Reset != nil {
		serve("POST /_polity/reset", "Reset", a.reset)
		serve("POST /moto-api/reset", "Reset", a.reset)
		serve("GET /_polity/clock", "ShowClock", a.showClock)
		serve("POST /_polity/clock", "MoveClock", a.moveClock)
		serve("GET /_polity/faults", "ListFaults", a.listFaults)
		serve("POST /_polity/faults", "AddFault", a.addFault)
		serve("DELETE /_polity/faults", "ClearFaults", a.clearFaults)
		serve("DELETE /_polity/faults/{id}", "RemoveFault", a.removeFault)
	}
	serve("/", "", nowhere)
	return mux
}

func nowhere(r *http.Request) (any, error) {
	return nil, org.Errorf(org.ResourceMissing, "nothing answers to %s %s here", r.Method, r.URL.Path)
}

// A handler answers with a value that is written as JSON, nil for {}.
type handler func(*http.Request) (any, error)

func (a *api) operation(name string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := call.From(r.Context())
		c.API, c.Operation = Name, name
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", c.RequestID)
		r.Body = http.MaxBytesReader(w, r.Body, mostBytes)
		var out any
		err := a.operator(r)
		if err == nil {
			out, err = h(r)
		}
		if err != nil {
			e := org.AsError(err)
			c.Code = string(e.Reason)
			message := e.Detail
			if e.Kind() == org.Internal {
				c.Err, message = err, "the log says why, under the request's id"
			}
			w.WriteHeader(status.Row(e.Reason))
			out = map[string]string{"error": string(e.Reason), "message": message}
		}
		if out == nil {
			out = struct{}{}
		}
		// A client that hung up is no concern of the deed, which is done.
		_ = json.NewEncoder(w).Encode(out)
	})
}

var status = org.Fold[int]{Kinds: map[org.Kind]int{
	org.Unauthenticated: http.StatusUnauthorized, org.Denied: http.StatusForbidden, org.Invalid: http.StatusBadRequest,
	org.NotFound: http.StatusNotFound, org.Conflict: http.StatusConflict, org.Limit: http.StatusConflict,
	org.Busy: http.StatusServiceUnavailable, org.Unsupported: http.StatusBadRequest, org.Internal: http.StatusInternalServerError,
}}

func (a *api) operator(r *http.Request) error {
	if a.Token == "" {
		return nil
	}
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return org.Errorf(org.CredentialsMissing, "the operator's token is sent as a bearer token")
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte(a.Token)) != 1 {
		return org.Errorf(org.TokenInvalid, "this is not the operator's token")
	}
	return nil
}
