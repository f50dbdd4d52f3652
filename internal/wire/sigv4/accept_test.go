package sigv4

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestVerifyAcceptsHeader(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		signer func(*signer)
		before func(*http.Request)
		names  []string
		change func(*http.Request)
	}{
		{name: "the usual"},
		{name: "any region", signer: func(s *signer) { s.region = "eu-nowhere-9" }},
		{name: "parts separated by a comma alone", signer: func(s *signer) { s.sep = "," }},
		{name: "parts separated by more blanks", signer: func(s *signer) { s.sep = ",  " }},
		{name: "blanks around and runs of blanks in a header", before: setHeader("X-Note", " one   two  three "),
			names: []string{"host", "x-amz-date", "x-note"}},
		{name: "several values of one header", before: func(r *http.Request) { r.Header["X-Note"] = []string{" a", "b  c "} },
			names: []string{"host", "x-amz-date", "x-note"}},
		{name: "the default port of http", signer: func(s *signer) { s.host = "localhost" }, change: func(r *http.Request) { r.Host = "localhost:80"; r.TLS = nil }},
		{name: "the default port of https", signer: func(s *signer) { s.host = "localhost" }, change: func(r *http.Request) { r.Host = "localhost:443" }},
		{name: "the default port of https behind a proxy", signer: func(s *signer) { s.host = "localhost" },
			change: func(r *http.Request) { r.Host = "localhost:443"; r.TLS = nil }},
		{name: "another port", signer: func(s *signer) { s.host = "127.0.0.1:8480" }, change: func(r *http.Request) { r.Host = "127.0.0.1:8480" }},
		{name: "port 80 of https", signer: func(s *signer) { s.host = "localhost:80" },
			change: func(r *http.Request) { r.Host = "localhost:80"; r.TLS = &tls.ConnectionState{} }},
		{name: "a host in capitals", signer: func(s *signer) { s.host = "localhost" }, change: func(r *http.Request) { r.Host = "LocalHost" }},
		{name: "unsigned headers of the SDKs", change: func(r *http.Request) {
			r.Header.Set("Amz-Sdk-Invocation-Id", "1")
			r.Header.Set("User-Agent", "Boto3")
			r.Header.Set("X-Amzn-Trace-Id", "Root=1")
		}},
		{name: "a signed content-length among the headers", before: setHeader("Content-Length", "37"),
			names: []string{"content-length", "host", "x-amz-date"}},
		{name: "a signed content-length beside the headers", before: setHeader("Content-Length", "37"),
			names: []string{"content-length", "host", "x-amz-date"}, change: func(r *http.Request) { r.Header.Del("Content-Length") }},
		{name: "Date instead of X-Amz-Date", names: []string{"date", "host"}, before: func(r *http.Request) {
			r.Header.Del("X-Amz-Date")
			r.Header.Set("Date", "Thu, 15 Jan 2026 08:30:00 GMT")
		}},
		{name: "Date in basic form", names: []string{"date", "host"}, before: func(r *http.Request) {
			r.Header.Del("X-Amz-Date")
			r.Header.Set("Date", "20260115T083000Z")
		}},
		{name: "the body's own hash", before: setHeader("X-Amz-Content-Sha256", "aaeef0875ae4e51a57220c408a91ea07dd2396471b7b7f865d29e2a4ddd52638"),
			names: []string{"host", "x-amz-content-sha256", "x-amz-date"}},
		{name: "a query with plus, slash and UTF-8", before: func(r *http.Request) {
			r.URL.RawQuery = "b=x%20y&b=a%2Bb&a=%2F%C3%A9&c&a-b=1&d=~*%27&e=x+y"
		}},
		{name: "a path that is encoded once more", before: func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/a b/c/d", "/a%20b/c%2Fd" },
			signer: func(s *signer) { s.path = "/a%2520b/c%252Fd" }},
		{name: "a path with dots and double slashes", before: func(r *http.Request) { r.URL.Path = "//aws/./x/..//org/" },
			signer: func(s *signer) { s.path = "/aws/org/" }},
		{name: "a path above the root", before: func(r *http.Request) { r.URL.Path = "/../.." }},
		{name: "an empty path", before: func(r *http.Request) { r.URL.Path = "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, r, names := newSigner("organizations"), organizationsRequest(), usual
			if c.signer != nil {
				c.signer(&s)
			}
			if c.before != nil {
				c.before(r)
			}
			if c.names != nil {
				names = c.names
			}
			s.header(r, createUnit, names...)
			if c.change != nil {
				c.change(r)
			}
			if _, err := verifier("organizations").Verify(t.Context(), r, []byte(createUnit), lookup); err != nil {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

func TestVerifyAcceptsAnyCaseOnTheWire(t *testing.T) {
	t.Parallel()
	signed := organizationsRequest()
	newSigner("organizations").header(signed, createUnit, usual...)
	var got error
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, got = verifier("organizations").Verify(r.Context(), r, []byte(createUnit), lookup)
	}))
	defer server.Close()

	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(createUnit))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = signed.Host
	for name, values := range signed.Header {
		r.Header[strings.ToUpper(name)] = values // written to the wire as it stands
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if got != nil {
		t.Errorf("Verify: %v", got)
	}
}

func TestVerifyAcceptsPresigned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, key, token, target string }{
		{"a long-term key", testKey, "", "/?Action=GetCallerIdentity&Version=2011-06-15"},
		{"a session token", "ASIDEXAMPLE0000000001", "FwoGTOKEN==", "/?Action=GetCallerIdentity&Version=2011-06-15"},
		{"empty and repeated parameters", testKey, "", "/?Action=GetCallerIdentity&a=&a=b&a%20b"},
	} {
		r := httptest.NewRequest(http.MethodGet, "https://sts.amazonaws.com"+c.target, nil)
		r.Header.Set("X-K8s-Aws-Id", "cluster")
		s := newSigner("sts")
		s.key = c.key
		s.presign(r, c.token, "host", "x-k8s-aws-id")
		got, err := verifier("sts").Verify(t.Context(), r, nil, lookup)
		if err != nil || got.SessionToken != c.token || !got.Presigned {
			t.Errorf("%s: Verify = %+v, %v", c.name, got, err)
		}
	}
}

// go-v2 leaves X-Amz-Expires out of a presigned GetCallerIdentity, and STS does not ask for it.
func TestVerifyNeedsNoLifetime(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "https://sts.amazonaws.com/", nil)
	s := newSigner("sts")
	q := "Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + s.key + "%2F" +
		strings.ReplaceAll(s.scope(), "/", "%2F") + "&X-Amz-Date=" + s.stamp + "&X-Amz-SignedHeaders=host"
	r.URL.RawQuery = q + "&X-Amz-Signature=" + s.signature(s.canonical(r, "", q, []string{"host"}))
	if _, err := verifier("sts").Verify(t.Context(), r, nil, lookup); err != nil {
		t.Errorf("Verify: %v", err)
	}
}
