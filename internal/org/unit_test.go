package org_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

func TestANewUnitStandsBelowItsParent(t *testing.T) {
	t.Parallel()
	now := time.Unix(1767225600, 0)
	root := org.Unit{ID: "r-1", OrganizationID: "o-1", Name: "Root"}
	if !root.IsRoot() {
		t.Error("a unit without a parent is the root")
	}
	got, err := org.NewUnit(org.RulesOf(org.AWS), "ou-1", root, "Prod", now)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(org.Unit{ID: "ou-1", OrganizationID: "o-1", ParentID: "r-1", Name: "Prod", Depth: 1, CreatedAt: now}, got); d != "" {
		t.Error(d)
	}
	if got.IsRoot() {
		t.Error("a unit with a parent is not the root")
	}
}

func TestUnitsNestFiveLevelsDeep(t *testing.T) {
	t.Parallel()
	for _, p := range org.Partitions {
		above := org.Unit{ID: "r-1"}
		for level := 1; level <= 5; level++ {
			u, err := org.NewUnit(org.RulesOf(p), "ou-1", above, "unit", time.Time{})
			if err != nil || u.Depth != level {
				t.Fatalf("%s: level %d: %+v, %v", p, level, u, err)
			}
			above = u
		}
		if _, err := org.NewUnit(org.RulesOf(p), "ou-1", above, "unit", time.Time{}); org.ReasonOf(err) != org.UnitDepth {
			t.Errorf("%s: a sixth level: %v", p, err)
		}
	}
}

func TestUnitNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says string
		p    org.Partition
		name string
		ok   bool
	}{
		{"one character", org.AWS, "x", true},
		{"none", org.AWS, "", false},
		{"128 characters", org.AWS, strings.Repeat("x", 128), true},
		{"129 characters", org.AWS, strings.Repeat("x", 129), false},
		{"128 characters of more than a byte", org.AWS, strings.Repeat("ä", 128), true},
		{"any characters", org.AWS, " a/b\n☃ ", true},
		{"64 characters", org.Huawei, strings.Repeat("x", 64), true},
		{"65 characters", org.Huawei, strings.Repeat("x", 65), false},
		{"one character", org.Huawei, "x", true},
		{"Chinese letters", org.Huawei, "生产 环境_1-a", true},
		{"a space first", org.Huawei, " a", false},
		{"a space last", org.Huawei, "a ", false},
		{"a space alone", org.Huawei, " ", false},
		{"a slash", org.Huawei, "a/b", false},
		{"a line's end", org.Huawei, "a\n", false},
	} {
		_, err := org.NewUnit(org.RulesOf(c.p), "ou-1", org.Unit{ID: "r-1"}, c.name, time.Time{})
		if (err == nil) != c.ok || !c.ok && org.ReasonOf(err) != org.InvalidUnitName {
			t.Errorf("%s: %s: %v", c.p, c.says, err)
		}
	}
}
