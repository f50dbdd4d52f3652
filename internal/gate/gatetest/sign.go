package gatetest

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
)

// A Key is what a client signs with. Token is empty for a long-term key.
type Key struct {
	ID, Secret, Token string
}

// KeyOf returns a long-term key.
func KeyOf(c controlplane.Credentials) Key { return Key{ID: string(c.KeyID), Secret: c.Secret} }

// KeyOfIssued returns a temporary key.
func KeyOfIssued(i controlplane.Issued) Key {
	return Key{ID: string(i.KeyID), Secret: i.Secret, Token: i.Token}
}

const stamp = "20060102T150405Z"

// AWS signs a request with Signature Version 4 for a service and region.
func AWS(r *http.Request, body string, k Key, region, service string, at time.Time) {
	date := at.UTC().Format(stamp)
	r.Header.Set("X-Amz-Date", date)
	names := []string{"host", "x-amz-date"}
	headers := "host:" + r.Host + "\nx-amz-date:" + date + "\n"
	if k.Token != "" {
		r.Header.Set("X-Amz-Security-Token", k.Token)
		names = append(names, "x-amz-security-token")
		headers += "x-amz-security-token:" + k.Token + "\n"
	}
	signed := strings.Join(names, ";")
	canonical := strings.Join([]string{r.Method, "/", r.URL.RawQuery, headers, signed, fmt.Sprintf("%x", sha256.Sum256([]byte(body)))}, "\n")
	scope := []string{date[:8], region, service, "aws4_request"}
	text := fmt.Sprintf("AWS4-HMAC-SHA256\n%s\n%s\n%x", date, strings.Join(scope, "/"), sha256.Sum256([]byte(canonical)))
	key := []byte("AWS4" + k.Secret)
	for _, part := range append(scope, text) {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%x", k.ID, strings.Join(scope, "/"), signed, key))
}

// Huawei signs a request with SDK-HMAC-SHA256. The security token is sent and not signed, as the Terraform provider does.
func Huawei(r *http.Request, body string, k Key, at time.Time) {
	date := at.UTC().Format(stamp)
	r.Header.Set("X-Sdk-Date", date)
	if k.Token != "" {
		r.Header.Set("X-Security-Token", k.Token)
	}
	path := ""
	for segment := range strings.SplitSeq(strings.Trim(r.URL.Path, "/"), "/") {
		path += "/" + escape(segment)
	}
	values, _ := url.ParseQuery(r.URL.RawQuery)
	var query []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range slices.Sorted(slices.Values(values[name])) {
			query = append(query, escape(name)+"="+escape(v))
		}
	}
	canonical := strings.Join([]string{
		r.Method, strings.TrimSuffix(path, "/") + "/", strings.Join(query, "&"), "x-sdk-date:" + date + "\n", "x-sdk-date",
		fmt.Sprintf("%x", sha256.Sum256([]byte(body))),
	}, "\n")
	text := fmt.Sprintf("SDK-HMAC-SHA256\n%s\n%x", date, sha256.Sum256([]byte(canonical)))
	r.Header.Set("Authorization", fmt.Sprintf("SDK-HMAC-SHA256 Access=%s, SignedHeaders=x-sdk-date, Signature=%x", k.ID, mac([]byte(k.Secret), text)))
}

func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
