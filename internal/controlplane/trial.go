package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// A trial is what is tried out on the calls of one member. It is remembered with the member's bonds, so whether the dry run is fully on is asked of each call.
type trial struct {
	plane *Plane
	run   org.DryRun
	chain policy.Chain
}

// trialOf returns nil while nothing is tried out on the account, which is always so where a cloud has no dry run.
func (p *Plane) trialOf(ctx context.Context, r store.Reader, o org.Organization, path []org.UnitID, a org.AccountID) (*trial, error) {
	rule := o.Rules().PolicyRule(org.TriedControl)
	if rule == nil {
		return nil, nil
	}
	run, err := r.DryRun(ctx, o.ID, rule.Type)
	if err != nil || !run.On {
		return nil, err
	}
	chain, err := p.chain(ctx, r, o, rule, path, a)
	if err != nil {
		return nil, err
	}
	for _, level := range chain {
		if len(level.Policies) > 0 {
			return &trial{plane: p, run: run, chain: chain}, nil
		}
	}
	return nil, nil
}

// try notes in the minutes of the transaction what the tried policies would deny of a request that is let pass.
func (t *trial) try(s *circumstances, all *policy.Policies, req *policy.Request) {
	if t.plane.underway(s.o, t.run) {
		return
	}
	would := policy.DryRun(all, t.chain, req)
	if len(would) == 0 {
		return
	}
	seen := org.DryRunRecord{OrganizationID: s.o.ID, At: s.now, By: s.caller, Action: req.Action, Resources: []string{req.Resource}}
	if from, ok := identity.OriginOf(s.ctx); ok {
		seen.RequestID = from.Request
	}
	for _, v := range would {
		seen.Denials = append(seen.Denials, org.TriedDenial{PolicyID: org.PolicyID(v.By.Policy), Statement: v.By.Sid, TargetID: v.Node})
	}
	minutesOf(s.r).note(t.run, seen)
}
