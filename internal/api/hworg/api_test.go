package hworg

import (
	"cmp"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func TestCoverageTellsWhichOperationsAnswerThatTheyAreNotServed(t *testing.T) {
	t.Parallel()
	h := managed(t)
	covered := Coverage()
	if len(covered) != 69 {
		t.Fatalf("%d operations, want 69", len(covered))
	}
	n := 0
	for name, served := range covered {
		r := theContract(t).Request(t, name)
		r.Header.Set("X-Account", stranger)
		rec, _ := hwtest.Serve(h.api, r)
		theContract(t).Check(t, name, rec)
		if refused := strings.Contains(rec.Body.String(), "is not served yet"); refused == served {
			t.Errorf("%s: served %t, answered %d %s", name, served, rec.Code, rec.Body)
		}
		if served {
			n++
		}
	}
	if n != 59 {
		t.Errorf("%d operations are served, want 59", n)
	}
}

// forStrangers are the operations with which an account in no organization succeeds.
var forStrangers = map[string]bool{"CreateOrganization": true, "ListReceivedHandshakes": true}

func TestCallersAreToldApartOnEveryOperation(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("member-one")
	n := 0
	for name, served := range Coverage() {
		if !served || forStrangers[name] {
			continue
		}
		n++
		of := map[string]bool{}
		for _, c := range Operations[name].Callers {
			of[c] = true
		}
		asMember := "Organizations.1001"
		if of["delegated_administrator"] {
			asMember = "Organizations.1002"
		}
		for _, test := range []struct {
			account string
			status  int
			code    string
		}{
			{"", http.StatusUnauthorized, "APIGW.0301"},
			{stranger, http.StatusUnauthorized, "Organizations.1015"},
			{member, http.StatusUnauthorized, asMember},
			{manager + "-user", http.StatusForbidden, "Organizations.1007"},
		} {
			if test.account == member && of["member"] {
				continue
			}
			// Whom an invitation is for is not told by the part that an account has in an organization.
			if of["invited_account"] && (test.account == stranger || test.account == member && len(of) == 1) {
				test.status, test.code = http.StatusNotFound, "Organizations.1402"
			}
			r := theContract(t).Request(t, name)
			r.Header.Set("X-Account", test.account)
			rec, c := hwtest.Serve(h.api, r)
			theContract(t).Check(t, name, rec)
			if rec.Code != test.status || c.Code != test.code {
				t.Errorf("%s as %q: got %d %s, want %d %s", name, test.account, rec.Code, rec.Body, test.status, test.code)
			}
			if c.Code == denial && !strings.Contains(rec.Body.String(), "Policy doesn't allow '"+cmp.Or(Operations[name].Action, name)+"' to be performed.") {
				t.Errorf("%s: got %s", name, rec.Body)
			}
		}
	}
	if n < 20 {
		t.Fatalf("%d operations", n)
	}
}

func TestAFaultStrikesWhereTheOperationBegins(t *testing.T) {
	t.Parallel()
	h := managed(t)
	const path = "/v1/organizations/organizational-units"
	if _, err := h.faults.Add(twin.Fault{API: Name, Operation: "CreateOrganizationalUnit", Error: string(org.ConcurrentModification)}); err != nil {
		t.Fatal(err)
	}
	h.refused("CreateOrganizationalUnit", "", "POST", path, `{}`, 401, "APIGW.0301")
	h.refused("CreateOrganizationalUnit", manager, "POST", path, `{}`, 400, "Organizations.1000")
	h.refused("CreateOrganizationalUnit", manager, "POST", path, `{"name":"one","parent_id":"r-none"}`, 409, "Organizations.1003")
	h.refused("CreateOrganizationalUnit", manager, "POST", path, `{"name":"one","parent_id":"r-none"}`, 404, "Organizations.1201")
}

func TestWithoutFaultsTheAPIServes(t *testing.T) {
	t.Parallel()
	h := managed(t)
	api, err := New(h.plane, authenticate, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.api = api
	h.do("ShowOrganization", manager, "GET", "/v1/organizations", "", nil)
}
