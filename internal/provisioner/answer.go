package provisioner

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/polity-cloud/polity/internal/org"
)

const (
	bodyMost   = 4 << 10 // bytes read of an answer
	reasonMost = 300     // characters kept of a reason
	pauseMost  = 5 * time.Second
)

// answer is what the outside said.
type answer struct {
	status     int
	reason     string        // for people, of a refusal
	retryAfter time.Duration // zero when none is demanded, or one that is too long to be waited for here
}

func read(r *http.Response) answer {
	a := answer{status: r.StatusCode}
	// A body that breaks off takes nothing away from its status.
	body, _ := io.ReadAll(io.LimitReader(r.Body, bodyMost))
	a.reason = reason(body)
	if seconds, err := strconv.Atoi(r.Header.Get("Retry-After")); err == nil && seconds > 0 && seconds <= int(pauseMost/time.Second) {
		a.retryAfter = time.Duration(seconds) * time.Second
	}
	return a
}

func (a answer) done() bool { return a.status >= 200 && a.status < 300 }

// again reports whether the same message may meet a better answer later.
func (a answer) again() bool {
	switch a.status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return a.status >= 500
}

func (a answer) refused() bool { return a.status >= 400 && a.status < 500 && !a.again() }

func (a answer) provisioned() error {
	switch {
	case a.done():
		return nil
	case a.refused():
		return org.Fail(org.FailInternal, a.reason)
	}
	return fmt.Errorf("the provisioner answers %d", a.status)
}

// deprovisioned takes it for done when the outside knows nothing of the account, for it may never have heard of it.
func (a answer) deprovisioned() error {
	if a.done() || a.status == http.StatusNotFound || a.status == http.StatusGone {
		return nil
	}
	return fmt.Errorf("the provisioner answers %d", a.status)
}

// reason is the member "reason" of a JSON body, or else the body's text, in one bounded line.
func reason(body []byte) string {
	text := string(body)
	var said struct {
		Reason string `json:"reason"`
	}
	if json.Unmarshal(body, &said) == nil {
		text = said.Reason
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	line := []rune(strings.Join(strings.Fields(text), " "))
	return string(line[:min(len(line), reasonMost)])
}
