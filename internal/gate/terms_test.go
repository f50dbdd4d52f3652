package gate_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// Each way in carries the terms of the session that a request is sent in, and none for long-term keys,
// whatever the context says before.
func TestARequestCarriesTheTermsOfItsSession(t *testing.T) {
	t.Parallel()
	for _, mode := range gate.Modes {
		w := gatetest.NewWorld(t, mode == gate.Open)
		g := gate.New(w.Plane, mode, gatetest.Wall)
		want := identity.Terms{
			IssuedAt: gatetest.Start, SourceIdentity: "ada", Tags: []org.Tag{{Key: "Team", Value: "blue"}}, Transitive: []string{"Team"},
		}
		sealed := func(c org.Caller, k gatetest.Key) gatetest.Key {
			token, err := w.Vault.Token(identity.Session{
				KeyID: org.KeyID(k.ID), Secret: k.Secret, Caller: c, ExpiresAt: gatetest.Start.Add(time.Hour), Terms: want,
			})
			if err != nil {
				t.Fatal(err)
			}
			k.Token = token
			return k
		}
		aws, huawei := w.Mint(org.AWS, made), w.Mint(org.Huawei, "")
		signed := func(k gatetest.Key) *http.Request {
			r := post(t)
			gatetest.AWS(r, body, k, "us-east-1", "sts", gatetest.Start)
			return r
		}
		signedByHuawei := func(k gatetest.Key) *http.Request {
			r := post(t)
			gatetest.Huawei(r, body, k, gatetest.Start)
			return r
		}
		tokened := post(t)
		tokened.Header.Set("X-Auth-Token", sealed(huawei.Caller, gatetest.Key{}).Token)
		for _, c := range []struct {
			name string
			auth gate.Authenticate
			r    *http.Request
			want identity.Terms
		}{
			{"a session of AWS", g.AWS("sts"), signed(sealed(aws.Caller, gatetest.Key{ID: "ASIA0000000000000001", Secret: "x"})), want},
			{"a key of AWS", g.AWS("sts"), signed(gatetest.KeyOf(aws)), identity.Terms{}},
			{"a session of Huawei Cloud", g.Huawei(), signedByHuawei(sealed(huawei.Caller, gatetest.Key{ID: "HST00000000000000001", Secret: "x"})), want},
			{"an X-Auth-Token", g.Huawei(), tokened, want},
			{"a key of Huawei Cloud", g.Huawei(), signedByHuawei(gatetest.KeyOf(huawei)), identity.Terms{}},
		} {
			other := identity.Under(t.Context(), identity.Terms{IssuedAt: gatetest.Start, SourceIdentity: "eve"})
			ctx, err := c.auth(call.With(other, &call.Call{}), c.r, []byte(body))
			if err != nil {
				t.Errorf("%s, %s: %v", mode, c.name, err)
				continue
			}
			if d := cmp.Diff(c.want, identity.TermsOf(ctx)); d != "" {
				t.Errorf("%s, %s: %s", mode, c.name, d)
			}
		}
	}
}
