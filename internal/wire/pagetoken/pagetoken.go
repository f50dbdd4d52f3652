// Package pagetoken seals the place where a listing stopped into an opaque token, and opens the token when the client comes back.
//
// A token is bound to a scope, any text that says what is being listed, for whom and by which filters. It opens under that scope only, so a
// client can neither read a cursor, nor make one up, nor carry one into another listing. Tokens do not expire.
package pagetoken

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

// ErrInvalid says that a token was not sealed by this key for this scope. It does not say why.
var ErrInvalid = errors.New("page token is not valid here")

// KeySize is the length of the shortest key that New takes.
const KeySize = 32

// version opens every token. A zero in its upper six bits makes the text begin with a letter: a command line would take a leading '-' for
// an option.
const version = 1

var encoding = base64.RawURLEncoding.Strict()

// Sealer seals and opens tokens. It is safe for use by several goroutines.
type Sealer struct{ aead cipher.AEAD }

// New returns a Sealer whose key is derived from key. Servers with the same key open each other's tokens. It panics when key is shorter
// than KeySize: that is a fault of the program, not of a request.
func New(key []byte) *Sealer {
	if len(key) < KeySize {
		panic("pagetoken: key is too short")
	}
	derived, err := hkdf.Key(sha256.New, key, nil, "page token v1", KeySize)
	if err != nil {
		panic(err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return &Sealer{aead}
}

// Seal returns a token for cursor, a new one each time. It consists of letters, digits, '-' and '_', begins with a letter, and has
// (29 + len(cursor)) * 4/3 characters, rounded up; so 271 bytes of cursor fit into the 400 characters that Huawei allows a marker.
func (s *Sealer) Seal(scope, cursor string) string {
	b := make([]byte, 1, 1+len(cursor)+s.aead.Overhead())
	b[0] = version
	return encoding.EncodeToString(s.aead.Seal(b, nil, []byte(cursor), []byte(scope)))
}

// Open returns the cursor that was sealed for scope, or ErrInvalid.
func (s *Sealer) Open(scope, token string) (cursor string, err error) {
	// The decoder skips line breaks; one token has one spelling here.
	if strings.ContainsAny(token, "\r\n") {
		return "", ErrInvalid
	}
	b, err := encoding.DecodeString(token)
	if err != nil || len(b) == 0 || b[0] != version {
		return "", ErrInvalid
	}
	text, err := s.aead.Open(nil, nil, b[1:], []byte(scope))
	if err != nil {
		return "", ErrInvalid
	}
	return string(text), nil
}
