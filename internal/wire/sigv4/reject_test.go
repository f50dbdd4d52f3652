package sigv4

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
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

func replaceAuth(old, new string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, new, 1))
	}
}

var rejectedHeaders = []rejected{
	{name: "a changed byte in the body", kind: Mismatch, body: strings.Replace(createUnit, "dev", "dew", 1)},
	{name: "an appended newline in the body", kind: Mismatch, body: createUnit + "\n"},
	{name: "a changed path", kind: Mismatch, change: func(r *http.Request) { r.URL.Path = "/x" }},
	{name: "an added query", kind: Mismatch, change: func(r *http.Request) { r.URL.RawQuery = "a=b" }},
	{name: "a changed method", kind: Mismatch, change: func(r *http.Request) { r.Method = http.MethodPut }},
	{name: "a changed signed header", kind: Mismatch, change: setHeader("X-Amz-Target", "AWSOrganizationsV20161128.DeleteOrganization")},
	{name: "a second value of a signed header", kind: Mismatch, change: addHeader("X-Amz-Target", "AWSOrganizationsV20161128.DeleteOrganization")},
	{name: "another host", kind: Mismatch, change: func(r *http.Request) { r.Host = "organizations.example.com" }},
	{name: "another port", kind: Mismatch, change: func(r *http.Request) { r.Host += ":8443" }},
	{name: "a listed header that is absent", kind: Mismatch, change: func(r *http.Request) { r.Header.Del("X-Amz-Target") }},
	{name: "a listed header that was absent when signing", kind: Mismatch,
		names: []string{"content-type", "host", "x-absent", "x-amz-date", "x-amz-target"}},
	{name: "a listed content-length that is absent", kind: Mismatch, change: func(r *http.Request) { r.ContentLength = -1 },
		names: []string{"content-length", "content-type", "host", "x-amz-date", "x-amz-target"}},
	{name: "another secret", kind: Mismatch, signer: func(s *signer) { s.secret += "x" }},
	{name: "another region than signed for", kind: Mismatch, change: replaceAuth("us-east-1", "us-east-2")},
	{name: "an upper-case signature", kind: Mismatch, change: replaceAuth("Signature=", "Signature=A")},
	{name: "a cut signature", kind: Mismatch, change: func(r *http.Request) {
		a := r.Header.Get("Authorization")
		r.Header.Set("Authorization", a[:len(a)-1])
	}},

	{name: "two X-Amz-Date", kind: Incomplete, change: addHeader("X-Amz-Date", "20260115T083000Z")},
	{name: "two Authorization", kind: Incomplete, change: addHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e")},
	{name: "two X-Amz-Security-Token", kind: Incomplete, change: func(r *http.Request) {
		r.Header["X-Amz-Security-Token"] = []string{"a", "b"}
	}},
	{name: "no date at all", kind: Incomplete, change: func(r *http.Request) { r.Header.Del("X-Amz-Date") }},
	{name: "a date in extended form", kind: Incomplete, change: setHeader("X-Amz-Date", "2026-01-15T08:30:00Z")},
	{name: "a date with fractions", kind: Incomplete, change: setHeader("X-Amz-Date", "20260115T083000.5Z")},
	{name: "a date out of the calendar", kind: Incomplete, change: setHeader("X-Amz-Date", "20260231T083000Z")},
	{name: "an empty date", kind: Incomplete, change: setHeader("X-Amz-Date", "")},
	{name: "no Credential", kind: Incomplete, change: setHeader("Authorization", "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=a")},
	{name: "no SignedHeaders", kind: Incomplete, change: setHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=a")},
	{name: "no Signature", kind: Incomplete, change: setHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host")},
	{name: "nothing but the algorithm", kind: Incomplete, change: setHeader("Authorization", "AWS4-HMAC-SHA256")},
	{name: "an unknown part", kind: Incomplete, change: replaceAuth("Signature=", "Extra=1, Signature=")},
	{name: "a part given twice", kind: Incomplete, change: replaceAuth("Signature=", "Signature=0, Signature=")},
	{name: "a credential of four parts", kind: Incomplete, change: replaceAuth("/us-east-1", "")},
	{name: "a credential of six parts", kind: Incomplete, change: replaceAuth("/us-east-1", "/us-east-1/x")},
	{name: "an empty region", kind: Incomplete, change: replaceAuth("us-east-1", "")},
	{name: "a region with a blank", kind: Incomplete, change: replaceAuth("us-east-1", "us east")},
	{name: "a query that cannot be decoded", kind: Incomplete, change: func(r *http.Request) { r.URL.RawQuery = "a=%zz" }},
	{name: "query and header at once", kind: Incomplete, change: func(r *http.Request) { r.URL.RawQuery = "X-Amz-Signature=00" }},

	{name: "no Authorization", kind: Missing, change: func(r *http.Request) { r.Header.Del("Authorization") }},
	{name: "the asymmetric algorithm", kind: Unsupported, change: replaceAuth("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")},
	{name: "a bearer token", kind: Unsupported, change: setHeader("Authorization", "Bearer abc")},
	{name: "an empty Authorization", kind: Unsupported, change: setHeader("Authorization", "")},

	{name: "a scope date that is not the request's", kind: WrongDate, signer: func(s *signer) { s.date = "20260114" }},
	{name: "a scope for another service", kind: WrongService, signer: func(s *signer) { s.service = "sts" }},
	{name: "a scope with another terminator", kind: WrongTerminator, signer: func(s *signer) { s.terminator = "aws5_request" }},

	{name: "host not signed", kind: Unsigned, names: []string{"content-type", "x-amz-date", "x-amz-target"}},
	{name: "date not signed", kind: Unsigned, names: []string{"content-type", "host", "x-amz-target"}},
	{name: "X-Amz-Date not signed though Date is", kind: Unsigned, before: setHeader("Date", "Thu, 15 Jan 2026 08:30:00 GMT"),
		names: []string{"date", "host"}},
	{name: "session token not signed", kind: Unsigned, change: setHeader("X-Amz-Security-Token", "FwoGTOKEN==")},
	{name: "empty session token not signed", kind: Unsigned, change: setHeader("X-Amz-Security-Token", "")},

	{name: "a payload hash of another body", kind: Mismatch,
		signer: func(s *signer) { s.payload = strings.Repeat("0", 64) },
		before: setHeader("X-Amz-Content-Sha256", strings.Repeat("0", 64)),
		names:  []string{"content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target"}},
	{name: "an unsigned payload", kind: Mismatch,
		signer: func(s *signer) { s.payload = "UNSIGNED-PAYLOAD" },
		before: setHeader("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"),
		names:  []string{"content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target"}},
	{name: "a streaming payload", kind: Mismatch,
		signer: func(s *signer) { s.payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" },
		before: setHeader("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
		names:  []string{"content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target"}},
}

func TestVerifyRejectsHeader(t *testing.T) {
	t.Parallel()
	for _, c := range rejectedHeaders {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, r, names, body := newSigner("organizations"), organizationsRequest(), usual, createUnit
			if c.before != nil {
				c.before(r)
			}
			if c.signer != nil {
				c.signer(&s)
			}
			if c.names != nil {
				names = c.names
			}
			s.header(r, body, names...)
			if c.change != nil {
				c.change(r)
			}
			if c.body != "" {
				body = c.body
			}
			got, err := verifier("organizations").Verify(t.Context(), r, []byte(body), lookup)
			if !IsKind(err, c.kind) {
				t.Errorf("Verify = %v, want kind %q", err, c.kind)
			}
			if got != (Credential{}) {
				t.Errorf("a refused request has the credential %+v", got)
			}
		})
	}
}

func TestVerifyRejectsPresigned(t *testing.T) {
	t.Parallel()
	replace := func(old, new string) func(*http.Request) {
		return func(r *http.Request) { r.URL.RawQuery = strings.Replace(r.URL.RawQuery, old, new, 1) }
	}
	for _, c := range []rejected{
		{name: "a changed parameter", kind: Mismatch, change: replace("GetCallerIdentity", "GetSessionToken")},
		{name: "an added parameter", kind: Mismatch, change: replace("Action", "a=b&Action")},
		{name: "a changed lifetime", kind: Mismatch, change: replace("Expires=900", "Expires=901")},
		{name: "an added security token", kind: Incomplete, change: replace("Action", "X-Amz-Security-Token=a&X-Amz-Security-Token=b&Action")},
		{name: "no algorithm", kind: Incomplete, change: replace("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "")},
		{name: "no credential", kind: Incomplete, change: replace("X-Amz-Credential", "Y")},
		{name: "no date", kind: Incomplete, change: replace("X-Amz-Date", "Y")},
		{name: "no signed headers", kind: Incomplete, change: replace("X-Amz-SignedHeaders", "Y")},
		{name: "no signature", kind: Incomplete, change: replace("X-Amz-Signature", "Y")},
		{name: "two dates", kind: Incomplete, change: replace("Action", "X-Amz-Date=20260115T083000Z&Action")},
		{name: "two credentials, one empty", kind: Incomplete, change: replace("Action", "X-Amz-Credential=&Action")},
		{name: "a broken date", kind: Incomplete, change: replace("20260115T083000Z", "soon")},
		{name: "a line break in the scope", kind: Incomplete, change: replace("us-east-1", "us%0Aeast")},
		{name: "a header too", kind: Incomplete, change: setHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e")},
		{name: "the asymmetric algorithm", kind: Unsupported, change: replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")},
		{name: "host not signed", kind: Unsigned, change: replace("SignedHeaders=host", "SignedHeaders=x")},
		{name: "another service", kind: WrongService, signer: func(s *signer) { s.service = "iam" }},
		{name: "another terminator", kind: WrongTerminator, signer: func(s *signer) { s.terminator = "aws5_request" }},
		{name: "another date", kind: WrongDate, signer: func(s *signer) { s.date = "20260116" }},
		{name: "an old date, whatever the lifetime says", kind: Expired, signer: func(s *signer) { s.stamp = "20260115T081459Z" }},
		{name: "a body", kind: Mismatch, body: "Action=AssumeRole"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15", nil)
			s := newSigner("sts")
			if c.signer != nil {
				c.signer(&s)
			}
			s.presign(r, "", "host")
			if c.change != nil {
				c.change(r)
			}
			if _, err := verifier("sts").Verify(t.Context(), r, []byte(c.body), lookup); !IsKind(err, c.kind) {
				t.Errorf("Verify = %v, want kind %q", err, c.kind)
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
			detail: "Signature expired: 20260115T083000Z is now earlier than 20260115T083001Z (20260115T084501Z - 15 min.)"},
		{name: "one second early", now: -15*time.Minute - time.Second, kind: NotYetValid,
			detail: "Signature not yet current: 20260115T083000Z is still later than 20260115T082959Z (20260115T081459Z + 15 min.)"},
		{name: "as configured", window: 5 * time.Minute, now: 5*time.Minute + time.Second, kind: Expired,
			detail: "Signature expired: 20260115T083000Z is now earlier than 20260115T083001Z (20260115T083501Z - 5 min.)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := organizationsRequest()
			newSigner("organizations").header(r, createUnit, usual...)
			v := Verifier{Service: "organizations", Window: c.window, Now: func() time.Time { return testTime.Add(c.now) }}
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
	sign := func(key, token string) *http.Request {
		r, s, names := organizationsRequest(), newSigner("organizations"), usual
		s.key = key
		if token != "" {
			r.Header.Set("X-Amz-Security-Token", token)
			names = []string{"content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"}
		}
		s.header(r, createUnit, names...)
		return r
	}
	for name, r := range map[string]*http.Request{
		"an unknown key":                      sign("AKIDEXAMPLE0000000002", ""),
		"a temporary key without token":       sign("ASIDEXAMPLE0000000001", ""),
		"a temporary key and another's token": sign("ASIDEXAMPLE0000000001", "x"),
		"a long-term key with a token":        sign(testKey, "FwoGTOKEN=="),
	} {
		if _, err := verifier("organizations").Verify(t.Context(), r, []byte(createUnit), lookup); !errors.Is(err, errUnknownKey) {
			t.Errorf("%s: Verify = %v, want the error of Lookup", name, err)
		}
	}
}

func TestVerifyNeverMatchesAnEmptySecret(t *testing.T) {
	t.Parallel()
	r, s := organizationsRequest(), newSigner("organizations")
	s.secret = ""
	s.header(r, createUnit, usual...)
	none := func(context.Context, string, string) (string, error) { return "", nil }
	if _, err := verifier("organizations").Verify(t.Context(), r, []byte(createUnit), none); !IsKind(err, Mismatch) {
		t.Errorf("Verify = %v, want a mismatch", err)
	}
}

func TestVerifyLooksUpOnlyWhatIsWellFormed(t *testing.T) {
	t.Parallel()
	r, s := organizationsRequest(), newSigner("organizations")
	s.service = "sts"
	s.header(r, createUnit, usual...)
	_, err := verifier("organizations").Verify(t.Context(), r, []byte(createUnit), func(context.Context, string, string) (string, error) {
		t.Error("Lookup was called")
		return "", nil
	})
	if err == nil {
		t.Error("Verify accepted another service")
	}
}
