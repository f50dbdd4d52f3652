package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

// KeySize is the length of a server key in bytes.
const KeySize = 32

// ErrSeal says that sealed bytes were made under another key, for another purpose, or were changed.
var ErrSeal = errors.New("identity: the seal is broken")

// A Vault seals bytes with AES-256-GCM under the server's key. What is sealed for one purpose opens for that purpose only.
type Vault struct {
	aead   cipher.AEAD
	tokens []byte
}

// NewVault makes a vault of a server key of KeySize bytes. Purposes have keys of their own, derived from it.
func NewVault(key []byte) (*Vault, error) {
	if len(key) != KeySize {
		return nil, errors.New("identity: a server key has 32 bytes")
	}
	seal, err := hkdf.Key(sha256.New, key, nil, "polity seal", KeySize)
	if err != nil {
		return nil, err
	}
	tokens, err := hkdf.Key(sha256.New, key, nil, "polity page tokens", KeySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(seal)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &Vault{aead: aead, tokens: tokens}, nil
}

// PageTokenKey returns the key under which page tokens are sealed.
func (v *Vault) PageTokenKey() []byte { return v.tokens }

// Seal encrypts plain for a purpose, such as "secret of AKIA…".
func (v *Vault) Seal(plain []byte, purpose string) []byte {
	nonce := make([]byte, v.aead.NonceSize(), v.aead.NonceSize()+len(plain)+v.aead.Overhead())
	rand.Read(nonce)
	return v.aead.Seal(nonce, nonce, plain, []byte(purpose))
}

// Open returns what was sealed for the purpose, or ErrSeal.
func (v *Vault) Open(sealed []byte, purpose string) ([]byte, error) {
	n := v.aead.NonceSize()
	if len(sealed) < n {
		return nil, ErrSeal
	}
	plain, err := v.aead.Open(nil, sealed[:n], sealed[n:], []byte(purpose))
	if err != nil {
		return nil, ErrSeal
	}
	return plain, nil
}
