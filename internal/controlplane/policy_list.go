package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Policies is a page of policies. Next is empty on the last one.
type Policies struct {
	Policies []Policy
	Next     string
}

// GetPolicy returns a policy of the caller's organization or of the cloud. It fails with PolicyMissing.
func (d PolicyDeeds) GetPolicy(ctx context.Context, c org.Caller, id org.PolicyID) (Policy, error) {
	p := d.plane
	return view(ctx, p, func(r store.Reader) (Policy, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, d.action("organizations:DescribePolicy"), onPolicy(id))
		if err != nil {
			return Policy{}, err
		}
		found, err := d.policy(ctx, r, o, id)
		return Policy{Organization: o, Policy: found}, err
	})
}

// afterOwn is the cursor behind the cloud's own policy, where the organization's begin.
const afterOwn = "own"

// ListPolicies lists the policies of a type, the cloud's own first and the others oldest first. Whether the type is enabled does not matter.
func (d PolicyDeeds) ListPolicies(ctx context.Context, c org.Caller, t org.PolicyType, page org.Page) (Policies, error) {
	p, t := d.plane, d.in(t)
	return view(ctx, p, func(r store.Reader) (Policies, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, d.action("organizations:ListPolicies"), page, ofType(t))
		if err != nil {
			return Policies{}, err
		}
		found, err := policies(ctx, r, o, t, page)
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

func policies(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType, page org.Page) (Policies, error) {
	var out Policies
	if own, ok := o.Rules().OwnPolicyOf(t); ok && page.After == "" {
		out.Policies = append(out.Policies, Policy{Organization: o, Policy: own})
		if page.Limit--; page.Limit == 0 { // whether anything follows decides whether this page is the last
			more, _, err := r.Policies(ctx, o.ID, t, org.Page{Limit: 1})
			if len(more) > 0 {
				out.Next = afterOwn
			}
			return out, err
		}
	}
	if page.After == afterOwn {
		page.After = ""
	}
	found, next, err := r.Policies(ctx, o.ID, t, page)
	if err != nil {
		return Policies{}, err
	}
	for _, f := range found {
		out.Policies = append(out.Policies, Policy{Organization: o, Policy: f})
	}
	out.Next = next
	return out, nil
}

// policyOf returns a policy of the organization or of the cloud. It fails with PolicyMissing.
func policyOf(ctx context.Context, r store.Reader, o org.Organization, id org.PolicyID) (org.Policy, error) {
	if own, ok := o.Rules().OwnPolicy(id); ok {
		return own, nil
	}
	return r.Policy(ctx, o.ID, id)
}
