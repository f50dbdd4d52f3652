package gate_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

const body = "Action=GetCallerIdentity"

func post(t *testing.T) *http.Request { return newRequest(t.Context()) }

func newRequest(ctx context.Context) *http.Request {
	return httptest.NewRequestWithContext(ctx, "POST", "http://127.0.0.1:4650/", strings.NewReader(body))
}

func get(t *testing.T) *http.Request {
	return httptest.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1:4650/v3/projects?name=cn-north-4", http.NoBody)
}

// caller asks a gate about a request.
func caller(t *testing.T, auth gate.Authenticate, r *http.Request, body string) (org.Caller, error) {
	t.Helper()
	c := &call.Call{}
	ctx, err := auth(call.With(r.Context(), c), r, []byte(body))
	if err != nil {
		if c.Account != "" {
			t.Errorf("the account %s was named although it was refused", c.Account)
		}
		return org.Caller{}, err
	}
	who := identity.Caller(ctx)
	if c.Account != string(who.AccountID) {
		t.Errorf("the request log names %q, the caller is of %q", c.Account, who.AccountID)
	}
	return who, nil
}

func session(t *testing.T, w *gatetest.World, c org.Caller) gatetest.Key {
	t.Helper()
	issued, err := w.SessionToken(t.Context(), c, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return gatetest.KeyOfIssued(issued)
}

func TestAWSVerifiesWhoCalls(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	user := w.Mint(org.AWS, "111111111111")
	stranger := w.Mint(org.Huawei, "")
	key, temporary := gatetest.KeyOf(user), session(t, w, user.Caller)
	expiring := session(t, w, user.Caller)
	g := gate.New(w.Plane, gate.Verify, gatetest.Wall)
	soft := gate.New(w.Plane, gate.Soft, gatetest.Wall)
	without := func(k gatetest.Key) gatetest.Key { return gatetest.Key{ID: k.ID, Secret: k.Secret} }
	with := func(k gatetest.Key, token string) gatetest.Key {
		k.Token = token
		return k
	}
	w.Move(time.Minute)
	for _, tt := range []struct {
		name    string
		key     gatetest.Key
		service string
		at      time.Duration
		spoil   func(*http.Request)
		want    org.Reason
		detail  string
	}{
		{name: "a long-term key is its user", key: key},
		{name: "a temporary key with its token is its session", key: temporary},
		{name: "a signature at the edge of the window is current", key: key, at: -15 * time.Minute},
		{name: "no signature", key: key, spoil: func(r *http.Request) { r.Header.Del("Authorization") }, want: org.CredentialsMissing, detail: "missing Authentication Token"},
		{name: "another scheme", key: key, spoil: func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, want: org.SignatureForeign},
		{name: "half a signature", key: key, spoil: func(r *http.Request) { r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e") }, want: org.SignatureIncomplete},
		{name: "a changed host", key: key, spoil: func(r *http.Request) { r.Host = "elsewhere" }, want: org.SignatureWrong, detail: "does not match"},
		{name: "another secret", key: gatetest.Key{ID: key.ID, Secret: "x"}, want: org.SignatureWrong},
		{name: "signed for another service", key: key, service: "iam", want: org.ScopeWrong, detail: "'sts'"},
		{name: "signed too long ago", key: key, at: -15*time.Minute - time.Second, want: org.SignatureExpired, detail: "Signature expired: "},
		{name: "signed in the future", key: key, at: 15*time.Minute + time.Second, want: org.SignatureNotYet, detail: "Signature not yet current: "},
		{name: "an unknown key", key: gatetest.Key{ID: "AKIAIOSFODNN7EXAMPLE", Secret: "x"}, want: org.KeyUnknown, detail: "The security token included"},
		{name: "twelve digits are no key", key: gatetest.Key{ID: "111111111111", Secret: "x"}, want: org.KeyUnknown},
		{name: "an inactive key", key: w.InactiveKey(user.Caller, "AKIAINACTIVE00000001", "x"), want: org.KeyUnknown},
		{name: "a key of the other cloud", key: gatetest.KeyOf(stranger), want: org.KeyUnknown},
		{name: "a session of the other cloud", key: with(gatetest.Key{ID: "ASIAOTHER00000000001", Secret: "x"}, w.Token(stranger.Caller, gatetest.Key{ID: "ASIAOTHER00000000001", Secret: "x"}, time.Hour)), want: org.KeyUnknown},
		{name: "a temporary key without its token", key: without(temporary), want: org.TokenInvalid},
		{name: "a temporary key with a made-up token", key: with(temporary, "FwoGZXIvYXdzEJr"), want: org.TokenInvalid},
		{name: "a temporary key with another key's token", key: with(temporary, expiring.Token), want: org.TokenInvalid},
		{name: "a long-term key with a token", key: with(key, temporary.Token), want: org.TokenInvalid, detail: "The security token included in the request is invalid."},
		{name: "a session that is over", key: with(gatetest.Key{ID: "ASIAOVER000000000001", Secret: "x"}, w.Token(user.Caller, gatetest.Key{ID: "ASIAOVER000000000001", Secret: "x"}, 0)), want: org.SessionExpired, detail: "expired"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for mode, g := range map[gate.Mode]*gate.Gate{gate.Verify: g, gate.Soft: soft} {
				r := post(t)
				service := "sts"
				if tt.service != "" {
					service = tt.service
				}
				gatetest.AWS(r, body, tt.key, "us-east-1", service, gatetest.Start.Add(tt.at))
				if tt.spoil != nil {
					tt.spoil(r)
				}
				who, err := caller(t, g.AWS("sts"), r, body)
				if org.ReasonOf(err) != tt.want || err != nil && !strings.Contains(org.AsError(err).Detail, tt.detail) {
					t.Fatalf("%s: %v, want %s with %q", mode, err, tt.want, tt.detail)
				}
				if err == nil && (who.AccountID != user.Caller.AccountID || who.PrincipalID != user.Caller.PrincipalID || who.Temporary != (tt.key.Token != "")) {
					t.Errorf("%s: %+v", mode, who)
				}
			}
		})
	}
}

func TestTheClockOfThePlaneEndsSessionsAndNotSignatures(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	user := w.Mint(org.AWS, "")
	temporary := session(t, w, user.Caller)
	auth := gate.New(w.Plane, gate.Verify, gatetest.Wall).AWS("sts")
	ask := func(k gatetest.Key) error {
		r := post(t)
		gatetest.AWS(r, body, k, "eu-west-1", "sts", gatetest.Start)
		_, err := caller(t, auth, r, body)
		return err
	}
	if err := ask(temporary); err != nil {
		t.Fatal(err)
	}
	w.Move(time.Hour - time.Second)
	if err := ask(temporary); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	w.Move(time.Second)
	if err := ask(temporary); org.ReasonOf(err) != org.SessionExpired {
		t.Errorf("at its end: %v", err)
	}
	w.Move(90 * 24 * time.Hour)
	if err := ask(gatetest.KeyOf(user)); err != nil {
		t.Errorf("a long-term key after the clock was moved: %v", err)
	}
}

func TestTheErrorOfTheWireIsInside(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	_, err := gate.New(w.Plane, gate.Verify, gatetest.Wall).AWS("sts")(t.Context(), post(t), nil)
	if !sigv4.IsKind(err, sigv4.Missing) {
		t.Fatal(err)
	}
}

func TestAStoreThatFailsIsNoFaultOfTheCaller(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	key := gatetest.KeyOf(w.Mint(org.AWS, ""))
	for _, mode := range gate.Modes {
		r := post(t)
		gatetest.AWS(r, body, key, "us-east-1", "sts", gatetest.Start)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := gate.New(w.Plane, mode, gatetest.Wall).AWS("sts")(gone, r, []byte(body))
		if org.AsError(err).Kind() != org.Internal || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", mode, err)
		}
	}
}
