package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// UnitType is the part a unit plays in a zone.
type UnitType string

// The types of unit.
const (
	RootUnit   UnitType = "ROOT"
	CoreUnit   UnitType = "CORE"
	CustomUnit UnitType = "CUSTOM"
)

// UnitState is where a managed unit stands.
type UnitState string

// The states of a managed unit. Only registering and registered have ways in so far; the wire spelling is the partition's own.
const (
	UnitRegistering    UnitState = "REGISTERING"
	UnitRegistered     UnitState = "REGISTERED"
	UnitRegisterFailed UnitState = "REGISTER_FAILED"
)

// A Unit is an organization's unit that the zone governs.
type Unit struct {
	OrganizationID org.OrganizationID
	UnitID         org.UnitID
	Type           UnitType
	State          UnitState
	Message        string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TakesUnits returns nil when units may be made or registered below the unit, the zero Unit standing for one that the zone does not govern.
// It fails with ParentIsCore, and with ParentNotRegistered.
func (u *Unit) TakesUnits() error {
	switch {
	case u.Type == CoreUnit:
		return org.Errorf(org.ParentIsCore, "no units stand below the core unit")
	case u.State != UnitRegistered:
		return org.Errorf(org.ParentNotRegistered, "the parent unit is not registered")
	}
	return nil
}

// TakesAccounts returns nil when accounts may be made in the unit. It fails with ParentNotRegistered, with UnitRefusesAccounts for the root
// and the core unit, and with ManagedOperationRunning while the unit is being registered.
func (u *Unit) TakesAccounts() error {
	switch {
	case u.Type == RootUnit || u.Type == CoreUnit:
		return org.Errorf(org.UnitRefusesAccounts, "no accounts are created in a unit of the type %s", u.Type)
	case u.State == UnitRegistering:
		return org.Errorf(org.ManagedOperationRunning, "the unit is being registered")
	case u.State != UnitRegistered:
		return org.Errorf(org.ParentNotRegistered, "the parent unit is not registered")
	}
	return nil
}

// Registrable returns nil when the unit may be registered; one that failed to be may be tried again. It fails with UnitNotRegistrable for the
// root and the core unit, with ManagedOperationRunning and with UnitAlreadyRegistered.
func (u *Unit) Registrable() error {
	switch {
	case u.Type == RootUnit || u.Type == CoreUnit:
		return org.Errorf(org.UnitNotRegistrable, "a unit of the type %s cannot be registered", u.Type)
	case u.State == UnitRegistering:
		return org.Errorf(org.ManagedOperationRunning, "the unit is being registered")
	case u.State == UnitRegistered:
		return org.Errorf(org.UnitAlreadyRegistered, "the unit is registered")
	}
	return nil
}
