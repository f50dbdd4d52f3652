package hwrgc_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/api/hwrgc"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
	"github.com/polity-cloud/polity/internal/workflow"
)

// bundle is a served API with an organization of its own, over a store in memory. Its callers are told apart by a header.
type bundle struct {
	contract *hwtest.Contract
	handler  http.Handler
	plane    *controlplane.Plane
	flows    *workflow.Workflows
	faults   *twin.Faults
	callers  map[string]org.Caller
	org      org.Organization
}

const callerHeader = "X-Test-Caller"

// The callers of a bundle. A guest administers nothing in the management account.
const (
	management = "management"
	member     = "member"
	stranger   = "stranger"
	guest      = "guest"
)

func newBundle(t *testing.T) *bundle {
	t.Helper()
	store := must(sqlite.OpenMemory(t.Context(), sqlite.Options{}))
	t.Cleanup(func() { _ = store.Close() })
	vault := must(identity.NewVault(bytes.Repeat([]byte{1}, identity.KeySize)))
	b := &bundle{contract: hwtest.Load(t, "contract.yaml"), faults: twin.NewFaults(twin.Codes{}), callers: map[string]org.Caller{}}
	b.plane = controlplane.New(controlplane.Config{
		Store: store, Vault: vault, Now: time.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: func(*org.Rules) org.Quotas { return org.Quotas{} },
	})
	b.flows = workflow.New(b.plane, workflow.None, b.faults, workflow.Instant)
	for _, name := range []string{management, stranger} {
		b.callers[name] = must(b.plane.MintAccount(t.Context(), controlplane.Standalone{Partition: org.Huawei, Name: name})).Caller
	}
	b.org = must(b.plane.CreateOrganization(t.Context(), b.callers[management], org.AllFeatures)).Organization
	b.handler = must(hwrgc.New(b.plane, b.authenticate, pagetoken.New(vault.PageTokenKey()), b.faults))
	engine := must(durable.New(store, b.flows.All(), durable.Options{Workers: 4, Poll: 2 * time.Millisecond, Before: b.flows.Before}))
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- engine.Run(ctx) }()
	t.Cleanup(func() { stop(); <-over })
	joined := b.join(t, "member-account")
	b.callers[member] = org.Caller{Partition: org.Huawei, AccountID: joined, Kind: org.RootUser, Admin: true}
	b.callers[guest] = org.Caller{Partition: org.Huawei, AccountID: b.org.ManagementID, Kind: org.User, Name: guest}
	return b
}

func (b *bundle) authenticate(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	c, ok := b.callers[r.Header.Get(callerHeader)]
	if !ok {
		return nil, hwrest.Unauthenticated("verify aksk signature fail")
	}
	return identity.With(ctx, c), nil
}

// join makes an account in the organization and returns it.
func (b *bundle) join(t *testing.T, name string) org.AccountID {
	t.Helper()
	n := must(b.plane.CreateAccount(t.Context(), b.callers[management], org.AccountRequest{Name: name, Resource: true}))
	eventually(t, func() bool {
		n = must(b.plane.GetCreation(t.Context(), b.callers[management], n.ID))
		return n.State == org.CreationSucceeded
	})
	return n.AccountID
}

// as sends a request of a caller, holds the answer against the contract and returns it.
func (b *bundle) as(t *testing.T, caller, operation, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	op := hwrgc.Operations[operation]
	if path == "" {
		path = op.Path
	}
	r := httptest.NewRequestWithContext(t.Context(), op.Method, path, strings.NewReader(body))
	r.Header.Set(callerHeader, caller)
	rec, _ := hwtest.Serve(b.handler, r)
	b.contract.Check(t, operation, rec)
	return rec
}

// get sends a request of the management account that must succeed and returns what the answer says.
func (b *bundle) get(t *testing.T, operation, path, body string) object {
	t.Helper()
	rec := b.as(t, management, operation, path, body)
	if want := hwrgc.Operations[operation].Success; rec.Code != want {
		t.Fatalf("%s %s answered %d %s", operation, path, rec.Code, rec.Body)
	}
	out := object{}
	if rec.Body.Len() > 0 {
		if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// fails sends a request that must fail with a status and code.
func (b *bundle) fails(t *testing.T, caller, operation, path, body string, status int, code string) {
	t.Helper()
	rec := b.as(t, caller, operation, path, body)
	var got struct {
		Code string `json:"error_code"`
	}
	_ = json.Unmarshal(rec.Body.Bytes(), &got)
	if rec.Code != status || got.Code != code {
		t.Errorf("%s %s %s answered %d %s, want %d %s", operation, path, body, rec.Code, rec.Body, status, code)
	}
}

// object is an answer.
type object map[string]any

func (o object) text(key string) string {
	s, _ := o[key].(string)
	return s
}

// rows returns a list of objects by the text of one key of each.
func (o object) rows(list, key string) map[string]object {
	out := map[string]object{}
	all, _ := o[list].([]any)
	for _, v := range all {
		row := object(v.(map[string]any))
		out[row.text(key)] = row
	}
	return out
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatal("it did not come to pass")
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
