package identity

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// A Session is what temporary credentials stand for. It travels inside its own token, sealed, and is stored nowhere: it cannot be called
// back, and it ends with its time or with the server's key.
type Session struct {
	KeyID     org.KeyID
	Secret    string
	Caller    org.Caller
	ExpiresAt time.Time
	Terms
}

const sessionPurpose = "session"

// Token seals the session into a text that a client sends back with each request.
func (v *Vault) Token(s Session) (string, error) {
	plain, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(v.Seal(plain, sessionPurpose)), nil
}

// OpenToken returns the session of a token, expired or not. It fails with TokenInvalid for anything that this server did not issue.
func (v *Vault) OpenToken(token string) (Session, error) {
	sealed, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return Session{}, org.E(org.TokenInvalid)
	}
	plain, err := v.Open(sealed, sessionPurpose)
	if err != nil {
		return Session{}, org.E(org.TokenInvalid)
	}
	var s Session
	if err := json.Unmarshal(plain, &s); err != nil {
		return Session{}, org.E(org.TokenInvalid)
	}
	return s, nil
}
