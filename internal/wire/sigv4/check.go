package sigv4

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// parse reads a signature and insists that every part is there, the date among them.
func parse(r *http.Request) (*signature, error) {
	s, err := read(r)
	if err != nil {
		return nil, err
	}
	if s.headers == "" {
		return nil, incomplete(s.requires("SignedHeaders"))
	}
	if s.signature == "" {
		return nil, incomplete(s.requires("Signature"))
	}
	if s.Presigned {
		if s.date == "" {
			return nil, incomplete(s.requires("Date"))
		}
		return s, nil
	}
	return s, s.headerDate(r.Header)
}

func (s *signature) requires(part string) string {
	if s.Presigned {
		return "AWS query-string parameters must include 'X-Amz-" + part + "'."
	}
	return "Authorization header requires '" + part + "' parameter."
}

// headerDate takes X-Amz-Date or, failing that, Date, which botocore signs if the caller set one. Either way the string to sign holds the
// basic ISO form.
func (s *signature) headerDate(h http.Header) error {
	name, values := "x-amz-date", h["X-Amz-Date"]
	if len(values) == 0 {
		name, values = "date", h["Date"]
	}
	switch len(values) {
	case 0:
		return incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
	case 1:
	default:
		return incomplete("Only one date header may be sent.")
	}
	s.date, s.dateHeader = values[0], name
	if name == "date" {
		if t, err := http.ParseTime(values[0]); err == nil {
			s.date = t.UTC().Format(timeLayout)
		}
	}
	return nil
}

// check compares scope, time and signed headers with what this service demands.
func (v *Verifier) check(s *signature, r *http.Request) error {
	t, err := time.Parse(timeLayout, s.date)
	// time.Parse also takes fractions of a second, which the format has none of.
	if err != nil || len(s.date) != len(timeLayout) {
		return incomplete("Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601")
	}
	if s.terminator != terminator {
		return &Error{WrongTerminator, "Credential should be scoped with a valid terminator: '" + terminator + "'."}
	}
	if s.Service != v.Service {
		return &Error{WrongService, "Credential should be scoped to correct service: '" + v.Service + "'."}
	}
	if s.Date != s.date[:8] {
		return &Error{WrongDate, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
			s.Date + "' != '" + s.date[:8] + "'."}
	}
	if err := v.checkTime(t); err != nil {
		return err
	}
	return s.checkSigned(r)
}

func (v *Verifier) checkTime(t time.Time) error {
	now, window := time.Now, v.Window
	if v.Now != nil {
		now = v.Now
	}
	if window == 0 {
		window = DefaultWindow
	}
	n := now().UTC()
	if n.Sub(t) > window {
		return &Error{Expired, fmt.Sprintf("Signature expired: %s is now earlier than %s (%s - %g min.)",
			t.Format(timeLayout), n.Add(-window).Format(timeLayout), n.Format(timeLayout), window.Minutes())}
	}
	if t.Sub(n) > window {
		return &Error{NotYetValid, fmt.Sprintf("Signature not yet current: %s is still later than %s (%s + %g min.)",
			t.Format(timeLayout), n.Add(window).Format(timeLayout), n.Format(timeLayout), window.Minutes())}
	}
	return nil
}

// checkSigned insists on host always, and on the date and the token when they travel in headers; in a query they are signed as they stand.
func (s *signature) checkSigned(r *http.Request) error {
	if !lists(s.headers, "host") {
		return unsigned("'Host' or ':authority'")
	}
	if s.Presigned {
		return nil
	}
	if !lists(s.headers, s.dateHeader) {
		return unsigned("The date")
	}
	if len(r.Header["X-Amz-Security-Token"]) > 0 && !lists(s.headers, "x-amz-security-token") {
		return unsigned("'X-Amz-Security-Token'")
	}
	return nil
}

func lists(headers, name string) bool {
	for h := range strings.SplitSeq(headers, ";") {
		if h == name {
			return true
		}
	}
	return false
}

func unsigned(what string) error {
	return &Error{Unsigned, what + " must be a 'SignedHeader' in the AWS Authorization."}
}

// checkPayload refuses an X-Amz-Content-Sha256 that is not the body's hash. Streaming values belong to S3, and no operation of ours is
// marked for UNSIGNED-PAYLOAD, so neither has a meaning here.
func checkPayload(r *http.Request, payload string) error {
	for _, h := range r.Header["X-Amz-Content-Sha256"] {
		if h != payload {
			return &Error{Mismatch, "The value of X-Amz-Content-Sha256 is not the SHA-256 of the request body."}
		}
	}
	return nil
}
