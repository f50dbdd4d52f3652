package sigv4

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	testKey    = "AKIDEXAMPLE0000000001"
	testSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

var testTime = time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC)

func verifier(service string) *Verifier {
	return &Verifier{Service: service, Now: func() time.Time { return testTime }}
}

var errUnknownKey = errors.New("unknown key")

func lookup(_ context.Context, accessKeyID, sessionToken string) (string, error) {
	switch {
	case accessKeyID == testKey && sessionToken == "":
		return testSecret, nil
	case accessKeyID == "ASIDEXAMPLE0000000001" && sessionToken == "FwoGTOKEN==":
		return testSecret, nil
	}
	return "", errUnknownKey
}

// signer signs as a client does, written apart from the verifier on purpose. The zero value of a field means the usual.
type signer struct {
	key, secret, date, region, service, terminator string
	stamp                                          string // request date in the string to sign
	host                                           string // as the client signs it
	path                                           string // canonical path
	payload                                        string // payload hash
	sep                                            string // between the parts of the Authorization header
}

func newSigner(service string) signer {
	return signer{
		key: testKey, secret: testSecret, date: "20260115", region: "us-east-1", service: service, terminator: "aws4_request",
		stamp: "20260115T083000Z", path: "/", sep: ", ",
	}
}

func (s signer) scope() string {
	return strings.Join([]string{s.date, s.region, s.service, s.terminator}, "/")
}

func (s signer) canonical(r *http.Request, body, query string, names []string) string {
	var headers strings.Builder
	for _, n := range names {
		value := strings.Join(r.Header.Values(n), ",")
		if n == "host" {
			value = r.Host
			if s.host != "" {
				value = s.host
			}
		}
		fmt.Fprintf(&headers, "%s:%s\n", n, strings.Join(strings.Fields(value), " "))
	}
	payload := s.payload
	if payload == "" {
		payload = fmt.Sprintf("%x", sha256.Sum256([]byte(body)))
	}
	return strings.Join([]string{r.Method, s.path, query, headers.String(), strings.Join(names, ";"), payload}, "\n")
}

func (s signer) signature(canonical string) string {
	text := fmt.Sprintf("AWS4-HMAC-SHA256\n%s\n%s\n%x", s.stamp, s.scope(), sha256.Sum256([]byte(canonical)))
	key := []byte("AWS4" + s.secret)
	for _, part := range []string{s.date, s.region, s.service, s.terminator, text} {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(part))
		key = h.Sum(nil)
	}
	return fmt.Sprintf("%x", key)
}

// header signs into the Authorization header; names must be sorted.
func (s signer) header(r *http.Request, body string, names ...string) {
	sig := s.signature(s.canonical(r, body, canonicalQuery(r.URL.RawQuery), names))
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+s.key+"/"+s.scope()+s.sep+
		"SignedHeaders="+strings.Join(names, ";")+s.sep+"Signature="+sig)
}

// presign signs into the query.
func (s signer) presign(r *http.Request, token string, names ...string) {
	q := r.URL.RawQuery + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + url.QueryEscape(s.key+"/"+s.scope()) +
		"&X-Amz-Date=" + s.stamp + "&X-Amz-Expires=900&X-Amz-SignedHeaders=" + url.QueryEscape(strings.Join(names, ";"))
	if token != "" {
		q += "&X-Amz-Security-Token=" + url.QueryEscape(token)
	}
	r.URL.RawQuery = q + "&X-Amz-Signature=" + s.signature(s.canonical(r, "", canonicalQuery(q), names))
}

func canonicalQuery(raw string) string {
	values, _ := url.ParseQuery(raw)
	var lines []string
	for name, vs := range values {
		for _, v := range vs {
			// The blank sorts before every byte of an encoded name, so that a name sorts before its own extensions.
			lines = append(lines, url.QueryEscape(name)+" ="+url.QueryEscape(v))
		}
	}
	slices.Sort(lines)
	return strings.ReplaceAll(strings.ReplaceAll(strings.Join(lines, "&"), " =", "="), "+", "%20")
}

const createUnit = `{"ParentId": "r-ab12", "Name": "dev"}`

// organizationsRequest is vector A1 without its signature.
func organizationsRequest() *http.Request {
	r := httptest.NewRequest(http.MethodPost, "https://organizations.us-east-1.amazonaws.com/", strings.NewReader(createUnit))
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Date", "20260115T083000Z")
	r.Header.Set("X-Amz-Target", "AWSOrganizationsV20161128.CreateOrganizationalUnit")
	return r
}

var usual = []string{"content-type", "host", "x-amz-date", "x-amz-target"}
