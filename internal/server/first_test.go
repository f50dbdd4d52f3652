package server

import (
	"bytes"
	"encoding/base64"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func key(b byte) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, identity.KeySize))
}

func TestFirstCredentialsComeOnce(t *testing.T) {
	t.Parallel()
	c := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
	s := open(t, c)
	first := s.First
	shut(t, s)
	if len(first.Accounts) != 2 || first.Accounts[0].Caller.Partition != org.AWS || first.Accounts[1].Caller.Partition != org.Huawei {
		t.Fatalf("%+v", first)
	}
	if !regexp.MustCompile("^[0-9a-f]{32}$").MatchString(first.OperatorToken) {
		t.Errorf("the operator's token %s is not 16 bytes in hex, which every command line takes", first.OperatorToken)
	}
	again := open(t, c)
	defer shut(t, again)
	if len(again.First.Accounts) != 0 || again.First.OperatorToken != "" {
		t.Errorf("again: %+v", again.First)
	}
	if again.config.OperatorToken != first.OperatorToken {
		t.Error("the operator's token changed")
	}
	for _, want := range first.Accounts {
		if got, err := again.plane.Credentials(t.Context(), want.KeyID); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestGivenCredentialsAreTakenAndNotRepeated(t *testing.T) {
	t.Parallel()
	c := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
	c.AWS = FirstKey{AccountID: "000000000042", KeyID: "AKIAGIVEN", Secret: "given"}
	c.OperatorToken = "given-too"
	s := open(t, c)
	defer shut(t, s)
	if len(s.First.Accounts) != 1 || s.First.Accounts[0].Caller.Partition != org.Huawei || s.First.OperatorToken != "" {
		t.Errorf("%+v", s.First)
	}
	if got, err := s.plane.Credentials(t.Context(), "AKIAGIVEN"); err != nil || got.Secret != "given" || got.Caller.AccountID != "000000000042" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestADatabaseOpensUnderItsOwnKeyOnly(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		before, after string
		ok            bool
	}{
		"the same key":             {key(1), key(1), true},
		"kept in the database":     {"", "", true},
		"another key":              {key(1), key(2), false},
		"a key after one was kept": {"", key(1), false},
		"none after one was given": {key(1), "", false},
	} {
		config := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
		config.Key = c.before
		s := open(t, config)
		shut(t, s)
		config.Key = c.after
		s, err := Open(t.Context(), config, "127.0.0.1:0")
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", says, err)
		}
		if err == nil {
			shut(t, s)
		} else if !strings.Contains(err.Error(), "another server key") {
			t.Errorf("%s: it does not say why: %v", says, err)
		}
	}
}

func TestTheSecretsAreSealedInTheFile(t *testing.T) {
	t.Parallel()
	c := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
	c.Key = key(1)
	s := open(t, c)
	defer shut(t, s)
	for _, a := range s.First.Accounts {
		if plain := fileText(t, c.Database); strings.Contains(plain, a.Secret) || strings.Contains(plain, s.First.OperatorToken) {
			t.Error("a secret can be read in the file")
		}
	}
}

func TestOpenModeOfADurableServerWarns(t *testing.T) {
	t.Parallel()
	for mode, warns := range map[gate.Mode]bool{gate.Open: true, gate.Soft: false, gate.Verify: false} {
		var log bytes.Buffer
		c := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
		c.Auth, c.Log = mode, slog.New(slog.NewTextHandler(&log, nil))
		shut(t, open(t, c))
		if got := strings.Contains(log.String(), "open mode asks for no signature"); got != warns {
			t.Errorf("%s: %s", mode, &log)
		}
	}
}
