package inherit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// TagRules are what an effective tag policy, of either cloud, demands of tags. They never change.
type TagRules struct{ rules map[string]tagRule }

type tagRule struct {
	Key      string   `json:"tag_key"`
	Values   []string `json:"tag_value"`
	Enforced []string `json:"enforced_for"`
}

// A Breach is a tag that an effective tag policy forbids.
type Breach struct {
	Key, Value string
	Message    string
}

// TagRulesOf reads the text of an effective tag policy. The empty text demands nothing.
func TagRulesOf(content string) (*TagRules, error) {
	var effective struct {
		Tags map[string]tagRule `json:"tags"`
	}
	if content != "" {
		if err := json.Unmarshal([]byte(content), &effective); err != nil {
			return nil, fmt.Errorf("read an effective tag policy: %w", err)
		}
	}
	for key, rule := range effective.Tags {
		if rule.Key == "" {
			rule.Key = key // which is in lower case
			effective.Tags[key] = rule
		}
	}
	return &TagRules{rules: effective.Tags}, nil
}

// Check returns the tags that may not be put on a resource of the type service:type, sorted by key. Only what the policy enforces for that
// type counts. A tag that is missing breaks nothing, nor does one whose key no rule knows (User Guide, "Enforce tagging consistency").
func (r *TagRules) Check(resource string, tags map[string]string) []Breach {
	var breaches []Breach
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		rule, ok := r.rules[strings.ToLower(key)]
		if !ok || !rule.enforces(resource) {
			continue
		}
		if message := rule.objects(key, tags[key]); message != "" {
			breaches = append(breaches, Breach{Key: key, Value: tags[key], Message: message})
		}
	}
	return breaches
}

func (t tagRule) enforces(resource string) bool {
	service, _, _ := strings.Cut(resource, ":")
	return slices.ContainsFunc(t.Enforced, func(item string) bool {
		return item == resource || item == service+":*" || item == service+":ALL_SUPPORTED"
	})
}

func (t tagRule) objects(key, value string) string {
	if key != t.Key {
		return fmt.Sprintf("the tag key %q has to be written %q", key, t.Key)
	}
	if len(t.Values) == 0 || slices.ContainsFunc(t.Values, func(allowed string) bool { return matches(allowed, value) }) {
		return ""
	}
	return fmt.Sprintf("the tag %q may not have the value %q", key, value)
}

// matches compares a value with one that may hold a star, which stands for any characters, or none.
func matches(allowed, value string) bool {
	before, after, star := strings.Cut(allowed, "*")
	if !star {
		return allowed == value
	}
	return len(value) >= len(before)+len(after) && strings.HasPrefix(value, before) && strings.HasSuffix(value, after)
}
