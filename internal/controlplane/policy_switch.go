package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// switching lists the types that are on their way to being on or off. What follows from a switch has happened by then: on the way nothing can be attached, so that
// the policies in force are those of the end.
func (p *Plane) switching(ctx context.Context, r store.Reader, o org.Organization) ([]org.PolicyType, error) {
	if !p.Realistic || o.Rules().PolicyTypeTime == 0 {
		return nil, nil
	}
	at, err := r.PolicyTypeSwitches(ctx, o.ID)
	var out []org.PolicyType
	for t, when := range at {
		if o.Rules().Switching(when, p.now()) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out, err
}

// turn switches a type by a deed of the store. Where that would turn a type round that is still on its way, it fails with ConcurrentModification.
func (p *Plane) turn(ctx context.Context, tx store.Tx, o org.Organization, t org.PolicyType, deed func(context.Context, org.OrganizationID, org.PolicyType) error) error {
	busy, err := p.switching(ctx, tx, o)
	if err != nil {
		return err
	}
	if err := deed(ctx, o.ID, t); err != nil {
		return err
	}
	if slices.Contains(busy, t) {
		return org.Errorf(org.ConcurrentModification, "policies of the type %s are still being switched", t)
	}
	return tx.PutPolicyTypeSwitch(ctx, o.ID, t, p.now())
}

// settledRule is enabledRule for what waits until the type is fully on.
func (p *Plane) settledRule(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType) (*org.PolicyRule, error) {
	rule, err := p.enabledRule(ctx, r, o, t)
	if err != nil {
		return nil, err
	}
	busy, err := p.switching(ctx, r, o)
	if err == nil && slices.Contains(busy, t) {
		return nil, org.Errorf(org.PolicyTypeDisabled, "policies of the type %s are not enabled yet", t)
	}
	return rule, err
}
