package org_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestServicesThatCanBeTrusted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says      string
		partition org.Partition
		principal string
		any       bool
		reason    org.Reason
		delegates bool
	}{
		{"a service that members administer", org.AWS, "guardduty.amazonaws.com", false, "", true},
		{"a service that they do not", org.AWS, "ram.amazonaws.com", false, "", false},
		{"the spelling of one page of the guide", org.AWS, "notifications.amazon.com", false, "", true},
		{"a service without its suffix", org.AWS, "guardduty", false, org.ServiceUnknown, false},
		{"a service in another case", org.AWS, "GuardDuty.amazonaws.com", false, org.ServiceUnknown, false},
		{"a service that is listed without trusted access", org.AWS, "events.amazonaws.com", false, org.ServiceUnknown, false},
		{"a new service, where any may be trusted", org.AWS, "new.amazonaws.com", true, "", true},
		{"what is no service, where any may be trusted", org.AWS, "new.example.com", true, org.ServiceUnknown, false},
		{"a bare suffix, where any may be trusted", org.AWS, ".amazonaws.com", true, org.ServiceUnknown, false},
		{"a service of another cloud", org.Huawei, "guardduty.amazonaws.com", true, org.ServiceUnknown, false},
		{"a service of Huawei Cloud", org.Huawei, "service.SecMaster", false, "", true},
		{"a new one there", org.Huawei, "service.New", false, org.ServiceUnknown, false},
		{"a new one there, where any may be trusted", org.Huawei, "service.New", true, "", true},
		{"a bare prefix, where any may be trusted", org.Huawei, "service.", true, org.ServiceUnknown, false},
	} {
		rule, err := org.RulesOf(c.partition).Service(org.Catalogs{}.Of(org.RulesOf(c.partition)), c.principal, c.any)
		if org.ReasonOf(err) != c.reason || rule.Delegates != c.delegates {
			t.Errorf("%s: %+v, %v", c.says, rule, err)
		}
	}
}

func TestEveryServiceHasOneRule(t *testing.T) {
	t.Parallel()
	for _, p := range org.Partitions {
		seen := map[string]bool{}
		for _, s := range (org.Catalogs{}).Of(org.RulesOf(p)).Services {
			if seen[s.Principal] || s.Most > 0 && !s.Delegates {
				t.Errorf("%s: %+v", p, s)
			}
			seen[s.Principal] = true
		}
		if len(seen) < 20 {
			t.Errorf("%s knows %d services", p, len(seen))
		}
		for _, rule := range org.RulesOf(p).Policies {
			if rule.Service != "" && !seen[rule.Service] {
				t.Errorf("%s: policies of the type %s work through %s, which nobody can trust", p, rule.Type, rule.Service)
			}
		}
	}
}

func TestHowManyMembersAdministerAService(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most, n int
		reason  org.Reason
	}{
		{0, 1000, ""}, {1, 0, ""}, {1, 1, org.DelegateExists}, {5, 4, ""}, {5, 5, org.DelegateLimit},
	} {
		s := org.ServiceRule{Most: c.most}
		if got := org.ReasonOf(s.CheckDelegates(c.n)); got != c.reason {
			t.Errorf("%d of %d: %q", c.n, c.most, got)
		}
	}
}

func TestWhoMayAdministerAService(t *testing.T) {
	t.Parallel()
	o := org.Organization{ManagementID: "m"}
	for reason, a := range map[org.Reason]org.Account{
		org.DelegateIsManagement: {ID: "m", State: org.AccountActive}, "": {ID: "a", State: org.AccountActive}, org.DelegateSuspended: {ID: "a", State: org.AccountClosed},
	} {
		if got := org.ReasonOf(org.CheckDelegate(o, a)); got != reason {
			t.Errorf("%+v: %q, want %q", a, got, reason)
		}
	}
}
