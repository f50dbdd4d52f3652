package twin_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

const secret = "whsec_Y29uZm9ybWFuY2UtdGVzdHMtc2VjcmV0"

// message is what the webhook is told.
type message struct {
	ID, Type, Subject string
	Data              struct{ AccountID, CreationID, OrganizationID, ParentID, Name, Email, Partition string }
}

// webhook is an outside service that answers as told by the address of the account, and remembers what it was told.
type webhook struct {
	*httptest.Server
	answer func(told message, times int) int

	mu   sync.Mutex
	told []message
}

func newWebhook(t *testing.T, answer func(told message, times int) int) *webhook {
	t.Helper()
	w := &webhook{answer: answer}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // a sender that gave up tells nothing
		}
		if why := check(r.Header, body); why != "" {
			t.Errorf("a message is not signed as it should be: %s", why)
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			t.Errorf("a message is no JSON: %s", body)
		}
		rw.WriteHeader(w.answer(m, w.hear(m)))
		_, _ = io.WriteString(rw, `{"reason":"the tests want it so"}`)
	}))
	t.Cleanup(w.Close)
	return w
}

// hear remembers a message and returns how often it has come.
func (w *webhook) hear(m message) (times int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, m)
	for _, other := range w.told {
		if other.ID == m.ID {
			times++
		}
	}
	return times
}

// about returns the messages about an address, in their order.
func (w *webhook) about(email string) (told []message) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.told {
		if m.Data.Email == email {
			told = append(told, m)
		}
	}
	return told
}

// check verifies a message as Standard Webhooks 1.0 say.
func check(h http.Header, body []byte) string {
	id, stamp := h.Get("Webhook-Id"), h.Get("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if id == "" || err != nil || time.Since(time.Unix(seconds, 0)).Abs() > time.Minute {
		return fmt.Sprintf("id %q, timestamp %q", id, stamp)
	}
	key, err := base64.StdEncoding.DecodeString(secret[len("whsec_"):])
	if err != nil {
		return err.Error()
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "." + string(body)))
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); h.Get("Webhook-Signature") != want {
		return "signature " + h.Get("Webhook-Signature")
	}
	if h.Get("Content-Type") != "application/cloudevents+json" || h.Get("Idempotency-Key") == "" {
		return fmt.Sprintf("content type %q, key %q", h.Get("Content-Type"), h.Get("Idempotency-Key"))
	}
	return ""
}

const (
	accepted = "accepted@corp.example"
	refused  = "refused@corp.example"
	slow     = "slow@corp.example"
	flaky    = "flaky@corp.example"
)

func TestProvisionerDecides(t *testing.T) {
	for _, engine := range harness.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			harness.Need(t, engine)
			const provision = "cloud.polity.account.provision"
			release := make(chan struct{})
			w := newWebhook(t, func(m message, times int) int {
				switch {
				case m.Type == provision && m.Data.Email == refused:
					return http.StatusUnprocessableEntity
				case m.Type == provision && m.Data.Email == flaky && times <= 2:
					return http.StatusServiceUnavailable
				case m.Data.Email == slow:
					<-release
				}
				return http.StatusNoContent
			})
			s := harness.Serve(t, engine, "--provisioner-url", w.URL, "--provisioner-secret", secret)
			c := begin(t, s)
			late := ask(t, c, slow)
			for _, email := range []string{accepted, flaky, refused} {
				ended := create(t, c, email)
				told := w.about(email)
				if len(told) == 0 {
					t.Fatalf("the webhook is not told of %s", email)
				}
				if first := told[0]; first.Type != provision || first.Data.Partition != "aws" || first.Data.CreationID != *ended.Id || first.Subject != first.Data.AccountID {
					t.Errorf("the webhook is told %+v", first)
				}
				if email == refused {
					if ended.State != types.CreateAccountStateFailed || ended.FailureReason != types.CreateAccountFailureReasonInternalFailure {
						t.Errorf("a refused account ends %s, %s", ended.State, ended.FailureReason)
					}
					continue
				}
				if ended.State != types.CreateAccountStateSucceeded || *ended.AccountId != told[0].Data.AccountID {
					t.Errorf("the account of %s ends %s, %s", email, ended.State, ended.FailureReason)
				}
			}
			if told := w.about(flaky); len(told) != 3 || told[0].ID != told[2].ID {
				t.Errorf("a webhook that fails twice is told %d times, want the same message three times", len(told))
			}
			// The others did not wait for the slow one.
			if now := status(t, c, late.Id); now.State != types.CreateAccountStateInProgress {
				t.Errorf("an account that the webhook still furnishes is %s", now.State)
			}
			close(release)
			if ended := await(t, c, late.Id); ended.State != types.CreateAccountStateSucceeded {
				t.Errorf("the slow account ends %s, %s", ended.State, ended.FailureReason)
			}
			if n := count(t, c); n != 4 {
				t.Errorf("there are %d accounts, want 4", n)
			}
		})
	}
}
