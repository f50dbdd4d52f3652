package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

func (a *API) putResourcePolicy(ctx context.Context, in *PutResourcePolicyRequest) (*PutResourcePolicyResponse, error) {
	p, err := a.plane.PutResourcePolicy(ctx, identity.Caller(ctx), in.Content, tagsIn(in.Tags))
	if err != nil {
		return nil, err
	}
	return &PutResourcePolicyResponse{ResourcePolicy: resourcePolicy(p)}, nil
}

func (a *API) describeResourcePolicy(ctx context.Context, _ *awsjson.Empty) (*DescribeResourcePolicyResponse, error) {
	p, err := a.plane.GetResourcePolicy(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return &DescribeResourcePolicyResponse{ResourcePolicy: resourcePolicy(p)}, nil
}

func (a *API) deleteResourcePolicy(ctx context.Context, _ *awsjson.Empty) error {
	return a.plane.DeleteResourcePolicy(ctx, identity.Caller(ctx))
}

func resourcePolicy(p controlplane.ResourcePolicy) *ResourcePolicy {
	return &ResourcePolicy{
		Content:               p.Content,
		ResourcePolicySummary: &ResourcePolicySummary{ID: string(p.ID), ARN: arn(p.Organization, "resourcepolicy", string(p.ID))},
	}
}
