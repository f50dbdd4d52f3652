package controlplane

import (
	"context"
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// A ResourcePolicy is the policy by which an organization delegates the care of itself.
type ResourcePolicy struct {
	Organization org.Organization
	org.ResourcePolicy
}

// PutResourcePolicy writes the organization's resource policy, which keeps its id for as long as there is one. It works from its commit on. It fails as
// org.CheckAllFeatures does, with TagsOnlyAtCreation for tags beside a policy that exists, as CheckTags does, with TagPolicyBroken, and for the document with DelegationMalformed,
// DelegationTooLarge, DelegationPrincipal, DelegationAction, DelegationResource and DelegationPolicyType.
func (p *Plane) PutResourcePolicy(ctx context.Context, c org.Caller, content string, tags []org.Tag) (ResourcePolicy, error) {
	return update(ctx, p, func(tx store.Tx) (ResourcePolicy, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:PutResourcePolicy", withTags(tags))
		if err != nil {
			return ResourcePolicy{}, err
		}
		if !o.Rules().HasResourcePolicy {
			return ResourcePolicy{}, org.Errorf(org.NotInPartition, "the partition %s has no resource policies", o.Partition)
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return ResourcePolicy{}, err
		}
		there, err := tx.ResourcePolicy(ctx, o.ID)
		found, err := had(err, org.ResourcePolicyMissing)
		if err != nil {
			return ResourcePolicy{}, err
		}
		if found && len(tags) > 0 {
			return ResourcePolicy{}, org.Errorf(org.TagsOnlyAtCreation, "a resource policy that exists is tagged on its own")
		}
		if err := org.CheckTags(o.Rules(), nil, tags); err != nil {
			return ResourcePolicy{}, err
		}
		if err := p.checkTagPolicy(ctx, tx, o, org.ResourcePolicyThing, tags); err != nil {
			return ResourcePolicy{}, err
		}
		if err := p.checkDelegation(ctx, tx, o, content); err != nil {
			return ResourcePolicy{}, err
		}
		if !found {
			there = org.ResourcePolicy{ID: p.Mint.ResourcePolicy(), OrganizationID: o.ID, CreatedAt: p.now()}
		}
		there.Content, there.UpdatedAt = content, p.now()
		if err := tx.PutResourcePolicy(ctx, there); err != nil {
			return ResourcePolicy{}, err
		}
		if err := tx.PutTags(ctx, o.ID, org.Resource(there.ID), tags); err != nil {
			return ResourcePolicy{}, err
		}
		return ResourcePolicy{Organization: o, ResourcePolicy: there}, p.record(ctx, tx, o, org.ResourcePolicyWritten, c, string(there.ID), nil)
	})
}

// GetResourcePolicy returns the organization's resource policy. It fails as org.CheckAllFeatures does, and with ResourcePolicyMissing.
func (p *Plane) GetResourcePolicy(ctx context.Context, c org.Caller) (ResourcePolicy, error) {
	return view(ctx, p, func(r store.Reader) (ResourcePolicy, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:DescribeResourcePolicy", onResourcePolicy())
		if err != nil {
			return ResourcePolicy{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return ResourcePolicy{}, err
		}
		found, err := r.ResourcePolicy(ctx, o.ID)
		return ResourcePolicy{Organization: o, ResourcePolicy: found}, err
	})
}

// DeleteResourcePolicy removes the organization's resource policy with its tags, and with it all that it granted. It fails as
// org.CheckAllFeatures does, and with ResourcePolicyMissing.
func (p *Plane) DeleteResourcePolicy(ctx context.Context, c org.Caller) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:DeleteResourcePolicy")
		if err != nil {
			return err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return err
		}
		found, err := tx.ResourcePolicy(ctx, o.ID)
		if err != nil {
			return err
		}
		if err := tx.DeleteResourcePolicy(ctx, o.ID); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.ResourcePolicyDeleted, c, string(found.ID), nil)
	})
}

// isResourcePolicy fails with ResourcePolicyMissing for every id but that of the organization's resource policy.
func isResourcePolicy(ctx context.Context, r store.Reader, o org.Organization, id org.ResourcePolicyID) error {
	own, err := r.ResourcePolicy(ctx, o.ID)
	if err == nil && own.ID != id {
		return org.Errorf(org.ResourcePolicyMissing, "there is no resource policy %s", id)
	}
	return err
}

// delegationReasons are the laws that the document of a resource policy breaks.
var delegationReasons = map[policy.Kind]org.Reason{
	policy.Malformed: org.DelegationMalformed, policy.Oversize: org.DelegationTooLarge, policy.BadAction: org.DelegationAction,
	policy.BadResource: org.DelegationResource, policy.BadPrincipal: org.DelegationPrincipal, policy.BadPolicyType: org.DelegationPolicyType,
}

func (p *Plane) checkDelegation(ctx context.Context, r store.Reader, o org.Organization, content string) error {
	parsed, err := policy.Parse(content)
	if err != nil {
		return brokenDelegation(err)
	}
	var fault error
	d := policy.Delegation(policy.Scope{
		Partition: string(o.Partition), Organization: string(o.ID), Management: string(o.ManagementID),
		Member: func(account string) bool {
			_, err := member(ctx, r, o, org.AccountID(account))
			there, err := had(err, org.AccountMissing)
			fault = errors.Join(fault, err)
			return there
		},
	})
	if p.now().Before(o.Rules().NegationsEnd) {
		d = d.WithNegations()
	}
	if err := policy.Validate(d, parsed); err != nil && fault == nil {
		return brokenDelegation(err)
	}
	return fault
}

func brokenDelegation(err error) error {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return err
	}
	return org.Errorf(delegationReasons[e.Kind()], "%s", e)
}
