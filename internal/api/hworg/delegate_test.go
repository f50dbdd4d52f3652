package hworg

import (
	"net/http"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const delegates = "/v1/organizations/delegated-administrators"

func delegation(account, service string) string {
	return jsonText(map[string]any{"account_id": account, "service_principal": service})
}

func (h *house) delegates(query string) []DelegatedAdministratorDto {
	h.t.Helper()
	var out ListDelegatedAdministratorsResult
	h.do("ListDelegatedAdministrators", manager, "GET", delegates+query, "", &out)
	return out.DelegatedAdministrators
}

func (h *house) delegatedTo(account string) []string {
	h.t.Helper()
	var out ListDelegatedServicesResult
	h.do("ListDelegatedServices", manager, "GET", accounts+"/"+account+"/delegated-services", "", &out)
	return hwrest.Each(out.DelegatedServices, func(s DelegatedServiceDto) string { return s.ServicePrincipal })
}

func TestDelegatedAdministrators(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one, two := h.member("member-one"), h.member("member-two")
	h.trust("service.CTS")
	h.trust("service.RGC")
	h.refused("ListAccounts", one, "GET", accounts, "", http.StatusUnauthorized, "Organizations.1002")
	rec := h.ask("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(one, "service.CTS"))
	if rec.Code != http.StatusCreated || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(one, "service.RGC"), nil)
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(two, "service.RGC"), nil)
	if n := len(h.delegates("")); n != 2 {
		t.Errorf("%d rows, want one of each account", n)
	}
	of := h.delegates("?service_principal=service.CTS")
	if len(of) != 1 || of[0].AccountID != one || of[0].AccountName != "member-one" || of[0].JoinMethod != JoinMethodCreated {
		t.Errorf("got %+v", of)
	}
	same(t, h.delegatedTo(one), []string{"service.CTS", "service.RGC"})
	h.do("ListAccounts", one, "GET", accounts, "", nil)
	h.do("ListHandshakes", one, "GET", sent, "", nil)
	h.do("ListCloseAccountStatuses", one, "GET", closings, "", nil)
	h.refused("MoveAccount", one, "POST", accounts+"/"+two+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+h.root+`"}`, http.StatusUnauthorized, "Organizations.1001")
	rec = h.ask("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(one, "service.CTS"))
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.refused("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(one, "service.CTS"), http.StatusBadRequest, "Organizations.1500")
	h.do("DisableTrustedService", manager, "POST", services+"/disable", `{"service_principal":"service.RGC"}`, nil)
	same(t, h.delegatedTo(one), []string{})
	same(t, h.delegates(""), []DelegatedAdministratorDto{})
}

func TestRefusedDelegations(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	one, closing, suspended := h.member("member-one"), h.member("member-two"), h.member("member-three")
	h.refused("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(one, "service.CTS"), http.StatusBadRequest, "Organizations.1900")
	h.trust("service.CTS")
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(one, "service.CTS"), nil)
	h.do("CloseAccount", manager, "POST", accounts+"/"+closing+"/close", "", nil)
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(closing, "service.CTS"), nil)
	if err := h.plane.SetState(t.Context(), org.AccountID(suspended), org.AccountSuspended); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		account, service string
		status           int
		code             string
	}{
		"a second time":          {one, "service.CTS", http.StatusConflict, "Organizations.1501"},
		"the management account": {manager, "service.CTS", http.StatusBadRequest, "Organizations.1502"},
		"a suspended account":    {suspended, "service.CTS", http.StatusBadRequest, "Organizations.1503"},
		"an account elsewhere":   {stranger, "service.CTS", http.StatusNotFound, "Organizations.1301"},
		"a service of no one":    {one, "service.Nothing", http.StatusBadRequest, "Organizations.1000"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(test.account, test.service), test.status, test.code)
		})
	}
	h.t = t
	h.refused("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(stranger, "service.CTS"), http.StatusNotFound, "Organizations.1301")
	for _, service := range []string{"service.CTS", "service.RGC"} { // one of them is not even trusted
		h.refused("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(manager, service), http.StatusBadRequest, "Organizations.1500")
	}
	h.refused("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(one, "service.RGC"), http.StatusBadRequest, "Organizations.1500")
	h.refused("ListDelegatedAdministrators", manager, "GET", delegates+"?service_principal=service.Nothing", "", http.StatusBadRequest, "Organizations.1000")
	h.refused("ListDelegatedServices", manager, "GET", accounts+"/"+stranger+"/delegated-services", "", http.StatusNotFound, "Organizations.1301")
}
