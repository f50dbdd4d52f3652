package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// keyID names a signing key by all it is derived from, and by its access key. With the secret in it, a changed secret finds no old key.
type keyID struct{ accessKeyID, date, region, service, secret string }

type signKey [sha256.Size]byte

// signingKey derives the key of one day, region and service from the secret.
func signingKey(id keyID) signKey {
	k := []byte("AWS4" + id.secret)
	for _, part := range [...]string{id.date, id.region, id.service, terminator} {
		k = mac(k, []byte(part))
	}
	return signKey(k)
}

func sign(k signKey, text []byte) string { return hex.EncodeToString(mac(k[:], text)) }

func mac(key, text []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(text)
	return h.Sum(nil)
}

// maxKeys bounds the cache; a key takes some 300 bytes.
const maxKeys = 4096

// keyCache keeps derived keys. A full cache starts anew: yesterday's keys go with it, and deriving one costs two microseconds.
type keyCache struct {
	mu   sync.RWMutex
	keys map[keyID]signKey
}

func (c *keyCache) get(id keyID) (signKey, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k, ok := c.keys[id]
	return k, ok
}

func (c *keyCache) put(id keyID, k signKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.keys == nil || len(c.keys) >= maxKeys {
		c.keys = make(map[keyID]signKey)
	}
	c.keys[id] = k
}
