package org

import (
	"slices"
	"testing"
	"time"
)

func TestTheRegionsOfAnAccount(t *testing.T) {
	t.Parallel()
	for _, p := range []Partition{AWS, AWSChina, AWSGov} {
		r := RulesOf(p)
		all := r.Regions("a", nil)
		if len(all) < 2 || len(all) != len(r.DefaultRegions)+len(r.OptInRegions) {
			t.Errorf("%s: %d regions", p, len(all))
		}
		if !slices.IsSortedFunc(all, func(a, b Region) int {
			if a.Name < b.Name {
				return -1
			}
			return 1
		}) {
			t.Errorf("%s: the regions are not in order", p)
		}
	}
	all := RulesOf(AWS).Regions("a", []Region{{AccountID: "a", Name: "af-south-1", Status: RegionEnabled}, {AccountID: "a", Name: "of-old", Status: RegionEnabled}})
	want := map[string]RegionStatus{"af-south-1": RegionEnabled, "me-south-1": RegionDisabled, "us-east-1": RegionByDefault}
	for _, g := range all {
		if w, ok := want[g.Name]; ok && g.Status != w {
			t.Errorf("%s is %s", g.Name, g.Status)
		}
		delete(want, g.Name)
		if g.Name == "of-old" {
			t.Error("a region is listed that the partition does not have")
		}
	}
	if len(want) > 0 {
		t.Errorf("missing are %v", want)
	}
}

func TestSwitchingARegion(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for says, c := range map[string]struct {
		from   RegionStatus
		on     bool
		to     RegionStatus
		begun  bool
		want   Reason
		arrive RegionStatus
	}{
		"enabling a disabled one":           {RegionDisabled, true, RegionEnabling, true, "", RegionEnabled},
		"enabling an enabled one":           {RegionEnabled, true, RegionEnabled, false, "", RegionEnabled},
		"enabling one on its way":           {RegionEnabling, true, RegionEnabling, false, "", RegionEnabled},
		"enabling one that is disabled now": {RegionDisabling, true, RegionDisabling, false, RegionBusy, RegionDisabled},
		"enabling one that all have":        {RegionByDefault, true, RegionByDefault, false, RegionFixed, RegionByDefault},
		"disabling an enabled one":          {RegionEnabled, false, RegionDisabling, true, "", RegionDisabled},
		"disabling a disabled one":          {RegionDisabled, false, RegionDisabled, false, "", RegionDisabled},
		"disabling one on its way":          {RegionDisabling, false, RegionDisabling, false, "", RegionDisabled},
		"disabling one that is enabled now": {RegionEnabling, false, RegionEnabling, false, RegionBusy, RegionEnabled},
		"disabling one that all have":       {RegionByDefault, false, RegionByDefault, false, RegionFixed, RegionByDefault},
	} {
		g, begun, err := Region{Status: c.from}.Switch(c.on, now)
		if g.Status != c.to || begun != c.begun || reasonOf(err) != c.want || g.ChangedAt.IsZero() == begun {
			t.Errorf("%s: %+v, %v, %v", says, g, begun, err)
		}
		if at := g.Arrive(now.Add(1)); at.Status != c.arrive {
			t.Errorf("%s: it arrives as %s", says, at.Status)
		}
	}
}
