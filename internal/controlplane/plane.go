// Package controlplane holds every deed that an API or a workflow may ask for, in the domain's words, with its laws and its permission.
//
// A deed keeps five beats, always in this order: authorize; make the noun, whose laws are checked there; open one transaction; write the row
// and its event; start the work that takes time. A workflow's step calls the deeds that take a store.Tx, inside the step's own transaction.
package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/policy/inherit"
	"github.com/polity-cloud/polity/internal/store"
)

// Config is what a Plane is made of. All fields are required but the ones that say otherwise.
type Config struct {
	Store  store.Store
	Vault  *identity.Vault
	Now    func() time.Time
	Mint   org.Mint
	Quotas func(*org.Rules) org.Quotas // the limits in force in a partition

	// Lenient lets account root users assume roles, and any role of any account be assumed, existing or not. It is what users of a
	// twin expect when credentials are not checked. Optional.
	Lenient bool

	// Denied is told of a denial by policy, which is then let pass (--auth soft). Optional: without it denials stand.
	Denied func(ctx context.Context, c org.Caller, action string)

	// AnyService lets organizations trust services that the rulebook does not know. Optional.
	AnyService bool
}

// A Plane is the control plane of one server. Its methods are safe for concurrent use.
type Plane struct {
	Config

	documents memory[*inherit.Policy]  // read contents of inherited policies, by their text
	policies  memory[*policy.Compiled] // compiled policies, by their texts
	bonds     memory[*bonds]           // what binds a member, by organization, version and account

	states memory[inherit.State] // merged ones, by the policies that they are made of
}

// New makes a control plane.
func New(c Config) *Plane {
	p := &Plane{Config: c}
	p.Store = punctual{Store: c.Store, plane: p}
	return p
}

// now is the present moment in the precision that is kept.
func (p *Plane) now() time.Time { return p.Now().UTC().Truncate(time.Microsecond) }

// record writes an event of an organization's present version.
func (p *Plane) record(ctx context.Context, tx store.Tx, o org.Organization, name org.EventName, by org.Caller, subject string, detail map[string]string) error {
	return tx.AppendEvent(ctx, org.Event{
		OrganizationID: o.ID, Version: o.Version, ID: p.Mint.UUID(), Name: name, Partition: o.Partition, At: p.now(), By: by, Subject: subject, Detail: detail,
	})
}

// view runs fn on one state and returns what it made.
func view[T any](ctx context.Context, p *Plane, fn func(store.Reader) (T, error)) (T, error) {
	var out T
	err := p.Store.View(ctx, func(r store.Reader) (err error) {
		out, err = fn(r)
		return err
	})
	if err != nil {
		var zero T
		return zero, err
	}
	return out, nil
}

// update runs fn in one transaction and returns what it made, once that is durable.
func update[T any](ctx context.Context, p *Plane, fn func(store.Tx) (T, error)) (T, error) {
	var out T
	err := p.Store.Update(ctx, func(tx store.Tx) (err error) {
		out, err = fn(tx)
		return err
	})
	if err != nil {
		var zero T
		return zero, err
	}
	return out, nil
}
