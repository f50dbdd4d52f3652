package history

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

const tagKey = "k"

var tagDeeds = []*deed{
	{says: "tag", changes: true, weight: 2, step: tag,
		draw: func(c *caller) ask { return ask{id: c.target(), name: c.name()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.Tag(ctx, c.admin, org.Resource(a.id), []org.Tag{{Key: tagKey, Value: a.name}}), answer{})
		}},
	{says: "untag", changes: true, weight: 1, step: untag,
		draw: func(c *caller) ask { return ask{id: c.target()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.Untag(ctx, c.admin, org.Resource(a.id), []string{tagKey}), answer{})
		}},
	{says: "list tags", weight: 2, step: listTags,
		draw: func(c *caller) ask { return ask{id: c.target()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			tags, err := c.plane.ListTags(ctx, c.admin, org.Resource(a.id))
			seen := ""
			for _, t := range tags {
				seen += t.Value
			}
			return refusal(err, answer{seen: seen})
		}},
}

func tag(s state, a ask, _ answer) (state, answer) {
	if !s.node(a.id) {
		return s, answer{reason: org.ResourceMissing}
	}
	s.tags = with(s.tags, a.id, a.name)
	return s, answer{}
}

func untag(s state, a ask, _ answer) (state, answer) {
	if !s.node(a.id) {
		return s, answer{reason: org.ResourceMissing}
	}
	s.tags = without(s.tags, a.id)
	return s, answer{}
}

func listTags(s state, a ask, _ answer) (state, answer) {
	if !s.node(a.id) {
		return s, answer{reason: org.ResourceMissing}
	}
	return s, answer{seen: s.tags[a.id]}
}
