package gate

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// Mode says how much callers have to prove.
type Mode string

// The modes.
const (
	Verify Mode = "verify" // signatures are checked and policies enforced
	Soft   Mode = "soft"   // signatures are checked; denials by policy are logged only
	Open   Mode = "open"   // nothing is checked
)

// Modes lists the modes, the strictest first.
var Modes = []Mode{Verify, Soft, Open}

// An Authenticate finds out who sent a request, whose body was read, and returns ctx with the caller in it (identity.Caller). It also names
// the account in the request's call.Call. Its errors carry a Reason of who is calling, and a Detail in the cloud's own words; the wire
// package's error is inside.
type Authenticate = func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

// Gate tells who is calling. It is safe for concurrent use.
type Gate struct {
	plane *controlplane.Plane
	mode  Mode
	now   func() time.Time
	keys  keyCache
}

// New makes a gate. Now is the wall clock, against which signatures are held.
func New(plane *controlplane.Plane, mode Mode, now func() time.Time) *Gate {
	return &Gate{plane: plane, mode: mode, now: now, keys: keyCache{plane: plane, tick: time.Now}}
}

// enter puts a proven caller, the terms of its session and where it calls from into the context.
func enter(ctx context.Context, r *http.Request, by controlplane.Credentials) context.Context {
	call.From(ctx).Account = string(by.Caller.AccountID)
	from := identity.Origin{Address: r.RemoteAddr, Agent: r.UserAgent(), Referer: r.Referer(), Secure: r.TLS != nil, Request: call.From(ctx).RequestID}
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		from.Address = host
	}
	// Also none are put there: what is inside of a request, such as a token, may prove another caller than its signature did.
	ctx = identity.Under(ctx, by.Terms)
	return identity.From(identity.With(ctx, by.Caller), from)
}
