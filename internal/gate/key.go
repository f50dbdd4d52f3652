package gate

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// key returns the secret and the owner of a key. A temporary key has them in its token, and a long-term key with a token is as unknown as a
// temporary one without (STS, observed for the Query protocol).
func (g *Gate) key(ctx context.Context, key org.KeyID, token string, temporary bool) (controlplane.Credentials, error) {
	switch {
	case !temporary && token == "":
		return g.keys.credentials(ctx, key)
	case temporary && token != "":
		return g.plane.Session(key, token)
	}
	return controlplane.Credentials{}, org.E(org.TokenInvalid)
}
