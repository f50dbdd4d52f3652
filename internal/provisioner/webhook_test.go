package provisioner_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
	"github.com/polity-cloud/polity/internal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

var asked = workflow.Provisioning{
	CreationID: "car-1", Partition: org.AWS, OrganizationID: "o-1", AccountID: "123456789012", Name: "Payments <prod>", Email: "p@example.com",
	ParentID: "r-1", Tags: []org.Tag{{Key: "team", Value: "π"}}, RequestedAt: time.Date(2031, 2, 3, 4, 5, 6, 7000, time.UTC),
}

// receiver keeps what it is sent and answers as told.
type receiver struct {
	mu     sync.Mutex
	heads  []http.Header
	bodies [][]byte
}

func receive(t *testing.T, c provisioner.Config, reply func(http.ResponseWriter, *http.Request, int)) (*provisioner.Webhook, *receiver) {
	t.Helper()
	got := &receiver{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got.mu.Lock()
		got.heads, got.bodies = append(got.heads, r.Header.Clone()), append(got.bodies, body)
		n := len(got.bodies)
		got.mu.Unlock()
		reply(w, r, n)
	}))
	t.Cleanup(server.Close)
	c.URL = server.URL + "/hook?token=hidden"
	if c.Secret == "" {
		c.Secret = secret
	}
	hook, err := provisioner.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hook.Close)
	return hook, got
}

func status(code int, body string) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func TestTheMessageIsASignedCloudEvent(t *testing.T) {
	t.Parallel()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	hook, got := receive(t, provisioner.Config{}, status(204, ""))
	if err := hook.Provision(t.Context(), "saga/provision", asked); err != nil {
		t.Fatal(err)
	}
	h, body := got.heads[0], got.bodies[0]
	for name, want := range map[string]string{
		"Content-Type": "application/cloudevents+json", "webhook-id": "saga/provision", "Idempotency-Key": "saga/provision",
	} {
		if h.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, h.Get(name), want)
		}
	}
	stamp, err := strconv.ParseInt(h.Get("webhook-timestamp"), 10, 64)
	if age := time.Since(time.Unix(stamp, 0)); err != nil || age < 0 || age > time.Minute {
		t.Errorf("the timestamp is %q", h.Get("webhook-timestamp"))
	}
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, h.Get("webhook-id")+"."+h.Get("webhook-timestamp")+"."+string(body))
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); h.Get("webhook-signature") != want {
		t.Errorf("the signature is %q, want %q", h.Get("webhook-signature"), want)
	}
	var event any
	if err := json.Unmarshal(body, &event); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"specversion": "1.0", "id": "saga/provision", "source": "/polity/organizations/o-1", "type": "cloud.polity.account.provision",
		"subject": "123456789012", "time": "2031-02-03T04:05:06.000007Z", "datacontenttype": "application/json",
		"data": map[string]any{
			"partition": "aws", "organizationId": "o-1", "creationId": "car-1", "accountId": "123456789012", "name": "Payments <prod>",
			"email": "p@example.com", "parentId": "r-1", "tags": []any{map[string]any{"key": "team", "value": "π"}},
		},
	}
	if d := cmp.Diff(want, event); d != "" {
		t.Error(d)
	}
}

func TestASecretWithoutPrefixIsTheKeyItself(t *testing.T) {
	t.Parallel()
	hook, got := receive(t, provisioner.Config{Secret: "plain"}, status(200, ""))
	if err := hook.Provision(t.Context(), "k", asked); err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, []byte("plain"))
	io.WriteString(mac, "k."+got.heads[0].Get("webhook-timestamp")+"."+string(got.bodies[0]))
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); got.heads[0].Get("webhook-signature") != want {
		t.Errorf("the signature is %q, want %q", got.heads[0].Get("webhook-signature"), want)
	}
}

func TestARepeatedMessageIsTheSame(t *testing.T) {
	t.Parallel()
	hook, got := receive(t, provisioner.Config{}, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n < 3 {
			w.WriteHeader(503)
		}
	})
	for i, fails := range []bool{true, true, false} {
		if err := hook.Provision(t.Context(), "s/provision", asked); (err != nil) != fails {
			t.Errorf("try %d: %v", i, err)
		}
	}
	for i, h := range got.heads {
		if h.Get("Idempotency-Key") != "s/provision" || h.Get("Webhook-Id") != "s/provision" {
			t.Errorf("try %d has the key %q and the id %q", i, h.Get("Idempotency-Key"), h.Get("Webhook-Id"))
		}
		if string(got.bodies[i]) != string(got.bodies[0]) {
			t.Errorf("try %d has another body", i)
		}
	}
}

func TestTakingBackIsAMessageOfItsOwn(t *testing.T) {
	t.Parallel()
	hook, got := receive(t, provisioner.Config{}, status(200, ""))
	if err := errors.Join(hook.Provision(t.Context(), "s/provision", asked), hook.Deprovision(t.Context(), "s/provision", asked)); err != nil {
		t.Fatal(err)
	}
	var events [2]struct{ ID, Type, Subject string }
	for i := range events {
		if err := json.Unmarshal(got.bodies[i], &events[i]); err != nil {
			t.Fatal(err)
		}
	}
	if events[0].ID == events[1].ID || events[1].Type != "cloud.polity.account.deprovision" || events[1].Subject != "123456789012" {
		t.Errorf("the messages are %+v", events)
	}
	if got.heads[1].Get("Idempotency-Key") != events[1].ID {
		t.Errorf("the key of the second is %q", got.heads[1].Get("Idempotency-Key"))
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	const again = "again"
	for _, c := range []struct {
		name             string
		code             int
		body             string
		provision        string // "" is done, again is retried, anything else the detail of a refusal
		deprovisionAgain bool
	}{
		{"200 is done", 200, "whatever", "", false},
		{"202 is done", 202, "", "", false},
		{"204 is done", 204, "", "", false},
		{"a redirect is not followed", 307, "", again, true},
		{"400 refuses with the reason of a JSON body", 400, `{"reason":"no cost centre","code":7}`, "no cost centre", true},
		{"403 refuses with the text of a body", 403, " not\nfor\x00you ", "not for you", true},
		{"422 refuses and keeps a bounded reason", 422, strings.Repeat("ü", 1000), strings.Repeat("ü", 300), true},
		{"404 refuses, and has nothing to take back", 404, "gone", "gone", false},
		{"410 refuses, and has nothing to take back", 410, "gone", "gone", false},
		{"409 refuses", 409, `{"reason":"exists"}`, "exists", true},
		{"408 is asked again", 408, "", again, true},
		{"425 is asked again", 425, "", again, true},
		{"429 is asked again", 429, "", again, true},
		{"500 is asked again", 500, `{"reason":"secret stack"}`, again, true},
		{"503 is asked again", 503, "", again, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hook, got := receive(t, provisioner.Config{}, func(w http.ResponseWriter, r *http.Request, n int) {
				w.Header().Set("Location", "/elsewhere")
				status(c.code, c.body)(w, r, n)
			})
			err := hook.Provision(t.Context(), "k", asked)
			refusal, refused := errors.AsType[*org.CreationError](err)
			switch {
			case c.provision == "" && err != nil, c.provision == again && (err == nil || refused):
				t.Errorf("provision: %v", err)
			case c.provision != "" && c.provision != again:
				if !refused || refusal.Failure != org.FailInternal || refusal.Detail != c.provision {
					t.Errorf("provision: %v, want a refusal with %q", err, c.provision)
				}
			}
			err = hook.Deprovision(t.Context(), "k", asked)
			if _, refused := errors.AsType[*org.CreationError](err); refused || (err != nil) != c.deprovisionAgain {
				t.Errorf("deprovision: %v, want to be asked again: %v", err, c.deprovisionAgain)
			}
			if len(got.bodies) != 2 {
				t.Errorf("%d requests were made, want 2", len(got.bodies))
			}
		})
	}
}

func TestAnErrorBodyWithoutAReasonRefusesWithoutDetail(t *testing.T) {
	t.Parallel()
	hook, _ := receive(t, provisioner.Config{}, status(400, `{"message":1}`))
	refusal, _ := errors.AsType[*org.CreationError](hook.Provision(t.Context(), "k", asked))
	if refusal == nil || refusal.Detail != "" {
		t.Errorf("got %v", refusal)
	}
}

func TestRetryAfterIsWaitedForWhenItIsShort(t *testing.T) {
	t.Parallel()
	for after, least := range map[string]time.Duration{"1": time.Second, "3600": 0, "soon": 0, "-1": 0} {
		hook, _ := receive(t, provisioner.Config{}, func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(429)
		})
		began := time.Now()
		if err := hook.Provision(t.Context(), "k", asked); err == nil {
			t.Error("429 is taken for done")
		}
		if took := time.Since(began); took < least || took > least+3*time.Second {
			t.Errorf("Retry-After %s: it took %v", after, took)
		}
	}
}

func TestASlowAnswerIsAskedAgain(t *testing.T) {
	t.Parallel()
	hook, _ := receive(t, provisioner.Config{Timeout: 30 * time.Millisecond}, func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() })
	err := hook.Provision(t.Context(), "k", asked)
	if _, refused := errors.AsType[*org.CreationError](err); err == nil || refused || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestErrorsHideTheURLAndTheSecret(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	at := server.URL
	server.Close()
	config := provisioner.Config{URL: at + "/hook?token=hidden", Secret: secret}
	hook, err := provisioner.New(config)
	if err != nil {
		t.Fatal(err)
	}
	err = hook.Provision(t.Context(), "k", asked)
	if _, refused := errors.AsType[*org.CreationError](err); err == nil || refused {
		t.Fatalf("nobody listens, and it says %v", err)
	}
	coded, _ := json.Marshal(config)
	for _, text := range []string{err.Error(), config.String(), string(coded)} {
		if strings.Contains(text, "hidden") || strings.Contains(text, "MfKQ") {
			t.Errorf("%s", text)
		}
	}
}

func TestConfigurationsThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]provisioner.Config{
		"no URL":           {Secret: "s"},
		"a path":           {URL: "/hook", Secret: "s"},
		"another scheme":   {URL: "ftp://x/hidden", Secret: "s"},
		"an unreadable":    {URL: "http://hidden\x7f/", Secret: "s"},
		"no secret":        {URL: "http://x/"},
		"an empty secret":  {URL: "http://x/", Secret: "whsec_"},
		"a secret not b64": {URL: "http://x/", Secret: "whsec_hidden!"},
	} {
		_, err := provisioner.New(c)
		if err == nil || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", name, err)
		}
	}
	hook, err := provisioner.New(provisioner.Config{URL: "https://x/", Secret: "s"})
	if err != nil || hook.Deadline() <= 0 {
		t.Errorf("a plain one: %v", err)
	}
}
