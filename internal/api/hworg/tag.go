package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// TagResource adds tags to an account, a unit, the root or a policy.
func (a *API) TagResource(ctx context.Context, in TagResourceRequestObject) (TagResourceResponseObject, error) {
	return TagResource200Response{}, a.plane.Tag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), tagsIn(in.Body.Tags))
}

// UntagResource removes tags by their keys.
func (a *API) UntagResource(ctx context.Context, in UntagResourceRequestObject) (UntagResourceResponseObject, error) {
	return UntagResource200Response{}, a.plane.Untag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), in.Body.TagKeys)
}

// ListTagsForResource lists the tags of an account, a unit, the root or a policy.
func (a *API) ListTagsForResource(ctx context.Context, in ListTagsForResourceRequestObject) (ListTagsForResourceResponseObject, error) {
	rows, info, err := a.tags(ctx, "ListTagsForResource", in.ResourceID, in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	return ListTagsForResource200JSONResponse{Tags: rows, PageInfo: info}, nil
}

// CreateTagResource adds tags to a resource of the named type.
func (a *API) CreateTagResource(ctx context.Context, in CreateTagResourceRequestObject) (CreateTagResourceResponseObject, error) {
	kind := kindOf(in.ResourceType)
	return CreateTagResource200Response{}, a.plane.Tag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), tagsIn(in.Body.Tags), kind)
}

// DeleteTagResource removes tags of a resource of the named type by their keys, whatever their values: it "delete[s] any tags with the specified key" (API
// Reference, DeleteTagResource).
func (a *API) DeleteTagResource(ctx context.Context, in DeleteTagResourceRequestObject) (DeleteTagResourceResponseObject, error) {
	kind := kindOf(in.ResourceType)
	keys := hwrest.Each(in.Body.Tags, func(t TagDto) string { return t.Key })
	return DeleteTagResource200Response{}, a.plane.Untag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), keys, kind)
}

// ListTagResources lists the tags of a resource of the named type.
func (a *API) ListTagResources(ctx context.Context, in ListTagResourcesRequestObject) (ListTagResourcesResponseObject, error) {
	kind := kindOf(in.ResourceType)
	rows, info, err := a.tags(ctx, "ListTagResources", in.ResourceID, in.Params.Marker, in.Params.Limit, kind)
	if err != nil {
		return nil, err
	}
	return ListTagResources200JSONResponse{Tags: rows, PageInfo: info}, nil
}

func (a *API) tags(ctx context.Context, operation, id string, marker *Marker, limit *Limit, kinds ...controlplane.EntityKind) ([]TagDto, PageInfoDto, error) {
	c := identity.Caller(ctx)
	l := a.list(c, operation, id)
	page, err := l.page(marker, limit)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	found, err := a.plane.PageTags(ctx, c, org.Resource(id), page, kinds...)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	rows := hwrest.Each(found.Tags, func(t org.Tag) TagDto { return TagDto{Key: t.Key, Value: t.Value} })
	return rows, l.info(len(rows), found.Next), nil
}

// kinds are the contract's words for what can be tagged.
var kinds = map[TagResourceType]controlplane.EntityKind{
	TagResourceTypeOrganizationsAccounts: controlplane.AccountEntity, TagResourceTypeOrganizationsOus: controlplane.UnitEntity,
	TagResourceTypeOrganizationsPolicies: controlplane.PolicyEntity, TagResourceTypeOrganizationsRoots: controlplane.RootEntity,
}

// kindOf is of a type that the contract lets through, which is any of kinds.
func kindOf(t TagResourceType) controlplane.EntityKind { return kinds[t] }

func tagsIn(tags []TagDto) []org.Tag {
	return hwrest.Each(tags, func(t TagDto) org.Tag { return org.Tag{Key: t.Key, Value: t.Value} })
}
