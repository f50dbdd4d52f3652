// Package store says what the control plane asks of a database, and which errors it promises. It holds no code: sqlstore keeps the contract,
// sqlite and postgres open the engines, storetest is the suite that both pass.
//
// Lists are ordered as each method says and paged by an opaque cursor that survives concurrent inserts: no row is skipped or repeated. A
// Get that misses returns the NotFound reason that it names. Times are kept in microseconds and come back in UTC.
package store

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
)

// A Store is a database.
type Store interface {
	// View runs fn on one consistent state. fn may run twice.
	View(ctx context.Context, fn func(Reader) error) error
	// Glance is View for an fn that asks one thing as a rule, which then needs no transaction. An fn that asks more is run again.
	Glance(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in one durable transaction: when Update returns nil, everything that fn wrote survives a crash; when it returns an
	// error, nothing of it exists. fn may run twice and must touch nothing outside of its Tx.
	Update(ctx context.Context, fn func(Tx) error) error
	// ClaimSagas leases up to limit due sagas to the caller and bumps their tokens (durable.Journal). No two callers get the same one.
	ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]durable.Saga, error)
	// SagaStats counts the sagas that are still running, by kind, with the start of the oldest.
	SagaStats(ctx context.Context) ([]SagaStat, error)
	// Ping returns nil when the database answers and is writable.
	Ping(ctx context.Context) error
	// Clear empties the whole database, settings apart. The twin's reset.
	Clear(ctx context.Context) error
	Close() error
}

// A SagaStat tells how many sagas of one kind run.
type SagaStat struct {
	Kind    string
	Running int
	Oldest  time.Time
}

// A Reader reads one state.
type Reader interface {
	HandshakeReader
	PolicyReader
	DryRunReader
	DelegationReader
	RootFeatureReader
	LifeReader

	// Setting returns a named setting of the server, nil when there is none.
	Setting(ctx context.Context, name string) ([]byte, error)

	// Organization fails with OrganizationMissing.
	Organization(ctx context.Context, id org.OrganizationID) (org.Organization, error)

	// Unit fails with UnitMissing. The root is a unit.
	Unit(ctx context.Context, o org.OrganizationID, id org.UnitID) (org.Unit, error)
	// Units lists the units of an organization, the root left out, oldest first; below one parent only when parent is not empty.
	Units(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]org.Unit, string, error)
	// CountUnits counts the units of an organization, the root left out; below one parent only when parent is not empty.
	CountUnits(ctx context.Context, o org.OrganizationID, parent org.UnitID) (int, error)

	// Account fails with AccountMissing. It also finds accounts that are being created.
	Account(ctx context.Context, id org.AccountID) (org.Account, error)
	// Member returns an account with its organization, which is the zero one when the account stands alone. It fails with AccountMissing.
	Member(ctx context.Context, id org.AccountID) (org.Account, org.Organization, error)
	// Accounts lists the members of an organization in the order of their joining, without those that are being created; below one parent only
	// when parent is not empty.
	Accounts(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]org.Account, string, error)
	// CountAccounts counts what Accounts lists; below one parent only when parent is not empty.
	CountAccounts(ctx context.Context, o org.OrganizationID, parent org.UnitID) (int, error)
	// CountActiveAccounts counts the active ones of an organization.
	CountActiveAccounts(ctx context.Context, o org.OrganizationID) (int, error)

	// Creation fails with CreationMissing.
	Creation(ctx context.Context, o org.OrganizationID, id org.CreationID) (org.Creation, error)
	// Foresee reads a creation along with the member of its organization that asks for it, at once, so that Member and Creation need not read them. It does
	// not fail for what is missing: that is theirs to tell.
	Foresee(ctx context.Context, id org.AccountID, n org.CreationID) error
	// Creations lists an organization's creations, newest first; in the given states only, when there are any.
	Creations(ctx context.Context, o org.OrganizationID, states []org.CreationState, p org.Page) ([]org.Creation, string, error)
	// CountCreations counts an organization's creations in progress.
	CountCreations(ctx context.Context, o org.OrganizationID) (int, error)

	// Principal fails with PrincipalMissing.
	Principal(ctx context.Context, id org.PrincipalID) (org.Principal, error)
	// PrincipalNamed fails with PrincipalMissing.
	PrincipalNamed(ctx context.Context, a org.AccountID, k org.PrincipalKind, name string) (org.Principal, error)
	// Principals lists all principals of an account by kind and name.
	Principals(ctx context.Context, a org.AccountID) ([]org.Principal, error)
	// Key fails with KeyMissing.
	Key(ctx context.Context, id org.KeyID) (org.Key, error)

	// Tags lists a resource's tags by key. Accounts are tagged within their organization.
	Tags(ctx context.Context, o org.OrganizationID, r org.Resource) ([]org.Tag, error)
	// TagsOf lists the tags of all units without the root, of all members, or of all policies, by resource and key; of other kinds it knows none.
	TagsOf(ctx context.Context, o org.OrganizationID, k org.ThingKind) ([]org.ResourceTag, error)

	// Events lists an organization's events in their order, those after (version, index) only.
	Events(ctx context.Context, o org.OrganizationID, version int64, index, limit int) ([]org.Event, error)

	// Zone fails with LandingZoneMissing.
	Zone(ctx context.Context, o org.OrganizationID) (landing.Zone, error)
	// ManagedUnit fails with ManagedUnitMissing.
	ManagedUnit(ctx context.Context, o org.OrganizationID, id org.UnitID) (landing.Unit, error)
	// ManagedUnits lists a zone's units, oldest first.
	ManagedUnits(ctx context.Context, o org.OrganizationID, p org.Page) ([]landing.Unit, string, error)
	// ManagedAccount fails with ManagedAccountMissing.
	ManagedAccount(ctx context.Context, o org.OrganizationID, id org.AccountID) (landing.Account, error)
	// ManagedAccounts lists a zone's accounts, oldest first; those whose account stands directly below parent only, when it is not empty.
	ManagedAccounts(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]landing.Account, string, error)
	// Operation fails with OperationMissing.
	Operation(ctx context.Context, o org.OrganizationID, id org.OperationID) (landing.Operation, error)
	// LatestOperation returns the newest operation on an account, or on a unit when the account is empty. It fails with OperationMissing.
	LatestOperation(ctx context.Context, o org.OrganizationID, a org.AccountID, u org.UnitID) (landing.Operation, error)
}

// A Tx reads and writes in one transaction. Writes to rows that do not exist fail with the same reason as the Get of that noun. What belongs to
// another is inserted after it: an organization before its units, an account before its principals, a principal before its keys.
type Tx interface {
	Reader
	durable.Tx
	HandshakeTx
	PolicyTx
	DryRunTx
	DelegationTx
	RootFeatureTx
	LifeTx

	// Start journals work in this transaction: the workflow of that name will carry it out exactly when the transaction commits. The
	// subject is the id of the noun that the work is for.
	Start(ctx context.Context, id string, w org.Work, subject string, at time.Time) error

	// InitSetting stores a setting unless it exists, and returns what is stored.
	InitSetting(ctx context.Context, name string, value []byte) ([]byte, error)

	// LockOrganization bumps the organization's version and returns it with the new one. Until the transaction ends all others who lock the
	// same organization wait. It fails with OrganizationMissing.
	LockOrganization(ctx context.Context, id org.OrganizationID) (org.Organization, error)
	InsertOrganization(ctx context.Context, o org.Organization) error
	// DeleteOrganization removes the organization with its units, policies, tags, creations, and its landing zone. Events and records of dry runs stay.
	DeleteOrganization(ctx context.Context, id org.OrganizationID) error

	// InsertUnit fails with UnitNameTaken when a sibling has the name.
	InsertUnit(ctx context.Context, u org.Unit) error
	// DeleteUnit removes a unit with its tags and its landing-zone row.
	DeleteUnit(ctx context.Context, o org.OrganizationID, id org.UnitID) error

	// LockHome is LockOrganization for the organization that an account is in, and may have left while LockHome waited. It fails with OrganizationMissing
	// when the account stands alone or is missing.
	LockHome(ctx context.Context, id org.AccountID) (org.Organization, error)

	// LockAccount makes all others who lock the same account wait until the transaction ends, and returns it. It fails with AccountMissing.
	LockAccount(ctx context.Context, id org.AccountID) (org.Account, error)
	// InsertAccount fails with ConcurrentModification when the id is taken.
	InsertAccount(ctx context.Context, a org.Account) error
	UpdateAccount(ctx context.Context, a org.Account) error
	// DeleteAccount removes an account with its principals, keys and tags. Deleting one that does not exist is no error.
	DeleteAccount(ctx context.Context, id org.AccountID) error

	InsertCreation(ctx context.Context, c org.Creation) error
	UpdateCreation(ctx context.Context, c org.Creation) error

	// Reserve takes a value for its holder, and returns "" when it did or when the holder had it already; else one present holder.
	Reserve(ctx context.Context, r org.Reservation) (holder string, err error)
	// PassReservations hands everything that one holder has to another.
	PassReservations(ctx context.Context, from, to string) error
	// ReleaseReservations gives back everything a holder has.
	ReleaseReservations(ctx context.Context, holder string) error

	// InsertPrincipal fails with PrincipalExists when the account has one of that kind and name.
	InsertPrincipal(ctx context.Context, p org.Principal) error
	// DeletePrincipal removes a principal with its keys. Deleting one that does not exist is no error.
	DeletePrincipal(ctx context.Context, id org.PrincipalID) error
	// InsertKey fails with ConcurrentModification when the id is taken.
	InsertKey(ctx context.Context, k org.Key) error

	// PutTags adds tags to a resource and overwrites the values of keys that it has.
	PutTags(ctx context.Context, o org.OrganizationID, r org.Resource, tags []org.Tag) error
	// DeleteTags removes the tags of the given keys, all when keys is nil. Keys that are not there are no error.
	DeleteTags(ctx context.Context, o org.OrganizationID, r org.Resource, keys []string) error

	// AppendEvent writes an event and sets its Index to the next free one of its Version.
	AppendEvent(ctx context.Context, e org.Event) error

	PutZone(ctx context.Context, z landing.Zone) error
	PutManagedUnit(ctx context.Context, u landing.Unit) error
	PutManagedAccount(ctx context.Context, a landing.Account) error
	DeleteManagedAccount(ctx context.Context, o org.OrganizationID, id org.AccountID) error
	PutOperation(ctx context.Context, o landing.Operation) error
}
