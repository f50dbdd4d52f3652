package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) createPolicy(ctx context.Context, in *CreatePolicyRequest) (*CreatePolicyResponse, error) {
	made, err := a.plane.CreatePolicy(ctx, identity.Caller(ctx), policyType(in.Type), in.Name, in.Description, in.Content, tagsIn(in.Tags))
	if err != nil {
		return nil, err
	}
	return &CreatePolicyResponse{Policy: policy(made)}, nil
}

// updatePolicy changes the members that were sent. A description may become empty; a name and a content cannot be.
func (a *API) updatePolicy(ctx context.Context, in *UpdatePolicyRequest) (*UpdatePolicyResponse, error) {
	change := org.PolicyChange{Description: in.Description}
	if in.Name != "" {
		change.Name = &in.Name
	}
	if in.Content != "" {
		change.Content = &in.Content
	}
	changed, err := a.plane.UpdatePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), change)
	if err != nil {
		return nil, err
	}
	return &UpdatePolicyResponse{Policy: policy(changed)}, nil
}

func (a *API) deletePolicy(ctx context.Context, in *DeletePolicyRequest) error {
	return a.plane.DeletePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
}

func (a *API) describePolicy(ctx context.Context, in *DescribePolicyRequest) (*DescribePolicyResponse, error) {
	found, err := a.plane.GetPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
	if err != nil {
		return nil, err
	}
	return &DescribePolicyResponse{Policy: policy(found)}, nil
}

func (a *API) listPolicies(ctx context.Context, in *ListPoliciesRequest) (*ListPoliciesResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListPolicies", string(in.Filter))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListPolicies(ctx, c, policyType(in.Filter), page)
	if err != nil {
		return nil, err
	}
	return &ListPoliciesResponse{Policies: each(found.Policies, policySummary), NextToken: a.next(scope, found.Next)}, nil
}

func policy(p controlplane.Policy) *Policy {
	return &Policy{PolicySummary: new(policySummary(p)), Content: p.Content}
}

func policySummary(p controlplane.Policy) PolicySummary {
	return PolicySummary{
		ID: string(p.ID), ARN: policyARN(p), Name: p.Name, Description: new(p.Description), Type: policyTypes[p.Type], AWSManaged: new(p.BuiltIn()),
	}
}
