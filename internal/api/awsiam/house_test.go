package awsiam_test

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/api/awsiam"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

const (
	management = org.AccountID("111111111111")
	member     = org.AccountID("222222222222")
	lone       = org.AccountID("333333333333")
)

// house is IAM for an organization of two accounts, and for one beside it.
type house struct {
	*gatetest.World
	http.Handler
	admins map[org.AccountID]controlplane.Credentials
	id     org.OrganizationID
}

func newHouse(t *testing.T, mode gate.Mode, faults *twin.Faults) *house {
	t.Helper()
	w := gatetest.NewWorld(t, mode == gate.Open)
	tokens := pagetoken.New(bytes.Repeat([]byte{3}, pagetoken.KeySize))
	h := &house{World: w, Handler: awsiam.New(w.Plane, gate.New(w.Plane, mode, gatetest.Wall).AWS("iam"), tokens, faults)}
	h.admins = map[org.AccountID]controlplane.Credentials{}
	for _, id := range []org.AccountID{management, member, lone} {
		h.admins[id] = w.Mint(org.AWS, id)
	}
	o, err := w.CreateOrganization(t.Context(), h.admins[management].Caller, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	w.Join(o.Organization, member, "member")
	h.id = o.ID
	return h
}

func (h *house) key(id org.AccountID) gatetest.Key { return gatetest.KeyOf(h.admins[id]) }

// role is what IAM says of a role, as a client reads it.
type role struct {
	Path, RoleName, Arn, CreateDate, AssumeRolePolicyDocument, Description string
	RoleID                                                                 string `xml:"RoleId"`
	MaxSessionDuration                                                     int
}

type features struct {
	OrganizationID string `xml:"OrganizationId"`
	Enabled        *struct {
		Member []string `xml:"member"`
	} `xml:"EnabledFeatures"`
}

// answer is any answer of IAM.
type answer struct {
	Status  int
	Call    *call.Call
	Page    string
	Code    string `xml:"Error>Code"`
	Message string `xml:"Error>Message"`
	User    struct {
		Path, UserName, Arn, CreateDate string
		UserID                          string `xml:"UserId"`
	} `xml:"GetUserResult>User"`
	Role  role `xml:"GetRoleResult>Role"`
	Made  role `xml:"CreateServiceLinkedRoleResult>Role"`
	Roles struct {
		Roles       []role `xml:"Roles>member"`
		IsTruncated string
		Marker      string
	} `xml:"ListRolesResult"`
	Features features `xml:"ListOrganizationsFeaturesResult"`
	On       features `xml:"EnableOrganizationsRootSessionsResult"`
}

// ask sends an action; parameters are name, value, name, value.
func (h *house) ask(t *testing.T, k gatetest.Key, action string, parameters ...string) answer {
	t.Helper()
	form := url.Values{"Action": {action}, "Version": {awsiam.Version}}
	for i := 0; i < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(form.Encode()))
	if k.ID != "" {
		gatetest.AWS(r, form.Encode(), k, "us-east-1", "iam", gatetest.Start)
	}
	c := &call.Call{RequestID: "0f1e2d3c"}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r.WithContext(call.With(r.Context(), c)))
	a := answer{Status: rec.Code, Call: c, Page: rec.Body.String()}
	if err := xml.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, a.Page)
	}
	if !strings.Contains(a.Page, "<RequestId>0f1e2d3c</RequestId>") || c.API != awsiam.Name {
		t.Errorf("%s of %s", a.Page, c.API)
	}
	return a
}

func (a answer) is(t *testing.T, status int, code, text string) {
	t.Helper()
	if a.Status != status || a.Code != code || !strings.Contains(a.Message, text) {
		t.Errorf("%d %s %q, want %d %s with %q", a.Status, a.Code, a.Message, status, code, text)
	}
}

func (a answer) works(t *testing.T) answer {
	t.Helper()
	if a.Status != 200 {
		t.Fatalf("%d %s", a.Status, a.Page)
	}
	return a
}
