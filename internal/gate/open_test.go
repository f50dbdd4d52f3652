package gate_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

const made = org.AccountID("222222222222")

func TestOpenModeFindsTheAWSAccount(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, true)
	user, stranger := w.Mint(org.AWS, made), w.Mint(org.Huawei, "")
	temporary := session(t, w, user.Caller)
	over := gatetest.Key{ID: "ASIAOVER000000000001"}
	over.Token = w.Token(user.Caller, over, 0)
	nowhere := user.Caller
	nowhere.AccountID = "333333333333"
	entered := gatetest.Key{ID: "ASIAENTERED000000001"}
	entered.Token = w.Token(nowhere, entered, time.Hour)
	theirs := session(t, w, stranger.Caller)
	encoded := string(w.Plane.Mint.Key(org.RulesOf(org.AWS), made, false))
	foreign := string(w.Plane.Mint.Key(org.RulesOf(org.AWS), "444444444444", true))
	auth := gate.New(w.Plane, gate.Open, gatetest.Wall).AWS("sts")
	for _, tt := range []struct {
		name      string
		key       gatetest.Key
		region    string
		spoil     func(*http.Request)
		account   org.AccountID
		partition org.Partition
		kind      org.PrincipalKind
	}{
		{name: "12 digits are the account", key: gatetest.Key{ID: string(made)}, account: made, kind: org.RootUser},
		{name: "12 digits make the account", key: gatetest.Key{ID: "555555555555"}, account: "555555555555", kind: org.RootUser},
		{name: "a Chinese region makes a Chinese account", key: gatetest.Key{ID: "666666666666"}, region: "cn-north-1", account: "666666666666", partition: org.AWSChina, kind: org.RootUser},
		{name: "a government region makes a government account", key: gatetest.Key{ID: "777777777777"}, region: "us-gov-west-1", account: "777777777777", partition: org.AWSGov, kind: org.RootUser},
		{name: "an account stays in its partition", key: gatetest.Key{ID: string(made)}, region: "cn-north-1", account: made, kind: org.RootUser},
		{name: "12 digits go before a left-over token", key: gatetest.Key{ID: "555555555555", Token: temporary.Token}, account: "555555555555", kind: org.RootUser},
		{name: "a minted key is its owner", key: gatetest.Key{ID: string(user.KeyID), Secret: "whatever"}, account: made, kind: org.User},
		{name: "a session is its caller", key: temporary, account: made, kind: org.User},
		{name: "a session that is over goes on", key: over, account: made, kind: org.User},
		{name: "a session makes its account", key: entered, account: "333333333333", kind: org.User},
		{name: "a token of another key leaves the account of the key", key: gatetest.Key{ID: encoded, Token: temporary.Token}, account: made, kind: org.RootUser},
		{name: "a key that encodes an account is its root", key: gatetest.Key{ID: encoded}, account: made, kind: org.RootUser},
		{name: "a key that encodes nobody is the default account", key: gatetest.Key{ID: foreign}, account: gate.DefaultAWS, kind: org.RootUser},
		{name: "a key of the other cloud is the default account", key: gatetest.KeyOf(stranger), account: gate.DefaultAWS, kind: org.RootUser},
		{name: "a session of the other cloud is the default account", key: theirs, account: gate.DefaultAWS, kind: org.RootUser},
		{name: "any word is the default account", key: gatetest.Key{ID: "test", Secret: "test"}, account: gate.DefaultAWS, kind: org.RootUser},
		{name: "13 digits are any word", key: gatetest.Key{ID: "1234567890123"}, account: gate.DefaultAWS, kind: org.RootUser},
		{name: "no credentials are the default account", spoil: func(r *http.Request) { r.Header.Del("Authorization") }, account: gate.DefaultAWS, kind: org.RootUser},
		{name: "unreadable credentials are the default account", spoil: func(r *http.Request) { r.Header.Set("Authorization", "AWS4-HMAC-SHA256 nonsense") }, account: gate.DefaultAWS, kind: org.RootUser},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.partition == "" {
				tt.partition = org.AWS
			}
			if tt.region == "" {
				tt.region = "us-east-1"
			}
			r := post(t)
			gatetest.AWS(r, body, tt.key, tt.region, "anything", gatetest.Start.Add(-9*time.Hour))
			if tt.spoil != nil {
				tt.spoil(r)
			}
			c, err := caller(t, auth, r, body)
			if err != nil || c.AccountID != tt.account || c.Partition != tt.partition || c.Kind != tt.kind || !c.Admin {
				t.Fatalf("%+v, %v", c, err)
			}
			if a, err := w.Account(t.Context(), tt.account); err != nil || a.Partition != tt.partition {
				t.Errorf("the account is %+v, %v", a, err)
			}
		})
	}
}

func TestOpenModeDoesNotLetAnUnusableAccountIn(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, true)
	user := w.Mint(org.AWS, made)
	temporary := session(t, w, user.Caller)
	if err := w.Plane.SetState(t.Context(), made, org.AccountSuspended); err != nil {
		t.Fatal(err)
	}
	auth := gate.New(w.Plane, gate.Open, gatetest.Wall).AWS("sts")
	encoded := string(w.Plane.Mint.Key(org.RulesOf(org.AWS), made, false))
	for says, key := range map[string]gatetest.Key{
		"its number": {ID: string(made)}, "a key that encodes it": {ID: encoded}, "its session": temporary, "its user's key": gatetest.KeyOf(user),
	} {
		r := post(t)
		gatetest.AWS(r, body, key, "us-east-1", "anything", gatetest.Start)
		if _, err := caller(t, auth, r, body); org.ReasonOf(err) != org.KeyUnknown {
			t.Errorf("%s: %v", says, err)
		}
	}
	theirs := w.Mint(org.Huawei, "d0000000000000000000000000000001")
	if err := w.Plane.SetState(t.Context(), theirs.Caller.AccountID, org.AccountSuspended); err != nil {
		t.Fatal(err)
	}
	r := post(t)
	gatetest.Huawei(r, body, gatetest.KeyOf(theirs), gatetest.Start)
	if c, err := caller(t, gate.New(w.Plane, gate.Open, gatetest.Wall).Huawei(), r, body); org.ReasonOf(err) != org.KeyUnknown {
		t.Errorf("a key of Huawei Cloud: %+v, %v", c, err)
	}
}

func TestOpenModeFindsTheHuaweiAccount(t *testing.T) {
	t.Parallel()
	const own, hex = org.AccountID("my-domain"), "d0000000000000000000000000000001"
	w := gatetest.NewWorld(t, true)
	user, stranger := w.Mint(org.Huawei, own), w.Mint(org.AWS, made)
	temporary := session(t, w, user.Caller)
	over := gatetest.Key{ID: "HSTOVER0000000000001"}
	over.Token = w.Token(user.Caller, over, 0)
	theirs := session(t, w, stranger.Caller)
	g := gate.New(w.Plane, gate.Open, gatetest.Wall)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	instead := func(token string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Del("Authorization")
			r.Header.Set("X-Auth-Token", token)
		}
	}
	for _, tt := range []struct {
		name    string
		key     gatetest.Key
		spoil   func(*http.Request)
		account org.AccountID
		kind    org.PrincipalKind
	}{
		{name: "32 hex digits make the account", key: gatetest.Key{ID: hex}, account: hex, kind: org.RootUser},
		{name: "the id of an account is the account", key: gatetest.Key{ID: string(own)}, account: own, kind: org.RootUser},
		{name: "a minted key is its owner", key: gatetest.Key{ID: string(user.KeyID)}, account: own, kind: org.User},
		{name: "a session is its caller", key: temporary, account: own, kind: org.User},
		{name: "a session that is over goes on", key: over, account: own, kind: org.User},
		{name: "an X-Auth-Token is its caller", spoil: instead(w.Token(user.Caller, gatetest.Key{}, 0)), account: own, kind: org.User},
		{name: "a made-up X-Auth-Token is the default account", spoil: instead("x"), account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "X-Domain-Id does not override the key", key: gatetest.Key{ID: string(own)}, spoil: header("X-Domain-Id", hex), account: own, kind: org.RootUser},
		{name: "an account of the other cloud is the default account", key: gatetest.Key{ID: string(made)}, account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "a key of the other cloud is the default account", key: gatetest.KeyOf(stranger), account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "a session of the other cloud is the default account", key: theirs, account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "any word is the default account", key: gatetest.Key{ID: "test"}, account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "no credentials are the default account", spoil: func(r *http.Request) { r.Header.Del("Authorization") }, account: gate.DefaultHuawei, kind: org.RootUser},
		{name: "another scheme is the default account", spoil: header("Authorization", "Basic eDp5"), account: gate.DefaultHuawei, kind: org.RootUser},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := get(t)
			gatetest.Huawei(r, "", tt.key, gatetest.Start.Add(-9*time.Hour))
			if tt.spoil != nil {
				tt.spoil(r)
			}
			c, err := caller(t, g.Huawei(), r, "")
			if err != nil || c.AccountID != tt.account || c.Partition != org.Huawei || c.Kind != tt.kind || !c.Admin {
				t.Fatalf("%+v, %v", c, err)
			}
			if tt.spoil != nil || tt.key.Token != "" {
				return
			}
			if c, err := g.HuaweiKey(t.Context(), tt.key.ID, "whatever"); err != nil || c.AccountID != tt.account {
				t.Errorf("by key and secret: %+v, %v", c, err)
			}
		})
	}
	if c, err := g.HuaweiPassword(t.Context(), ""); err != nil || c.AccountID != gate.DefaultHuawei {
		t.Errorf("a password: %+v, %v", c, err)
	}
}

func TestOpenModeMakesAnAccountOnce(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, true)
	auth := gate.New(w.Plane, gate.Open, gatetest.Wall).AWS("sts")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			r := post(t)
			gatetest.AWS(r, body, gatetest.Key{ID: "888888888888"}, "us-east-1", "sts", gatetest.Start)
			if c, err := caller(t, auth, r, body); err != nil || c.AccountID != "888888888888" {
				t.Errorf("%+v, %v", c, err)
			}
		})
	}
	all.Wait()
}
