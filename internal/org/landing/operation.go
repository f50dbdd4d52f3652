package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// OperationKind is what an operation does.
type OperationKind string

// The kinds of operation.
const (
	CreateAccountOperation OperationKind = "CREATE_ACCOUNT"
	RegisterUnitOperation  OperationKind = "REGISTER_UNIT"
)

// An Operation is a long deed on one account or unit of a zone, which its caller polls.
type Operation struct {
	ID             org.OperationID
	OrganizationID org.OrganizationID
	Kind           OperationKind
	AccountID      org.AccountID // empty until the account exists
	UnitID         org.UnitID    // the unit, or the account's unit
	Status         Status
	Steps          []Progress
	Message        string // why it failed
	Request        AccountRequest
	RequestedBy    org.Caller
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Advance returns the operation with the named step done.
func (o *Operation) Advance(step string, now time.Time) Operation {
	next := *o
	next.Steps, next.UpdatedAt = Advance(o.Steps, step, Succeeded), now
	return next
}

// Finish returns the operation done.
func (o *Operation) Finish(now time.Time) Operation {
	next := *o
	next.Status, next.UpdatedAt = Succeeded, now
	return next
}

// Fail returns the operation failed.
func (o *Operation) Fail(message string, now time.Time) Operation {
	next := *o
	next.Status, next.Message, next.Steps, next.UpdatedAt = Failed, message, Broken(o.Steps), now
	return next
}
