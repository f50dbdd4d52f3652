package hwrest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// Options is what an API adds to its contract.
type Options struct {
	// Authenticate checks the request's credentials before anything else about it is looked at. Body is the whole body, and r.Body is
	// spent. The context it returns is the handler's.
	Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

	// Fault says how an error of Authenticate or of a handler shows on the wire. It is not asked about an error that is a Fault already.
	Fault func(error) Fault

	// InvalidCode is the code of a request that breaks the contract; its status is 400.
	InvalidCode string
}

// Errors is how generated handlers report that they could not decode a request, or what a handler returned.
type Errors struct {
	Request func(w http.ResponseWriter, r *http.Request, err error)
	Handler func(w http.ResponseWriter, r *http.Request, err error)
}

// handler serves one contract.
type handler struct {
	Options
	name    string
	routes  chi.Router
	demands func() (map[string]demand, error)
}

// New returns a handler that serves the contract's operations with the handlers that bind makes, which are named as in the contract.
// It fails when an option is missing, when an operation has no handler and when a handler has no operation.
//
// The demands are read with the first request that reaches its operation, not here: a twin that serves no Huawei client starts faster.
func New(c Contract, o Options, bind func(Errors) map[string]http.HandlerFunc) (http.Handler, error) {
	if o.Authenticate == nil || o.Fault == nil || o.InvalidCode == "" {
		return nil, errors.New("an option is missing")
	}
	h := &handler{Options: o, name: c.Name, routes: chi.NewRouter()}
	h.demands = sync.OnceValues(func() (map[string]demand, error) { return readDemands(c.Demands) })
	handlers := bind(Errors{Request: h.undecodable, Handler: h.fail})
	for id, op := range c.Operations {
		next, ok := handlers[id]
		if !ok {
			return nil, fmt.Errorf("operation %s has no handler", id)
		}
		h.routes.Method(op.Method, op.Path, h.serve(id, next))
	}
	if len(handlers) != len(c.Operations) {
		return nil, fmt.Errorf("%d handlers for %d operations", len(handlers), len(c.Operations))
	}
	h.routes.NotFound(h.noSuchAPI)
	h.routes.MethodNotAllowed(h.noSuchAPI)
	return h, nil
}

// ServeHTTP routes r. A trailing slash is no part of a path: the SDKs sign it and do not send it, others may.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	c.API = h.name
	if c.RequestID != "" {
		w.Header().Set("X-Request-Id", c.RequestID)
	}
	path := r.URL.RawPath // set when the path is not in its usual encoding, such as %3A for a colon
	if path == "" {
		path = r.URL.Path
	}
	route := chi.NewRouteContext()
	route.Routes = h.routes
	route.RoutePath = path
	if len(path) > 1 {
		route.RoutePath = strings.TrimSuffix(path, "/")
	}
	ctx := withLanguage(r.Context(), r.Header.Get("X-Language"))
	h.routes.ServeHTTP(w, r.WithContext(context.WithValue(ctx, chi.RouteCtxKey, route)))
}

// serve returns what every request of one operation goes through.
func (h *handler) serve(id string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		call.From(r.Context()).Operation = id
		body, err := bodyOf(w, r)
		if err != nil {
			h.unreadable(w, r, err)
			return
		}
		ctx, err := h.Authenticate(r.Context(), r, body)
		if err != nil {
			h.fail(w, r, err)
			return
		}
		demands, err := h.demands()
		if err != nil {
			h.fail(w, r, err)
			return
		}
		r = r.WithContext(ctx)
		value, problem := demands[id].check(r, body)
		if problem != "" {
			h.invalid(w, r, problem)
			return
		}
		r.Body = checked{bytes.NewReader(body), value}
		next(w, r)
	}
}
