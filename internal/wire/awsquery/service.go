package awsquery

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// MaxBody is the size in bytes of the largest request body that is read.
const MaxBody = 1 << 20

// Operation carries out one action. The result is a struct that encoding/xml writes as the members of <XResult>; nil leaves that element out.
type Operation func(ctx context.Context, f *Form) (any, error)

// Service answers the requests of one API in one version. Its fields are set before the first request and not changed afterwards.
type Service struct {
	API        string // the name in the request log, such as "awssts"
	Version    string // such as "2011-06-15"
	Namespace  string // of the answers, such as "https://sts.amazonaws.com/doc/2011-06-15/"
	Operations map[string]Operation

	// Known tells whether the contract has an action of that name. One that is known but not in Operations is answered with
	// UnsupportedOperation instead of InvalidAction. Nil means that Operations is the whole contract.
	Known func(action string) bool

	// Authenticate checks the signature of a request whose body was read, and returns the context of the call, with the caller in it. The
	// action is in the request's call.Call already, as some actions are not signed. Nil lets everybody in.
	Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

	// Fault folds an error of Authenticate or of an Operation to what the wire says. It is not asked about errors that are or wrap a
	// Fault. Nil answers InternalFailure to everything.
	Fault func(error) Fault
}

// ServeHTTP answers one request, a POST with a form body or a GET. It refuses, in this order: a body that is too large, what Authenticate
// refuses, parameters that cannot be read, an action that is unknown or not served, and what the operation refuses. It fills in the API,
// operation, code and cause of the request's call.Call and answers with its RequestID. A panic of an operation passes through.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	c.API = s.API
	result, err := s.serve(c, w, r)
	if err == nil {
		var page []byte
		if page, err = response(s.Namespace, c.Operation, c.RequestID, result); err == nil {
			answer(w, c.RequestID, http.StatusOK, page)
			return
		}
	}
	f := s.fold(err)
	c.Code = f.Code
	if f.Status >= http.StatusInternalServerError {
		c.Err = err
	}
	if f.Encoded != "" {
		w.Header().Set(call.EncodedMessage, f.Encoded)
	}
	answer(w, c.RequestID, f.Status, f.page(s.Namespace, c.RequestID))
}

func (s *Service) serve(c *call.Call, w http.ResponseWriter, r *http.Request) (any, error) {
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	form, malformed := parameters(r, body)
	action, op, unserved := s.action(form)
	c.Operation = action
	ctx := r.Context()
	if s.Authenticate != nil {
		if ctx, err = s.Authenticate(ctx, r, body); err != nil {
			return nil, err
		}
	}
	if malformed != nil {
		return nil, malformed
	}
	if unserved != nil {
		return nil, unserved
	}
	return op(ctx, form)
}

// action finds the operation. The name is empty if the contract has no such action; the error is why it is not served.
func (s *Service) action(f *Form) (name string, op Operation, err error) {
	name, version := f.text("Action"), f.text("Version")
	if name == "" {
		return "", nil, missingAction
	}
	if version == s.Version {
		if op, ok := s.Operations[name]; ok {
			return name, op, nil
		}
		if s.Known != nil && s.Known(name) {
			return name, nil, unsupported(name)
		}
	}
	return "", nil, invalidAction(name, version)
}

// read returns the whole body, or the fault of one that is too large or broke off.
func read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, Fault{
			Status: http.StatusRequestEntityTooLarge, Code: "RequestEntityTooLarge",
			Message: fmt.Sprintf("The request body is larger than %d bytes.", MaxBody),
		}
	}
	if err != nil {
		return nil, malformedInput("The request body ended early.")
	}
	return body, nil
}

// parameters reads the query string and, of a POST, the form body, which goes before the query string. The form is never nil.
func parameters(r *http.Request, body []byte) (*Form, error) {
	inURL, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return newForm(), malformedQuery
	}
	all := []url.Values{inURL}
	if r.Method == http.MethodPost {
		inBody, err := url.ParseQuery(string(body))
		if err != nil {
			return newForm(), malformedQuery
		}
		all = append(all, inBody)
	}
	return ParseForm(all...)
}

func (s *Service) fold(err error) Fault {
	f, ok := errors.AsType[Fault](err)
	if !ok && s.Fault != nil {
		f = s.Fault(err)
	}
	if f.Status == 0 || f.Code == "" {
		return Fault{Status: http.StatusInternalServerError, Code: "InternalFailure", Message: "The request could not be served because of an internal error."}
	}
	return f
}
