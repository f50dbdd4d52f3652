package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Policy is a policy as an organization sees it: one of its own, or the cloud's.
type Policy struct {
	Organization org.Organization
	org.Policy
}

// CreatePolicy makes a policy. It fails as org.NewPolicy and CheckTags do, with PolicyTypeDisabled where the rulebook wants the type to be enabled, with
// PolicyMalformed and PolicyTooLarge for the document, with PolicyLimit, and with PolicyNameTaken.
func (d PolicyDeeds) CreatePolicy(ctx context.Context, c org.Caller, t org.PolicyType, name, description, content string, tags []org.Tag) (Policy, error) {
	p, t := d.plane, d.in(t)
	return update(ctx, p, func(tx store.Tx) (Policy, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, d.action("organizations:CreatePolicy"), making(t, tags))
		if err != nil {
			return Policy{}, err
		}
		made, err := org.NewPolicy(o, p.Mint.Policy(o.Rules()), t, name, description, content, p.now())
		if err != nil {
			return Policy{}, err
		}
		if err := org.CheckTags(o.Rules(), nil, tags); err != nil {
			return Policy{}, err
		}
		if err := p.checkTagPolicy(ctx, tx, o, org.PolicyThing, tags); err != nil {
			return Policy{}, err
		}
		if err := p.checkPolicy(ctx, tx, o, made); err != nil {
			return Policy{}, err
		}
		if err := tx.InsertPolicy(ctx, made); err != nil {
			return Policy{}, err
		}
		if err := tx.PutTags(ctx, o.ID, org.Resource(made.ID), tags); err != nil {
			return Policy{}, err
		}
		err = p.record(ctx, tx, o, d.event(org.PolicyCreated), c, string(made.ID), map[string]string{"policyName": name, "policyType": string(t.InForce())})
		return Policy{Organization: o, Policy: made}, err
	})
}

// checkPolicy holds a new policy against the laws that look beyond itself.
func (p *Plane) checkPolicy(ctx context.Context, r store.Reader, o org.Organization, made org.Policy) error {
	rule, err := o.PolicyRule(made.Type)
	if err != nil {
		return err
	}
	if rule.OnlyOn {
		if _, err := p.settledRule(ctx, r, o, made.Type); err != nil {
			return err
		}
	}
	if err := p.checkDocument(rule.Grammar, made.Content); err != nil {
		return err
	}
	n, err := r.CountPolicies(ctx, o.ID, made.Type)
	if err != nil {
		return err
	}
	if n >= rule.Policies {
		return org.Errorf(org.PolicyLimit, "an organization has at most %d policies of this type", rule.Policies)
	}
	return nil
}

// UpdatePolicy changes a policy, which works at once wherever it is attached. It fails as org.Policy.Change does, with PolicyMissing, PolicyMalformed,
// PolicyTooLarge and PolicyNameTaken.
func (d PolicyDeeds) UpdatePolicy(ctx context.Context, c org.Caller, id org.PolicyID, change org.PolicyChange) (Policy, error) {
	p := d.plane
	return update(ctx, p, func(tx store.Tx) (Policy, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, d.action("organizations:UpdatePolicy"), onPolicy(id))
		if err != nil {
			return Policy{}, err
		}
		old, err := d.policy(ctx, tx, o, id)
		if err != nil {
			return Policy{}, err
		}
		changed, err := old.Change(o.Rules(), change, o.Version)
		if err != nil {
			return Policy{}, err
		}
		if changed.Content == old.Content {
			err = tx.UpdatePolicy(ctx, changed)
		} else {
			err = p.rewrite(ctx, tx, o, changed)
		}
		if err != nil {
			return Policy{}, err
		}
		err = p.record(ctx, tx, o, d.event(org.PolicyUpdated), c, string(id), map[string]string{"policyName": changed.Name})
		return Policy{Organization: o, Policy: changed}, err
	})
}

// rewrite gives a policy another document.
func (p *Plane) rewrite(ctx context.Context, tx store.Tx, o org.Organization, changed org.Policy) error {
	rule, err := o.PolicyRule(changed.Type)
	if err != nil {
		return err
	}
	if err := p.checkDocument(rule.Grammar, changed.Content); err != nil {
		return err
	}
	targets, err := targetsOf(ctx, tx, o, changed.ID)
	if err != nil {
		return err
	}
	err = p.overturn(ctx, tx, o, rule, targets, func() error { return tx.UpdatePolicy(ctx, changed) })
	if err != nil {
		return err
	}
	return tx.MarkPolicyChanges(ctx, o.ID, changed.ID, p.now())
}

// DeletePolicy removes a policy with its tags. It fails with PolicyMissing, PolicyImmutable, and PolicyInUse while it is attached anywhere.
func (d PolicyDeeds) DeletePolicy(ctx context.Context, c org.Caller, id org.PolicyID) error {
	p := d.plane
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, d.action("organizations:DeletePolicy"), onPolicy(id))
		if err != nil {
			return err
		}
		old, err := d.policy(ctx, tx, o, id)
		if err != nil {
			return err
		}
		if old.BuiltIn() {
			return org.Errorf(org.PolicyImmutable, "the policy %s belongs to the cloud", id)
		}
		n, err := tx.CountAttachmentsOf(ctx, o.ID, id)
		if err != nil {
			return err
		}
		if n > 0 {
			return org.Errorf(org.PolicyInUse, "the policy %s is attached to %d targets", id, n)
		}
		if err := tx.DeletePolicy(ctx, o.ID, id); err != nil {
			return err
		}
		return p.record(ctx, tx, o, d.event(org.PolicyDeleted), c, string(id), nil)
	})
}
