package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListAttachedPolicies lists the policies of a type that are attached directly to a target, oldest attachment first. It fails with TargetMissing.
func (d PolicyDeeds) ListAttachedPolicies(ctx context.Context, c org.Caller, t org.PolicyType, target string, page org.Page) (Policies, error) {
	p, t := d.plane, d.in(t)
	return view(ctx, p, func(r store.Reader) (Policies, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, d.action("organizations:ListPoliciesForTarget"), page, onAny(target), ofType(t))
		if err != nil {
			return Policies{}, err
		}
		if _, err := kindOf(ctx, r, o, target); err != nil {
			return Policies{}, instead(err, org.AccountMissing, org.TargetMissing)
		}
		found, err := attachedPolicies(ctx, r, o, t, target, page)
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

func attachedPolicies(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType, target string, page org.Page) (Policies, error) {
	found, next, err := r.Attachments(ctx, o.ID, t, target, page)
	if err != nil {
		return Policies{}, err
	}
	out := Policies{Next: next}
	for _, a := range found {
		one, err := policyOf(ctx, r, o, a.PolicyID)
		if err != nil {
			return Policies{}, err
		}
		out.Policies = append(out.Policies, Policy{Organization: o, Policy: one})
	}
	return out, nil
}

// ListTargets lists what a policy is attached to, oldest attachment first. It fails with PolicyMissing.
func (d PolicyDeeds) ListTargets(ctx context.Context, c org.Caller, id org.PolicyID, page org.Page) (Targets, error) {
	p := d.plane
	return view(ctx, p, func(r store.Reader) (Targets, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, d.action("organizations:ListTargetsForPolicy"), page, onPolicy(id))
		if err != nil {
			return Targets{}, err
		}
		if _, err := d.policy(ctx, r, o, id); err != nil {
			return Targets{}, err
		}
		found, next, err := r.AttachmentsOf(ctx, o.ID, id, page)
		if err != nil {
			return Targets{}, err
		}
		out := Targets{Next: cursor(o, next)}
		for _, a := range found {
			e, err := entityOf(ctx, r, o, a.TargetID)
			if err != nil {
				return Targets{}, err
			}
			out.Targets = append(out.Targets, Target{Organization: o, Entity: e})
		}
		return out, nil
	})
}

// entityOf returns a node of the tree. It fails with AccountMissing for what is none.
func entityOf(ctx context.Context, r store.Reader, o org.Organization, id string) (Entity, error) {
	if u, err := r.Unit(ctx, o.ID, org.UnitID(id)); err == nil {
		return unitEntity(u), nil
	}
	a, err := member(ctx, r, o, org.AccountID(id))
	return Entity{Kind: AccountEntity, ID: string(a.ID), Name: a.Name}, err
}
