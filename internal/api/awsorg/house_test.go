package awsorg

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// The accounts of a house. The payer manages an organization in managed houses; the others are in none.
const (
	payer    = "210987654321"
	stranger = "345678901234"
	gov      = "456789012345"
	china    = "567890123456"
)

var partitions = map[string]org.Partition{payer: org.AWS, stranger: org.AWS, gov: org.AWSGov, china: org.AWSChina}

// frontDoor are the errors that any operation may answer beyond those of its contract: they come before it, or say that it is not served.
var frontDoor = []string{
	"MissingAuthenticationTokenException", "IncompleteSignatureException", "InvalidSignatureException", "UnrecognizedClientException",
	"ExpiredTokenException", "UnknownOperationException", "UnsupportedOperationException", "SerializationException", "RequestEntityTooLargeException",
}

// house is the API over a real control plane in memory, whose clock stands until it is moved.
type house struct {
	*testing.T
	plane  *controlplane.Plane
	faults *twin.Faults
	api    http.Handler
	names  *strings.Replacer // of what is minted, for whole answers: {o} and {r}
	o, r   string            // the payer's organization and its root

	mu  sync.Mutex
	now time.Time
}

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
	key := make([]byte, identity.KeySize)
	vault, err := identity.NewVault(key)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, now: time.UnixMilli(1767225600125), faults: twin.NewFaults(twin.Codes{
		Reason:  func(_, code, reason string) (org.Reason, bool) { return ReasonOf(code, reason) },
		Failure: FailureOf,
	})}
	h.plane = controlplane.New(controlplane.Config{
		Store: db, Vault: vault, Now: h.clock, Mint: org.Mint{Random: rand.Reader}, Quotas: func(r *org.Rules) org.Quotas { return r.Vendor },
	})
	for id, p := range partitions {
		if err := h.plane.EnsureAccount(t.Context(), p, org.AccountID(id)); err != nil {
			t.Fatal(err)
		}
	}
	h.api = New(h.plane, authenticate, pagetoken.New(key), h.faults)
	return h
}

func managed(t *testing.T) *house {
	t.Helper()
	h := empty(t)
	h.o = h.find(h.do("CreateOrganization", payer, `{}`), "Organization", "Id").(string)
	h.r = h.find(h.do("ListRoots", payer, `{}`), "Roots", 0, "Id").(string)
	h.names = strings.NewReplacer("{o}", h.o, "{r}", h.r)
	return h
}

// authenticate believes the header X-Account, whose root user calls; "-user" behind the id makes it a user without any right.
func authenticate(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	id, powerless := strings.CutSuffix(r.Header.Get("X-Account"), "-user")
	c := org.Caller{Partition: org.AWS, AccountID: org.AccountID(id), Kind: org.RootUser, Path: "/", Admin: true}
	if p, ok := partitions[id]; ok {
		c.Partition = p
	}
	switch {
	case id == "":
		return nil, org.E(org.CredentialsMissing)
	case powerless:
		c.Kind, c.Name, c.PrincipalID, c.Admin = org.User, "powerless", "AIDAPOWERLESS", false
	}
	return identity.With(ctx, c), nil
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// ask sends a request as an account. Whatever is answered is held against the contract: the request id, the content type, and for a failure a
// code that the operation lists or that the front door knows, with a Reason exactly where the exception has one.
func (h *house) ask(operation, account, body string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequestWithContext(call.With(h.Context(), &call.Call{RequestID: "id-1"}), http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("X-Amz-Target", TargetPrefix+operation)
	if account != "" {
		r.Header.Set("X-Account", account)
	}
	rec := httptest.NewRecorder()
	h.api.ServeHTTP(rec, r)
	if rec.Header().Get("X-Amzn-Requestid") != "id-1" || rec.Header().Get("Content-Type") != "application/x-amz-json-1.1" {
		h.Errorf("%s: headers %v", operation, rec.Header())
	}
	if rec.Code != http.StatusOK {
		h.lists(operation, rec)
	}
	return rec
}

func (h *house) lists(operation string, rec *httptest.ResponseRecorder) {
	h.Helper()
	code, reason := faultOf(h.T, rec)
	if !slices.Contains(contract[operation].Errors, code) {
		if !slices.Contains(frontDoor, code) {
			h.Errorf("%s answers %s, which its contract does not list", operation, code)
		}
		return
	}
	e := exceptions[code]
	if rec.Code != e.Status {
		h.Errorf("%s: %s is answered with %d", operation, code, rec.Code)
	}
	if (len(e.Reasons) > 0) != (reason != "") || reason != "" && !slices.Contains(e.Reasons, reason) {
		h.Errorf("%s: %s has the reason %q", operation, code, reason)
	}
}

func faultOf(t *testing.T, rec *httptest.ResponseRecorder) (code, reason string) {
	t.Helper()
	var f struct {
		Type            string `json:"__type"`
		Message, Reason string
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &f); err != nil || f.Type == "" {
		t.Fatalf("%d %s: %v", rec.Code, rec.Body, err)
	}
	return f.Type, f.Reason
}

// do asks and wants a success, whose body it returns; nil for an empty one.
func (h *house) do(operation, account, body string) any {
	h.Helper()
	rec := h.ask(operation, account, body)
	if rec.Code != http.StatusOK {
		h.Fatalf("%s: %d %s", operation, rec.Code, rec.Body)
	}
	if rec.Body.Len() == 0 {
		return nil
	}
	return h.parse(rec.Body.String())
}

func (h *house) parse(text string) any {
	h.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		h.Fatalf("%s: %v", text, err)
	}
	return v
}

// answers asks and wants that whole body, in which {o} and {r} stand for the organization and its root; none for an empty one.
func (h *house) answers(operation, account, body, want string) {
	h.Helper()
	got := h.do(operation, account, body)
	if want == "" {
		if got != nil {
			h.Errorf("%s answers %v", operation, got)
		}
		return
	}
	if h.names != nil {
		want = h.names.Replace(want)
	}
	if d := cmp.Diff(h.parse(want), got); d != "" {
		h.Errorf("%s: %s", operation, d)
	}
}

// refuses asks and wants that code and Reason.
func (h *house) refuses(says, operation, account, body, code, reason string) {
	h.Helper()
	rec := h.ask(operation, account, body)
	if rec.Code == http.StatusOK {
		h.Errorf("%s: %s succeeds: %s", says, operation, rec.Body)
		return
	}
	if c, r := faultOf(h.T, rec); c != code || r != reason {
		h.Errorf("%s: %s answers %s, want %s %s", says, operation, rec.Body, code, reason)
	}
}

// find walks into a body by member names and indexes.
func (h *house) find(v any, way ...any) any {
	h.Helper()
	for _, step := range way {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

func (h *house) unit(parent, name string) string {
	h.Helper()
	h.pass(time.Second)
	return h.find(h.do("CreateOrganizationalUnit", payer, object("ParentId", parent, "Name", name)), "OrganizationalUnit", "Id").(string)
}

// member asks for an account and has it made.
func (h *house) member(name string) string {
	h.Helper()
	h.pass(time.Second)
	made := h.do("CreateAccount", payer, object("AccountName", name, "Email", name+"@corp.example"))
	return h.vend(h.find(made, "CreateAccountStatus", "Id").(string), "")
}

// vend carries a creation out as the workflow does and returns the account's id. It fails at the end when a failure is given, or where a law says so.
func (h *house) vend(id string, why org.Failure) string {
	h.Helper()
	ctx, p := h.Context(), h.plane
	account := p.Mint.Account(org.RulesOf(org.AWS))
	var n org.Creation
	err := p.Store.Update(ctx, func(tx store.Tx) (err error) {
		if n, err = tx.Creation(ctx, org.OrganizationID(h.o), org.CreationID(id)); err != nil {
			return err
		}
		if err := errors.Join(p.IdentifyRequester(ctx, tx, n), p.ReserveIdentity(ctx, tx, n)); err != nil {
			return err
		}
		for _, step := range []func(context.Context, store.Tx, org.Creation, org.AccountID) error{p.MakeAccount, p.MakeRootUser, p.MakeServiceRole, p.MakeAccessRole} {
			if err := step(ctx, tx, n, account); err != nil {
				return err
			}
		}
		if why != "" {
			return org.Fail(why, "")
		}
		return p.PlaceAccount(ctx, tx, n, account)
	})
	if failed, ok := errors.AsType[*org.CreationError](err); ok {
		account = ""
		err = p.Store.Update(ctx, func(tx store.Tx) error { return p.FailCreation(ctx, tx, n, failed.Failure, failed.Detail) })
	}
	if err != nil {
		h.Fatal(err)
	}
	return string(account)
}

// object writes a JSON object of strings.
func object(pairs ...string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(b)
}
