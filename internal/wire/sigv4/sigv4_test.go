package sigv4

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
)

func TestPeek(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, authorization, query string
		key                        string // empty: not ok
		kind                       Kind   // empty: no error
	}{
		{name: "nothing at all"},
		{name: "a query of another kind", query: "Action=GetCallerIdentity"},
		{name: "a credential alone", authorization: "AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/sts/aws4_request", key: "123456789012"},
		{name: "a made-up signature", authorization: "AWS4-HMAC-SHA256 Credential=test/x/y/z/t, SignedHeaders=a, Signature=b", key: "test"},
		{name: "a presigned credential", query: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2Fx%2Fy%2Fz%2Ft", key: "test"},
		{name: "a bearer token", authorization: "Bearer x", kind: Unsupported},
		{name: "a credential of one part", authorization: "AWS4-HMAC-SHA256 Credential=test", kind: Incomplete},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/?"+c.query, nil)
			if c.authorization != "" {
				r.Header.Set("Authorization", c.authorization)
			}
			got, ok, err := Peek(r)
			if ok != (c.key != "") || got.AccessKeyID != c.key {
				t.Errorf("Peek = %+v, %v, want key %q", got, ok, c.key)
			}
			if c.kind == "" && err != nil || c.kind != "" && !IsKind(err, c.kind) {
				t.Errorf("Peek error = %v, want kind %q", err, c.kind)
			}
		})
	}
}

func TestKindsAreAllUsedInTheTables(t *testing.T) {
	t.Parallel()
	seen := map[Kind]bool{Expired: true, NotYetValid: true} // by TestVerifyKeepsTheWindow
	for _, c := range rejectedHeaders {
		seen[c.kind] = true
	}
	for _, k := range Kinds {
		if !seen[k] {
			t.Errorf("no case is rejected as %q", k)
		}
		delete(seen, k)
	}
	if len(seen) > 0 {
		t.Errorf("kinds outside Kinds: %v", seen)
	}
}

func TestIsKindLooksThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("wrapped: %w", &Error{Kind: Expired, Detail: "late"})
	if !IsKind(err, Expired) || IsKind(err, Missing) || IsKind(errors.New("late"), Expired) || IsKind(nil, Expired) {
		t.Error("IsKind is wrong")
	}
}

func TestKeysAreKeptOnlyAfterAMatch(t *testing.T) {
	t.Parallel()
	v := verifier("organizations")
	r, s := organizationsRequest(), newSigner("organizations")
	s.secret = "wrong"
	s.header(r, createUnit, usual...)
	if _, err := v.Verify(t.Context(), r, []byte(createUnit), lookup); err == nil || len(v.keys.keys) != 0 {
		t.Errorf("after a mismatch: %v, %d keys", err, len(v.keys.keys))
	}
	s.secret = testSecret
	for range 2 {
		s.header(r, createUnit, usual...)
		if _, err := v.Verify(t.Context(), r, []byte(createUnit), lookup); err != nil || len(v.keys.keys) != 1 {
			t.Errorf("after a match: %v, %d keys", err, len(v.keys.keys))
		}
	}
	rotated := func(context.Context, string, string) (string, error) { return "another", nil }
	if _, err := v.Verify(t.Context(), r, []byte(createUnit), rotated); !IsKind(err, Mismatch) {
		t.Errorf("after a change of the secret: %v, want a mismatch", err)
	}
}

func TestKeyCacheIsBounded(t *testing.T) {
	t.Parallel()
	var c keyCache
	for i := range 2*maxKeys + 1 {
		c.put(keyID{accessKeyID: strconv.Itoa(i)}, signKey{})
		if len(c.keys) > maxKeys {
			t.Fatalf("%d keys", len(c.keys))
		}
	}
	if _, ok := c.get(keyID{accessKeyID: strconv.Itoa(2 * maxKeys)}); !ok {
		t.Error("the newest key is gone")
	}
}

func FuzzVerify(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.request.Method, v.request.URL.Path, v.request.URL.RawQuery, v.request.Host,
			v.request.Header.Get("Authorization"), v.request.Header.Get("X-Amz-Date"), v.body)
	}
	f.Add("GET", "/a/../b//", "a=%zz&;&=", "h:80", "AWS4-HMAC-SHA256 Credential=////,SignedHeaders=;;,Signature=", "20260115T083000Z", "")
	f.Fuzz(func(t *testing.T, method, path, query, host, authorization, date, body string) {
		r := &http.Request{Method: method, URL: &url.URL{Path: path, RawQuery: query}, Host: host, Header: http.Header{
			"Authorization": {authorization}, "X-Amz-Date": {date},
		}}
		if authorization == "" {
			r.Header.Del("Authorization")
		}
		for _, service := range []string{"organizations", "sts"} {
			// A secret that no seed is signed with: whatever is accepted was forged.
			_, err := verifier(service).Verify(t.Context(), r, []byte(body), func(context.Context, string, string) (string, error) {
				return "a secret of the server's own", nil
			})
			if err == nil {
				t.Error("accepted")
			}
		}
	})
}

func FuzzPeek(f *testing.F) {
	f.Add("", "")
	f.Add("AWS4-HMAC-SHA256 Credential=test/x/y/z/t", "")
	f.Add("", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2Fx%2Fy%2Fz%2Ft")
	f.Add("AWS4-HMAC-SHA256 Credential=,=,", "&&=&%")
	f.Fuzz(func(t *testing.T, authorization, query string) {
		r := &http.Request{URL: &url.URL{RawQuery: query}, Header: http.Header{}}
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		c, ok, err := Peek(r)
		if ok != (c.AccessKeyID != "") || ok && err != nil {
			t.Errorf("Peek = %+v, %v, %v", c, ok, err)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	r := organizationsRequest()
	newSigner("organizations").header(r, createUnit, usual...)
	v, body := verifier("organizations"), []byte(createUnit)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(b.Context(), r, body, lookup); err != nil {
			b.Fatal(err)
		}
	}
}
