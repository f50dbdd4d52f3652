package store

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// A LifeReader reads what an account goes through after it was created.
type LifeReader interface {
	// Closure returns the latest closure of an account in an organization. It fails with AccountNotClosed when there was none.
	Closure(ctx context.Context, o org.OrganizationID, a org.AccountID) (org.Closure, error)
	// CountClosures counts an organization's closures that run, and those asked for after a time that have not failed.
	CountClosures(ctx context.Context, o org.OrganizationID, since time.Time) (running, lately int, err error)
	// ClosedMembers lists the members that are closed or being closed, each with its latest closure, in the order of their joining.
	ClosedMembers(ctx context.Context, o org.OrganizationID) ([]org.ClosedMember, error)
	// ClosedAccounts lists the closed members of an organization, those closed longest first.
	ClosedAccounts(ctx context.Context, o org.OrganizationID, limit int) ([]org.Account, error)
	// DueOrganizations lists organizations whose DueAt has come, the longest due first.
	DueOrganizations(ctx context.Context, now time.Time, limit int) ([]org.OrganizationID, error)

	// Contact fails with ContactMissing.
	Contact(ctx context.Context, a org.AccountID, k org.ContactKind) (org.Contact, error)
	// EmailChange fails with EmailChangeMissing.
	EmailChange(ctx context.Context, a org.AccountID) (org.EmailChange, error)
	// Regions lists the regions that an account has switched, by name.
	Regions(ctx context.Context, a org.AccountID) ([]org.Region, error)
}

// A LifeTx writes it.
type LifeTx interface {
	// SetDue sets an organization's DueAt. It fails with OrganizationMissing.
	SetDue(ctx context.Context, o org.OrganizationID, at time.Time) error
	// PutClosure writes a closure; one of the same account and RequestedAt is replaced.
	PutClosure(ctx context.Context, c org.Closure) error

	// RenameUnit fails with UnitMissing, and with UnitNameTaken when a sibling has the name. Its own name is no sibling's.
	RenameUnit(ctx context.Context, o org.OrganizationID, id org.UnitID, name string) error

	PutContact(ctx context.Context, c org.Contact) error
	// DeleteContact fails with ContactMissing.
	DeleteContact(ctx context.Context, a org.AccountID, k org.ContactKind) error
	PutEmailChange(ctx context.Context, c org.EmailChange) error
	// DeleteEmailChange removes an account's. That there is none is no error.
	DeleteEmailChange(ctx context.Context, a org.AccountID) error
	PutRegion(ctx context.Context, g org.Region) error
	// ReleaseReservation gives back one value, when its holder has it.
	ReleaseReservation(ctx context.Context, r org.Reservation) error
}
