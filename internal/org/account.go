package org

import (
	"strings"
	"time"
)

// AccountState is where an account stands in its life.
type AccountState string

// The states of an account. Creating is ours: such an account is not yet to be seen.
const (
	AccountCreating       AccountState = "CREATING"
	AccountActive         AccountState = "ACTIVE"
	AccountSuspended      AccountState = "SUSPENDED"
	AccountPendingClosure AccountState = "PENDING_CLOSURE"
	AccountClosed         AccountState = "CLOSED"
)

// JoinMethod is how an account came into its organization.
type JoinMethod string

// The ways into an organization.
const (
	Created JoinMethod = "CREATED"
	Invited JoinMethod = "INVITED"
)

// An Account is a cloud account: a member of one organization, or standing alone.
type Account struct {
	ID             AccountID
	Partition      Partition
	OrganizationID OrganizationID // empty while it stands alone
	ParentID       UnitID         // empty while it stands alone
	Name           string
	Email          string // may be empty on Huawei Cloud
	Phone          string // Huawei Cloud only
	Description    string
	Resource       bool // a Huawei resource account: made without contact data, not yet a full account
	State          AccountState
	JoinMethod     JoinMethod
	JoinedAt       time.Time // when it became a member of the present organization, or ceased to be one of the last
	CreatedAt      time.Time
	ClosedAt       time.Time // zero unless it is closed
	TwinID         AccountID // the account of the other partition that is paired with it; empty for most
	Hindrances     Hindrance // what stands in the way of its deeds
}

// Reservations returns what the account keeps to itself in its whole partition: its address, and its name where names are unique.
func Reservations(r *Rules, name, email, phone string) []Reservation {
	var out []Reservation
	if email != "" {
		out = append(out, Reservation{Partition: r.Partition, Field: FieldEmail, Value: strings.ToLower(email), Slots: 1})
	}
	if r.AccountNameUnique {
		out = append(out, Reservation{Partition: r.Partition, Field: FieldName, Value: name, Slots: 1})
	}
	if phone != "" && r.PhoneAccounts > 0 {
		out = append(out, Reservation{Partition: r.Partition, Field: FieldPhone, Value: phone, Slots: r.PhoneAccounts})
	}
	return out
}

// Field is a kind of value that accounts reserve.
type Field string

// The reserved fields.
const (
	FieldEmail Field = "email"
	FieldName  Field = "name"
	FieldPhone Field = "phone"
)

// A Reservation keeps a value for one holder, or for as many as it has slots. It outlives a closed account and ends with a failed
// creation.
type Reservation struct {
	Partition Partition
	Field     Field
	Value     string
	Slots     int    // how many may hold the value at once
	Holder    string // a CreationID while the account is being made, then the AccountID
}
