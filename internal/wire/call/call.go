// Package call holds what one request turned out to be: its id, and the API, operation, caller and error code that the layers below the
// listener learn on the way. The listener puts a Call into the context, the protocol fills it in, the request log and the metrics read it.
package call

import "context"

// Call describes one request. It is written by the one goroutine that serves the request, and read after the answer was written.
type Call struct {
	RequestID string // unique, in every answer; a UUID
	API       string // the cloud API that took the request, such as "awsorg"; empty when none did
	Operation string // the contract's name of the operation; empty until it is known
	Account   string // the caller's account; empty until the caller is known
	Code      string // the wire's error code; empty for a success
	Err       error  // the cause behind an internal fault, for the log only
}

// EncodedMessage is the header, our own, in which denials of AWS's APIs carry their encoded authorization message; their bodies have no place for one.
const EncodedMessage = "X-Polity-Encoded-Authorization-Message"

type key struct{}

// With returns ctx carrying c.
func With(ctx context.Context, c *Call) context.Context { return context.WithValue(ctx, key{}, c) }

// From returns the Call of ctx. Outside a request it returns a fresh one, so that callers never test for nil.
func From(ctx context.Context) *Call {
	if c, ok := ctx.Value(key{}).(*Call); ok {
		return c
	}
	return &Call{}
}
