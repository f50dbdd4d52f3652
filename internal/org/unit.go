package org

import "time"

// A Unit is a node of the tree that holds accounts and further units. The root is the one unit without a parent; its depth is zero.
type Unit struct {
	ID             UnitID
	OrganizationID OrganizationID
	ParentID       UnitID // empty for the root
	Name           string
	Depth          int
	CreatedAt      time.Time
}

// IsRoot reports whether the unit is the root of its organization.
func (u *Unit) IsRoot() bool { return u.ParentID == "" }

// NewUnit makes a unit below parent. It fails with UnitDepth when the tree would grow deeper than the rulebook allows and with
// InvalidUnitName when the name breaks the partition's rule.
func NewUnit(r *Rules, id UnitID, parent Unit, name string, now time.Time) (Unit, error) {
	if err := r.UnitName.check(InvalidUnitName, name); err != nil {
		return Unit{}, err
	}
	if parent.Depth >= r.Depth {
		return Unit{}, Errorf(UnitDepth, "units nest at most %d levels below the root", r.Depth)
	}
	return Unit{ID: id, OrganizationID: parent.OrganizationID, ParentID: parent.ID, Name: name, Depth: parent.Depth + 1, CreatedAt: now}, nil
}
