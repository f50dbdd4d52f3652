package hwsign

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestVerifyAccepts(t *testing.T) {
	t.Parallel()
	setPath := func(path, raw string) func(*http.Request) {
		return func(r *http.Request) { r.URL.Path, r.URL.RawPath = path, raw }
	}
	for _, c := range []struct {
		name   string
		signer func(*signer)
		before func(*http.Request)
		names  []string
		change func(*http.Request)
	}{
		{name: "the usual"},
		{name: "the derived algorithm", signer: v11},
		{name: "the derived algorithm for any region and service", signer: func(s *signer) { s.info = "20260115/globe/anything" }},
		{name: "parts separated by a comma alone", signer: func(s *signer) { s.sep = "," }},
		{name: "nothing signed but the date", names: []string{"x-sdk-date"}},
		{name: "the host signed", names: []string{"host", "x-sdk-date"}},
		{name: "another host that is not signed", change: func(r *http.Request) { r.Host = "127.0.0.1:8480" }},
		{name: "headers added after signing", change: func(r *http.Request) {
			r.Header.Set("X-Project-Id", "p")
			r.Header.Set("Content-Length", "17")
		}},
		{name: "X-Domain-Id added after signing", names: []string{"user-agent", "x-sdk-date"}, change: setHeader("X-Domain-Id", "d")},
		{name: "X-Security-Token added after signing", signer: func(s *signer) { s.key = "HSTAEXAMPLE0001" }, change: setHeader("X-Security-Token", "token")},
		{name: "X-Security-Token signed", signer: func(s *signer) { s.key = "HSTAEXAMPLE0001" }, before: setHeader("X-Security-Token", "token"),
			names: []string{"x-sdk-date", "x-security-token"}},
		{name: "a token beside the signature", change: setHeader("X-Auth-Token", "token")},
		{name: "a trailing slash that was not signed for", change: func(r *http.Request) { r.URL.Path += "/" }},
		{name: "no trailing slash though it was signed for", before: func(r *http.Request) { r.URL.Path += "/" },
			change: func(r *http.Request) { r.URL.Path = strings.TrimSuffix(r.URL.Path, "/") }},
		{name: "the root", before: setPath("/", ""), signer: func(s *signer) { s.path = "/" }},
		{name: "no path", before: setPath("", ""), signer: func(s *signer) { s.path = "/" }},
		{name: "a path with blank, plus and UTF-8", before: setPath("/v1/a b+é", ""), signer: func(s *signer) { s.path = "/v1/a%20b%2B%C3%A9/" }},
		{name: "a path with an encoded slash", before: setPath("/v1/a/b", "/v1/a%2Fb"), signer: func(s *signer) { s.path = "/v1/a/b/" }},
		{name: "a colon that is encoded on the wire", before: setPath("/v1/a:b", "/v1/a%3Ab"), signer: func(s *signer) { s.path = "/v1/a%3Ab/" }},
		{name: "an empty value without equals sign", before: setQuery("k=&a=1"), change: setQuery("k&a=1")},
		{name: "an empty value with equals sign", before: setQuery("k"), change: setQuery("k=")},
		{name: "a query in another order", before: setQuery("b=2&a=1&b=1"), change: setQuery("b=1&b=2&a=1")},
		{name: "a plus for a blank", before: setQuery("a=x%20y"), change: setQuery("a=x+y")},
		{name: "reserved and unreserved characters", before: setQuery("a=~-._*%27%21%28%29%2F%3F")},
		{name: "a name of UTF-8", before: setQuery("%C3%A9=1&z=2")},
		{name: "blanks around a header", before: setHeader("User-Agent", "a  b"), change: setHeader("User-Agent", "  a  b\t")},
		{name: "several values of one header", before: func(r *http.Request) { r.Header["X-Domain-Id"] = []string{"b", "a"} }},
		{name: "the body's own hash", before: setHeader("X-Sdk-Content-Sha256", "7ce595d9157c845b0edb9f6ea12e3639b4eadf6da7a5a5c9c843abea544a0f44"),
			names: []string{"x-sdk-content-sha256", "x-sdk-date"}},
		{name: "a payload signed as unsigned", signer: func(s *signer) { s.payload = "UNSIGNED-PAYLOAD" },
			before: setHeader("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"), names: []string{"x-sdk-content-sha256", "x-sdk-date"}},
		{name: "a signed content-length beside the headers", before: setHeader("Content-Length", "17"),
			names: []string{"content-length", "x-sdk-date"}, change: func(r *http.Request) { r.Header.Del("Content-Length") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, r, names := newSigner(), unitsRequest(), usual
			if c.signer != nil {
				c.signer(&s)
			}
			if c.before != nil {
				c.before(r)
			}
			if c.names != nil {
				names = c.names
			}
			s.sign(r, createUnit, names...)
			if c.change != nil {
				c.change(r)
			}
			if _, err := verifier().Verify(t.Context(), r, []byte(createUnit), lookup); err != nil {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

// Terraform and hc-sdk call the tag routes with a bare colon; what net/http makes of the request must still verify.
func TestVerifyAcceptsWhatComesOverTheWire(t *testing.T) {
	t.Parallel()
	var got error
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, got = verifier().Verify(r.Context(), r, []byte(createUnit), lookup)
	}))
	defer server.Close()

	for _, target := range []string{
		"/v1/organizations/organizations:ous/ou-1/tags", "/v1/a%20b%2Fc/?k&marker=a%20b%2F%C3%A9%2Bc", "/v1/%C3%A9?limit=5",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+target, strings.NewReader(createUnit))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Sdk-Date", "20260115T083000Z")
		newSigner().sign(r, createUnit, "x-sdk-date")
		for name, values := range r.Header.Clone() {
			delete(r.Header, name)
			r.Header[strings.ToLower(name)] = values // written to the wire as it stands
		}
		got = nil
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got != nil {
			t.Errorf("%s: Verify: %v", target, got)
		}
	}
}
