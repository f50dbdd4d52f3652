package org

import (
	"time"
)

// CreationState is where a request for an account stands. The last two never change.
type CreationState string

// The states of a creation.
const (
	CreationRunning   CreationState = "IN_PROGRESS"
	CreationSucceeded CreationState = "SUCCEEDED"
	CreationFailed    CreationState = "FAILED"
)

// Work names journaled work; the workflow of that name carries it out.
type Work string

// The works that exist.
const (
	CreateAccount        Work = "create-account"
	SetUpLandingZone     Work = "set-up-landing-zone"
	RegisterUnit         Work = "register-unit"
	CreateManagedAccount Work = "create-managed-account"
	CloseAccount         Work = "close-account"
	SwitchRegion         Work = "switch-region"
)

// A Creation is one request for an account, and the only thing its caller watches: the account itself is not to be seen before the
// creation has succeeded, and a failed one leaves nothing else behind.
type Creation struct {
	ID             CreationID
	OrganizationID OrganizationID
	Partition      Partition
	State          CreationState
	Request        AccountRequest
	RequestedBy    Caller
	RequestedAt    time.Time
	CompletedAt    time.Time // zero while it runs
	AccountID      AccountID // empty until it succeeded
	GovAccountID   AccountID // the paired GovCloud account, where one was asked for
	Failure        Failure   // set when it failed
	FailureDetail  string    // for people; may be empty
}

// An AccountRequest is what a caller may say about the account to be made.
type AccountRequest struct {
	Name        string
	Email       string
	Phone       string
	Description string
	RoleName    string // of the access role or agency; the rulebook's when empty
	DenyBilling bool   // keeps IAM users from billing data
	Resource    bool   // a Huawei resource account, without contact data
	Tags        []Tag
	Paired      bool // asks for an account in the paired partition as well
}

// NewCreation checks a request and makes it a creation. The laws that can be checked without looking at other accounts fail at once:
// InvalidAccountName, PairedNameRefused, InvalidRoleName, InvalidTag, DuplicateTagKey, SystemTag, TagLimit, and, as the partition has it, InputMissing for contact
// data, InputMalformed for a phone number and InvalidEmail. All others are the creation's own end.
func NewCreation(r *Rules, id CreationID, o Organization, q AccountRequest, by Caller, now time.Time) (Creation, error) {
	if err := r.CheckAccountName(q.Name); err != nil {
		return Creation{}, err
	}
	if q.Paired {
		if err := r.PairedName.check(PairedNameRefused, q.Name); err != nil {
			return Creation{}, err
		}
	}
	if err := r.checkContact(q); err != nil {
		return Creation{}, err
	}
	if q.RoleName == "" {
		q.RoleName = r.AccessRole
	}
	if err := r.checkRole(q.RoleName); err != nil {
		return Creation{}, err
	}
	if err := withoutZero(InputMalformed, "a description", q.Description); err != nil {
		return Creation{}, err
	}
	if err := CheckTags(r, nil, q.Tags); err != nil {
		return Creation{}, err
	}
	return Creation{
		ID: id, OrganizationID: o.ID, Partition: o.Partition, State: CreationRunning, Request: q, RequestedBy: by, RequestedAt: now,
	}, nil
}
