package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateDryRunPolicy makes a policy that is only tried out.
func (a *API) CreateDryRunPolicy(ctx context.Context, in CreateDryRunPolicyRequestObject) (CreateDryRunPolicyResponseObject, error) {
	b := in.Body
	t := policyTypeIn(PolicyType(b.Type))
	made, err := a.plane.Trial.CreatePolicy(ctx, identity.Caller(ctx), t, b.Name, b.Description, b.Content, tagsIn(b.Tags))
	if err != nil {
		return nil, err
	}
	return CreateDryRunPolicy201JSONResponse{Policy: policy(ctx, made)}, nil
}

// ShowDryRunPolicy returns a tried policy with its content.
func (a *API) ShowDryRunPolicy(ctx context.Context, in ShowDryRunPolicyRequestObject) (ShowDryRunPolicyResponseObject, error) {
	found, err := a.plane.Trial.GetPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
	if err != nil {
		return nil, err
	}
	return ShowDryRunPolicy200JSONResponse{Policy: policy(ctx, found)}, nil
}

// ListDryRunPolicies lists the tried policies that are attached directly to attached_entity_id, or all. There is one type of them, so that policy_type
// chooses nothing.
func (a *API) ListDryRunPolicies(ctx context.Context, in ListDryRunPoliciesRequestObject) (ListDryRunPoliciesResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	list := func(page org.Page) (controlplane.Policies, error) {
		if q.AttachedEntityID == nil {
			return a.plane.Trial.ListPolicies(ctx, c, org.ServiceControl, page)
		}
		return a.plane.Trial.ListAttachedPolicies(ctx, c, org.ServiceControl, *q.AttachedEntityID, page)
	}
	rows, info, err := policyRows(ctx, a.list(c, "ListDryRunPolicies", hwrest.Text(q.AttachedEntityID)), q.Marker, q.Limit, list)
	if err != nil {
		return nil, err
	}
	return ListDryRunPolicies200JSONResponse{Policies: rows, PageInfo: info}, nil
}

// UpdateDryRunPolicy changes what the request names.
func (a *API) UpdateDryRunPolicy(ctx context.Context, in UpdateDryRunPolicyRequestObject) (UpdateDryRunPolicyResponseObject, error) {
	changed, err := a.plane.Trial.UpdatePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), policyChange(in.Body))
	if err != nil {
		return nil, err
	}
	return UpdateDryRunPolicy200JSONResponse{Policy: policy(ctx, changed)}, nil
}

// DeleteDryRunPolicy removes a tried policy that is attached nowhere.
func (a *API) DeleteDryRunPolicy(ctx context.Context, in DeleteDryRunPolicyRequestObject) (DeleteDryRunPolicyResponseObject, error) {
	return DeleteDryRunPolicy204Response{}, a.plane.Trial.DeletePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
}

// AttachDryRunPolicy attaches a tried policy to the root, a unit or an account, while policies are tried out.
func (a *API) AttachDryRunPolicy(ctx context.Context, in AttachDryRunPolicyRequestObject) (AttachDryRunPolicyResponseObject, error) {
	return AttachDryRunPolicy200Response{}, a.plane.Trial.AttachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.Body.EntityID)
}

// DetachDryRunPolicy takes a tried policy off the root, a unit or an account, at any time.
func (a *API) DetachDryRunPolicy(ctx context.Context, in DetachDryRunPolicyRequestObject) (DetachDryRunPolicyResponseObject, error) {
	return DetachDryRunPolicy200Response{}, a.plane.Trial.DetachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.Body.EntityID)
}

// ListEntitiesForDryRunPolicy lists what a tried policy is attached to.
func (a *API) ListEntitiesForDryRunPolicy(ctx context.Context, in ListEntitiesForDryRunPolicyRequestObject) (ListEntitiesForDryRunPolicyResponseObject, error) {
	q := in.Params
	rows, info, err := a.targets(ctx, a.plane.Trial, "ListEntitiesForDryRunPolicy", in.PolicyID, q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	return ListEntitiesForDryRunPolicy200JSONResponse{AttachedEntities: rows, PageInfo: info}, nil
}
