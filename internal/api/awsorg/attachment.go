package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) attachPolicy(ctx context.Context, in *AttachPolicyRequest) error {
	return a.plane.AttachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.TargetID)
}

func (a *API) detachPolicy(ctx context.Context, in *DetachPolicyRequest) error {
	return a.plane.DetachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.TargetID)
}

func (a *API) listPoliciesForTarget(ctx context.Context, in *ListPoliciesForTargetRequest) (*ListPoliciesForTargetResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListPoliciesForTarget", in.TargetID, string(in.Filter))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListAttachedPolicies(ctx, c, policyType(in.Filter), in.TargetID, page)
	if err != nil {
		return nil, err
	}
	return &ListPoliciesForTargetResponse{Policies: each(found.Policies, policySummary), NextToken: a.next(scope, found.Next)}, nil
}

func (a *API) listTargetsForPolicy(ctx context.Context, in *ListTargetsForPolicyRequest) (*ListTargetsForPolicyResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListTargetsForPolicy", in.PolicyID)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListTargets(ctx, c, org.PolicyID(in.PolicyID), page)
	if err != nil {
		return nil, err
	}
	return &ListTargetsForPolicyResponse{Targets: each(found.Targets, target), NextToken: a.next(scope, found.Next)}, nil
}

// targetKinds are what AWS calls a kind of target, and how its ARN does.
var targetKinds = map[controlplane.EntityKind]struct {
	name TargetType
	arn  string
}{
	controlplane.RootEntity: {TargetTypeRoot, "root"}, controlplane.UnitEntity: {TargetTypeOrganizationalUnit, "ou"},
	controlplane.AccountEntity: {TargetTypeAccount, "account"},
}

func target(t controlplane.Target) PolicyTargetSummary {
	kind := targetKinds[t.Kind]
	return PolicyTargetSummary{TargetID: t.ID, ARN: arn(t.Organization, kind.arn, t.ID), Name: t.Name, Type: kind.name}
}
