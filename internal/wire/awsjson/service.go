package awsjson

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// Service answers the requests of one API. Its fields are set before the first request and not changed afterwards.
type Service struct {
	API        string // the name in the request log, such as "awsorg"
	Prefix     string // of X-Amz-Target up to the operation, with the dot, such as "AWSOrganizationsV20161128."
	Operations map[string]Operation

	// Known tells whether the contract has an operation of that name. One that is known but not in Operations is answered with
	// UnsupportedOperationException instead of UnknownOperationException. Nil means that Operations is the whole contract.
	Known func(name string) bool

	// Authenticate checks the signature of a request whose body was read, and returns the context of the call, with the caller in it.
	// Nil lets everybody in.
	Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

	// Fault folds an error of Authenticate or of a Call, or a *Violation, to what the wire says. It is not asked about errors that
	// are or wrap a Fault. Nil answers InternalFailure to everything.
	Fault func(error) Fault
}

// ServeHTTP answers one request. It refuses, in this order: a body that is too large, what Authenticate refuses, a target that is unknown or
// not served, a body that is not JSON or not of the input's types, a violated constraint, and what the operation itself refuses. It fills in
// the API, operation, code and cause of the request's call.Call and answers with its RequestID. A panic of an operation passes through.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	c.API = s.API
	out, err := s.serve(c, w, r)
	if err != nil {
		f := s.fold(err)
		c.Code = f.Code
		if f.Status >= http.StatusInternalServerError {
			c.Err = err
		}
		if f.Encoded != "" {
			w.Header().Set(call.EncodedMessage, f.Encoded)
		}
		answer(w, c.RequestID, f.Status, f)
		return
	}
	answer(w, c.RequestID, http.StatusOK, out)
}

func (s *Service) serve(c *call.Call, w http.ResponseWriter, r *http.Request) (Output, error) {
	name, op, unserved := s.target(r)
	c.Operation = name
	body, err := ReadBody(w, r)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	if s.Authenticate != nil {
		if ctx, err = s.Authenticate(ctx, r, body); err != nil {
			return nil, err
		}
	}
	if unserved != nil {
		return nil, unserved
	}
	in := op.New()
	if err := decode(body, in); err != nil {
		return nil, err
	}
	if v := in.Validate(); v != nil {
		return nil, v
	}
	return op.Call(ctx, in)
}

// target finds the operation. The name is empty if the contract has no such operation; the error is why it is not served.
func (s *Service) target(r *http.Request) (name string, op Operation, err error) {
	target := r.Header.Get("X-Amz-Target")
	name, ours := strings.CutPrefix(target, s.Prefix)
	if !ours || r.Method != http.MethodPost {
		return "", Operation{}, unknownOperation
	}
	if op, ok := s.Operations[name]; ok {
		return name, op, nil
	}
	if s.Known != nil && s.Known(name) {
		return name, Operation{}, unsupportedOperation(name)
	}
	return "", Operation{}, unknownOperation
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
