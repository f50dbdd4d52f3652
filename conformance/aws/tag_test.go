package aws_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) tag(t *testing.T, resource string, tags ...types.Tag) error {
	t.Helper()
	_, err := h.TagResource(t.Context(), &organizations.TagResourceInput{ResourceId: &resource, Tags: tags})
	return err
}

func (h *house) untag(t *testing.T, resource string, keys ...string) error {
	t.Helper()
	_, err := h.UntagResource(t.Context(), &organizations.UntagResourceInput{ResourceId: &resource, TagKeys: keys})
	return err
}

func numbered(from, to int) []types.Tag {
	var tags []types.Tag
	for i := from; i < to; i++ {
		tags = append(tags, tag(fmt.Sprintf("key-%02d", i), fmt.Sprint(i)))
	}
	return tags
}

func TestTagsComeAndGo(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		for _, resource := range []string{h.root, h.unit(t, h.root, "tagged"), h.key.Account, h.account(t)} {
			if got := h.tags(t, resource); len(got) != 0 {
				t.Errorf("%s has tags before any was set: %v", resource, got)
			}
			harness.WantAWS(t, h.tag(t, resource, tag("Key", "1"), tag("key", "2"), tag("a b_.:/=+-@ß", "")), "", "")
			harness.WantAWS(t, h.tag(t, resource, tag("Key", "over"), tag("more", strings.Repeat("v", 256))), "", "")
			want := map[string]string{"Key": "over", "key": "2", "a b_.:/=+-@ß": "", "more": strings.Repeat("v", 256)}
			if got := h.tags(t, resource); !maps.Equal(got, want) {
				t.Errorf("%s has the tags %v, want %v", resource, got, want)
			}
			harness.WantAWS(t, h.untag(t, resource, "Key", "more", "never there"), "", "")
			want = map[string]string{"key": "2", "a b_.:/=+-@ß": ""}
			if got := h.tags(t, resource); !maps.Equal(got, want) {
				t.Errorf("%s has the tags %v afterwards, want %v", resource, got, want)
			}
		}
	})
}

func TestTagsAreFiftyAtMost(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		harness.WantAWS(t, h.tag(t, h.root, numbered(0, 51)...), constraint, "MAX_TAG_LIMIT_EXCEEDED")
		harness.WantAWS(t, h.tag(t, h.root, numbered(0, 49)...), "", "")
		// All or nothing: of two new tags the first would fit.
		harness.WantAWS(t, h.tag(t, h.root, numbered(49, 51)...), constraint, "MAX_TAG_LIMIT_EXCEEDED")
		if got := len(h.tags(t, h.root)); got != 49 {
			t.Errorf("after a refused call there are %d tags, want 49", got)
		}
		harness.WantAWS(t, h.tag(t, h.root, numbered(49, 50)...), "", "")
		harness.WantAWS(t, h.tag(t, h.root, numbered(0, 50)...), "", "")
		if got := len(h.tags(t, h.root)); got != 50 {
			t.Errorf("there are %d tags, want 50", got)
		}
	})
}

func TestTagsAreRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		for name, c := range map[string]struct {
			resource     string
			tag          []types.Tag
			code, reason string
		}{
			"a system key":                        {h.root, []types.Tag{tag("aws:created", "x")}, invalid, "INVALID_SYSTEM_TAGS_PARAMETER"},
			"a key twice":                         {h.root, []types.Tag{tag("k", "x"), tag("k", "x")}, invalid, "DUPLICATE_TAG_KEY"},
			"a unit that does not exist":          {"ou-" + h.root[2:] + "-00000000", []types.Tag{tag("k", "x")}, "TargetNotFoundException", ""},
			"an account that does not exist":      {"000000000001", []types.Tag{tag("k", "x")}, "TargetNotFoundException", ""},
			"the root of another organization":    {other.root, []types.Tag{tag("k", "x")}, "TargetNotFoundException", ""},
			"an account of another organization":  {other.key.Account, []types.Tag{tag("k", "x")}, "TargetNotFoundException", ""},
			"a policy that does not exist":        {"p-0000000000", []types.Tag{tag("k", "x")}, "TargetNotFoundException", ""},
			"a resource that is none":             {"o-0123456789", []types.Tag{tag("k", "x")}, invalid, "INVALID_PATTERN"},
			"a resource that is none, by its ARN": {h.arn("root", h.id+"/"+h.root), []types.Tag{tag("k", "x")}, invalid, "INVALID_PATTERN"},
		} {
			code, reason := harness.AWSError(h.tag(t, c.resource, c.tag...))
			if code != c.code || reason != c.reason {
				t.Errorf("%s: TagResource ends with %s %s, want %s %s", name, code, reason, c.code, c.reason)
			}
		}
		for name, bad := range map[string]types.Tag{
			"a key of 129 characters":  tag(strings.Repeat("k", 129), ""),
			"a value of 257":           tag("k", strings.Repeat("v", 257)),
			"an empty key":             tag("", "x"),
			"a key with a question":    tag("k?", "x"),
			"a value with a semicolon": tag("k", "a;b"),
		} {
			if code, _ := harness.AWSError(h.tag(t, h.root, bad)); code != invalid {
				t.Errorf("%s: TagResource ends with %s, want %s", name, code, invalid)
			}
		}
		if got := h.tags(t, h.root); len(got) != 0 {
			t.Errorf("refused calls leave tags: %v", got)
		}
		_, err := h.ListTagsForResource(t.Context(), &organizations.ListTagsForResourceInput{ResourceId: &other.root})
		harness.WantAWS(t, err, "TargetNotFoundException", "")
		harness.WantAWS(t, h.untag(t, other.root, "k"), "TargetNotFoundException", "")
	})
}
