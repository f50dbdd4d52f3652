package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) describeEffectivePolicy(ctx context.Context, in *DescribeEffectivePolicyRequest) (*DescribeEffectivePolicyResponse, error) {
	found, err := a.plane.GetEffectivePolicy(ctx, identity.Caller(ctx), policyType(in.PolicyType), in.TargetID)
	if err != nil {
		return nil, err
	}
	return &DescribeEffectivePolicyResponse{EffectivePolicy: &EffectivePolicy{
		PolicyContent: found.Content, LastUpdatedTimestamp: found.UpdatedAt, TargetID: string(found.AccountID), PolicyType: in.PolicyType,
	}}, nil
}

func (a *API) listAccountsWithInvalidEffectivePolicy(
	ctx context.Context, in *ListAccountsWithInvalidEffectivePolicyRequest,
) (*ListAccountsWithInvalidEffectivePolicyResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListAccountsWithInvalidEffectivePolicy", string(in.PolicyType))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListInvalid(ctx, c, policyType(in.PolicyType), page)
	if err != nil {
		return nil, err
	}
	return &ListAccountsWithInvalidEffectivePolicyResponse{
		Accounts: each(found.Accounts, a.account), PolicyType: in.PolicyType, NextToken: a.next(scope, found.Next),
	}, nil
}

func (a *API) listEffectivePolicyValidationErrors(
	ctx context.Context, in *ListEffectivePolicyValidationErrorsRequest,
) (*ListEffectivePolicyValidationErrorsResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListEffectivePolicyValidationErrors", in.AccountID, string(in.PolicyType))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListPolicyFaults(ctx, c, policyType(in.PolicyType), org.AccountID(in.AccountID), page)
	if err != nil {
		return nil, err
	}
	return &ListEffectivePolicyValidationErrorsResponse{
		AccountID: in.AccountID, PolicyType: in.PolicyType, Path: accountPath(found.Account), EvaluationTimestamp: found.EvaluatedAt,
		EffectivePolicyValidationErrors: each(found.Faults, validationError), NextToken: a.next(scope, found.Next),
	}, nil
}

func validationError(f controlplane.PolicyFault) EffectivePolicyValidationError {
	return EffectivePolicyValidationError{
		ErrorCode: new(f.Code), ErrorMessage: new(f.Message), PathToError: new(f.Path),
		ContributingPolicies: each(f.Policies, func(id org.PolicyID) string { return string(id) }),
	}
}
