package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// AccountType is the part an account plays in a zone.
type AccountType string

// The types of account.
const (
	PrimaryAccount  AccountType = "PRIMARY"
	LoggingAccount  AccountType = "LOGGING"
	SecurityAccount AccountType = "SECURITY"
	CustomAccount   AccountType = "CUSTOM"
)

// AccountState is where a managed account stands.
type AccountState string

// The states of a managed account.
const (
	AccountCreating     AccountState = "CREATING"
	AccountCreateFailed AccountState = "CREATE_FAILED"
	AccountEnrolling    AccountState = "ENROLLING"
	AccountEnrolled     AccountState = "ENROLLED"
	AccountEnrollFailed AccountState = "ENROLL_FAILED"
)

// An Account is a member account that the zone governs.
type Account struct {
	OrganizationID org.OrganizationID
	AccountID      org.AccountID
	Type           AccountType
	MadeHere       bool // by the zone; otherwise it was taken in
	State          AccountState
	Message        string
	IdentityUser   string
	IdentityEmail  string
	Blueprint      Blueprint
	Regions        []Region
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Blueprint is the template that an account is furnished with.
type Blueprint struct {
	ProductID    string
	Version      string
	Variables    string // JSON
	MultiAccount bool
	Status       string // empty without a blueprint
}

// Fail returns the account failed in what it was under way to.
func (a *Account) Fail(message string, now time.Time) Account {
	next := *a
	next.State, next.Message, next.UpdatedAt = AccountEnrollFailed, message, now
	if a.State == AccountCreating {
		next.State = AccountCreateFailed
	}
	return next
}
