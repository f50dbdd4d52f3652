package gate_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

func TestHuaweiVerifiesWhoCalls(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	user := w.Mint(org.Huawei, "d0000000000000000000000000000001")
	stranger := w.Mint(org.AWS, "")
	key, temporary, other := gatetest.KeyOf(user), session(t, w, user.Caller), session(t, w, user.Caller)
	g := gate.New(w.Plane, gate.Verify, gatetest.Wall)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	instead := func(token string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Del("Authorization")
			r.Header.Set("X-Auth-Token", token)
		}
	}
	noKey := gatetest.Key{}
	for _, tt := range []struct {
		name   string
		key    gatetest.Key
		at     time.Duration
		spoil  func(*http.Request)
		want   org.Reason
		detail string
	}{
		{name: "a long-term key is its user", key: key},
		{name: "a temporary key with its token is its session", key: temporary},
		{name: "the account's own X-Domain-Id", key: key, spoil: header("X-Domain-Id", "d0000000000000000000000000000001")},
		{name: "another X-Domain-Id", key: key, spoil: header("X-Domain-Id", "d0000000000000000000000000000002"), want: org.ScopeWrong, detail: "X-Domain-Id"},
		{name: "an X-Project-Id says nothing", key: key, spoil: header("X-Project-Id", "p")},
		{name: "an X-Auth-Token alone", key: key, spoil: instead(w.Token(user.Caller, noKey, time.Hour))},
		{name: "a signature goes before an X-Auth-Token", key: key, spoil: header("X-Auth-Token", "nonsense")},
		{name: "a made-up X-Auth-Token", key: key, spoil: instead("MIIDkgYJKoZIhvcNAQcCoIIDgzCCA38CAQExDTALBglghkgBZQMEAgEw"), want: org.TokenInvalid, detail: "decrypt token fail"},
		{name: "an X-Auth-Token that is over", key: key, spoil: instead(w.Token(user.Caller, noKey, 0)), want: org.SessionExpired},
		{name: "an X-Auth-Token of the other cloud", key: key, spoil: instead(w.Token(stranger.Caller, noKey, time.Hour)), want: org.TokenInvalid},
		{name: "a security token is no X-Auth-Token", key: key, spoil: instead(temporary.Token), want: org.TokenInvalid},
		{name: "an X-Auth-Token with another X-Domain-Id", key: key, spoil: func(r *http.Request) {
			instead(w.Token(user.Caller, noKey, time.Hour))(r)
			r.Header.Set("X-Domain-Id", "x")
		}, want: org.ScopeWrong},
		{name: "nothing", key: key, spoil: func(r *http.Request) { r.Header.Del("Authorization") }, want: org.CredentialsMissing},
		{name: "another scheme", key: key, spoil: header("Authorization", "Basic eDp5"), want: org.SignatureForeign},
		{name: "a changed query", key: key, spoil: func(r *http.Request) { r.URL.RawQuery = "name=cn-north-1" }, want: org.SignatureWrong, detail: "verify aksk signature fail"},
		{name: "another secret", key: gatetest.Key{ID: key.ID, Secret: "x"}, want: org.SignatureWrong},
		{name: "signed too long ago", key: key, at: -16 * time.Minute, want: org.SignatureExpired, detail: "signature expired"},
		{name: "signed in the future", key: key, at: 16 * time.Minute, want: org.SignatureNotYet},
		{name: "an unknown key", key: gatetest.Key{ID: "NOSUCHKEY", Secret: "x"}, want: org.KeyUnknown, detail: "ak NOSUCHKEY not exist"},
		{name: "a domain id is no key", key: gatetest.Key{ID: "d0000000000000000000000000000001", Secret: "x"}, want: org.KeyUnknown},
		{name: "an inactive key", key: w.InactiveKey(user.Caller, "HPUINACTIVE000000001", "x"), want: org.KeyUnknown},
		{name: "a key of the other cloud", key: gatetest.KeyOf(stranger), want: org.KeyUnknown},
		{name: "a temporary key without its token", key: gatetest.Key{ID: temporary.ID, Secret: temporary.Secret}, want: org.TokenInvalid},
		{name: "a temporary key with another key's token", key: gatetest.Key{ID: temporary.ID, Secret: temporary.Secret, Token: other.Token}, want: org.TokenInvalid},
		{name: "a long-term key with a token", key: gatetest.Key{ID: key.ID, Secret: key.Secret, Token: temporary.Token}, want: org.TokenInvalid},
		{name: "a session that is over", key: gatetest.Key{ID: "HSTOVER0000000000001", Secret: "x", Token: w.Token(user.Caller, gatetest.Key{ID: "HSTOVER0000000000001", Secret: "x"}, 0)}, want: org.SessionExpired},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := get(t)
			gatetest.Huawei(r, "", tt.key, gatetest.Start.Add(tt.at))
			if tt.spoil != nil {
				tt.spoil(r)
			}
			who, err := caller(t, g.Huawei(), r, "")
			if org.ReasonOf(err) != tt.want || err != nil && !strings.Contains(org.AsError(err).Detail, tt.detail) {
				t.Fatalf("%v, want %s with %q", err, tt.want, tt.detail)
			}
			if err == nil && (who.AccountID != user.Caller.AccountID || who.PrincipalID != user.Caller.PrincipalID) {
				t.Errorf("%+v", who)
			}
		})
	}
}

func TestAKeyIsProvenByItsSecretAlone(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	user, stranger := w.Mint(org.Huawei, ""), w.Mint(org.AWS, "")
	g := gate.New(w.Plane, gate.Verify, gatetest.Wall)
	for _, tt := range []struct {
		name, key, secret string
		want              org.Reason
	}{
		{"the right secret", string(user.KeyID), user.Secret, ""},
		{"another secret", string(user.KeyID), stranger.Secret, org.SignatureWrong},
		{"no secret", string(user.KeyID), "", org.SignatureWrong},
		{"an unknown key", "x", user.Secret, org.KeyUnknown},
		{"a key of the other cloud", string(stranger.KeyID), stranger.Secret, org.KeyUnknown},
		{"a temporary key", session(t, w, user.Caller).ID, "x", org.TokenInvalid},
	} {
		c, err := g.HuaweiKey(t.Context(), tt.key, tt.secret)
		if org.ReasonOf(err) != tt.want || err == nil && c != user.Caller {
			t.Errorf("%s: %v %+v", tt.name, err, c)
		}
	}
	if _, err := g.HuaweiPassword(t.Context(), string(user.Caller.AccountID)); org.ReasonOf(err) != org.KeyUnknown {
		t.Errorf("a password: %v", err)
	}
}
