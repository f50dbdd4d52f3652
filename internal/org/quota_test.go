package org_test

import (
	"cmp"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryQuotaCanBeSetByItsName(t *testing.T) {
	t.Parallel()
	set := map[string]string{}
	for _, rule := range org.QuotaRules {
		var q org.Quotas
		rule.Set(&q, 7)
		v, changed := reflect.ValueOf(q), 0
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				continue
			}
			changed++
			field := v.Type().Field(i).Name
			if other := set[field]; other != "" {
				t.Errorf("%s and %s both set %s", other, rule.Name, field)
			}
			set[field] = rule.Name
		}
		if changed != 1 || rule.Name == "" || rule.Says == "" {
			t.Errorf("%+v sets %d quotas", rule.Name, changed)
		}
		if rule.Set(&q, 0); q != (org.Quotas{}) {
			t.Errorf("%s of zero is not none: %+v", rule.Name, q)
		}
		rule.Set(&q, math.MaxInt)
		for i := range v.NumField() {
			if f := reflect.ValueOf(q).Field(i); f.CanInt() && f.Int() < 0 {
				t.Errorf("%s of the greatest number is %d", rule.Name, f.Int())
			}
		}
		if found, ok := org.QuotaRuleOf(rule.Name); !ok || found.Says != rule.Says {
			t.Errorf("%s is not found", rule.Name)
		}
	}
	fields := 0
	for f := range reflect.TypeFor[org.Quotas]().Fields() {
		fields++
		if set[f.Name] == "" {
			t.Errorf("no name sets %s", f.Name)
		}
	}
	if fields == 0 || len(org.QuotaRules) != fields {
		t.Errorf("%d names for %d quotas", len(org.QuotaRules), fields)
	}
	if _, ok := org.QuotaRuleOf("policies"); ok {
		t.Error("policies are no quota")
	}
}

// TestThePublishedQuotas holds the rulebooks against the User Guide, "Quotas and service limits", and the Billing User Guide, "Transfer billing management".
func TestThePublishedQuotas(t *testing.T) {
	t.Parallel()
	for _, p := range []org.Partition{org.AWS, org.AWSChina, org.AWSGov} {
		r := org.RulesOf(p)
		want := org.Quotas{
			Accounts: 10, Creations: 5, Units: 2000, Closing: 3, Closures: org.ClosureQuota{Floor: 250, Percent: 20, Ceiling: 1000}, LeaveAfter: 96 * time.Hour, JoinAfter: r.Vendor.JoinAfter, // which no page states
			ClosedFor: 90 * 24 * time.Hour, Invitations: 20, InboundTransfers: 1000, OutboundTransfers: 1, TransferLevels: 1, ChainTransfers: 1000,
		}
		if r.Vendor != want {
			t.Errorf("%s: %+v", p, r.Vendor)
		}
		h := r.Handshakes
		if r.Depth != 5 || r.Tags != 50 || h.InvitationLife != 15*24*time.Hour || h.MigrationLife != 90*24*time.Hour || h.Shown != 30*24*time.Hour || h.MigrationSize != 5000 {
			t.Errorf("%s: depth %d, tags %d, %+v", p, r.Depth, r.Tags, h)
		}
		if r.Relaxed.ClosedFor != 90*24*time.Hour || r.ClosureWindow != 30*24*time.Hour {
			t.Errorf("%s: closed for %s, counted for %s", p, r.Relaxed.ClosedFor, r.ClosureWindow)
		}
		bounds := map[org.PolicyType][3]int{ // in an organization, at most and at least on a target
			org.ServiceControl: {10000, 10, 1}, org.ResourceControl: {2000, 5, 1}, org.AIServicesPolicy: {1000, 5, 0}, org.ChatbotPolicy: {1000, 5, 0},
		}
		if types := map[org.Partition]int{org.AWSChina: 8}[p]; len(r.Policies) != cmp.Or(types, 13) {
			t.Errorf("%s: %d types of policy", p, len(r.Policies))
		}
		for _, rule := range r.Policies {
			want, ok := bounds[rule.Type]
			if !ok {
				want = [3]int{1000, 10, 0}
			}
			if got := [3]int{rule.Policies, rule.Most, rule.Least}; got != want {
				t.Errorf("%s: %s: %v, want %v", p, rule.Type, got, want)
			}
		}
	}
}
