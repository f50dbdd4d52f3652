package identity

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAMessageOpensForTheServerThatSealedItAlone(t *testing.T) {
	t.Parallel()
	vaults := make([]*Vault, 2)
	for i := range vaults {
		v, err := NewVault(bytes.Repeat([]byte{byte(i)}, KeySize))
		if err != nil {
			t.Fatal(err)
		}
		vaults[i] = v
	}
	want := Denial{AccountID: "111111111111", At: time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC), Document: `{"allowed":false}`}
	message, err := vaults[0].Message(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := vaults[0].OpenMessage(message); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if strings.Contains(message, "111111111111") {
		t.Error("the message can be read")
	}
	session, err := vaults[0].Token(Session{Secret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	for says, wrong := range map[string]string{
		"nothing": "", "no base64": message + "\n!", "a changed one": "A" + message[1:], "a piece": message[:40], "a session": session,
	} {
		if strings.HasPrefix(message, "A") && says == "a changed one" {
			wrong = "B" + message[1:]
		}
		if _, err := vaults[0].OpenMessage(wrong); org.ReasonOf(err) != org.MessageInvalid {
			t.Errorf("%s: %v", says, err)
		}
	}
	if _, err := vaults[1].OpenMessage(message); org.ReasonOf(err) != org.MessageInvalid {
		t.Errorf("another server's: %v", err)
	}
}
