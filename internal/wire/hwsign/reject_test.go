package hwsign

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// rejected is a correctly signed request that change makes wrong, after signing.
type rejected struct {
	name   string
	kind   Kind
	signer func(*signer)
	before func(*http.Request) // changes the request before it is signed
	names  []string            // signed headers; usual when nil
	change func(*http.Request)
	body   string // as received; createUnit when empty
}

func setHeader(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func addHeader(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Add(name, value) }
}

func setQuery(raw string) func(*http.Request) { return func(r *http.Request) { r.URL.RawQuery = raw } }

func replaceAuth(old, new string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, new, 1))
	}
}

func v11(s *signer) { s.info = "20260115/cn-north-4/organizations" }

var oldHash = strings.Repeat("0", 64)

var rejectedRequests = []rejected{
	{name: "a changed byte in the body", kind: Mismatch, body: strings.Replace(createUnit, "a", "b", 1)},
	{name: "a body without its last newline", kind: Mismatch, body: strings.TrimSpace(createUnit)},
	{name: "a changed path", kind: Mismatch, change: func(r *http.Request) { r.URL.Path += "s" }},
	{name: "a path with two slashes at its end", kind: Mismatch, change: func(r *http.Request) { r.URL.Path += "//" }},
	{name: "a changed query", kind: Mismatch, change: setQuery("limit=6&marker=a%20b%2F%C3%A9%2Bc")},
	{name: "an added query", kind: Mismatch, change: setQuery("limit=5&marker=a%20b%2F%C3%A9%2Bc&x")},
	{name: "no query", kind: Mismatch, change: setQuery("")},
	{name: "a changed method", kind: Mismatch, change: func(r *http.Request) { r.Method = http.MethodPut }},
	{name: "a changed signed header", kind: Mismatch, change: setHeader("X-Domain-Id", "d0000000000000000000000000000002")},
	{name: "runs of blanks collapsed in a signed header", kind: Mismatch, before: setHeader("User-Agent", "a  b"), change: setHeader("User-Agent", "a b")},
	{name: "a second value of a signed header", kind: Mismatch, change: addHeader("X-Domain-Id", "d0000000000000000000000000000002")},
	{name: "a changed signed host", kind: Mismatch, names: []string{"host", "x-sdk-date"}, change: func(r *http.Request) { r.Host = "x" }},
	{name: "a listed header that is absent", kind: Mismatch, change: func(r *http.Request) { r.Header.Del("X-Domain-Id") }},
	{name: "a listed header that was absent when signing", kind: Mismatch, names: []string{"x-absent", "x-sdk-date"}},
	{name: "another secret", kind: Mismatch, signer: func(s *signer) { s.secret += "x" }},
	{name: "a cut signature", kind: Mismatch, change: func(r *http.Request) {
		a := r.Header.Get("Authorization")
		r.Header.Set("Authorization", a[:len(a)-1])
	}},
	{name: "another region than derived for", kind: Mismatch, signer: v11, change: replaceAuth("cn-north-4", "cn-north-1")},
	{name: "another service than derived for", kind: Mismatch, signer: v11, change: replaceAuth("/organizations,", "/rgc,")},
	{name: "a derived signature under the plain algorithm", kind: Mismatch, signer: v11,
		change: replaceAuth("V11-HMAC-SHA256 Credential="+testKey+"/20260115/cn-north-4/organizations", "SDK-HMAC-SHA256 Access="+testKey)},

	{name: "two X-Sdk-Date", kind: Incomplete, change: addHeader("X-Sdk-Date", "20260115T083000Z")},
	{name: "two Authorization", kind: Incomplete, change: addHeader("Authorization", "SDK-HMAC-SHA256 Access=a")},
	{name: "two X-Security-Token", kind: Incomplete, change: func(r *http.Request) { r.Header["X-Security-Token"] = []string{"a", "b"} }},
	{name: "no date", kind: Incomplete, change: func(r *http.Request) { r.Header.Del("X-Sdk-Date") }},
	{name: "a date in extended form", kind: Incomplete, change: setHeader("X-Sdk-Date", "2026-01-15T08:30:00Z")},
	{name: "a date with fractions", kind: Incomplete, change: setHeader("X-Sdk-Date", "20260115T083000.5Z")},
	{name: "no Access", kind: Incomplete, change: replaceAuth("Access="+testKey+", ", "")},
	{name: "an empty Access", kind: Incomplete, change: replaceAuth("Access="+testKey, "Access=")},
	{name: "an Access with a slash", kind: Incomplete, change: replaceAuth(testKey, testKey+"/x")},
	{name: "no SignedHeaders", kind: Incomplete, change: replaceAuth("SignedHeaders=user-agent;x-domain-id;x-sdk-date, ", "")},
	{name: "no Signature", kind: Incomplete, change: setHeader("Authorization", "SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date")},
	{name: "a part given twice", kind: Incomplete, change: replaceAuth("Signature=", "Signature=0, Signature=")},
	{name: "an unknown part", kind: Incomplete, change: replaceAuth("Signature=", "Extra=1, Signature=")},
	{name: "a Credential under the plain algorithm", kind: Incomplete, change: replaceAuth("Access", "Credential")},
	{name: "nothing but the algorithm", kind: Incomplete, change: setHeader("Authorization", "SDK-HMAC-SHA256")},
	{name: "a derived credential of three parts", kind: Incomplete, signer: v11, change: replaceAuth("/cn-north-4", "")},
	{name: "a derived credential of five parts", kind: Incomplete, signer: v11, change: replaceAuth("/cn-north-4", "/cn-north-4/x")},
	{name: "a query that cannot be decoded", kind: Incomplete, change: setQuery("limit=%zz")},

	{name: "no Authorization", kind: Missing, change: func(r *http.Request) { r.Header.Del("Authorization") }},
	{name: "a token alone", kind: Missing, change: func(r *http.Request) {
		r.Header.Del("Authorization")
		r.Header.Set("X-Auth-Token", "token")
	}},
	{name: "SM3", kind: Unsupported, change: replaceAuth("SDK-HMAC-SHA256", "SDK-HMAC-SM3")},
	{name: "ECDSA", kind: Unsupported, change: replaceAuth("SDK-HMAC-SHA256", "SDK-ECDSA-P256-SHA256")},
	{name: "SM2", kind: Unsupported, change: replaceAuth("SDK-HMAC-SHA256", "SDK-SM2-SM3")},
	{name: "an AWS signature", kind: Unsupported, change: setHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e")},
	{name: "an empty Authorization", kind: Unsupported, change: setHeader("Authorization", "")},

	{name: "a derived key of another day", kind: WrongDate, signer: func(s *signer) { s.info = "20260114/cn-north-4/organizations" }},
	{name: "date not signed", kind: Unsigned, names: []string{"user-agent", "x-domain-id"}},

	{name: "a payload hash of another body", kind: Mismatch,
		signer: func(s *signer) { s.payload = oldHash },
		before: setHeader("X-Sdk-Content-Sha256", oldHash), names: []string{"x-sdk-content-sha256", "x-sdk-date"}},
	{name: "a new body under the old body's hash", kind: Mismatch, body: "{}",
		change: setHeader("X-Sdk-Content-Sha256", "7ce595d9157c845b0edb9f6ea12e3639b4eadf6da7a5a5c9c843abea544a0f44")},
	{name: "an unsigned payload that was not signed for", kind: Unsigned, change: setHeader("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")},
	{name: "two payload hashes", kind: Incomplete, change: func(r *http.Request) {
		r.Header["X-Sdk-Content-Sha256"] = []string{"UNSIGNED-PAYLOAD", oldHash}
	}},
}

func TestVerifyRejects(t *testing.T) {
	t.Parallel()
	for _, c := range rejectedRequests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, r, names, body := newSigner(), unitsRequest(), usual, createUnit
			if c.before != nil {
				c.before(r)
			}
			if c.signer != nil {
				c.signer(&s)
			}
			if c.names != nil {
				names = c.names
			}
			s.sign(r, body, names...)
			if c.change != nil {
				c.change(r)
			}
			if c.body != "" {
				body = c.body
			}
			got, err := verifier().Verify(t.Context(), r, []byte(body), lookup)
			if !IsKind(err, c.kind) {
				t.Errorf("Verify = %v, want kind %q", err, c.kind)
			}
			if got != (Credential{}) {
				t.Errorf("a refused request has the credential %+v", got)
			}
		})
	}
}

func TestVerifyKeepsTheWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		window time.Duration
		now    time.Duration // after signing
		kind   Kind          // empty: accepted
		detail string
	}{
		{name: "to the second before", now: -15 * time.Minute},
		{name: "to the second after", now: 15 * time.Minute},
		{name: "one second late", now: 15*time.Minute + time.Second, kind: Expired,
			detail: "signature expired, signature time:20260115T083000Z,server time:20260115T084501Z"},
		{name: "one second early", now: -15*time.Minute - time.Second, kind: NotYetValid,
			detail: "signature expired, signature time:20260115T083000Z,server time:20260115T081459Z"},
		{name: "as configured", window: time.Minute, now: time.Minute + time.Second, kind: Expired,
			detail: "signature expired, signature time:20260115T083000Z,server time:20260115T083101Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := unitsRequest()
			newSigner().sign(r, createUnit, usual...)
			v := Verifier{Window: c.window, Now: func() time.Time { return testTime.Add(c.now) }}
			_, err := v.Verify(t.Context(), r, []byte(createUnit), lookup)
			if c.kind == "" {
				if err != nil {
					t.Errorf("Verify = %v, want nil", err)
				}
				return
			}
			var e *Error
			if !errors.As(err, &e) || e.Kind != c.kind || e.Detail != c.detail {
				t.Errorf("Verify = %v, want %q %q", err, c.kind, c.detail)
			}
		})
	}
}

func TestVerifyPassesLookupErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ key, token string }{
		"an unknown key":                      {"AKEXAMPLE0002", ""},
		"a temporary key without token":       {"HSTAEXAMPLE0001", ""},
		"a temporary key and another's token": {"HSTAEXAMPLE0001", "x"},
		"a permanent key with a token":        {testKey, "token"},
	} {
		r, s := unitsRequest(), newSigner()
		s.key = c.key
		s.sign(r, createUnit, usual...)
		if c.token != "" {
			r.Header.Set("X-Security-Token", c.token)
		}
		if _, err := verifier().Verify(t.Context(), r, []byte(createUnit), lookup); !errors.Is(err, errUnknownKey) {
			t.Errorf("%s: Verify = %v, want the error of Lookup", name, err)
		}
	}
}

func TestVerifyNeverMatchesAnEmptySecret(t *testing.T) {
	t.Parallel()
	r, s := unitsRequest(), newSigner()
	s.secret = ""
	s.sign(r, createUnit, usual...)
	none := func(context.Context, string, string) (string, error) { return "", nil }
	if _, err := verifier().Verify(t.Context(), r, []byte(createUnit), none); !IsKind(err, Mismatch) {
		t.Errorf("Verify = %v, want a mismatch", err)
	}
}
