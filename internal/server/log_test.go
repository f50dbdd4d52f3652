package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/call"
)

func answered(t *testing.T, s *Server, path string) *httptest.ResponseRecorder {
	t.Helper()
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return rec
}

// Names, addresses, tags and credentials are in the requests; none of them is in the log, whatever it is asked to say.
func TestTheLogHoldsNoNamesAddressesOrSecrets(t *testing.T) {
	t.Parallel()
	r := run(t)
	r.aws("CreateOrganization", `{}`)
	const body = `{"AccountName":"Marker Name","Email":"marker@corp.example","Tags":[{"Key":"marker-key","Value":"marker-value"}]}`
	if got := r.created(body); got["State"] != "SUCCEEDED" {
		t.Fatalf("%v", got)
	}
	if got := r.created(body); got["FailureReason"] != "EMAIL_ALREADY_EXISTS" {
		t.Fatalf("%v", got)
	}
	for _, refused := range []string{
		`{"AccountName":"Marker Nämé","Email":"marker@corp.example"}`, `{"AccountName":"Marker Name","Email":"marker@marker@marker"}`,
		`{"AccountName":"Marker Name","Email":"marker@corp.example","Tags":[{"Key":"aws:marker","Value":""}]}`, `{"AccountName":"Marker`, `"Marker Name"`,
	} {
		r.aws("CreateAccount", refused)
	}
	r.huawei("POST", "/v1/organizations", "")
	r.huawei("POST", "/v1/organizations/accounts", `{"name":"marker-name","email":"marker@corp.example","phone":"marker-phone","description":"marker"}`)
	r.huawei("GET", "/v1/organizations/accounts?limit=marker", "")
	r.do("POST", "/_polity/accounts", `{"partition":"aws","name":"Marker","email":"marker2@corp.example"}`, "Authorization", "Bearer marker-token")
	r.do("GET", "/marker", "")
	log := strings.ToLower(r.log.String())
	for _, want := range []string{"operation=createaccount", "operation=mintaccount", "account=" + awsPayer, "account=" + huaweiPayer, "level=debug"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %s", want)
		}
	}
	for line := range strings.Lines(log) {
		for _, never := range []string{"marker", "corp.example", "5ec2e7"} {
			if strings.Contains(line, never) {
				t.Errorf("the log says %s: %s", never, line)
			}
		}
	}
}

func TestAQuietLogIsQuiet(t *testing.T) {
	t.Parallel()
	log := &journal{}
	c := twinConfig(log)
	c.Log = slog.New(slog.NewTextHandler(log, nil))
	s := open(t, c)
	defer shut(t, s)
	answered(t, s, "/nothing")
	if got := log.String(); got != "" {
		t.Errorf("%s", got)
	}
}

func TestAPanicIsAnsweredLoggedAndCounted(t *testing.T) {
	t.Parallel()
	log := &journal{}
	s := open(t, twinConfig(log))
	defer shut(t, s)
	h := watch(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		call.From(r.Context()).API = "awsorg"
		panic("mistake")
	}), func() string { return "id-1" }, s.metrics, s.config.Log)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	if rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "mistake") || rec.Header().Get("X-Request-Id") != "id-1" {
		t.Errorf("%d %s %v", rec.Code, rec.Body, rec.Header())
	}
	if got := log.String(); !strings.Contains(got, "level=ERROR msg=panic request=id-1 panic=mistake") {
		t.Errorf("%s", got)
	}
	if got := answered(t, s, "/metrics").Body.String(); !strings.Contains(got, `polity_requests_total{api="awsorg",code="InternalFailure",operation=""} 1`) {
		t.Error("the panic is not counted as a failure")
	}
}

func TestAnInternalFaultIsLoggedWithItsCause(t *testing.T) {
	t.Parallel()
	log := &journal{}
	c := twinConfig(log)
	c.Log = slog.New(slog.NewTextHandler(log, nil))
	s := open(t, c)
	shut(t, s)
	if rec := answered(t, s, "/_polity/events?organization=o-1"); rec.Code != http.StatusInternalServerError {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	if got := log.String(); !strings.Contains(got, "level=ERROR msg=request") || !strings.Contains(got, "operation=ListEvents") || !strings.Contains(got, "closed") {
		t.Errorf("%s", got)
	}
}
