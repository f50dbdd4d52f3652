package hworg

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const (
	mostTagValues = 10 // of one key in a filter (API Reference, ListResourceInstances)
	resourceName  = "resource_name"
)

// ListResourceInstances lists the resources of a type that the filter chooses, from the offset on.
func (a *API) ListResourceInstances(ctx context.Context, in ListResourceInstancesRequestObject) (ListResourceInstancesResponseObject, error) {
	found, err := a.instances(ctx, in.ResourceType, in.Body)
	if err != nil {
		return nil, err
	}
	total, offset := len(found), 0
	if in.Params.Offset != nil {
		offset = *in.Params.Offset
	}
	found = found[min(offset, total):]
	found = found[:min(hwrest.Limit(in.Params.Limit), len(found))]
	return ListResourceInstances200JSONResponse{Resources: hwrest.Each(found, instance), TotalCount: total}, nil
}

// ShowResourceInstancesCount counts what ListResourceInstances lists.
func (a *API) ShowResourceInstancesCount(ctx context.Context, in ShowResourceInstancesCountRequestObject) (ShowResourceInstancesCountResponseObject, error) {
	found, err := a.instances(ctx, in.ResourceType, in.Body)
	if err != nil {
		return nil, err
	}
	return ShowResourceInstancesCount200JSONResponse{TotalCount: len(found)}, nil
}

func (a *API) instances(ctx context.Context, t TagResourceType, b *ResourceInstanceReqBody) ([]controlplane.Tagged, error) {
	filter, err := tagFilter(b)
	if err != nil {
		return nil, err
	}
	return a.plane.ListTagged(ctx, identity.Caller(ctx), kindOf(t), filter)
}

// tagFilter refuses keys and values that stand twice, as the vendor's page says.
func tagFilter(b *ResourceInstanceReqBody) (controlplane.TagFilter, error) {
	out := controlplane.TagFilter{Untagged: is(b.WithoutAnyTag)}
	seen := map[string]bool{}
	for _, t := range b.Tags {
		if len(t.Values) > mostTagValues {
			return out, org.Errorf(org.InputTooLong, "A key has at most %d values.", mostTagValues)
		}
		if seen[t.Key] || len(slices.Compact(slices.Sorted(slices.Values(t.Values)))) < len(t.Values) {
			return out, org.Errorf(org.InputMalformed, "Keys, and the values of a key, stand once.")
		}
		seen[t.Key] = true
		out.Tags = append(out.Tags, controlplane.TagValues{Key: t.Key, Values: t.Values})
	}
	for _, m := range b.Matches {
		if m.Key != resourceName || out.Name != nil {
			return out, org.Errorf(org.InputNotInSet, "The one key of matches is %s.", resourceName)
		}
		out.Name = &m.Value
	}
	return out, nil
}

func instance(t controlplane.Tagged) ResourceDto {
	return ResourceDto{
		ResourceID: t.ID, ResourceName: &t.Name, Tags: hwrest.Each(t.Tags, func(t org.Tag) Match { return Match{Key: t.Key, Value: t.Value} }),
	}
}

// ListResourceTags lists the tags that the resources of a type have.
func (a *API) ListResourceTags(ctx context.Context, in ListResourceTagsRequestObject) (ListResourceTagsResponseObject, error) {
	found, err := a.plane.ListTagValues(ctx, identity.Caller(ctx), kindOf(in.ResourceType))
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found, func(t controlplane.TagValues) TagsDto { return TagsDto{Key: t.Key, Values: t.Values} })
	return ListResourceTags200JSONResponse{Tags: rows}, nil
}
