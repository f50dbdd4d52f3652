package inherit

import (
	"fmt"
	"slices"
	"strings"
)

// What an effective tag policy may hold (AWS Organizations, "Quotas").
const (
	tagPolicyText = 395_000
	tagsRequired  = 50 // keys that are reported as required for one type of resource
)

var tagWords = &vocabulary{
	typ:  Tag,
	size: characters(10_000),
	top: table("tags", tagKey, shape(
		one("tag_key", tagKey),
		list("tag_value", both(tagValue, atMostOneStar)),
		list("enforced_for", taggable),
		list("report_required_tag_for", taggable),
	).law(spelling)).folded(),
	check: checkTags,
}

// taggable is a type of resource, or all those of one service. service:* is the older spelling of service:ALL_SUPPORTED.
var taggable = pattern("service:type or service:ALL_SUPPORTED, of one service", `[a-z0-9][a-z0-9-]*:(?:\*|[A-Za-z0-9][A-Za-z0-9._/-]*)`)

// spelling holds the two ways of writing a tag key to the same word: the policy key and tag_key differ in case at most.
func spelling(n *node) wrong {
	key := n.kid("tag_key")
	if key == nil || len(key.assign) == 0 || strings.ToLower(key.assign[0]) == n.key {
		return wrong{}
	}
	return wrong{"tag_key", fmt.Sprintf("%q is not the policy key %q in another case", key.assign[0], n.written)}
}

// checkTags holds the whole policy to its limits. Which code and path AWS gives them is not documented.
func checkTags(tags *branch, text string) []ValidationError {
	var errs []ValidationError
	if !characters(tagPolicyText).holds(text) {
		errs = append(errs, ValidationError{
			Code:     TooMany,
			Message:  fmt.Sprintf("The effective policy has more than %d characters.", tagPolicyText),
			Path:     "tags",
			Policies: tags.contributors(),
		})
	}
	return append(errs, checkRequired(tags)...)
}

func checkRequired(tags *branch) []ValidationError {
	asking := map[string][]*branch{}
	for _, tag := range tags.kids {
		if report := tag.kid("report_required_tag_for"); report != nil && report.visible {
			for _, resource := range report.items {
				asking[resource] = append(asking[resource], report)
			}
		}
	}
	var errs []ValidationError
	for resource, reports := range asking {
		service, kind, _ := strings.Cut(resource, ":")
		for _, every := range []string{"*", "ALL_SUPPORTED"} {
			if kind != every {
				reports = union(reports, asking[service+":"+every])
			}
		}
		if len(reports) > tagsRequired {
			errs = append(errs, ValidationError{
				Code:     TooMany,
				Message:  fmt.Sprintf("%d tag keys are required for %s, and at most %d may be.", len(reports), resource, tagsRequired),
				Path:     "tags",
				Policies: contributors(reports...),
			})
		}
	}
	slices.SortFunc(errs, func(a, b ValidationError) int { return strings.Compare(a.Message, b.Message) })
	return errs
}

func union(a, b []*branch) []*branch {
	sum := slices.Clip(a)
	for _, r := range b {
		if !slices.Contains(sum, r) {
			sum = append(sum, r)
		}
	}
	return sum
}
