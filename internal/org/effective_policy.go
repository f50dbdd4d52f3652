package org

import "time"

// A KeptPolicy is what an account whose effective policy is invalid goes on with: the last valid one.
type KeptPolicy struct {
	OrganizationID OrganizationID
	Type           PolicyType
	AccountID      AccountID
	Content        string // empty when the account had none
	UpdatedAt      time.Time
	KeptAt         time.Time // since when it is invalid
}
