package identity_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func TestATokenWithoutTermsOpens(t *testing.T) {
	t.Parallel()
	v := vault(t, 1)
	const plain = `{"KeyID":"ASIA","Secret":"s","Caller":{"AccountID":"012345678901","Temporary":true},"IssuedAt":"2026-01-15T08:30:00Z","ExpiresAt":"2026-01-15T09:30:00Z"}`
	got, err := v.OpenToken(base64.StdEncoding.EncodeToString(v.Seal([]byte(plain), "session")))
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC); !got.IssuedAt.Equal(want) || !got.Present() || got.Caller.AccountID != "012345678901" || got.ExpiresAt.Sub(want) != time.Hour {
		t.Errorf("%+v", got)
	}
	if got.SourceIdentity != "" || got.Tags != nil || got.Transitive != nil {
		t.Errorf("%+v", got.Terms)
	}
}

func TestATokenGrowsByItsTagsAlone(t *testing.T) {
	t.Parallel()
	v := vault(t, 1)
	size := func(terms identity.Terms) int { return len(must(v.Token(identity.Session{Terms: terms}))) }
	bare := size(identity.Terms{IssuedAt: time.Unix(5, 0).UTC()})
	full := identity.Terms{IssuedAt: time.Unix(5, 0).UTC()}
	for range 50 {
		full.Tags = append(full.Tags, org.Tag{Key: strings.Repeat("k", 128), Value: strings.Repeat("v", 256)})
	}
	if bare > 512 {
		t.Errorf("a token of nobody has %d characters", bare)
	}
	if got := size(full); got-bare > 50*(128+256+32)*4/3 {
		t.Errorf("a token with all tags has %d characters", got)
	}
}

func TestTransitiveTagsArePassedOnWhateverTheCaseOfTheirKeys(t *testing.T) {
	t.Parallel()
	terms := identity.Terms{Tags: []org.Tag{{Key: "Team", Value: "blue"}, {Key: "env", Value: "prod"}, {Key: "cost"}}, Transitive: []string{"team", "COST"}}
	if got, want := terms.Passed(), []org.Tag{{Key: "Team", Value: "blue"}, {Key: "cost"}}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if len(terms.Tags) != 3 || terms.Tags[1].Key != "env" {
		t.Errorf("the terms changed: %v", terms.Tags)
	}
	if ctx := t.Context(); (identity.Terms{}).Present() || len(identity.TermsOf(ctx).Tags) != 0 || len(identity.TermsOf(identity.Under(ctx, terms)).Tags) != 3 {
		t.Error("a request has the terms of its own session alone")
	}
}
