package hworg

import (
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
	if n != 69 {
		t.Errorf("%d operations are served, want 69", n)
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
