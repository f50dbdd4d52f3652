package identity

import "context"

// An Origin is where a request comes from, as far as policies look at it.
type Origin struct {
	Address string // of the client, without a port
	Agent   string
	Referer string
	Secure  bool   // it came over TLS
	Request string // the request's id
}

type originKey struct{}

// From returns ctx carrying the origin of a request.
func From(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf returns the origin in ctx, and false for what did not come in as a request.
func OriginOf(ctx context.Context) (Origin, bool) {
	o, ok := ctx.Value(originKey{}).(Origin)
	return o, ok
}
