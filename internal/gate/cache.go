package gate

import (
	"context"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	// keyLife is how long a key is taken from memory: a key that was made inactive, here or on another replica, works for a second
	// longer at most. Reading it costs some 25 µs, checking a signature 3.
	keyLife = time.Second

	// maxKeys bounds the cache. A full one starts anew, which costs each key one read.
	maxKeys = 4096
)

// keyCache keeps long-term keys that the store just had. What the store did not have is asked for again each time, so that a new key works at
// once.
type keyCache struct {
	plane *controlplane.Plane
	tick  func() time.Time // monotonic: neither clock of the server that may stand still or be moved

	mu    sync.RWMutex
	round int // how often Forget was called
	keys  map[org.KeyID]keptKey
}

type keptKey struct {
	controlplane.Credentials
	until time.Time
}

func (c *keyCache) credentials(ctx context.Context, id org.KeyID) (controlplane.Credentials, error) {
	now := c.tick()
	c.mu.RLock()
	kept, ok := c.keys[id]
	round := c.round
	c.mu.RUnlock()
	if ok && now.Before(kept.until) {
		return kept.Credentials, nil
	}
	found, err := c.plane.Credentials(ctx, id)
	if err != nil {
		return controlplane.Credentials{}, err
	}
	c.keep(found, now.Add(keyLife), round)
	return found, nil
}

// keep stores a key unless Forget was called since it was read.
func (c *keyCache) keep(found controlplane.Credentials, until time.Time, round int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if round != c.round {
		return
	}
	if c.keys == nil || len(c.keys) >= maxKeys {
		c.keys = make(map[org.KeyID]keptKey)
	}
	c.keys[found.KeyID] = keptKey{found, until}
}

// Forget drops the keys that the gate remembers. A server calls it when it empties its store.
func (g *Gate) Forget() {
	g.keys.mu.Lock()
	defer g.keys.mu.Unlock()
	g.keys.round++
	g.keys.keys = nil
}
