package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// Terms are what a session was issued with beside its caller, as far as policies look at it. The zero Terms are those of long-term keys.
type Terms struct {
	IssuedAt       time.Time
	SourceIdentity string    `json:",omitempty"`
	Tags           []org.Tag `json:",omitempty"`
	Transitive     []string  `json:",omitempty"` // keys of the tags that the sessions behind this one have, too
}

// Present tells that there is a session.
func (t Terms) Present() bool { return !t.IssuedAt.IsZero() }

// Passed returns the tags that the sessions behind this one have, too.
func (t Terms) Passed() []org.Tag {
	return slices.DeleteFunc(slices.Clone(t.Tags), func(tag org.Tag) bool {
		return !slices.ContainsFunc(t.Transitive, func(key string) bool { return strings.EqualFold(key, tag.Key) })
	})
}

type termsKey struct{}

// Under returns ctx carrying the terms of the session that a request is sent in.
func Under(ctx context.Context, t Terms) context.Context {
	return context.WithValue(ctx, termsKey{}, t)
}

// TermsOf returns the terms in ctx, and the zero ones for a request by long-term keys and for what did not come in as a request.
func TermsOf(ctx context.Context) Terms {
	t, _ := ctx.Value(termsKey{}).(Terms)
	return t
}
