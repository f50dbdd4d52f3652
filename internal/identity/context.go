package identity

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

type callerKey struct{}

// With returns ctx carrying the proven caller of a request.
func With(ctx context.Context, c org.Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// Caller returns the caller of ctx. It panics when there is none: a handler that runs before authentication is a mistake of ours.
func Caller(ctx context.Context) org.Caller {
	return ctx.Value(callerKey{}).(org.Caller)
}
