package hwtest

import (
	"net/http"
	"net/http/httptest"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// RequestID is the id of every request that Serve makes.
const RequestID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

// Serve has h answer r, as the listener would, and returns the answer and what the request turned out to be.
func Serve(h http.Handler, r *http.Request) (*httptest.ResponseRecorder, *call.Call) {
	c := &call.Call{RequestID: RequestID}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r.WithContext(call.With(r.Context(), c)))
	return rec, c
}
