package identity_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func vault(t *testing.T, b byte) *identity.Vault {
	t.Helper()
	v, err := identity.NewVault(bytes.Repeat([]byte{b}, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealOpensForItsPurposeAndKeyOnly(t *testing.T) {
	t.Parallel()
	v := vault(t, 1)
	sealed := v.Seal([]byte("secret"), "a")
	if got, err := v.Open(sealed, "a"); err != nil || string(got) != "secret" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	if _, err := v.Open(sealed, "b"); !errors.Is(err, identity.ErrSeal) {
		t.Errorf("another purpose: %v", err)
	}
	if _, err := vault(t, 2).Open(sealed, "a"); !errors.Is(err, identity.ErrSeal) {
		t.Errorf("another key: %v", err)
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := v.Open(sealed, "a"); !errors.Is(err, identity.ErrSeal) {
		t.Errorf("changed bytes: %v", err)
	}
	if _, err := v.Open(nil, "a"); !errors.Is(err, identity.ErrSeal) {
		t.Errorf("no bytes: %v", err)
	}
}

func TestAVaultNeedsAWholeKey(t *testing.T) {
	t.Parallel()
	if _, err := identity.NewVault([]byte("short")); err == nil {
		t.Fatal("a short key was taken")
	}
}

func TestATokenCarriesItsSession(t *testing.T) {
	t.Parallel()
	v := vault(t, 1)
	want := identity.Session{
		KeyID: "ASIA", Secret: "s", ExpiresAt: time.Unix(9, 0).UTC(),
		Caller: org.Caller{Partition: org.AWS, AccountID: "012345678901", Kind: org.Role, Name: "r", Session: "x", Temporary: true, Admin: true},
		Terms: identity.Terms{
			IssuedAt: time.Unix(5, 0).UTC(), SourceIdentity: "ada", Tags: []org.Tag{{Key: "Team", Value: "blue"}, {Key: "env"}}, Transitive: []string{"Team"},
		},
	}
	token, err := v.Token(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := v.OpenToken(token)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if strings.Contains(token, "012345678901") {
		t.Error("the token can be read")
	}
	for name, bad := range map[string]string{"empty": "", "not base64": "%", "not sealed": "AAAA", "another server's": must(vault(t, 2).Token(want))} {
		if _, err := v.OpenToken(bad); org.ReasonOf(err) != org.TokenInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

func TestNamesOfCallers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want string }{
		{"a root's ARN", identity.ARN(org.Caller{Partition: org.AWS, AccountID: "1", Kind: org.RootUser}), "arn:aws:iam::1:root"},
		{"a user's ARN", identity.ARN(org.Caller{Partition: org.AWSGov, AccountID: "1", Kind: org.User, Name: "u", Path: "/x/"}), "arn:aws-us-gov:iam::1:user/x/u"},
		{"a session's ARN", identity.ARN(org.Caller{Partition: org.AWS, AccountID: "1", Kind: org.Role, Name: "r", Session: "s", Path: "/"}), "arn:aws:sts::1:assumed-role/r/s"},
		{"a root's id", identity.UserID(org.Caller{AccountID: "1", Kind: org.RootUser}), "1"},
		{"a user's id", identity.UserID(org.Caller{PrincipalID: "AIDA", Kind: org.User}), "AIDA"},
		{"a session's id", identity.UserID(org.Caller{PrincipalID: "AROA", Kind: org.Role, Session: "s"}), "AROA:s"},
		{"a root's URN", identity.URN(org.Caller{AccountID: "d", Kind: org.RootUser}), "iam::d:root"},
		{"a user's URN", identity.URN(org.Caller{AccountID: "d", Kind: org.User, Name: "u"}), "iam::d:user:u"},
		{"an agency session's URN", identity.URN(org.Caller{AccountID: "d", Kind: org.Role, Name: "a", Session: "s"}), "sts::d:assumed-agency:a/s"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}
