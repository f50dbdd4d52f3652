package hwsign

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	contentHash     = "X-Sdk-Content-Sha256"
	unsignedPayload = "UNSIGNED-PAYLOAD"
)

// parse reads a signature and insists that every part is there, the date among them.
func parse(r *http.Request) (*signature, error) {
	s, err := read(r)
	if err != nil {
		return nil, err
	}
	if s.headers == "" || s.signature == "" {
		return nil, incomplete("SignedHeaders or Signature is missing in the authorization header")
	}
	dates := r.Header["X-Sdk-Date"]
	if len(dates) != 1 {
		return nil, incomplete("exactly one X-Sdk-Date is required")
	}
	s.date = dates[0]
	return s, nil
}

// check compares the date with the credential, the signed headers and the server's time.
func (v *Verifier) check(s *signature) error {
	t, err := time.Parse(timeLayout, s.date)
	// time.Parse also takes fractions of a second, which the format has none of.
	if err != nil || len(s.date) != len(timeLayout) {
		return incomplete("X-Sdk-Date must have the form YYYYMMDDTHHMMSSZ")
	}
	if s.Algorithm == V11HMACSHA256 && s.Date != s.date[:8] {
		return &Error{WrongDate, "date of the credential differs from X-Sdk-Date"}
	}
	now, window := time.Now, v.Window
	if v.Now != nil {
		now = v.Now
	}
	if window == 0 {
		window = DefaultWindow
	}
	n := now().UTC()
	if d := n.Sub(t); d > window || -d > window {
		kind := Expired
		if d < 0 {
			kind = NotYetValid
		}
		return &Error{kind, fmt.Sprintf("signature expired, signature time:%s,server time:%s", s.date, n.Format(timeLayout))}
	}
	if !s.lists("x-sdk-date") {
		return &Error{Unsigned, "X-Sdk-Date must be a signed header"}
	}
	return nil
}

func (s *signature) lists(name string) bool {
	for h := range strings.SplitSeq(s.headers, ";") {
		if h == name {
			return true
		}
	}
	return false
}

// payload is the body's hash, or UNSIGNED-PAYLOAD where the client has signed that it does not sign the body; hc-sdk does so for content
// that is neither JSON nor BSON. Any other hash than the body's is refused: else a stranger could name the old hash and send a new body.
func (s *signature) payload(r *http.Request, hash string) (string, error) {
	values := r.Header[contentHash]
	switch {
	case len(values) == 0:
		return hash, nil
	case len(values) > 1:
		return "", incomplete("more than one " + contentHash)
	case values[0] == hash:
		return hash, nil
	case values[0] != unsignedPayload:
		return "", &Error{Mismatch, contentHash + " is not the SHA-256 of the body"}
	case !s.lists(strings.ToLower(contentHash)):
		return "", &Error{Unsigned, contentHash + " must be a signed header"}
	}
	return unsignedPayload, nil
}
