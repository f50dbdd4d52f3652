package hworg

import (
	"net/http"
	"slices"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const services = "/v1/organizations/trusted-services"

func (h *house) trust(service string) {
	h.t.Helper()
	h.do("EnableTrustedService", manager, "POST", services+"/enable", `{"service_principal":"`+service+`"}`, nil)
}

func TestTrustedServices(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, s := range []string{"service.SecMaster", "service.CTS", "service.CTS", "service.RGC"} {
		rec := h.ask("EnableTrustedService", manager, "POST", services+"/enable", `{"service_principal":"`+s+`"}`)
		if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
			t.Fatalf("got %d %s", rec.Code, rec.Body)
		}
	}
	var first, rest ListTrustedServicesResult
	h.do("ListTrustedServices", manager, "GET", services+"?limit=2", "", &first)
	h.do("ListTrustedServices", manager, "GET", services+"?limit=2&marker="+*first.PageInfo.NextMarker, "", &rest)
	got := hwrest.Each(slices.Concat(first.TrustedServices, rest.TrustedServices), func(s TrustedServiceDto) string { return s.ServicePrincipal })
	same(t, got, []string{"service.CTS", "service.RGC", "service.SecMaster"})
	body := `{"service_principal":"service.CTS"}`
	rec := h.ask("DisableTrustedService", manager, "POST", services+"/disable", body)
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.refused("DisableTrustedService", manager, "POST", services+"/disable", body, http.StatusBadRequest, "Organizations.1900")
	h.refused("ListTrustedServices", manager, "GET", services+"?marker=nowhere", "", http.StatusBadRequest, "Organizations.1000")
	h.do("ListTrustedServices", manager, "GET", services, "", &first)
	if len(first.TrustedServices) != 2 || first.PageInfo.CurrentCount != 2 {
		t.Errorf("got %+v", first)
	}
}

func TestUnknownServices(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, s := range []string{"service.Nothing", "CTS", ""} {
		body := `{"service_principal":"` + s + `"}`
		h.refused("EnableTrustedService", manager, "POST", services+"/enable", body, http.StatusBadRequest, "Organizations.1000")
		h.refused("DisableTrustedService", manager, "POST", services+"/disable", body, http.StatusBadRequest, "Organizations.1000")
	}
	h.plane.AnyService = true
	h.trust("service.Nothing")
	h.refused("EnableTrustedService", manager, "POST", services+"/enable", `{"service_principal":"CTS"}`, http.StatusBadRequest, "Organizations.1000")
}

func TestEveryListedServiceCanBeTrusted(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var out ListServicesResult
	h.do("ListServices", manager, "GET", "/v1/organizations/services", "", &out)
	if len(out.Services) < 10 || !slices.Contains(out.Services, "service.SecMaster") {
		t.Fatalf("got %v", out.Services)
	}
	for _, s := range out.Services {
		h.trust(s)
	}
}
