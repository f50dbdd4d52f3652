package org

import "time"

// ResourcePolicyID names the one policy by which an organization delegates the care of itself.
type ResourcePolicyID string

// A ResourcePolicy says what members may do with the organization. An organization has at most one.
type ResourcePolicy struct {
	ID             ResourcePolicyID
	OrganizationID OrganizationID
	Content        string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}
