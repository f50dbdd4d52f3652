package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Target is a node of the tree that a policy is attached to.
type Target struct {
	Organization org.Organization
	Entity
}

// Targets is a page of targets. Next is empty on the last one.
type Targets struct {
	Targets []Target
	Next    string
}

// AttachPolicy attaches a policy to the root, a unit or an account, behind those of its type that are there. It fails with PolicyMissing, TargetMissing,
// PolicyTypeDisabled, PolicyAttached and AttachmentLimit.
func (d PolicyDeeds) AttachPolicy(ctx context.Context, c org.Caller, id org.PolicyID, target string) error {
	p := d.plane
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, d.action("organizations:AttachPolicy"), onPolicy(id), onAny(target))
		if err != nil {
			return err
		}
		found, err := d.policyAndTarget(ctx, tx, o, id, target)
		if err != nil {
			return err
		}
		rule, err := d.attachable(ctx, tx, o, found.Type)
		if err != nil {
			return err
		}
		there, err := attachedTo(ctx, tx, o, rule, target)
		if err != nil {
			return err
		}
		if slices.Contains(there, id) {
			return org.Errorf(org.PolicyAttached, "the policy %s is attached to %s already", id, target)
		}
		if len(there) >= rule.Most {
			return org.Errorf(org.AttachmentLimit, "at most %d policies of this type are attached to one target", rule.Most)
		}
		return p.reattach(ctx, tx, o, c, rule, id, target, d.event(org.PolicyAttachedTo), func() error {
			return tx.Attach(ctx, org.Attachment{OrganizationID: o.ID, PolicyID: id, Type: found.Type, TargetID: target, Position: o.Version})
		})
	})
}

// DetachPolicy takes a policy off a target. It fails with PolicyMissing, TargetMissing, AllFeaturesRequired, PolicyMustStay, PolicyNotAttached, and with AttachmentLeast
// for the last policy of a type that no target may be without.
func (d PolicyDeeds) DetachPolicy(ctx context.Context, c org.Caller, id org.PolicyID, target string) error {
	p := d.plane
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, d.action("organizations:DetachPolicy"), onPolicy(id), onAny(target))
		if err != nil {
			return err
		}
		found, err := d.policyAndTarget(ctx, tx, o, id, target)
		if err != nil {
			return err
		}
		rule, err := o.PolicyRule(found.Type)
		if err != nil {
			return instead(err, org.PolicyTypeUnavailable, org.AllFeaturesRequired)
		}
		if rule.OwnStays && found.BuiltIn() {
			return org.Errorf(org.PolicyMustStay, "the policy %s cannot be detached", id)
		}
		there, err := attachedTo(ctx, tx, o, rule, target)
		if err != nil {
			return err
		}
		if !slices.Contains(there, id) {
			return org.Errorf(org.PolicyNotAttached, "the policy %s is not attached to %s", id, target)
		}
		if len(there) <= rule.Least {
			return org.Errorf(org.AttachmentLeast, "a target has at least %d attached policy of this type", rule.Least)
		}
		return p.reattach(ctx, tx, o, c, rule, id, target, d.event(org.PolicyDetachedFrom), func() error { return tx.Detach(ctx, o.ID, id, target) })
	})
}

// reattach carries out a change of what is attached to a target, with all that follows from it.
func (p *Plane) reattach(
	ctx context.Context, tx store.Tx, o org.Organization, by org.Caller, rule *org.PolicyRule, id org.PolicyID, target string, name org.EventName, change func() error,
) error {
	if err := p.overturn(ctx, tx, o, rule, []string{target}, change); err != nil {
		return err
	}
	if rule.Inherited {
		if err := tx.MarkPolicyChange(ctx, o.ID, rule.Type, target, p.now()); err != nil {
			return err
		}
	}
	return p.record(ctx, tx, o, name, by, string(id), map[string]string{"targetId": target})
}

func (d PolicyDeeds) policyAndTarget(ctx context.Context, r store.Reader, o org.Organization, id org.PolicyID, target string) (org.Policy, error) {
	found, err := d.policy(ctx, r, o, id)
	if err != nil {
		return org.Policy{}, err
	}
	_, err = kindOf(ctx, r, o, target)
	return found, instead(err, org.AccountMissing, org.TargetMissing)
}

// attachedTo lists the policies of a type that are attached directly to a target, oldest attachment first.
func attachedTo(ctx context.Context, r store.Reader, o org.Organization, rule *org.PolicyRule, target string) ([]org.PolicyID, error) {
	found, _, err := r.Attachments(ctx, o.ID, rule.Type, target, org.Page{Limit: rule.Most + 1})
	ids := make([]org.PolicyID, len(found))
	for i, a := range found {
		ids[i] = a.PolicyID
	}
	return ids, err
}

// targetsOf lists all targets of a policy.
func targetsOf(ctx context.Context, r store.Reader, o org.Organization, id org.PolicyID) ([]string, error) {
	var out []string
	page := org.Page{Limit: 1000}
	for {
		found, next, err := r.AttachmentsOf(ctx, o.ID, id, page)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			out = append(out, a.TargetID)
		}
		if page.After = next; next == "" {
			return out, nil
		}
	}
}
