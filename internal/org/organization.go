package org

import "time"

// FeatureSet says how much of the service an organization uses.
type FeatureSet string

// The feature sets. Huawei Cloud knows only the first.
const (
	AllFeatures         FeatureSet = "ALL"
	ConsolidatedBilling FeatureSet = "CONSOLIDATED_BILLING"
)

// An Organization is the unit of consistency: every change bumps Version first and so waits for all others of the same organization.
type Organization struct {
	ID           OrganizationID
	Partition    Partition
	ManagementID AccountID
	RootID       UnitID
	FeatureSet   FeatureSet
	CreatedAt    time.Time
	Version      int64     // grows by one with each change; the cache key of everything derived from the organization
	DueAt        time.Time // when the service itself has something to do here; zero when nothing is foreseen
}

// Due reports whether DueAt has come.
func (o *Organization) Due(now time.Time) bool { return !o.DueAt.IsZero() && !now.Before(o.DueAt) }

// Rules returns the rulebook of the organization's partition.
func (o *Organization) Rules() *Rules { return RulesOf(o.Partition) }
