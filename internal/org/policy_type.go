package org

import "time"

// Switching reports whether a type of policy that was last turned on or off at a time is still on its way there. A type that never was is not.
func (r *Rules) Switching(at, now time.Time) bool {
	return !at.IsZero() && now.Before(at.Add(r.PolicyTypeTime))
}
