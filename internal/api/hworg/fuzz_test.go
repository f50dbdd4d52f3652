package hworg

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// FuzzRequest holds that no request makes the routing, the check or the decoder panic, and that each gets an answer of the dialect.
func FuzzRequest(f *testing.F) {
	f.Add("POST", "/v1/organizations/accounts", "", `{"name":"a","tags":[{"key":"k","value":null}]}`)
	f.Add("GET", "/v1/organizations/organizations%3Aous/100%25/tags", "limit=1e3&marker=", "")
	f.Add("GET", "/v1/organizations/accounts/", "limit=%zz&limit=9999999999&states=%5B", "null")
	f.Add("PATCH", "/v1/organizations/accounts/a1", "", `{"description":{"a":[[[1e999]]]}}`)
	h := mount(f, &notebook{})
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		u, err := url.ParseRequestURI("/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			t.Skip()
		}
		u.RawQuery = query
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Method, r.URL = method, u
		rec, c := hwtest.Serve(h, r)
		if rec.Header().Get("X-Request-Id") != hwtest.RequestID || rec.Code >= http.StatusInternalServerError {
			t.Fatalf("got %d %s", rec.Code, rec.Body)
		}
		if rec.Code >= http.StatusBadRequest && (c.Code == "" || !strings.HasPrefix(rec.Body.String(), `{"error_code":"`+c.Code)) {
			t.Fatalf("got %d %s, %+v", rec.Code, rec.Body, c)
		}
	})
}
