package hworg

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// BenchmarkRequest measures a request from routing to the written answer; the handlers do nothing.
func BenchmarkRequest(b *testing.B) {
	for _, bench := range []struct{ name, method, path, body string }{
		{"nothing to check", "GET", "/v1/organizations", ""},
		{"path parameter with a pattern", "POST", "/v1/organizations/accounts/a1/close", ""},
		{"three query parameters", "GET", "/v1/organizations/accounts?limit=200&marker=abcdefgh&parent_id=r-abcd", ""},
		{"body with two tags", "POST", "/v1/organizations/accounts",
			`{"name":"one","email":"one@example.com","tags":[{"key":"a","value":"b"},{"key":"c","value":"d"}]}`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			h := mount(b, &notebook{})
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(bench.method, bench.path, strings.NewReader(bench.body))
				h.ServeHTTP(httptest.NewRecorder(), r.WithContext(call.With(r.Context(), &call.Call{})))
			}
		})
	}
	b.Run("first request", func(b *testing.B) {
		for b.Loop() {
			mount(b, &notebook{}).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/v1/organizations", http.NoBody))
		}
	})
}
