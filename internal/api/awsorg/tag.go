package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) tagResource(ctx context.Context, in *TagResourceRequest) error {
	return a.plane.Tag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), tagsIn(in.Tags))
}

func (a *API) untagResource(ctx context.Context, in *UntagResourceRequest) error {
	return a.plane.Untag(ctx, identity.Caller(ctx), org.Resource(in.ResourceID), in.TagKeys)
}

// listTagsForResource answers with all tags at once: the operation has no MaxResults, and a resource has few.
func (a *API) listTagsForResource(ctx context.Context, in *ListTagsForResourceRequest) (*ListTagsForResourceResponse, error) {
	if in.NextToken != "" {
		return nil, org.E(org.PageTokenInvalid)
	}
	found, err := a.plane.ListTags(ctx, identity.Caller(ctx), org.Resource(in.ResourceID))
	if err != nil {
		return nil, err
	}
	return &ListTagsForResourceResponse{Tags: each(found, func(t org.Tag) Tag { return Tag{Key: t.Key, Value: t.Value} })}, nil
}

func tagsIn(tags []Tag) []org.Tag {
	return each(tags, func(t Tag) org.Tag { return org.Tag{Key: t.Key, Value: t.Value} })
}
