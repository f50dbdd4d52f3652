package pagetoken

import (
	"bytes"
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"testing"
)

var testKey = bytes.Repeat([]byte{7}, KeySize)

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{"", "awsorg/ListAccounts/o-a1b2c3d4e5/", "é\n\x00"} {
		for _, cursor := range []string{"", "a", "123456789012", "é\n\x00", strings.Repeat("x", 5000)} {
			got, err := New(testKey).Open(scope, New(testKey).Seal(scope, cursor))
			if err != nil || got != cursor {
				t.Errorf("Open(%q) of %q = %q, %v", scope, cursor, got, err)
			}
		}
	}
}

func TestTokenFitsAMarker(t *testing.T) {
	t.Parallel()
	marker := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{3,399}$`)
	s := New(testKey)
	for n := range 272 {
		if token := s.Seal("scope", strings.Repeat("\xff", n)); !marker.MatchString(token) {
			t.Fatalf("token of %d bytes = %q", n, token)
		}
	}
	if token := s.Seal("scope", strings.Repeat("x", 272)); len(token) <= 400 {
		t.Errorf("272 bytes fit as well, into %d", len(token))
	}
}

func TestTokenHidesTheCursor(t *testing.T) {
	t.Parallel()
	s := New(testKey)
	one, two := s.Seal("scope", "123456789012"), s.Seal("scope", "123456789012")
	if one == two {
		t.Error("two tokens of one cursor are equal")
	}
	raw, err := base64.RawURLEncoding.DecodeString(one)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte("1234")) {
		t.Errorf("the cursor is readable in %q", raw)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	s := New(testKey)
	good := s.Seal("scope", "cursor")
	for name, c := range map[string]struct{ scope, token string }{
		"another scope":              {"scope2", good},
		"a longer scope":             {"scope ", good},
		"an empty scope":             {"", good},
		"another key's token":        {"scope", New(bytes.Repeat([]byte{8}, KeySize)).Seal("scope", "cursor")},
		"an empty token":             {"scope", ""},
		"a token of one byte":        {"scope", "AQ"},
		"a token cut short":          {"scope", good[:len(good)-4]},
		"a token with a tail":        {"scope", good + "AAAA"},
		"a token with padding":       {"scope", good + "="},
		"a token with a line break":  {"scope", good[:8] + "\n" + good[8:]},
		"a token of another version": {"scope", "Ag" + good[2:]},
		"plain text":                 {"scope", "123456789012"},
		"text outside the alphabet":  {"scope", "ärger"},
	} {
		if cursor, err := s.Open(c.scope, c.token); cursor != "" || !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: Open = %q, %v, want ErrInvalid", name, cursor, err)
		}
	}
}

func TestOpenRefusesEveryChangedCharacter(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	s := New(testKey)
	for _, cursor := range []string{"a", "ab", "abc"} { // each length modulo three ends in other spare bits
		good := s.Seal("scope", cursor)
		for i := range len(good) {
			for _, c := range []byte(alphabet) {
				changed := good[:i] + string(c) + good[i+1:]
				if _, err := s.Open("scope", changed); changed != good && !errors.Is(err, ErrInvalid) {
					t.Errorf("Open of %q = %v, want ErrInvalid", changed, err)
				}
			}
		}
	}
}

func TestNewPanicsOnAShortKey(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("New took 31 bytes")
		}
	}()
	New(testKey[1:])
}

func FuzzOpen(f *testing.F) {
	s := New(testKey)
	f.Add("scope", s.Seal("another scope", "cursor"))
	f.Add("", "")
	f.Add("scope", "AQ")
	f.Add("scope", "AQ\n")
	f.Fuzz(func(t *testing.T, scope, token string) {
		if scope == "another scope" {
			return
		}
		if cursor, err := s.Open(scope, token); cursor != "" || !errors.Is(err, ErrInvalid) {
			t.Errorf("Open(%q, %q) = %q, %v", scope, token, cursor, err)
		}
	})
}
