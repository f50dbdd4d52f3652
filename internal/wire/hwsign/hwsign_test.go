package hwsign

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

func TestPeek(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, authorization string
		key                 string // empty: not ok
		kind                Kind   // empty: no error
	}{
		{name: "no Authorization"},
		{name: "an access key alone", authorization: "SDK-HMAC-SHA256 Access=d01", key: "d01"},
		{name: "a made-up signature", authorization: "SDK-HMAC-SHA256 Access=test, SignedHeaders=a, Signature=b", key: "test"},
		{name: "a derived credential", authorization: "V11-HMAC-SHA256 Credential=test/x/y/z", key: "test"},
		{name: "an AWS signature", authorization: "AWS4-HMAC-SHA256 Credential=a/b/c/d/e", kind: Unsupported},
		{name: "an algorithm left out", authorization: "SDK-HMAC-SM3 Access=test", kind: Unsupported},
		{name: "no access key", authorization: "SDK-HMAC-SHA256 Signature=b", kind: Incomplete},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &http.Request{Header: http.Header{"X-Auth-Token": {"token"}}, URL: &url.URL{}}
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
	for _, c := range rejectedRequests {
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

func FuzzVerify(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.request.Method, v.request.URL.Path, v.request.URL.RawQuery,
			v.request.Header.Get("Authorization"), v.request.Header.Get("X-Sdk-Date"), v.body)
	}
	f.Add("GET", "//a", "a=%zz&;&=", "V11-HMAC-SHA256 Credential=///,SignedHeaders=;;,Signature=", "20260115T083000Z", "")
	f.Fuzz(func(t *testing.T, method, path, query, authorization, date, body string) {
		r := &http.Request{Method: method, URL: &url.URL{Path: path, RawQuery: query}, Header: http.Header{
			"Authorization": {authorization}, "X-Sdk-Date": {date},
		}}
		// A secret that no seed is signed with: whatever is accepted was forged.
		_, err := verifier().Verify(t.Context(), r, []byte(body), func(context.Context, string, string) (string, error) {
			return "a secret of the server's own", nil
		})
		if err == nil {
			t.Error("accepted")
		}
	})
}

func FuzzPeek(f *testing.F) {
	f.Add("SDK-HMAC-SHA256 Access=test")
	f.Add("V11-HMAC-SHA256 Credential=test/x/y/z, SignedHeaders=a, Signature=b")
	f.Add("V11-HMAC-SHA256 Credential=,=,")
	f.Fuzz(func(t *testing.T, authorization string) {
		c, ok, err := Peek(&http.Request{URL: &url.URL{}, Header: http.Header{"Authorization": {authorization}}})
		if ok != (c.AccessKeyID != "") || ok == (err != nil) {
			t.Errorf("Peek = %+v, %v, %v", c, ok, err)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	for _, c := range []struct{ name, info string }{{HMACSHA256, ""}, {V11HMACSHA256, "20260115/cn-north-4/organizations"}} {
		b.Run(c.name, func(b *testing.B) {
			r, s := unitsRequest(), newSigner()
			s.info = c.info
			s.sign(r, createUnit, usual...)
			v, body := verifier(), []byte(createUnit)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(b.Context(), r, body, lookup); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
