package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Usage is how much of a limit an organization has used up.
type Usage struct {
	Limit   int
	Limited bool // else there is no limit, and Limit is zero
	Used    int
}

// limitOf reads a figure of which zero means none.
func limitOf(limit, used int) Usage { return Usage{Limit: limit, Limited: limit > 0, Used: used} }

// Usages are the limits of an organization that are told with what is used of them.
type Usages struct {
	Accounts Usage
	Units    Usage
	Policies Usage // of all types together
	Closures Usage // accounts closed within the rulebook's ClosureWindow
	Controls Usage // service control policies on one target; Used is the most that any has
}

// ListUsages tells what the caller's organization has used of its limits.
func (p *Plane) ListUsages(ctx context.Context, c org.Caller) (Usages, error) {
	return view(ctx, p, func(r store.Reader) (Usages, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListQuotas")
		if err != nil {
			return Usages{}, err
		}
		quotas := p.Quotas(o.Rules())
		accounts, err := r.CountAccounts(ctx, o.ID, "")
		if err != nil {
			return Usages{}, err
		}
		units, err := r.CountUnits(ctx, o.ID, "")
		if err != nil {
			return Usages{}, err
		}
		out := Usages{Accounts: limitOf(quotas.Accounts, accounts), Units: limitOf(quotas.Units, units)}
		_, lately, err := r.CountClosures(ctx, o.ID, p.now().Add(-o.Rules().ClosureWindow))
		if err != nil {
			return Usages{}, err
		}
		out.Closures = Usage{Limited: quotas.Closures != org.ClosureQuota{}, Used: lately}
		members, err := closureBase(ctx, r, o, quotas.Closures, lately)
		if err != nil {
			return Usages{}, err
		}
		out.Closures.Limit = quotas.Closures.Limit(members)
		if out.Policies, err = policyUsage(ctx, r, o); err != nil {
			return Usages{}, err
		}
		out.Controls, err = controlUsage(ctx, r, o)
		return out, err
	})
}

func policyUsage(ctx context.Context, r store.Reader, o org.Organization) (Usage, error) {
	var out Usage
	for _, rule := range o.Rules().Policies {
		if rule.Type.Tried() {
			continue
		}
		n, err := r.CountPolicies(ctx, o.ID, rule.Type)
		if err != nil {
			return Usage{}, err
		}
		out.Limit, out.Limited, out.Used = out.Limit+rule.Policies, true, out.Used+n
	}
	return out, nil
}

func controlUsage(ctx context.Context, r store.Reader, o org.Organization) (Usage, error) {
	rule := o.Rules().PolicyRule(org.ServiceControl)
	all, err := r.AllAttachments(ctx, o.ID, rule.Type)
	if err != nil {
		return Usage{}, err
	}
	most, on, n := 0, "", 0
	for _, a := range all { // those of one target stand together
		if a.TargetID != on {
			on, n = a.TargetID, 0
		}
		n++
		most = max(most, n)
	}
	return limitOf(rule.Most, most), nil
}

// ListTagPolicyServices lists the services of whose resources tag policies are enforced, as the catalog has them.
func (p *Plane) ListTagPolicyServices(ctx context.Context, c org.Caller) ([]org.TagPolicyService, error) {
	return view(ctx, p, func(r store.Reader) ([]org.TagPolicyService, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListTagPolicyServices")
		if err != nil {
			return nil, err
		}
		return p.Catalogs.Of(o.Rules()).TagPolicyServices, nil
	})
}
