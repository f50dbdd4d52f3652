package hwrest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/polity-cloud/polity/internal/wire/call"
)

func (h *handler) noSuchAPI(w http.ResponseWriter, r *http.Request) {
	NoSuchAPI().Write(w, call.From(r.Context()))
}

func (h *handler) unreadable(w http.ResponseWriter, r *http.Request, err error) {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		tooLarge().Write(w, call.From(r.Context()))
		return
	}
	h.invalid(w, r, "The request body could not be read")
}

func (h *handler) invalid(w http.ResponseWriter, r *http.Request, problem string) {
	Fault{Status: http.StatusBadRequest, Code: h.InvalidCode, Message: problem}.Write(w, call.From(r.Context()))
}

// fail answers with err, and keeps the cause of an internal fault for the log.
func (h *handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	f, ok := errors.AsType[Fault](err)
	if !ok {
		f = h.Fault(err)
	}
	c := call.From(r.Context())
	if f.Status >= http.StatusInternalServerError {
		c.Err = err
	}
	f.Write(w, c)
}

// undecodable answers a request that the contract allows and its Go type does not, such as a number out of range.
func (h *handler) undecodable(w http.ResponseWriter, r *http.Request, err error) {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		h.invalid(w, r, fmt.Sprintf("Invalid parameter %s: the value does not fit", e.Field))
		return
	}
	h.invalid(w, r, err.Error())
}
