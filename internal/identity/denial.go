package identity

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// A Denial tells how a request came to be denied. It travels inside the denial's own message, sealed, because it says more than whoever was denied may
// know, and is stored nowhere.
type Denial struct {
	AccountID org.AccountID `json:"a"` // of the principal that was denied
	At        time.Time     `json:"t"`
	Document  string        `json:"d"` // JSON
}

const denialPurpose = "denial"

// Message seals the denial into a text.
func (v *Vault) Message(d Denial) (string, error) {
	plain, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(v.Seal(plain, denialPurpose)), nil
}

// OpenMessage returns the denial of a message, however old. It fails with MessageInvalid for anything that this server did not seal as one.
func (v *Vault) OpenMessage(message string) (Denial, error) {
	invalid := org.Errorf(org.MessageInvalid, "the message is none of this server's")
	sealed, err := base64.StdEncoding.DecodeString(message)
	if err != nil {
		return Denial{}, invalid
	}
	plain, err := v.Open(sealed, denialPurpose)
	if err != nil {
		return Denial{}, invalid
	}
	var d Denial
	if err := json.Unmarshal(plain, &d); err != nil {
		return Denial{}, invalid
	}
	return d, nil
}
