package awsaccount

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/awsrest"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// The accounts of a house: the payer manages an organization of all features that trusts the service, the member is in it.
const (
	payer    = "210987654321"
	member   = "345678901234"
	stranger = "456789012345"
)

// frontDoor are the errors that any operation may answer beyond those of its contract.
var frontDoor = []string{"UnrecognizedClientException", "MissingAuthenticationTokenException", "SerializationException", "UnknownOperationException"}

type house struct {
	*testing.T
	plane  *controlplane.Plane
	faults *twin.Faults
	api    http.Handler
}

func newHouse(t *testing.T) *house {
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
	h := &house{T: t, faults: twin.NewFaults(twin.Codes{Reason: func(_, code, _ string) (org.Reason, bool) { return ReasonOf(code) }})}
	h.plane = controlplane.New(controlplane.Config{
		Store: db, Vault: vault, Now: func() time.Time { return time.Unix(1767225600, 125_000_000) }, Mint: org.Mint{Random: rand.Reader},
		Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
	})
	for _, id := range []org.AccountID{payer, member, stranger} {
		if err := h.plane.EnsureAccount(t.Context(), org.AWS, id); err != nil {
			t.Fatal(err)
		}
	}
	h.begin()
	h.api = New(h.plane, authenticate, pagetoken.New(key), h.faults)
	return h
}

func (h *house) begin() {
	h.Helper()
	c := org.Caller{Partition: org.AWS, AccountID: payer, Kind: org.RootUser, Admin: true}
	o, err := h.plane.CreateOrganization(h.Context(), c, org.AllFeatures)
	if err != nil {
		h.Fatal(err)
	}
	err = h.plane.Store.Update(h.Context(), func(tx store.Tx) error {
		a, err := tx.Account(h.Context(), member)
		if err != nil {
			return err
		}
		a.OrganizationID, a.ParentID, a.JoinMethod = o.ID, o.RootID, org.Invited
		return tx.UpdateAccount(h.Context(), a)
	})
	if err == nil {
		err = h.plane.TrustService(h.Context(), c, "account.amazonaws.com")
	}
	if err != nil {
		h.Fatal(err)
	}
}

// authenticate believes the header X-Account, whose root user calls; with -user behind it, a user who may do nothing.
func authenticate(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	id := r.Header.Get("X-Account")
	if id == "" {
		return nil, org.E(org.CredentialsMissing)
	}
	if id, ok := strings.CutSuffix(id, "-user"); ok {
		return identity.With(ctx, org.Caller{Partition: org.AWS, AccountID: org.AccountID(id), Kind: org.User, Name: "powerless", Path: "/"}), nil
	}
	return identity.With(ctx, org.Caller{Partition: org.AWS, AccountID: org.AccountID(id), Kind: org.RootUser, Path: "/", Admin: true}), nil
}

// ask sends a request as an account. Whatever is answered is held against the contract.
func (h *house) ask(operation, account, body string) *httptest.ResponseRecorder {
	h.Helper()
	path := "/" + strings.ToLower(operation[:1]) + operation[1:]
	c := &call.Call{RequestID: "id-1"}
	r := httptest.NewRequestWithContext(call.With(h.Context(), c), http.MethodPost, path, strings.NewReader(body))
	if account != "" {
		r.Header.Set("X-Account", account)
	}
	rec := httptest.NewRecorder()
	h.api.ServeHTTP(rec, r)
	if rec.Header().Get("X-Amzn-Requestid") != "id-1" || rec.Header().Get("Content-Type") != "application/json" || c.API != Name {
		h.Errorf("%s: headers %v", operation, rec.Header())
	}
	if rec.Code != http.StatusOK {
		code := rec.Header().Get("X-Amzn-Errortype")
		if !slices.Contains(contract[operation].Errors, code) && !slices.Contains(frontDoor, code) {
			h.Errorf("%s answers %s, which its contract does not list", operation, code)
		}
		if e, ok := exceptions[code]; ok && e.Status != rec.Code {
			h.Errorf("%s: %s is answered with %d", operation, code, rec.Code)
		}
	}
	return rec
}

// answers asks and wants that whole body; none for an empty one.
func (h *house) answers(operation, account, body, want string) {
	h.Helper()
	rec := h.ask(operation, account, body)
	if rec.Code != http.StatusOK {
		h.Fatalf("%s: %d %s", operation, rec.Code, rec.Body)
	}
	if want == "" {
		if rec.Body.Len() > 0 {
			h.Errorf("%s answers %s", operation, rec.Body)
		}
		return
	}
	if d := cmp.Diff(parse(h.T, want), parse(h.T, rec.Body.String())); d != "" {
		h.Errorf("%s: %s", operation, d)
	}
}

// refuses asks and wants that status and code.
func (h *house) refuses(says, operation, account, body string, status int, code string) {
	h.Helper()
	rec := h.ask(operation, account, body)
	if rec.Code != status || rec.Header().Get("X-Amzn-Errortype") != code || parse(h.T, rec.Body.String()).(map[string]any)["message"] == "" {
		h.Errorf("%s: %s answers %d %s, want %d %s", says, operation, rec.Code, rec.Body, status, code)
	}
}

func parse(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func TestEveryOperationOfTheContractIsServed(t *testing.T) {
	t.Parallel()
	served := Coverage()
	if len(served) != 15 {
		t.Errorf("%d operations", len(served))
	}
	for name, is := range served {
		if !is {
			t.Errorf("%s is not served", name)
		}
		if path := "/" + strings.ToLower(name[:1]) + name[1:]; !Serves(path) || Serves("/"+name) || awsrest.Name(path) != name {
			t.Errorf("%s is not found by its path", name)
		}
	}
	for _, path := range []string{"/", "", "/getNothing", "/getAccountInformation/", "/GetAccountInformation", "/v3"} {
		if Serves(path) {
			t.Errorf("%q is served", path)
		}
	}
}

// Whatever is refused is refused in the contract's words, also what comes from faults and other APIs.
func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	for _, r := range org.Reasons() {
		f := fault(org.E(r))
		if f.Status < 400 || f.Code == "" || f.Message == "" {
			t.Errorf("%s: %+v", r, f)
		}
		if e, ok := exceptions[f.Code]; ok && e.Status != f.Status {
			t.Errorf("%s: %s with %d", r, f.Code, f.Status)
		}
		if (f.Status == http.StatusInternalServerError) != (org.E(r).Kind() == org.Internal) {
			t.Errorf("%s: %d", r, f.Status)
		}
	}
	if _, ok := ReasonOf("NoSuchException"); ok {
		t.Error("a code of nobody's has a reason")
	}
}

func TestNobodyIsServedUnproven(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, operation := range slices.Sorted(maps.Keys(contract)) {
		h.refuses("nobody", operation, "", `{}`, http.StatusForbidden, "MissingAuthenticationTokenException")
		h.refuses("an account that is not there", operation, "000000000000", full[operation], http.StatusForbidden, "UnrecognizedClientException")
	}
}

func TestADenialCarriesItsEncodedMessage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	rec := h.ask("ListRegions", payer+"-user", `{}`)
	message := rec.Header().Get(call.EncodedMessage)
	if rec.Code != http.StatusForbidden || rec.Header().Get("X-Amzn-Errortype") != accessDenied || message == "" {
		t.Fatalf("%d %v %s", rec.Code, rec.Header(), rec.Body)
	}
	if strings.Contains(rec.Body.String(), message) {
		t.Errorf("the body carries it, too: %s", rec.Body)
	}
}

// full are inputs that the contract takes.
var full = map[string]string{
	"GetAccountInformation": `{}`, "PutAccountName": `{"AccountName":"x"}`, "GetGovCloudAccountInformation": `{}`, "GetContactInformation": `{}`,
	"PutContactInformation": `{"ContactInformation":` + owner + `}`, "GetAlternateContact": `{"AlternateContactType":"BILLING"}`,
	"PutAlternateContact":    `{"AlternateContactType":"BILLING","Name":"n","Title":"t","EmailAddress":"a@b.cc","PhoneNumber":"+1"}`,
	"DeleteAlternateContact": `{"AlternateContactType":"BILLING"}`, "GetPrimaryEmail": `{"AccountId":"` + member + `"}`,
	"StartPrimaryEmailUpdate":  `{"AccountId":"` + member + `","PrimaryEmail":"new@corp.example"}`,
	"AcceptPrimaryEmailUpdate": `{"AccountId":"` + member + `","PrimaryEmail":"new@corp.example","Otp":"123456"}`,
	"ListRegions":              `{}`, "GetRegionOptStatus": `{"RegionName":"us-east-1"}`, "EnableRegion": `{"RegionName":"af-south-1"}`, "DisableRegion": `{"RegionName":"af-south-1"}`,
}

const owner = `{"FullName":"Ada","AddressLine1":"1 Way","City":"Bonn","PostalCode":"53111","CountryCode":"DE","PhoneNumber":"+49 1"}`

func TestOthersAreManagedByManagementAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for operation, body := range full {
		at := "AccountId"
		if operation == "GetGovCloudAccountInformation" {
			at = "StandardAccountId"
		}
		of := func(id string) string {
			in := parse(t, body).(map[string]any)
			in[at] = id
			b, err := json.Marshal(in)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		h.refuses("a member by its own id", operation, member, of(member), http.StatusForbidden, accessDenied)
		h.refuses("management by its own id", operation, payer, of(payer), http.StatusForbidden, accessDenied)
		h.refuses("management for a stranger", operation, payer, of(stranger), http.StatusForbidden, accessDenied)
		h.refuses("a stranger for a member", operation, stranger, of(member), http.StatusForbidden, accessDenied)
	}
}

func TestAnInjectedFaultIsToldInTheContractsWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := h.faults.Add(twin.Fault{API: Name, Operation: "ListRegions", Error: "TooManyRequestsException"}); err != nil {
		t.Fatal(err)
	}
	h.refuses("a fault", "ListRegions", payer, `{}`, http.StatusTooManyRequests, "TooManyRequestsException")
	if rec := h.ask("ListRegions", payer, `{}`); rec.Code != http.StatusOK {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}
