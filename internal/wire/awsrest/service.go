package awsrest

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// Service answers the requests of one API. Its fields are set before the first request and not changed afterwards.
type Service struct {
	API        string // the name in the request log
	Operations map[string]awsjson.Operation

	// Known tells whether the contract has an operation of that name. One that is known but not in Operations is answered with
	// UnsupportedOperationException instead of UnknownOperationException.
	Known func(name string) bool

	// Authenticate checks the signature of a request whose body was read, and returns the context of the call, with the caller in it.
	Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

	// Fault folds an error of Authenticate or of an operation, or an *awsjson.Violation, to what the wire says. It is not asked about errors
	// that are or wrap a Fault of this package or of awsjson.
	Fault func(error) Fault
}

// Name returns the operation that a path stands for: ListRegions for /listRegions.
func Name(path string) string {
	name := strings.TrimPrefix(path, "/")
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// ServeHTTP answers one request. It refuses, in this order: a body that is too large, what Authenticate refuses, a path that is unknown or not
// served, a body that is not JSON or not of the input's types, a violated constraint, and what the operation itself refuses. It fills in the
// API, operation, code and cause of the request's call.Call and answers with its RequestID.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	c.API = s.API
	out, err := s.serve(c, w, r)
	if err == nil {
		answer(w, c.RequestID, http.StatusOK, out)
		return
	}
	f := s.fold(err)
	c.Code = f.Code
	if f.Status >= http.StatusInternalServerError {
		c.Err = err
	}
	w.Header().Set("X-Amzn-Errortype", f.Code)
	if f.Encoded != "" {
		w.Header().Set(call.EncodedMessage, f.Encoded)
	}
	answer(w, c.RequestID, f.Status, f)
}

func (s *Service) serve(c *call.Call, w http.ResponseWriter, r *http.Request) (awsjson.Output, error) {
	name := Name(r.URL.Path)
	op, served := s.Operations[name]
	known := served || s.Known(name)
	if known {
		c.Operation = name
	}
	body, err := awsjson.ReadBody(w, r)
	if err != nil {
		return nil, err
	}
	ctx, err := s.Authenticate(r.Context(), r, body)
	switch {
	case err != nil:
		return nil, err
	case !known || r.Method != http.MethodPost:
		return nil, unknownOperation
	case !served:
		return nil, unsupportedOperation(name)
	}
	in := op.New()
	if err := awsjson.Read(body, in); err != nil {
		return nil, err
	}
	if v := in.Validate(); v != nil {
		return nil, v
	}
	return op.Call(ctx, in)
}

func (s *Service) fold(err error) Fault {
	if f, ok := errors.AsType[Fault](err); ok {
		return f
	}
	if f, ok := errors.AsType[awsjson.Fault](err); ok {
		return Fault{Status: f.Status, Code: f.Code, Message: f.Message}
	}
	if f := s.Fault(err); f.Status != 0 && f.Code != "" {
		return f
	}
	return internalFailure
}

// answer writes one response; a nil out has an empty body.
func answer(w http.ResponseWriter, requestID string, status int, out awsjson.Output) {
	var body []byte
	if out != nil {
		body = out.Append(nil)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Amzn-Requestid", requestID)
	w.WriteHeader(status)
	// A client that hung up is no concern of the operation, which is done.
	_, _ = w.Write(body)
}
