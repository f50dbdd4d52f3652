package native_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// house is the API over a real control plane in memory.
type house struct {
	*testing.T
	plane  *controlplane.Plane
	clock  *twin.Clock
	faults *twin.Faults
	api    http.Handler
}

// newHouse makes a twin's house; settings change what is served.
func newHouse(t *testing.T, settings ...func(*native.Config)) *house {
	t.Helper()
	db, err := sqlite.OpenMemory(t.Context(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	vault, err := identity.NewVault(make([]byte, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, clock: twin.NewClock(), faults: twin.NewFaults(twin.Codes{})}
	h.plane = controlplane.New(controlplane.Config{
		Store: db, Vault: vault, Now: h.clock.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
	})
	c := native.Config{Plane: h.plane, Clock: h.clock, Faults: h.faults, Reset: db.Clear, Trail: func(e org.Event) (map[string]any, bool) {
		return map[string]any{"name": string(e.Name), "id": e.ID}, e.Name != org.ResourceUntagged
	}}
	for _, set := range settings {
		set(&c)
	}
	h.api = native.New(c)
	return h
}

// ask sends a request, wants that status, and returns the JSON of the answer.
func (h *house) ask(status int, method, path, body string, headers ...string) map[string]any {
	h.Helper()
	r := httptest.NewRequestWithContext(call.With(h.Context(), &call.Call{RequestID: "id-1"}), method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	h.api.ServeHTTP(rec, r)
	if rec.Header().Get("X-Request-Id") != "id-1" || rec.Header().Get("Content-Type") != "application/json" {
		h.Errorf("%s %s: headers %v", method, path, rec.Header())
	}
	var out map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil || rec.Code != status {
		h.Fatalf("%s %s %s: %d %s, want %d; %v", method, path, body, rec.Code, rec.Body, status, err)
	}
	return out
}

// refuses wants an error of that reason.
func (h *house) refuses(status int, want org.Reason, method, path, body string, headers ...string) {
	h.Helper()
	if out := h.ask(status, method, path, body, headers...); out["error"] != string(want) || out["message"] == "" {
		h.Errorf("%s %s %s: %v, want %s", method, path, body, out, want)
	}
}

// organization founds one and returns it with its manager.
func (h *house) organization() (org.OrganizationID, org.Caller) {
	h.Helper()
	made, err := h.plane.MintAccount(h.Context(), controlplane.Standalone{Partition: org.AWS})
	if err != nil {
		h.Fatal(err)
	}
	o, err := h.plane.CreateOrganization(h.Context(), made.Caller, org.AllFeatures)
	if err != nil {
		h.Fatal(err)
	}
	return o.ID, made.Caller
}

func TestANativeErrorIsPlainJSON(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *native.Config) {
		c.Reset = func(context.Context) error { return context.DeadlineExceeded }
	})
	h.refuses(http.StatusNotFound, org.ResourceMissing, "GET", "/_polity/nothing", "")
	h.refuses(http.StatusNotFound, org.ResourceMissing, "PUT", "/_polity/clock", "")
	h.refuses(http.StatusInternalServerError, org.InternalFault, "POST", "/_polity/reset", "")
}

func TestAServerThatIsNoTwinHasNoTwinControls(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *native.Config) { c.Clock, c.Faults, c.Reset = nil, nil, nil })
	for _, route := range []string{
		"POST /_polity/reset", "POST /moto-api/reset", "GET /_polity/clock", "POST /_polity/clock", "GET /_polity/faults", "POST /_polity/faults",
		"DELETE /_polity/faults", "DELETE /_polity/faults/fault-1",
	} {
		method, path, _ := strings.Cut(route, " ")
		h.refuses(http.StatusNotFound, org.ResourceMissing, method, path, "{}")
	}
	o, _ := h.organization()
	h.ask(http.StatusOK, "GET", "/_polity/events?organization="+string(o), "")
}

func TestTheOperatorSendsTheToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *native.Config) { c.Token = "open-sesame" })
	for _, route := range []string{"GET /_polity/events?organization=o-1", "POST /_polity/accounts", "POST /_polity/reset", "GET /_polity/clock", "GET /_polity/nothing"} {
		method, path, _ := strings.Cut(route, " ")
		h.refuses(http.StatusUnauthorized, org.CredentialsMissing, method, path, "")
		h.refuses(http.StatusUnauthorized, org.CredentialsMissing, method, path, "", "Authorization", "Basic open-sesame")
		h.refuses(http.StatusUnauthorized, org.TokenInvalid, method, path, "", "Authorization", "Bearer open")
		h.refuses(http.StatusUnauthorized, org.TokenInvalid, method, path, "", "Authorization", "Bearer ")
	}
	h.ask(http.StatusOK, "GET", "/_polity/clock", "", "Authorization", "Bearer open-sesame")
}

func TestResetEmptiesTheTwin(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/_polity/reset", "/moto-api/reset"} {
		h := newHouse(t)
		id, caller := h.organization()
		h.ask(http.StatusOK, "POST", "/_polity/clock", `{"advance":"91d","freeze":true}`)
		h.ask(http.StatusOK, "POST", "/_polity/faults", `{"operation":"*","error":"Throttled"}`)
		if out := h.ask(http.StatusOK, "POST", path, ""); len(out) != 0 {
			t.Errorf("%v", out)
		}
		if _, err := h.plane.GetOrganization(t.Context(), caller); org.ReasonOf(err) != org.KeyUnknown {
			t.Errorf("the account is still there: %v", err)
		}
		h.refuses(http.StatusNotFound, org.OrganizationMissing, "GET", "/_polity/events?organization="+string(id), "")
		if got := h.ask(http.StatusOK, "GET", "/_polity/faults", ""); len(got["faults"].([]any)) != 0 {
			t.Errorf("%v", got)
		}
		if s := h.clock.State(); s.Frozen || s.Now.Sub(time.Now()).Abs() > time.Minute {
			t.Errorf("%+v", s)
		}
	}
}
