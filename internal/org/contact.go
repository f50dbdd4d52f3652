package org

import "time"

// ContactKind tells the contacts of an account apart.
type ContactKind string

// The contacts of an account. The primary one is its owner.
const (
	PrimaryContact    ContactKind = "PRIMARY"
	BillingContact    ContactKind = "BILLING"
	OperationsContact ContactKind = "OPERATIONS"
	SecurityContact   ContactKind = "SECURITY"
)

// A Contact is whom the cloud turns to about an account. Its members bear the names of the clouds' forms; which of them are filled depends
// on the kind.
type Contact struct {
	AccountID AccountID
	Kind      ContactKind
	Fields    map[string]string
}

// EmailChange is a new address of an account that waits to be confirmed with the code that was sent there. A later one replaces it.
type EmailChange struct {
	AccountID   AccountID
	Email       string
	Code        string
	RequestedAt time.Time
}

// CodeLife is how long the code of an EmailChange is accepted. No source states it; the codes of the cloud's consoles live as long.
const CodeLife = 24 * time.Hour

// Confirm returns nil when the code confirms the change to the address, and else CodeWrong.
func (c EmailChange) Confirm(email, code string, now time.Time) error {
	if c.Email != email || c.Code != code || !now.Before(c.RequestedAt.Add(CodeLife)) {
		return Errorf(CodeWrong, "the code is wrong, too old, or belongs to another address")
	}
	return nil
}
