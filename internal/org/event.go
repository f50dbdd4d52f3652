package org

import "time"

// EventName says what happened, in the domain's words.
type EventName string

// What can happen.
const (
	OrganizationCreated    EventName = "OrganizationCreated"
	OrganizationDeleted    EventName = "OrganizationDeleted"
	UnitCreated            EventName = "UnitCreated"
	AccountRequested       EventName = "AccountRequested"
	AccountCreationEnded   EventName = "AccountCreationEnded"
	AccountJoined          EventName = "AccountJoined"
	AccountMoved           EventName = "AccountMoved"
	ResourceTagged         EventName = "ResourceTagged"
	ResourceUntagged       EventName = "ResourceUntagged"
	LandingZoneRequested   EventName = "LandingZoneRequested"
	LandingZoneSetUp       EventName = "LandingZoneSetUp"
	UnitRegistered         EventName = "UnitRegistered"
	ManagedAccountCreated  EventName = "ManagedAccountCreated"
	UnitRenamed            EventName = "UnitRenamed"
	UnitDeleted            EventName = "UnitDeleted"
	ClosureRequested       EventName = "ClosureRequested"
	ClosureEnded           EventName = "ClosureEnded"
	AccountRestored        EventName = "AccountRestored"
	AccountStateSet        EventName = "AccountStateSet"
	AccountRemoved         EventName = "AccountRemoved"
	AccountLeft            EventName = "AccountLeft"
	AccountDeparted        EventName = "AccountDeparted"
	AccountRenamed         EventName = "AccountRenamed"
	AccountDescribed       EventName = "AccountDescribed"
	ContactChanged         EventName = "ContactChanged"
	ContactDeleted         EventName = "ContactDeleted"
	EmailChangeRequested   EventName = "EmailChangeRequested"
	EmailChanged           EventName = "EmailChanged"
	RegionEnableRequested  EventName = "RegionEnableRequested"
	RegionDisableRequested EventName = "RegionDisableRequested"

	ServiceTrusted        EventName = "ServiceTrusted"
	ServiceDistrusted     EventName = "ServiceDistrusted"
	DelegateRegistered    EventName = "DelegateRegistered"
	DelegateDeregistered  EventName = "DelegateDeregistered"
	ResourcePolicyWritten EventName = "ResourcePolicyWritten"
	ResourcePolicyDeleted EventName = "ResourcePolicyDeleted"
	RootFeatureEnabled    EventName = "RootFeatureEnabled"
	RootFeatureDisabled   EventName = "RootFeatureDisabled"
	ServiceRoleCreated    EventName = "ServiceRoleCreated"

	PolicyCreated            EventName = "PolicyCreated"
	PolicyUpdated            EventName = "PolicyUpdated"
	PolicyDeleted            EventName = "PolicyDeleted"
	PolicyAttachedTo         EventName = "PolicyAttachedTo"
	PolicyDetachedFrom       EventName = "PolicyDetachedFrom"
	PolicyTypeSwitchedOn     EventName = "PolicyTypeSwitchedOn"
	PolicyTypeSwitchedOff    EventName = "PolicyTypeSwitchedOff"
	EffectivePolicyValidated EventName = "EffectivePolicyValidated" // the effective policy of an account became invalid, or valid again

	DryRunPolicyCreated      EventName = "DryRunPolicyCreated" // of a policy that is only tried out, and so on
	DryRunPolicyUpdated      EventName = "DryRunPolicyUpdated"
	DryRunPolicyDeleted      EventName = "DryRunPolicyDeleted"
	DryRunPolicyAttachedTo   EventName = "DryRunPolicyAttachedTo"
	DryRunPolicyDetachedFrom EventName = "DryRunPolicyDetachedFrom"
	DryRunChanged            EventName = "DryRunChanged"
)

// An Event is the record of one change, written in the transaction that makes the change. Events of an organization are ordered by
// (Version, Index) without gaps that could later fill: whoever has read up to a place has missed nothing before it.
type Event struct {
	OrganizationID OrganizationID
	Version        int64 // of the organization, after the change
	Index          int   // among the events of one version
	ID             string
	Name           EventName
	Partition      Partition
	At             time.Time
	By             Caller            // the zero Caller when the service itself acted
	Subject        string            // the id of what changed
	Detail         map[string]string // further facts under the names that the API packages read; no secrets
}
