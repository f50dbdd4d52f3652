package hworg

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

var contractOnce struct {
	sync.Mutex
	read *hwtest.Contract
}

func theContract(tb testing.TB) *hwtest.Contract {
	tb.Helper()
	contractOnce.Lock()
	defer contractOnce.Unlock()
	if contractOnce.read == nil {
		contractOnce.read = hwtest.Load(tb, "contract.yaml")
	}
	return contractOnce.read
}

// The accounts of a house. The manager begins an organization in managed houses; the stranger is in none.
const (
	manager  = "11111111111111111111111111111111"
	stranger = "22222222222222222222222222222222"
)

// house is the API over a real control plane in memory.
type house struct {
	t      *testing.T
	plane  *controlplane.Plane
	faults *twin.Faults
	api    http.Handler
	root   string // of the manager's organization

	language string // that requests ask for
}

// empty makes a house whose two accounts are in no organization.
func empty(t *testing.T) *house {
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
	key := make([]byte, 32)
	vault, err := identity.NewVault(key)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, faults: twin.NewFaults(twin.Codes{})}
	h.plane = controlplane.New(controlplane.Config{
		Store: db, Vault: vault, Now: time.Now, Mint: org.Mint{Random: rand.Reader},
		Quotas: func(r *org.Rules) org.Quotas { return r.Vendor },
	})
	for _, id := range []org.AccountID{manager, stranger} {
		if err := h.plane.EnsureAccount(t.Context(), org.Huawei, id); err != nil {
			t.Fatal(err)
		}
	}
	if h.api, err = New(h.plane, authenticate, pagetoken.New(key), h.faults); err != nil {
		t.Fatal(err)
	}
	return h
}

// managed makes a house with an organization.
func managed(t *testing.T) *house {
	t.Helper()
	h := empty(t)
	h.do("CreateOrganization", manager, "POST", "/v1/organizations", "", nil)
	h.root = h.rootOf(manager)
	return h
}

func (h *house) rootOf(account string) string {
	h.t.Helper()
	var out ListRootsResult
	h.do("ListRoots", account, "GET", "/v1/organizations/roots", "", &out)
	return out.Roots[0].ID
}

// authenticate believes the header X-Account, whose root user calls; "-user" behind the id makes it a user without any right.
func authenticate(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	id, powerless := strings.CutSuffix(r.Header.Get("X-Account"), "-user")
	c := org.Caller{Partition: org.Huawei, AccountID: org.AccountID(id), Kind: org.RootUser, Path: "/", Admin: true}
	switch {
	case id == "":
		return nil, org.Errorf(org.KeyUnknown, "ak %s not exist", "AK1")
	case powerless:
		c.Kind, c.Name, c.PrincipalID, c.Admin = org.User, "powerless", "p1", false
	}
	return identity.With(ctx, c), nil
}

// ask sends a request as an account and holds the answer against the contract.
func (h *house) ask(operation, account, method, path, body string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("X-Account", account)
	r.Header.Set("X-Language", h.language)
	rec, c := hwtest.Serve(h.api, r)
	if c.Operation != operation {
		h.t.Fatalf("%s %s reached %q, want %s", method, path, c.Operation, operation)
	}
	theContract(h.t).Check(h.t, operation, rec)
	return rec
}

// do asks, wants the operation's one success, and decodes the answer into out; nil wants an answer without a body or does not look.
func (h *house) do(operation, account, method, path, body string, out any) {
	h.t.Helper()
	rec := h.ask(operation, account, method, path, body)
	if want := Operations[operation].Success; rec.Code != want {
		h.t.Fatalf("%s %s: got %d %s, want %d", method, path, rec.Code, rec.Body, want)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(rec.Body.Bytes(), out); err != nil {
		h.t.Fatal(err)
	}
}

// refused asks and wants a failure of that status and code. It returns the message.
func (h *house) refused(operation, account, method, path, body string, status int, code string) string {
	h.t.Helper()
	rec := h.ask(operation, account, method, path, body)
	var got struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
		h.t.Fatalf("%s %s: got %d %s: %v", method, path, rec.Code, rec.Body, err)
	}
	if rec.Code != status || got.Code != code || got.Message == "" {
		h.t.Fatalf("%s %s: got %d %s, want %d %s", method, path, rec.Code, rec.Body, status, code)
	}
	return got.Message
}

func (h *house) unit(parent, name string) string {
	h.t.Helper()
	var out CreateOrganizationalUnitResult
	h.do("CreateOrganizationalUnit", manager, "POST", "/v1/organizations/organizational-units", jsonText(map[string]any{"parent_id": parent, "name": name}), &out)
	return out.OrganizationalUnit.ID
}

// member makes an account and returns its id.
func (h *house) member(name string) string {
	h.t.Helper()
	var out CreateResourceAccountResult
	h.do("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", jsonText(map[string]any{"name": name}), &out)
	return h.vend(out.CreateAccountStatus.ID)
}

// vend carries a creation out as the workflow would and returns the account's id, "" when it failed.
func (h *house) vend(id string) string {
	h.t.Helper()
	o, err := h.plane.GetOrganization(h.t.Context(), org.Caller{Partition: org.Huawei, AccountID: manager, Kind: org.RootUser})
	if err != nil {
		h.t.Fatal(err)
	}
	var n org.Creation
	account := h.plane.Mint.Account(o.Rules())
	err = h.plane.Store.Update(h.t.Context(), func(tx store.Tx) (err error) {
		if n, err = tx.Creation(h.t.Context(), o.ID, org.CreationID(id)); err != nil {
			return err
		}
		return h.steps(tx, n, account)
	})
	failed, ok := errors.AsType[*org.CreationError](err)
	if ok {
		account = ""
		err = h.plane.Store.Update(h.t.Context(), func(tx store.Tx) error {
			return h.plane.FailCreation(h.t.Context(), tx, n, failed.Failure, failed.Detail)
		})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return string(account)
}

func (h *house) steps(tx store.Tx, n org.Creation, account org.AccountID) error {
	p := h.plane
	for _, deed := range []func() error{
		func() error { return p.IdentifyRequester(h.t.Context(), tx, n) },
		func() error { return p.ReserveIdentity(h.t.Context(), tx, n) },
		func() error { return p.MakeAccount(h.t.Context(), tx, n, account) },
		func() error { return p.MakeRootUser(h.t.Context(), tx, n, account) },
		func() error { return p.MakeServiceRole(h.t.Context(), tx, n, account) },
		func() error { return p.MakeAccessRole(h.t.Context(), tx, n, account) },
		func() error { return h.faults.Step(org.StepBilling, n.Partition) },
		func() error { return p.PlaceAccount(h.t.Context(), tx, n, account) },
	} {
		if err := deed(); err != nil {
			return err
		}
	}
	return nil
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}
