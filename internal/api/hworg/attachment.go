package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// AttachPolicy attaches a policy to the root, a unit or an account.
func (a *API) AttachPolicy(ctx context.Context, in AttachPolicyRequestObject) (AttachPolicyResponseObject, error) {
	return AttachPolicy200Response{}, a.plane.AttachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.Body.EntityID)
}

// DetachPolicy takes a policy off the root, a unit or an account.
func (a *API) DetachPolicy(ctx context.Context, in DetachPolicyRequestObject) (DetachPolicyResponseObject, error) {
	return DetachPolicy200Response{}, a.plane.DetachPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), in.Body.EntityID)
}

// ListEntitiesForPolicy lists what a policy is attached to.
func (a *API) ListEntitiesForPolicy(ctx context.Context, in ListEntitiesForPolicyRequestObject) (ListEntitiesForPolicyResponseObject, error) {
	c := identity.Caller(ctx)
	l := a.list(c, "ListEntitiesForPolicy", in.PolicyID)
	page, err := l.page(in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListTargets(ctx, c, org.PolicyID(in.PolicyID), page)
	if err != nil {
		return nil, err
	}
	rows := each(found.Targets, func(t controlplane.Target) EntityDto { return entity(t.Entity) })
	return ListEntitiesForPolicy200JSONResponse{AttachedEntities: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}
