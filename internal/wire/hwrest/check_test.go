package hwrest

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

// BenchmarkCheck measures what the check against the contract costs a request.
func BenchmarkCheck(b *testing.B) {
	demands, err := readDemands([]byte(`{
		"Close": {"parameters": [{"name": "id", "in": "path", "required": true,
			"schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]+$"}}]},
		"List": {"parameters": [
			{"name": "parent_id", "in": "query", "schema": {"type": "string", "minLength": 1, "maxLength": 100}},
			{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 2000}},
			{"name": "marker", "in": "query", "schema": {"type": "string", "minLength": 4, "pattern": "^[A-Za-z0-9+/=_.-]+$"}}]},
		"Create": {"body": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "email": {"type": "string"},
			"tags": {"type": "array", "items": {"type": "object", "required": ["key", "value"], "properties": {
				"key": {"type": "string", "minLength": 1, "maxLength": 128}, "value": {"type": "string", "maxLength": 255}}}}}}}}`))
	if err != nil {
		b.Fatal(err)
	}
	for name, bench := range map[string]struct{ query, body string }{
		"Close":  {},
		"List":   {query: "?limit=200&marker=abcdefgh&parent_id=r-abcd"},
		"Create": {body: `{"name":"one","email":"one@example.com","tags":[{"key":"a","value":"b"},{"key":"c","value":"d"}]}`},
	} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("POST", "/"+bench.query, strings.NewReader(bench.body))
			route := chi.NewRouteContext()
			route.URLParams.Add("id", "a1")
			r = r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route))
			b.ReportAllocs()
			for b.Loop() {
				if _, problem := demands[name].check(r, []byte(bench.body)); problem != "" {
					b.Fatal(problem)
				}
			}
		})
	}
}
