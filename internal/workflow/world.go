package workflow

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// A Provisioning is what the world is told of an account that is being made.
type Provisioning struct {
	CreationID     org.CreationID
	Partition      org.Partition
	OrganizationID org.OrganizationID
	AccountID      org.AccountID
	Name           string
	Email          string // may be empty on Huawei Cloud
	ParentID       org.UnitID
	Tags           []org.Tag
	RequestedAt    time.Time
}

// A World is what lies outside of this server. Its methods may be called several times for one account, always under the same key, and
// concurrently for different ones; they end with their context.
type World interface {
	// Provision prepares an account outside and returns nil once that is done. An org.CreationError is a refusal and ends the creation; any
	// other error is tried again until the deadline, after which the creation fails with FailInternal.
	Provision(ctx context.Context, key string, p Provisioning) error
	// Deprovision takes back what Provision may have done under the same key. It is told also of accounts that Provision refused or was
	// never asked about, and is asked again until it returns nil.
	Deprovision(ctx context.Context, key string, p Provisioning) error
	// Deadline is how long Provision may keep failing.
	Deadline() time.Duration
}

// None is the world without a provisioner: nobody outside has to know of a new account.
var None World = none{}

type none struct{}

func (none) Provision(context.Context, string, Provisioning) error   { return nil }
func (none) Deprovision(context.Context, string, Provisioning) error { return nil }
func (none) Deadline() time.Duration                                 { return 0 }
