package hwsign

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// canonical builds the canonical request: method, path, query, signed headers, their names, payload hash.
func (s *signature) canonical(r *http.Request, payload string) ([]byte, error) {
	b := make([]byte, 0, 1024)
	b = append(b, r.Method...)
	b = append(b, '\n')
	b = appendPath(b, r.URL.Path)
	b = append(b, '\n')
	b, err := appendQuery(b, r.URL.RawQuery)
	if err != nil {
		return nil, err
	}
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

// appendPath encodes the decoded path segment by segment and ends it with a slash. The colon of the tag routes travels bare and is signed
// as %3A.
func appendPath(b []byte, path string) []byte {
	for i := range len(path) {
		if path[i] == '/' {
			b = append(b, '/')
		} else {
			b = appendEncoded(b, path[i:i+1])
		}
	}
	if !strings.HasSuffix(path, "/") {
		b = append(b, '/')
	}
	return b
}

// appendQuery sorts by decoded name, then decoded value, and writes '=' even where the wire has none: hc-sdk leaves it out for an empty
// value, golangsdk does not, and both sign it. It decodes as net/url does ('+' is a blank), so that what is verified is what the service
// will read.
func appendQuery(b []byte, raw string) ([]byte, error) {
	if raw == "" {
		return b, nil
	}
	type pair struct{ name, value string }
	pairs := make([]pair, 0, 1+strings.Count(raw, "&"))
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		n, err1 := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			return nil, incomplete("query string is not correctly percent-encoded")
		}
		pairs = append(pairs, pair{n, v})
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(strings.Compare(x.name, y.name), strings.Compare(x.value, y.value))
	})
	for i, p := range pairs {
		if i > 0 {
			b = append(b, '&')
		}
		b = appendEncoded(b, p.name)
		b = append(b, '=')
		b = appendEncoded(b, p.value)
	}
	return b, nil
}

// appendHeader appends "name:value\n" for each value, sorted, and says whether the request has that header. Values are trimmed, but blanks
// within them stay as they are.
func appendHeader(b []byte, r *http.Request, name string) ([]byte, bool) {
	values := r.Header[http.CanonicalHeaderKey(name)]
	switch {
	case name == "host":
		// net/http keeps the host beside the headers.
		values = []string{r.Host}
	case name == "content-length" && len(values) == 0 && r.ContentLength > 0:
		// So it does with the length when the request did not come over HTTP/1.
		values = []string{strconv.FormatInt(r.ContentLength, 10)}
	case len(values) > 1:
		values = slices.Sorted(slices.Values(values))
	}
	for _, v := range values {
		b = append(b, name...)
		b = append(b, ':')
		b = append(b, strings.TrimSpace(v)...)
		b = append(b, '\n')
	}
	return b, len(values) > 0
}

// appendEncoded leaves the unreserved characters of RFC 3986 and encodes all others.
func appendEncoded(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			b = append(b, c)
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}
