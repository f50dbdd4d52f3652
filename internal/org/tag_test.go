package org_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func tags(n int, key string) []org.Tag {
	out := make([]org.Tag, n)
	for i := range out {
		out[i] = org.Tag{Key: fmt.Sprintf("%s-%d", key, i)}
	}
	return out
}

func TestTagLaws(t *testing.T) {
	t.Parallel()
	one := func(key, value string) []org.Tag { return []org.Tag{{Key: key, Value: value}} }
	for _, c := range []struct {
		says           string
		p              org.Partition
		present, added []org.Tag
		want           org.Reason
	}{
		{"no tags", org.AWS, nil, nil, ""},
		{"an empty value", org.AWS, nil, one("k", ""), ""},
		{"an empty key", org.AWS, nil, one("", "v"), org.InvalidTag},
		{"a key of 128 characters", org.AWS, nil, one(strings.Repeat("ä", 128), ""), ""},
		{"a key of 129 characters", org.AWS, nil, one(strings.Repeat("k", 129), ""), org.InvalidTag},
		{"a value of 256 characters", org.AWS, nil, one("k", strings.Repeat("ä", 256)), ""},
		{"a value of 257 characters", org.AWS, nil, one("k", strings.Repeat("v", 257)), org.InvalidTag},
		{"a value of 255 characters", org.Huawei, nil, one("k", strings.Repeat("v", 255)), ""},
		{"a value of 256 characters", org.Huawei, nil, one("k", strings.Repeat("v", 256)), org.InvalidTag},
		{"a key twice", org.AWS, nil, []org.Tag{{Key: "k", Value: "1"}, {Key: "k", Value: "2"}}, org.DuplicateTagKey},
		{"keys that differ in case", org.AWS, nil, []org.Tag{{Key: "k"}, {Key: "K"}}, ""},
		{"a key that is there is overwritten", org.AWS, one("k", "1"), one("k", "2"), ""},
		{"the cloud's prefix", org.AWS, nil, one("aws:x", ""), org.SystemTag},
		{"the cloud's prefix in capitals", org.AWSGov, nil, one("AWS:x", ""), org.SystemTag},
		{"the cloud's prefix alone", org.AWSChina, nil, one("aws:", ""), org.SystemTag},
		{"the prefix without its colon", org.AWS, nil, one("aws", ""), ""},
		{"the other cloud's prefix", org.Huawei, nil, one("aws:x", ""), ""},
		{"50 tags", org.AWS, nil, tags(50, "a"), ""},
		{"51 tags", org.AWS, nil, tags(51, "a"), org.TagLimit},
		{"50 tags with those that are there", org.AWS, tags(30, "a"), tags(20, "b"), ""},
		{"51 tags with those that are there", org.AWS, tags(30, "a"), tags(21, "b"), org.TagLimit},
		{"50 tags over the same 50", org.AWS, tags(50, "a"), tags(50, "a"), ""},
		{"20 tags", org.Huawei, nil, tags(20, "a"), ""},
		{"21 tags", org.Huawei, nil, tags(21, "a"), org.TagLimit},
	} {
		if got := org.ReasonOf(org.CheckTags(org.RulesOf(c.p), c.present, c.added)); got != c.want {
			t.Errorf("%s: %s: %q, want %q", c.p, c.says, got, c.want)
		}
	}
}
