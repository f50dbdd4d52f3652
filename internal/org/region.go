package org

import (
	"slices"
	"strings"
	"time"
)

// RegionStatus says whether an account uses a region.
type RegionStatus string

// The states of a region in an account.
const (
	RegionByDefault RegionStatus = "ENABLED_BY_DEFAULT" // it can be neither enabled nor disabled
	RegionEnabled   RegionStatus = "ENABLED"
	RegionEnabling  RegionStatus = "ENABLING"
	RegionDisabling RegionStatus = "DISABLING"
	RegionDisabled  RegionStatus = "DISABLED"
)

// A Region is a region as one account sees it.
type Region struct {
	AccountID AccountID
	Name      string
	Status    RegionStatus
	ChangedAt time.Time // zero while it is as it was at the beginning
}

// Regions returns every region of the partition by name, as an account sees them that has changed these.
func (r *Rules) Regions(a AccountID, changed []Region) []Region {
	out := make([]Region, 0, len(r.DefaultRegions)+len(r.OptInRegions))
	for _, name := range r.DefaultRegions {
		out = append(out, Region{AccountID: a, Name: name, Status: RegionByDefault})
	}
	for _, name := range r.OptInRegions {
		at := slices.IndexFunc(changed, func(c Region) bool { return c.Name == name })
		if at >= 0 {
			out = append(out, changed[at])
			continue
		}
		out = append(out, Region{AccountID: a, Name: name, Status: RegionDisabled})
	}
	slices.SortFunc(out, func(a, b Region) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Switch returns the region on its way to being enabled or disabled, and false when it is there or on that way already. It fails with
// RegionFixed for a region that every account has, and with RegionBusy for one on its way to the opposite.
func (g Region) Switch(on bool, now time.Time) (Region, bool, error) {
	there, going, opposite := RegionEnabled, RegionEnabling, RegionDisabling
	if !on {
		there, going, opposite = RegionDisabled, RegionDisabling, RegionEnabling
	}
	switch g.Status {
	case RegionByDefault:
		return g, false, Errorf(RegionFixed, "the region %s is enabled in every account", g.Name)
	case opposite:
		return g, false, Errorf(RegionBusy, "the region %s is being switched the other way", g.Name)
	case there, going:
		return g, false, nil
	}
	g.Status, g.ChangedAt = going, now
	return g, true, nil
}

// Arrive returns the region at the end of its way.
func (g Region) Arrive(now time.Time) Region {
	switch g.Status {
	case RegionEnabling:
		g.Status, g.ChangedAt = RegionEnabled, now
	case RegionDisabling:
		g.Status, g.ChangedAt = RegionDisabled, now
	}
	return g
}

// paired says in which partition an account may have a twin.
var paired = map[Partition]Partition{AWS: AWSGov}

// The regions of each partition (AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account").
var (
	defaultRegions = map[Partition][]string{
		AWS: {
			"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1",
			"eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
		},
		AWSChina: {"cn-north-1", "cn-northwest-1"},
		AWSGov:   {"us-gov-east-1", "us-gov-west-1"},
	}
	optInRegions = map[Partition][]string{
		AWS: {
			"af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
			"ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1", "me-south-1", "mx-central-1",
		},
	}
)
