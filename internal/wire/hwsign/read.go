package hwsign

import (
	"net/http"
	"strings"
)

// signature is what a request carries, as text.
type signature struct {
	Credential
	headers   string // SignedHeaders, as sent
	signature string
	date      string // X-Sdk-Date; set by parse
}

// read takes the Authorization header apart and insists on an access key, and on nothing else.
func read(r *http.Request) (*signature, error) {
	header := r.Header["Authorization"]
	if len(header) == 0 {
		return nil, &Error{Missing, "authorization header is missing"}
	}
	if len(header) > 1 {
		return nil, incomplete("more than one authorization header")
	}
	scheme, rest, _ := strings.Cut(strings.TrimSpace(header[0]), " ")
	s := &signature{}
	s.Algorithm = scheme
	var key string
	switch scheme {
	case HMACSHA256:
		key = "Access"
	case V11HMACSHA256:
		key = "Credential"
	default:
		return nil, &Error{Unsupported, "signature algorithm not supported"}
	}
	var credential string
	for part := range strings.SplitSeq(rest, ",") {
		name, text, ok := strings.Cut(strings.TrimSpace(part), "=")
		var field *string
		switch name {
		case key:
			field = &credential
		case "SignedHeaders":
			field = &s.headers
		case "Signature":
			field = &s.signature
		}
		if !ok || field == nil || *field != "" {
			return nil, incomplete("authorization header must consist of " + key + ", SignedHeaders and Signature, each given once")
		}
		*field = text
	}
	tokens := r.Header["X-Security-Token"]
	if len(tokens) > 1 {
		return nil, incomplete("more than one X-Security-Token")
	}
	if len(tokens) == 1 {
		s.SecurityToken = tokens[0]
	}
	return s, s.credential(credential)
}

// credential reads AK, or AK/DATE/REGION/SERVICE for V11.
func (s *signature) credential(text string) error {
	fields := []*string{&s.AccessKeyID}
	if s.Algorithm == V11HMACSHA256 {
		fields = append(fields, &s.Date, &s.Region, &s.Service)
	}
	parts := strings.SplitN(text, "/", len(fields)+1)
	if len(parts) != len(fields) {
		return incomplete("access key of the authorization header is missing or malformed")
	}
	for i, p := range parts {
		if !plain(p) {
			return incomplete("access key of the authorization header is missing or malformed")
		}
		*fields[i] = p
	}
	return nil
}

// plain allows any access key a test suite may think of, and nothing that could carry a line into the string to sign.
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
