package hwiam

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/text"
)

// maxBody is far beyond any request of these APIs.
const maxBody = 1 << 20

// request is a request with its body read.
type request struct {
	*http.Request
	body []byte
}

// read decodes the body into v. It fails with InputMalformed.
func (r *request) read(v any) error {
	err := text.Check(r.body)
	if err == nil {
		err = json.Unmarshal(r.body, v)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return org.Errorf(org.InputMalformed, "The request body is not an object.")
		}
		return org.Errorf(org.InputMalformed, "Request parameter %s is invalid.", wrong.Field)
	}
	if err != nil {
		return org.Errorf(org.InputMalformed, "The request body is not JSON: %v", err)
	}
	return nil
}

// answer is a success.
type answer struct {
	status int
	token  string // of X-Subject-Token
	body   any
}

// ServeHTTP routes a request. A trailing slash is no part of a path: the SDKs sign it and do not send it, others may.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	c.API = Name
	w.Header().Set("Content-Type", "application/json")
	if c.RequestID != "" {
		w.Header().Set("X-Request-Id", c.RequestID)
		w.Header().Set("X-Iam-Trace-Id", c.RequestID)
	}
	route := chi.NewRouteContext()
	route.Routes = a.routes
	route.RoutePath = "/" + strings.Trim(r.URL.Path, "/")
	a.routes.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route)))
}

func (a *api) serve(op operation) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		call.From(r.Context()).Operation = op.name
		out, err := a.do(op, w, r)
		if err != nil {
			fail(w, r, err)
			return
		}
		page, err := json.Marshal(out.body)
		if err != nil {
			fail(w, r, err)
			return
		}
		if out.token != "" {
			w.Header().Set("X-Subject-Token", out.token)
		}
		w.WriteHeader(out.status)
		_, _ = w.Write(page) // a client that is gone needs no answer
	}
}

func (a *api) do(op operation, w http.ResponseWriter, r *http.Request) (answer, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return answer{}, org.Errorf(org.InputTooLong, "The request body is larger than %d bytes.", maxBody)
	}
	if err != nil {
		return answer{}, org.Errorf(org.InputMalformed, "The request body ended early.")
	}
	ctx := r.Context()
	if !op.public {
		if ctx, err = a.Authenticate(ctx, r, body); err != nil {
			return answer{}, err
		}
	}
	if err := a.Faults.Operation(Name, op.name); err != nil {
		return answer{}, err
	}
	return op.do(ctx, &request{Request: r, body: body})
}

func (a *api) noSuchAPI(w http.ResponseWriter, r *http.Request) {
	fail(w, r, hwrest.NoSuchAPI())
}
