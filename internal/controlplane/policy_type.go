package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// EnablePolicyType turns a type on in the whole organization and attaches the cloud's own policy of it, if there is one, to everything. It fails
// with PolicyTypeUnavailable, RootMissing, PolicyTypeEnabled, ConcurrentModification while the type is being turned off, and TrustedAccessOff for a type that needs a
// service to be trusted.
func (p *Plane) EnablePolicyType(ctx context.Context, c org.Caller, root org.UnitID, t org.PolicyType) (Root, error) {
	return update(ctx, p, func(tx store.Tx) (Root, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:EnablePolicyType", onUnit(root), ofType(t))
		if err != nil {
			return Root{}, err
		}
		rule, err := o.PolicyRule(t)
		if err != nil {
			return Root{}, err
		}
		if root != o.RootID {
			return Root{}, org.Errorf(org.RootMissing, "there is no root %s", root)
		}
		if err := p.turn(ctx, tx, o, t, tx.EnablePolicyType); err != nil {
			return Root{}, err
		}
		if err := p.checkTrusted(ctx, tx, o, rule.Service); err != nil {
			return Root{}, err
		}
		if rule.Own != nil {
			if err := tx.AttachToAll(ctx, org.Attachment{OrganizationID: o.ID, PolicyID: rule.Own.ID, Type: t, Position: o.Version}); err != nil {
				return Root{}, err
			}
		}
		if err := p.record(ctx, tx, o, org.PolicyTypeSwitchedOn, c, string(root), map[string]string{"policyType": string(t)}); err != nil {
			return Root{}, err
		}
		return p.rootOf(ctx, tx, o)
	})
}

// DisablePolicyType turns a type off. All its attachments go, the policies stay: enabling it again brings back only the cloud's own. It fails as
// org.CheckAllFeatures does, with RootMissing, PolicyTypeDisabled, and ConcurrentModification while the type is being turned on.
func (p *Plane) DisablePolicyType(ctx context.Context, c org.Caller, root org.UnitID, t org.PolicyType) (Root, error) {
	return update(ctx, p, func(tx store.Tx) (Root, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:DisablePolicyType", onUnit(root), ofType(t))
		if err != nil {
			return Root{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return Root{}, err
		}
		if root != o.RootID {
			return Root{}, org.Errorf(org.RootMissing, "there is no root %s", root)
		}
		if err := p.turn(ctx, tx, o, t, tx.DisablePolicyType); err != nil {
			return Root{}, err
		}
		if err := p.record(ctx, tx, o, org.PolicyTypeSwitchedOff, c, string(root), map[string]string{"policyType": string(t)}); err != nil {
			return Root{}, err
		}
		return p.rootOf(ctx, tx, o)
	})
}

// enabledRule returns the rules of a type that is on. It fails with PolicyTypeDisabled.
func (p *Plane) enabledRule(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType) (*org.PolicyRule, error) {
	on, err := r.PolicyTypes(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	rule := o.Rules().PolicyRule(t)
	if rule == nil || !slices.Contains(on, t) {
		return nil, org.Errorf(org.PolicyTypeDisabled, "policies of the type %s are not enabled", t)
	}
	return rule, nil
}

// enabledRules lists the rules of the types that are on, in the order of the rulebook.
func enabledRules(ctx context.Context, r store.Reader, o org.Organization) ([]*org.PolicyRule, error) {
	on, err := r.PolicyTypes(ctx, o.ID)
	if err != nil || len(on) == 0 {
		return nil, err
	}
	var out []*org.PolicyRule
	rules := o.Rules()
	for i := range rules.Policies {
		if slices.Contains(on, rules.Policies[i].Type) {
			out = append(out, &rules.Policies[i])
		}
	}
	return out, nil
}

// attachDefaults gives a fresh unit or member what it has from its first moment on: the cloud's own policy of each enabled type, and for an account
// the effective policies of the units above.
func (p *Plane) attachDefaults(ctx context.Context, tx store.Tx, o org.Organization, target string) error {
	rules, err := enabledRules(ctx, tx, o)
	if err != nil {
		return err
	}
	for _, rule := range rules {
		if rule.Own == nil {
			continue
		}
		err := tx.Attach(ctx, org.Attachment{OrganizationID: o.ID, PolicyID: rule.Own.ID, Type: rule.Type, TargetID: target, Position: o.Version})
		if err != nil {
			return err
		}
	}
	return p.arrive(ctx, tx, o, rules, target)
}

// dropAttachments takes all policies off a unit or account that is about to go.
func (p *Plane) dropAttachments(ctx context.Context, tx store.Tx, o org.Organization, target string) error {
	return tx.DetachAll(ctx, o.ID, target)
}

// checkTrusted fails with TrustedAccessOff unless the organization trusts the service that a type works through.
func (p *Plane) checkTrusted(ctx context.Context, r store.Reader, o org.Organization, service string) error {
	if service == "" {
		return nil
	}
	trusted, err := p.serviceTrusted(ctx, r, o, service)
	if err == nil && !trusted {
		return org.Errorf(org.TrustedAccessOff, "policies of this type need trusted access for %s", service)
	}
	return err
}
