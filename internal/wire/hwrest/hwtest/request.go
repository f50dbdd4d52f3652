package hwtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Request returns the smallest request for operation that the contract allows: made-up values for the path and for what is required of
// query and body. Objects of these names do not exist.
func (c *Contract) Request(tb testing.TB, operation string) *http.Request {
	tb.Helper()
	row := c.row(tb, operation)
	path, query := row.path, url.Values{}
	for _, p := range row.op.Parameters {
		switch {
		case p.Value.In == openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+p.Value.Name+"}", sample(tb, p.Value.Schema.Value).(string))
		case p.Value.In == openapi3.ParameterInQuery && p.Value.Required:
			query.Set(p.Value.Name, sample(tb, p.Value.Schema.Value).(string))
		}
	}
	if row.op.RequestBody == nil {
		return httptest.NewRequestWithContext(tb.Context(), row.method, path+"?"+query.Encode(), http.NoBody)
	}
	body, err := json.Marshal(sample(tb, row.op.RequestBody.Value.Content.Get("application/json").Schema.Value))
	if err != nil {
		tb.Fatal(err)
	}
	r := httptest.NewRequestWithContext(tb.Context(), row.method, path+"?"+query.Encode(), bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json;charset=UTF-8") // as the SDKs send it
	return r
}

// texts are tried in turn for a text that has a pattern or a length.
var texts = []string{"a", "sample", "r-abcd", "V1", "sample@example.com", strings.Repeat("a", 32)}

// sample returns a value that s allows.
func sample(tb testing.TB, s *openapi3.Schema) any {
	tb.Helper()
	var candidates []any
	switch {
	case len(s.Enum) > 0:
		candidates = s.Enum
	case s.Type.Is(openapi3.TypeObject):
		object := map[string]any{}
		for _, name := range s.Required {
			object[name] = sample(tb, s.Properties[name].Value)
		}
		candidates = []any{object}
	case s.Type.Is(openapi3.TypeArray):
		candidates = []any{[]any{sample(tb, s.Items.Value)}}
	case s.Type.Is(openapi3.TypeInteger), s.Type.Is(openapi3.TypeNumber):
		candidates = []any{float64(1)}
	case s.Type.Is(openapi3.TypeBoolean):
		candidates = []any{true}
	default:
		for _, t := range texts {
			candidates = append(candidates, t)
		}
	}
	for _, v := range candidates {
		if s.VisitJSON(v) == nil {
			return v
		}
	}
	tb.Fatalf("no sample for %+v", s)
	return nil
}
