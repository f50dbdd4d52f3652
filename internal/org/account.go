package org

import (
	"errors"
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

	AccountPendingActivation AccountState = "PENDING_ACTIVATION" // its sign-up was begun and never finished
)

// ErrUnusable is inside of the errors of CheckUsable, which else look as if the caller's key did not exist.
var ErrUnusable = errors.New("the account cannot be used")

// CheckUsable returns nil for an account whose principals can do something, and KeyUnknown for one that the cloud keeps from use. An account that is being closed works
// until it is closed (AWS Organizations User Guide, "Monitor the state of your AWS accounts"); the keys of one that was closed and has left its organization open nothing
// any more (AWS Account Management, "Close an AWS account").
func (a Account) CheckUsable() error {
	switch a.State {
	case AccountSuspended:
		return &Error{Reason: KeyUnknown, Detail: "the account " + string(a.ID) + " is suspended", Err: ErrUnusable}
	case AccountClosed:
		if a.OrganizationID == "" {
			return &Error{Reason: KeyUnknown, Detail: "the account " + string(a.ID) + " is closed for good", Err: ErrUnusable}
		}
	case AccountPendingActivation:
		return &Error{Reason: KeyUnknown, Detail: "the sign-up of the account " + string(a.ID) + " is not finished", Err: ErrUnusable}
	}
	return nil
}

// CheckStanding returns nil when the operator may put an account into a state, and else InputNotInSet for a state that is not the operator's to set, AccountAlreadyClosed, or
// AccountClosing.
func CheckStanding(a Account, to AccountState) error {
	switch {
	case to != AccountActive && to != AccountSuspended && to != AccountPendingActivation:
		return Errorf(InputNotInSet, "an account is made %s, %s or %s, not %q", AccountActive, AccountSuspended, AccountPendingActivation, to)
	case a.State == AccountClosed:
		return Errorf(AccountAlreadyClosed, "the account %s is closed", a.ID)
	case a.State == AccountPendingClosure:
		return Errorf(AccountClosing, "the account %s is being closed", a.ID)
	}
	return nil
}

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
