package sigv4

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// canonical builds the canonical request: method, path, query, signed headers, their names, payload hash.
func (s *signature) canonical(r *http.Request, payload string) ([]byte, error) {
	b := make([]byte, 0, 1024)
	b = append(b, r.Method...)
	b = append(b, '\n')
	b = appendPath(b, r.URL.EscapedPath())
	b = append(b, '\n')
	b = appendQuery(b, s.query)
	b = append(b, '\n')
	for name := range strings.SplitSeq(s.headers, ";") {
		var ok bool
		if b, ok = appendHeader(b, r, name); !ok {
			return nil, mismatch()
		}
	}
	b = append(b, '\n')
	b = append(b, s.headers...)
	b = append(b, '\n')
	return append(b, payload...), nil
}

func (s *signature) stringToSign(canonical []byte) []byte {
	b := make([]byte, 0, 256)
	b = append(b, algorithm+"\n"...)
	b = append(b, s.date...)
	b = append(b, '\n')
	for _, part := range [...]string{s.Date, s.Region, s.Service} {
		b = append(b, part...)
		b = append(b, '/')
	}
	b = append(b, terminator+"\n"...)
	hash := sha256.Sum256(canonical)
	return hex.AppendEncode(b, hash[:])
}

// appendPath drops empty and dot segments and encodes the already encoded path once more, as every service but S3 does.
func appendPath(b []byte, path string) []byte {
	if path == "" || path == "/" {
		return append(b, '/')
	}
	var kept []string
	for seg := range strings.SplitSeq(path, "/") {
		switch seg {
		case "", ".":
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, seg)
		}
	}
	for _, seg := range kept {
		b = append(b, '/')
		b = appendEncoded(b, seg)
	}
	if len(kept) == 0 || strings.HasSuffix(path, "/") {
		b = append(b, '/')
	}
	return b
}

// appendQuery sorts by encoded name, then encoded value; the signature itself is left out.
func appendQuery(b []byte, query []pair) []byte {
	if len(query) == 0 {
		return b
	}
	encoded := make([]pair, 0, len(query))
	for _, p := range query {
		if p.name != "X-Amz-Signature" {
			encoded = append(encoded, pair{encode(p.name), encode(p.value)})
		}
	}
	slices.SortFunc(encoded, func(x, y pair) int {
		return cmp.Or(strings.Compare(x.name, y.name), strings.Compare(x.value, y.value))
	})
	for i, p := range encoded {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(b, p.name...)
		b = append(b, '=')
		b = append(b, p.value...)
	}
	return b
}

// appendHeader appends "name:value\n" and says whether the request has that header.
func appendHeader(b []byte, r *http.Request, name string) ([]byte, bool) {
	b = append(b, name...)
	b = append(b, ':')
	if name == "host" {
		b = append(b, host(r)...)
		return append(b, '\n'), r.Host != ""
	}
	values := r.Header[http.CanonicalHeaderKey(name)]
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCollapsed(b, v)
	}
	found := len(values) > 0
	if !found && name == "content-length" && r.ContentLength > 0 {
		// net/http keeps the length beside the headers when the request did not come over HTTP/1.
		b, found = strconv.AppendInt(b, r.ContentLength, 10), true
	}
	return append(b, '\n'), found
}

// host is lower case and without the default port. Behind a proxy that ends TLS the scheme is not known here, so ":443" goes in any case.
func host(r *http.Request) string {
	h := strings.ToLower(r.Host)
	h = strings.TrimSuffix(h, ":443")
	if r.TLS == nil {
		h = strings.TrimSuffix(h, ":80")
	}
	return h
}

// appendCollapsed trims v and turns inner runs of blanks into one.
func appendCollapsed(b []byte, v string) []byte {
	v = strings.Trim(v, " \t")
	for i := range len(v) {
		if v[i] == ' ' && v[i-1] == ' ' {
			continue
		}
		b = append(b, v[i])
	}
	return b
}

func encode(s string) string {
	for i := range len(s) {
		if !unreserved(s[i]) {
			return string(appendEncoded(make([]byte, 0, len(s)+16), s))
		}
	}
	return s
}

func appendEncoded(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		if c := s[i]; unreserved(c) {
			b = append(b, c)
		} else {
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.' || c == '~'
}
