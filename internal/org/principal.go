package org

import "time"

// PrincipalKind is what may act in an account.
type PrincipalKind string

// The kinds of principal. Agencies are Huawei Cloud's roles and are kept as roles.
const (
	RootUser    PrincipalKind = "root"
	User        PrincipalKind = "user"
	Role        PrincipalKind = "role"
	ServiceRole PrincipalKind = "service-role" // belongs to a service; nobody else assumes it
)

// A Principal is one that may act in an account.
type Principal struct {
	ID            PrincipalID
	AccountID     AccountID
	Kind          PrincipalKind
	Name          string // empty for the root user
	Path          string // "/" for most
	Administrator bool   // may do everything that its account may do
	Trusts        string // the account whose principals may assume it, or the service that may; empty for users
	MaxSession    time.Duration
	Description   string // what whoever made it said of it
	CreatedAt     time.Time
}

// KeyStatus says whether an access key is accepted.
type KeyStatus string

// The states of a key.
const (
	KeyActive   KeyStatus = "Active"
	KeyInactive KeyStatus = "Inactive"
)

// A Key is a long-term access key. Temporary keys are never stored: they carry themselves (package identity).
type Key struct {
	ID          KeyID
	AccountID   AccountID
	PrincipalID PrincipalID
	Sealed      []byte // the secret, encrypted under the server's key
	Status      KeyStatus
	CreatedAt   time.Time
}

// A Caller is the proven identity behind a request.
type Caller struct {
	Partition   Partition
	AccountID   AccountID
	PrincipalID PrincipalID
	Kind        PrincipalKind
	Name        string // the principal's name
	Path        string
	Session     string // the session's name, when a role was assumed or a session token issued
	Temporary   bool   // authenticated by temporary credentials
	Admin       bool   // the principal may do everything that its account may do
	Task        string `json:",omitempty"` // the one RootTask that a session of a root user is for
}

// InSession tells that a user calls in its own name by temporary credentials, and not for a RootTask (AWS STS, GetSessionToken).
func (c Caller) InSession() bool {
	return c.Temporary && c.Task == "" && (c.Kind == User || c.Kind == RootUser)
}
