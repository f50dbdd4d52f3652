package sigv4

import (
	"net/http"
	"net/url"
	"strings"
)

// signature is what a request carries, as text.
type signature struct {
	Credential
	terminator string
	headers    string // SignedHeaders, as sent
	signature  string
	date       string // request date, yyyymmddThhmmssZ; set by parse
	dateHeader string // the header the date came from, lower case; empty when presigned
	query      []pair // decoded; read only where needed
}

// read takes the parts from header or query and insists on a credential of five parts, and on nothing else.
func read(r *http.Request) (*signature, error) {
	query, err := parseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, err
	}
	header := r.Header["Authorization"]
	inQuery := has(query, "X-Amz-Signature") || has(query, "X-Amz-Credential") || has(query, "X-Amz-Algorithm")
	switch {
	case len(header) == 0 && !inQuery:
		return nil, &Error{Missing, "Request is missing Authentication Token"}
	case len(header) > 0 && inQuery:
		return nil, incomplete("Only one of the Authorization header and the X-Amz- query parameters may be used.")
	case len(header) > 1:
		return nil, incomplete("Only one Authorization header may be sent.")
	case inQuery:
		return readQuery(query)
	}
	return readHeader(r, header[0], query)
}

func readHeader(r *http.Request, value string, query []pair) (*signature, error) {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	if scheme != algorithm {
		return nil, unsupported(scheme)
	}
	s := &signature{query: query}
	var credential string
	for part := range strings.SplitSeq(rest, ",") {
		name, text, ok := strings.Cut(strings.TrimSpace(part), "=")
		var field *string
		switch name {
		case "Credential":
			field = &credential
		case "SignedHeaders":
			field = &s.headers
		case "Signature":
			field = &s.signature
		}
		if !ok || field == nil || *field != "" {
			return nil, incomplete("The Authorization header must consist of Credential, SignedHeaders and Signature, each given once.")
		}
		*field = text
	}
	if credential == "" {
		return nil, incomplete("Authorization header requires 'Credential' parameter.")
	}
	tokens := r.Header["X-Amz-Security-Token"]
	if len(tokens) > 1 {
		return nil, incomplete("Only one X-Amz-Security-Token header may be sent.")
	}
	if len(tokens) == 1 {
		s.SessionToken = tokens[0]
	}
	return s, s.scope(credential)
}

// readQuery reads a presigned request. A security token or a date in a header plays no part in it.
func readQuery(query []pair) (*signature, error) {
	s := &signature{query: query}
	s.Presigned = true
	var credential, scheme string
	fields := [...]struct {
		name string
		to   *string
	}{
		{"X-Amz-Algorithm", &scheme},
		{"X-Amz-Credential", &credential},
		{"X-Amz-Date", &s.date},
		{"X-Amz-SignedHeaders", &s.headers},
		{"X-Amz-Signature", &s.signature},
		{"X-Amz-Security-Token", &s.SessionToken},
	}
	for _, f := range fields {
		seen := false
		for _, p := range query {
			if p.name != f.name {
				continue
			}
			if seen {
				return nil, incomplete("AWS query-string parameter '" + f.name + "' may be given only once.")
			}
			seen, *f.to = true, p.value
		}
	}
	if credential == "" {
		return nil, incomplete("AWS query-string parameters must include 'X-Amz-Credential'.")
	}
	if scheme != "" && scheme != algorithm {
		return nil, unsupported(scheme)
	}
	if scheme == "" {
		return nil, incomplete("AWS query-string parameters must include 'X-Amz-Algorithm'.")
	}
	return s, s.scope(credential)
}

// scope splits AK/DATE/REGION/SERVICE/aws4_request. Each part is plain text, so that none can carry a line into the string to sign.
func (s *signature) scope(credential string) error {
	parts := strings.SplitN(credential, "/", 6)
	if len(parts) != 5 {
		return incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.")
	}
	for _, p := range parts {
		if !plain(p) {
			return incomplete("The elements of Credential must not be empty and must consist of visible ASCII characters.")
		}
	}
	s.AccessKeyID, s.Date, s.Region, s.Service, s.terminator = parts[0], parts[1], parts[2], parts[3], parts[4]
	return nil
}

// plain allows any access key a test suite may think of, "test" and twelve digits among them.
func plain(s string) bool {
	if s == "" || len(s) > 128 {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func unsupported(scheme string) error {
	const max = 64
	if len(scheme) > max {
		scheme = scheme[:max]
	}
	return &Error{Unsupported, "Unsupported AWS 'algorithm': '" + scheme + "' (only " + algorithm + ")."}
}

type pair struct{ name, value string }

// parseQuery decodes as net/url does ('+' is a blank), so that what is verified is what the service will read. Unlike net/url it keeps the
// order and refuses what it cannot decode.
func parseQuery(raw string) ([]pair, error) {
	if raw == "" {
		return nil, nil
	}
	pairs := make([]pair, 0, 1+strings.Count(raw, "&"))
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		n, err1 := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			return nil, incomplete("The query string is not correctly percent-encoded.")
		}
		pairs = append(pairs, pair{n, v})
	}
	return pairs, nil
}

func has(query []pair, name string) bool {
	for _, p := range query {
		if p.name == name {
			return true
		}
	}
	return false
}
