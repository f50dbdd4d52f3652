package hwiam_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/api/hwiam"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
)

const (
	management = org.AccountID("d0000000000000000000000000000001")
	member     = org.AccountID("d0000000000000000000000000000002")
	agencyName = "OrganizationAccountAccessAgency"
	agencyURN  = "iam::d0000000000000000000000000000002:agency:" + agencyName
)

// server is IAM for two accounts, the first of which may enter the second.
type server struct {
	*gatetest.World
	http.Handler
	admin, other controlplane.Credentials
	agency       org.PrincipalID // of the second
}

func newServer(t *testing.T, mode gate.Mode, faults *twin.Faults) *server {
	t.Helper()
	w := gatetest.NewWorld(t, mode == gate.Open)
	g := gate.New(w.Plane, mode, gatetest.Wall)
	h, err := hwiam.New(hwiam.Config{
		Plane: w.Plane, Authenticate: g.Huawei(), Key: g.HuaweiKey, Password: g.HuaweiPassword, Account: w.Account, Faults: faults,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{World: w, Handler: h, admin: w.Mint(org.Huawei, management), other: w.Mint(org.Huawei, member)}
	s.agency = w.Role(org.Huawei, member, "/", agencyName, management)
	w.Role(org.Huawei, member, "/", "Closed", member)
	return s
}

// answer is an answer with its body as JSON.
type answer struct {
	*httptest.ResponseRecorder
	call *call.Call
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(a.Body.Bytes(), v); err != nil {
		t.Fatalf("%v in %s", err, a.Body)
	}
}

// fails demands an error in the dialect of the path. Code is that of the error_code, or empty for Keystone.
func (a answer) fails(t *testing.T, status int, code, text string) {
	t.Helper()
	var got struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
		Request string `json:"request_id"`
		Error   struct {
			Code           int
			Message, Title string
		}
	}
	a.into(t, &got)
	if code == "" {
		if got.Error.Code != status || got.Error.Title != http.StatusText(status) || got.Code != "" {
			t.Errorf("not Keystone's %d: %s", status, a.Body)
		}
		got.Message = got.Error.Message
	} else if got.Code != code || got.Request != requestID || got.Error.Code != 0 {
		t.Errorf("not %s: %s", code, a.Body)
	}
	if a.Code != status || !strings.Contains(got.Message, text) || a.call.Code == "" {
		t.Errorf("%d %s, logged as %q, want %d with %q", a.Code, a.Body, a.call.Code, status, text)
	}
}

const requestID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

func request(t *testing.T, method, path, body string) *http.Request {
	return httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:4650"+path, strings.NewReader(body))
}

// ask sends a request, signed when there is a key.
func (s *server) ask(t *testing.T, k gatetest.Key, method, path, body string) answer {
	t.Helper()
	r := request(t, method, path, body)
	if k.ID != "" {
		gatetest.Huawei(r, body, k, gatetest.Start)
	}
	return s.send(t, r)
}

// withToken sends a request with an X-Auth-Token.
func (s *server) withToken(t *testing.T, token, method, path, body string) answer {
	t.Helper()
	r := request(t, method, path, body)
	r.Header.Set("X-Auth-Token", token)
	return s.send(t, r)
}

func (s *server) send(t *testing.T, r *http.Request) answer {
	t.Helper()
	a := answer{httptest.NewRecorder(), &call.Call{RequestID: requestID}}
	s.ServeHTTP(a, r.WithContext(call.With(r.Context(), a.call)))
	h := a.Header()
	if h.Get("Content-Type") != "application/json" || h.Get("X-Request-Id") != requestID || h.Get("X-IAM-Trace-Id") != requestID || a.call.API != "hwiam" {
		t.Errorf("headers %v, API %q", h, a.call.API)
	}
	return a
}

func (s *server) key() gatetest.Key { return gatetest.KeyOf(s.admin) }

// routes are the operations that need a signature or token, with a request that would do.
var routes = map[string]struct{ method, path, body string }{
	"KeystoneListAuthDomains":    {"GET", "/v3/auth/domains", ""},
	"KeystoneListProjects":       {"GET", "/v3/projects?name=cn-north-4", ""},
	"KeystoneListAuthProjects":   {"GET", "/v3/auth/projects", ""},
	"KeystoneListRegions":        {"GET", "/v3/regions", ""},
	"KeystoneCreateToken":        {"POST", "/v3/auth/tokens", `{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"domain_id":"` + string(member) + `","agency_name":"` + agencyName + `"}}}}`},
	"KeystoneValidateToken":      {"GET", "/v3/auth/tokens", ""},
	"CreateTemporaryAccessKey":   {"POST", "/v3.0/OS-CREDENTIAL/securitytokens", `{"auth":{"identity":{"methods":["token"]}}}`},
	"KeystoneShowCatalog":        {"GET", "/v3/auth/catalog", ""},
	"KeystoneListUsers":          {"GET", "/v3/users?name=admin", ""},
	"ListUsersV5":                {"GET", "/v5/users", ""},
	"ShowUserV5":                 {"GET", "/v5/users/nobody", ""},
	"ListAgenciesV5":             {"GET", "/v5/agencies", ""},
	"GetAgencyV5":                {"GET", "/v5/agencies/nothing", ""},
	"GetCallerIdentity":          {"GET", "/v5/caller-identity", ""},
	"AssumeAgency":               {"POST", "/v5/agencies/assume", `{"agency_urn":"` + agencyURN + `","agency_session_name":"me"}`},
	"DecodeAuthorizationMessage": {"POST", "/v5/decode-authorization-message", `{"encoded_message":"x"}`},
}

func TestEveryRouteDemandsCredentials(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	public := map[string]bool{"KeystoneListVersions": true, "KeystoneShowVersion": true}
	if len(hwiam.Operations()) == 0 {
		t.Fatal("nothing to sweep")
	}
	for _, name := range hwiam.Operations() {
		to, ok := routes[name]
		if !ok {
			if !public[name] {
				t.Errorf("%s has no row in the sweep", name)
			}
			continue
		}
		code := "APIGW.0301"
		if strings.HasPrefix(to.path, "/v3/") {
			code = ""
		}
		const text = "Incorrect IAM authentication information: "
		ask := func(k gatetest.Key) answer { return s.ask(t, k, to.method, to.path, to.body) }
		a := ask(gatetest.Key{})
		a.fails(t, 401, code, text+"authorization header is missing")
		if a.call.Operation != name || a.call.Account != "" {
			t.Errorf("%s is logged as %+v", name, a.call)
		}
		ask(gatetest.Key{ID: string(s.admin.KeyID), Secret: "wrong"}).fails(t, 401, code, text+"verify aksk signature fail")
		ask(gatetest.Key{ID: "NOBODY", Secret: "x"}).fails(t, 401, code, text+"ak NOBODY not exist")
		s.withToken(t, "nonsense", to.method, to.path, to.body).fails(t, 401, code, text+"decrypt token fail")
		if a := ask(s.key()); a.Code == 401 || a.call.Account != string(management) {
			t.Errorf("%s with a signature: %d %s", name, a.Code, a.Body)
		}
	}
}

func TestUnknownRoutesDoNotExist(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.ask(t, s.key(), "GET", "/v5/groups", "").fails(t, 404, "APIGW.0101", "does not exist")
	s.ask(t, s.key(), "DELETE", "/v5/caller-identity", "").fails(t, 404, "APIGW.0101", "does not exist")
	s.ask(t, s.key(), "GET", "/v3/groups", "").fails(t, 404, "", "does not exist")
}

func TestAnInjectedFaultComesBeforeTheOperation(t *testing.T) {
	t.Parallel()
	faults := twin.NewFaults(twin.Codes{Reason: func(_, code, _ string) (org.Reason, bool) { return hwiam.ReasonOf(code) }})
	for _, code := range []string{"APIGW.0308", "PAP5.0001"} {
		if _, err := faults.Add(twin.Fault{API: hwiam.Name, Operation: "GetCallerIdentity", Error: code}); err != nil {
			t.Fatal(err)
		}
	}
	s := newServer(t, gate.Verify, faults)
	s.ask(t, s.key(), "GET", "/v5/caller-identity", "").fails(t, 429, "APIGW.0308", "throttling")
	s.ask(t, s.key(), "GET", "/v5/caller-identity", "").fails(t, 403, "PAP5.0001", "access denied: ")
	if a := s.ask(t, s.key(), "GET", "/v5/caller-identity", ""); a.Code != 200 {
		t.Errorf("%s", a.Body)
	}
}

func TestAPartThatIsMissingIsToldAtTheStart(t *testing.T) {
	t.Parallel()
	if _, err := hwiam.New(hwiam.Config{}); err == nil {
		t.Fatal("an API of nothing was made")
	}
}

func TestABodyMayNotBeEndless(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.ask(t, gatetest.Key{}, "POST", "/v3/auth/tokens", strings.Repeat(" ", 1<<20+1)).fails(t, 400, "", "larger than")
	s.ask(t, gatetest.Key{}, "POST", "/v3/auth/tokens", "{").fails(t, 400, "", "request body")
}
