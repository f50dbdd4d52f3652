package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
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
	rows, info, err := a.targets(ctx, a.plane.PolicyDeeds, "ListEntitiesForPolicy", in.PolicyID, in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	return ListEntitiesForPolicy200JSONResponse{AttachedEntities: rows, PageInfo: info}, nil
}

// targets is a page of what a policy of either space is attached to.
func (a *API) targets(
	ctx context.Context, d controlplane.PolicyDeeds, operation, id string, marker *Marker, limit *Limit,
) ([]EntityDto, PageInfoDto, error) {
	c := identity.Caller(ctx)
	l := a.list(c, operation, id)
	list := func(page org.Page) ([]controlplane.Target, string, error) {
		found, err := d.ListTargets(ctx, c, org.PolicyID(id), page)
		return found.Targets, found.Next, err
	}
	found, next, err := from(l, marker, limit, func(t controlplane.Target) string { return t.Entity.ID }, list)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	rows := hwrest.Each(found, func(t controlplane.Target) EntityDto { return entity(t.Entity) })
	return rows, l.info(len(rows), next), nil
}
