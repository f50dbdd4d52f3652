package huawei_test

import (
	"slices"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) trust(service string) error {
	return failure(h.EnableTrustedService(&model.EnableTrustedServiceRequest{Body: &model.TrustedServiceReqBody{ServicePrincipal: service}}))
}

func (h *house) distrust(service string) error {
	return failure(h.DisableTrustedService(&model.DisableTrustedServiceRequest{Body: &model.TrustedServiceReqBody{ServicePrincipal: service}}))
}

// trusted are the trusted services, by pages of one.
func (h *house) trusted(t *testing.T) []string {
	t.Helper()
	one, in := int32(1), &model.ListTrustedServicesRequest{}
	in.Limit = &one
	out := []string{}
	for {
		page := harness.Try(h.ListTrustedServices(in)).Or(t)
		for _, s := range *page.TrustedServices {
			if s.EnabledAt == nil {
				t.Errorf("%s is trusted at no time", s.ServicePrincipal)
			}
			out = append(out, s.ServicePrincipal)
		}
		if page.PageInfo.NextMarker == "" {
			return out
		}
		in.Marker = &page.PageInfo.NextMarker
	}
}

func TestServicesAreTrusted(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		known := *harness.Try(h.ListServices(&model.ListServicesRequest{})).Or(t).Services
		if !slices.Contains(known, "service.CTS") || !slices.Contains(known, "service.RGC") {
			t.Fatalf("the services are %v", known)
		}
		harness.WantHuawei(t, h.distrust("service.CTS"), 400, "Organizations.1900")
		harness.WantHuawei(t, h.trust("service.Nobody"), 400, "Organizations.1000")
		for _, service := range []string{"service.RGC", "service.CTS", "service.CTS"} { // safe to repeat
			harness.WantHuawei(t, h.trust(service), 0, "")
		}
		if got := h.trusted(t); !slices.Equal(got, []string{"service.CTS", "service.RGC"}) {
			t.Errorf("trusted are %v", got)
		}
		nowhere := "nowhere"
		harness.WantHuawei(t, failure(h.ListTrustedServices(&model.ListTrustedServicesRequest{Marker: &nowhere})), 400, "Organizations.1000")
		harness.WantHuawei(t, h.distrust("service.CTS"), 0, "")
		harness.WantHuawei(t, h.distrust("service.CTS"), 400, "Organizations.1900")
		if got := h.trusted(t); !slices.Equal(got, []string{"service.RGC"}) {
			t.Errorf("trusted are %v", got)
		}
	})
}

// delegates are the administrators of a service, and with an empty one those of any.
func (h *house) delegates(t *testing.T, service string) []string {
	t.Helper()
	in := &model.ListDelegatedAdministratorsRequest{}
	if service != "" {
		in.ServicePrincipal = &service
	}
	out := []string{}
	for _, d := range *harness.Try(h.ListDelegatedAdministrators(in)).Or(t).DelegatedAdministrators {
		if d.DelegationEnabledAt == nil || d.AccountUrn == "" || d.JoinMethod != "created" {
			t.Errorf("an administrator is %+v", d)
		}
		out = append(out, d.AccountId)
	}
	slices.Sort(out)
	return out
}

func (h *house) register(account, service string) error {
	return failure(h.RegisterDelegatedAdministrator(&model.RegisterDelegatedAdministratorRequest{
		Body: &model.DelegatedAdministratorReqBody{AccountId: account, ServicePrincipal: service},
	}))
}

func (h *house) deregister(account, service string) error {
	return failure(h.DeregisterDelegatedAdministrator(&model.DeregisterDelegatedAdministratorRequest{
		Body: &model.DelegatedAdministratorReqBody{AccountId: account, ServicePrincipal: service},
	}))
}

func TestServicesAreDelegated(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, two := h.account(t).AccountId, h.account(t).AccountId
		harness.WantHuawei(t, h.register(one, "service.CTS"), 400, "Organizations.1900")
		for _, service := range []string{"service.CTS", "service.RGC"} {
			harness.WantHuawei(t, h.trust(service), 0, "")
		}
		harness.WantHuawei(t, h.register(h.key.Account, "service.CTS"), 400, "Organizations.1502")
		harness.WantHuawei(t, h.register("0123456789abcdef0123456789abcdef", "service.CTS"), 404, "Organizations.1301")
		out := harness.Try(h.RegisterDelegatedAdministrator(&model.RegisterDelegatedAdministratorRequest{
			Body: &model.DelegatedAdministratorReqBody{AccountId: one, ServicePrincipal: "service.CTS"},
		})).Or(t)
		if out.HttpStatusCode != 201 {
			t.Errorf("RegisterDelegatedAdministrator answers %d, want 201", out.HttpStatusCode)
		}
		harness.WantHuawei(t, h.register(one, "service.CTS"), 409, "Organizations.1501")
		harness.WantHuawei(t, h.register(one, "service.RGC"), 0, "")
		harness.WantHuawei(t, h.register(two, "service.RGC"), 0, "")
		both := []string{one, two}
		slices.Sort(both)
		if all, cts := h.delegates(t, ""), h.delegates(t, "service.CTS"); !slices.Equal(all, both) || !slices.Equal(cts, []string{one}) {
			t.Errorf("the administrators are %v, of one service %v", all, cts)
		}
		services := *harness.Try(h.ListDelegatedServices(&model.ListDelegatedServicesRequest{AccountId: one})).Or(t).DelegatedServices
		if len(services) != 2 || services[0].ServicePrincipal != "service.CTS" || services[1].DelegationEnabledAt == nil {
			t.Errorf("the account administers %+v", services)
		}
		harness.WantHuawei(t, failure(h.RemoveAccount(&model.RemoveAccountRequest{AccountId: one})), 400, "Organizations.1304")
		harness.WantHuawei(t, h.deregister(one, "service.CTS"), 0, "")
		harness.WantHuawei(t, h.deregister(one, "service.CTS"), 400, "Organizations.1500")
		harness.WantHuawei(t, h.deregister(h.key.Account, "service.CTS"), 400, "Organizations.1500")
		harness.WantHuawei(t, h.distrust("service.RGC"), 0, "") // ends its delegations
		harness.WantHuawei(t, h.deregister(two, "service.RGC"), 400, "Organizations.1500")
		if all := h.delegates(t, ""); len(all) != 0 {
			t.Errorf("the administrators are %v", all)
		}
		removed := harness.Try(h.RemoveAccount(&model.RemoveAccountRequest{AccountId: one})).Or(t)
		if removed.HttpStatusCode != 200 {
			t.Errorf("RemoveAccount answers %d, want 200", removed.HttpStatusCode)
		}
		harness.WantHuawei(t, failure(h.RemoveAccount(&model.RemoveAccountRequest{AccountId: one})), 404, "Organizations.1301")
		harness.WantHuawei(t, failure(h.RemoveAccount(&model.RemoveAccountRequest{AccountId: h.key.Account})), 400, "Organizations.1304")
	})
}
