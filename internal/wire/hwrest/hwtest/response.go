package hwtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Check fails tb unless rec is an answer that the contract allows for operation: a success with the status and body of the contract, or
// a failure with the vendor's error body; in both cases with a request id.
func (c *Contract) Check(tb testing.TB, operation string, rec *httptest.ResponseRecorder) {
	tb.Helper()
	if err := c.check(c.row(tb, operation).op, rec); err != nil {
		tb.Errorf("%s answered %d %s: %v", operation, rec.Code, rec.Body, err)
	}
}

func (c *Contract) check(op *openapi3.Operation, rec *httptest.ResponseRecorder) error {
	if rec.Header().Get("X-Request-Id") == "" {
		return fmt.Errorf("no X-Request-Id")
	}
	want := op.Responses.Status(rec.Code)
	if want == nil && rec.Code < http.StatusBadRequest {
		return fmt.Errorf("the contract has no such success")
	}
	if want == nil {
		want = op.Responses.Default()
	}
	if len(want.Value.Content) == 0 {
		if rec.Body.Len() > 0 {
			return fmt.Errorf("the contract has no body here")
		}
		return nil
	}
	if got := rec.Header().Get("Content-Type"); got != "application/json" {
		return fmt.Errorf("content type %q", got)
	}
	var value any
	if err := json.Unmarshal(rec.Body.Bytes(), &value); err != nil {
		return err
	}
	return want.Value.Content.Get("application/json").Schema.Value.VisitJSON(value, openapi3.VisitAsResponse())
}
