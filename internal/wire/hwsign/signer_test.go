package hwsign

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	testKey    = "AKEXAMPLE0001"
	testSecret = "SKexampleSecret0001"
)

var testTime = time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC)

func verifier() *Verifier { return &Verifier{Now: func() time.Time { return testTime }} }

var errUnknownKey = errors.New("unknown key")

func lookup(_ context.Context, accessKeyID, securityToken string) (string, error) {
	switch {
	case accessKeyID == testKey && securityToken == "":
		return testSecret, nil
	case accessKeyID == "HSTAEXAMPLE0001" && securityToken == "token":
		return testSecret, nil
	}
	return "", errUnknownKey
}

// signer signs as a client does, written apart from the verifier on purpose.
type signer struct {
	key, secret, stamp string
	info               string // V11 when set
	path               string // canonical path; made from the URL when empty
	payload            string // made from the body when empty
	sep                string
}

func newSigner() signer {
	return signer{key: testKey, secret: testSecret, stamp: "20260115T083000Z", sep: ", "}
}

func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func (s signer) canonical(r *http.Request, body string, names []string) string {
	path := s.path
	if path == "" {
		for segment := range strings.SplitSeq(strings.Trim(r.URL.Path, "/"), "/") {
			path += "/" + escape(segment)
		}
		path += "/"
	}
	values, _ := url.ParseQuery(r.URL.RawQuery)
	var query []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range slices.Sorted(slices.Values(values[name])) {
			query = append(query, escape(name)+"="+escape(v))
		}
	}
	var headers strings.Builder
	for _, n := range names {
		vs := slices.Clone(r.Header.Values(n))
		if n == "host" {
			vs = []string{r.Host}
		}
		slices.Sort(vs)
		for _, v := range vs {
			fmt.Fprintf(&headers, "%s:%s\n", n, strings.TrimSpace(v))
		}
	}
	payload := s.payload
	if payload == "" {
		payload = fmt.Sprintf("%x", sha256.Sum256([]byte(body)))
	}
	return strings.Join([]string{r.Method, path, strings.Join(query, "&"), headers.String(), strings.Join(names, ";"), payload}, "\n")
}

func (s signer) sign(r *http.Request, body string, names ...string) {
	hash := sha256.Sum256([]byte(s.canonical(r, body, names)))
	text, key, head := fmt.Sprintf("SDK-HMAC-SHA256\n%s\n%x", s.stamp, hash), s.secret, "SDK-HMAC-SHA256 Access="+s.key
	if s.info != "" {
		derived, err := hkdf.Key(sha256.New, []byte(s.secret), []byte(s.key), s.info, 32)
		if err != nil {
			panic(err)
		}
		text, key = fmt.Sprintf("V11-HMAC-SHA256\n%s\n%s\n%x", s.stamp, s.info, hash), fmt.Sprintf("%x", derived)
		head = "V11-HMAC-SHA256 Credential=" + s.key + "/" + s.info
	}
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	r.Header.Set("Authorization", fmt.Sprintf("%s%sSignedHeaders=%s%sSignature=%x", head, s.sep, strings.Join(names, ";"), s.sep, h.Sum(nil)))
}

const createUnit = "{\"name\":\"a&<b>\"}\n"

// unitsRequest is vector B1 without its signature.
func unitsRequest() *http.Request {
	r := httptest.NewRequest(http.MethodPost,
		"https://organizations.example.com/v1/organizations/organizational-units?limit=5&marker=a%20b%2F%C3%A9%2Bc", strings.NewReader(createUnit))
	r.Header.Set("User-Agent", "huaweicloud-usdk-go/3.0")
	r.Header.Set("X-Domain-Id", "d0000000000000000000000000000001")
	r.Header.Set("X-Sdk-Date", "20260115T083000Z")
	r.Header.Set("Content-Type", "application/json")
	return r
}

var usual = []string{"user-agent", "x-domain-id", "x-sdk-date"}
