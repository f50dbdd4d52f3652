package controlplane_test

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	ssm       = "ssm.amazonaws.com"
	guardduty = "guardduty.amazonaws.com"
)

func (e *estate) trusted() string {
	e.Helper()
	found, err := e.plane.ListTrustedServices(e.Context(), e.admin, org.Page{Limit: 100})
	if err != nil {
		e.Fatal(err)
	}
	var names []string
	for _, s := range found.Services {
		names = append(names, s.Service+"@"+s.EnabledAt.Format(time.TimeOnly))
	}
	return strings.Join(names, " ")
}

func (e *estate) trust(service string) error {
	return e.plane.TrustService(e.Context(), e.admin, service)
}

func (e *estate) distrust(service string) error {
	return e.plane.DistrustService(e.Context(), e.admin, service)
}

func (e *estate) register(id org.AccountID, service string) func() error {
	return func() error { return e.plane.RegisterDelegate(e.Context(), e.admin, id, service) }
}

func (e *estate) deregister(id org.AccountID, service string) func() error {
	return func() error { return e.plane.DeregisterDelegate(e.Context(), e.admin, id, service) }
}

func must(e *estate, err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

func TestTrustInAServiceKeepsItsFirstDate(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	v := e.version()
	must(e, e.trust(ssm))
	e.recorded(v, org.Event{Name: org.ServiceTrusted, Subject: ssm, By: e.admin})
	e.pass(time.Minute)
	must(e, e.trust(guardduty))
	must(e, e.trust(ssm))
	if got := e.trusted(); got != "guardduty.amazonaws.com@00:01:00 ssm.amazonaws.com@00:00:00" {
		t.Error(got)
	}
	v = e.version()
	must(e, e.distrust(ssm))
	e.recorded(v, org.Event{Name: org.ServiceDistrusted, Subject: ssm, By: e.admin})
	v = e.version()
	must(e, e.distrust(ssm))
	e.recorded(v, org.Event{Name: org.ServiceDistrusted, Subject: ssm, By: e.admin})
	huawei := in(t, org.Huawei)
	huawei.refused("what is not trusted on Huawei Cloud", org.TrustedAccessOff, func() error { return huawei.distrust("service.CTS") })
	e.refused("an unknown service", org.ServiceUnknown, func() error { return e.trust("nothing.amazonaws.com") })
	e.refused("an unknown service again", org.ServiceUnknown, func() error { return e.distrust("nothing.amazonaws.com") })
}

func TestAnyServiceWhereTheOperatorSaysSo(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) { c.AnyService = true })
	must(e, e.trust("nothing.amazonaws.com"))
	must(e, e.register(e.account("one"), "nothing.amazonaws.com")())
}

func TestWhatNeedsAllFeatures(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	o, err := e.plane.CreateOrganization(t.Context(), e.admin, org.ConsolidatedBilling)
	must(e, err)
	e.id = o.ID
	for says, deed := range map[string]func() error{
		"trust": func() error { return e.trust(ssm) }, "distrust": func() error { return e.distrust(ssm) },
		"register": e.register("no", ssm), "deregister": e.deregister("no", ssm),
		"list": func() error {
			_, err := e.plane.ListTrustedServices(t.Context(), e.admin, org.Page{Limit: 1})
			return err
		},
		"delegate by policy": func() error {
			_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, "{}", nil)
			return err
		},
		"read how it is delegated": func() error { _, err := e.plane.GetResourcePolicy(t.Context(), e.admin); return err },
		"delegate no more":         func() error { return e.plane.DeleteResourcePolicy(t.Context(), e.admin) },
		"turn a policy type off": func() error {
			_, err := e.plane.DisablePolicyType(t.Context(), e.admin, "r-none", org.ServiceControl)
			return err
		},
	} {
		e.refused(says, org.AllFeaturesRequired, deed)
	}
}

func TestAPolicyTypeAndItsServiceWaitForEachOther(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	const service = "securityhub.amazonaws.com"
	enable := func() error {
		_, err := e.plane.EnablePolicyType(t.Context(), e.admin, e.root, org.SecurityHubPolicy)
		return err
	}
	e.refused("the type before its service", org.TrustedAccessOff, enable)
	must(e, e.trust(service))
	must(e, enable())
	e.refused("the service before its type", org.ServiceHoldsType, func() error { return e.distrust(service) })
	_, err := e.plane.DisablePolicyType(t.Context(), e.admin, e.root, org.SecurityHubPolicy)
	must(e, err)
	must(e, e.distrust(service))
}

func TestTheLawsOfDelegation(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	one, two, three, closed := e.account("one"), e.account("two"), e.account("three"), e.account("closed")
	e.close(closed)
	stranger := e.stranger().AccountID
	e.refused("an unknown service, before all else", org.ServiceUnknown, e.register("no", "nothing.amazonaws.com"))
	e.refused("a service that nobody administers", org.ServiceUnknown, e.register(one, "ram.amazonaws.com"))
	e.refused("an account that is not there", org.AccountMissing, e.register("999999999999", ssm))
	e.refused("an account of nobody", org.AccountMissing, e.register(stranger, ssm))
	e.refused("the management account", org.DelegateIsManagement, e.register(e.admin.AccountID, ssm))
	e.refused("a closed account", org.DelegateSuspended, e.register(closed, ssm))
	e.refused("a service without trust", org.TrustedAccessOff, e.register(one, ssm))
	must(e, e.trust(ssm))
	must(e, e.trust(guardduty))
	must(e, e.trust("cloudtrail.amazonaws.com"))
	v := e.version()
	must(e, e.register(one, ssm)())
	e.recorded(v, org.Event{Name: org.DelegateRegistered, Subject: string(one), By: e.admin, Detail: map[string]string{"service": ssm}})
	e.refused("the same again", org.DelegationExists, e.register(one, ssm))
	must(e, e.register(one, guardduty)())
	e.refused("a second one for a service that has one", org.DelegateExists, e.register(two, guardduty))
	e.refused("the same for a service that has one", org.DelegationExists, e.register(one, guardduty))
	for _, id := range []org.AccountID{one, two, three} {
		must(e, e.register(id, "cloudtrail.amazonaws.com")())
	}
	e.refused("a fourth one for a service that has three", org.DelegateLimit, e.register(e.account("four"), "cloudtrail.amazonaws.com"))

	e.refused("deregister for an unknown service", org.ServiceUnknown, e.deregister(one, "nothing.amazonaws.com"))
	e.refused("deregister an account of nobody", org.AccountMissing, e.deregister(stranger, ssm))
	e.refused("deregister the management account", org.DelegateIsManagement, e.deregister(e.admin.AccountID, ssm))
	e.refused("deregister for another service", org.DelegationMissing, e.deregister(two, ssm))
	v = e.version()
	must(e, e.deregister(one, ssm)())
	e.recorded(v, org.Event{Name: org.DelegateDeregistered, Subject: string(one), By: e.admin, Detail: map[string]string{"service": ssm}})
	e.refused("deregister twice", org.DelegationMissing, e.deregister(one, ssm))
}

func TestListsOfDelegation(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	one, two := e.account("one"), e.account("two")
	must(e, e.trust(ssm))
	must(e, e.trust(guardduty))
	first := e.clock()
	must(e, e.register(one, guardduty)())
	e.pass(time.Hour)
	must(e, e.register(one, ssm)())
	must(e, e.register(two, ssm)())
	for service, want := range map[string]int{"": 2, ssm: 2, guardduty: 1} {
		found, err := e.plane.ListDelegates(t.Context(), e.admin, service, org.Page{Limit: 10})
		must(e, err)
		if len(found.Delegates) != want {
			t.Errorf("%d delegates of %q, want %d", len(found.Delegates), service, want)
		}
		for _, d := range found.Delegates {
			if since := first; service != ssm && d.ID == one && !d.EnabledAt.Equal(since) || d.Name == "" {
				t.Errorf("%+v", d)
			}
		}
	}
	e.refused("delegates of an unknown service", org.ServiceUnknown, func() error {
		_, err := e.plane.ListDelegates(t.Context(), e.admin, "nothing.amazonaws.com", org.Page{Limit: 1})
		return err
	})
	services := func(id org.AccountID) func() error {
		return func() error {
			found, err := e.plane.ListDelegations(t.Context(), e.admin, id, org.Page{Limit: 1})
			if err == nil && (len(found.Delegations) != 1 || found.Delegations[0].Service != guardduty || found.Next == "") {
				t.Errorf("%+v", found)
			}
			return err
		}
	}
	e.refused("services of a delegate", "", services(one))
	e.refused("services of the management account", org.DelegationMissing, services(e.admin.AccountID))
	e.refused("services of nobody", org.AccountMissing, services(e.stranger().AccountID))
}

func TestDistrustEndsDelegationsOfTheService(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := e.member(e.account("one"))
	e.delegated(member.AccountID)
	read := func() error {
		_, err := e.plane.GetRoot(t.Context(), member)
		return err
	}
	e.refused("while it is trusted", "", read)
	must(e, e.distrust(ssm))
	e.refused("afterwards", org.DelegateOnly, read)
	must(e, e.trust(ssm))
	e.refused("when it is trusted again", org.DelegateOnly, read)
}

func TestATrustOutlivesItsCatalog(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	one, two := e.account("one"), e.account("two")
	must(e, e.trust(guardduty))
	must(e, e.register(one, guardduty)())
	another, err := org.ReadCatalogs([]byte(`{"aws":{"services":[{"principal":"mine.amazonaws.com"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	e.plane.Catalogs = another
	e.refused("a delegate of a service that is no longer listed", org.ServiceUnknown, e.register(two, guardduty))
	found, err := e.plane.ListDelegates(t.Context(), e.admin, guardduty, org.Page{Limit: 10})
	if err != nil || len(found.Delegates) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	must(e, e.deregister(one, guardduty)())
	must(e, e.distrust(guardduty))
	e.refused("once more", org.ServiceUnknown, func() error { return e.distrust(guardduty) })
	e.refused("its trust", org.ServiceUnknown, func() error { return e.trust(guardduty) })
}
