// Package controlplane holds every deed that an API or a workflow may ask for, in the domain's words, with its laws and its permission.
//
// A change that succeeds is one version of its organization and one event under the name of what was asked for, also when it changed nothing, such as
// a unit's renaming to its own name: clouds record calls. What fails leaves neither.
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

	// Edition2024 lets Huawei Cloud's service control policies be written by the rules of 2024, when they could allow, instead of those of 2025. What is written
	// already holds on either way. Optional.
	Edition2024 bool

	// Realistic lets types of policy take the time of their cloud to be turned on and off. Optional.
	Realistic bool

	// Catalogs list the services of each partition. Optional: without them the built-in ones hold.
	Catalogs org.Catalogs

	// AnyService lets organizations trust services that the catalog does not know. Optional.
	AnyService bool
}

// A Plane is the control plane of one server. Its methods are safe for concurrent use.
type Plane struct {
	Config
	PolicyDeeds             // with the policies in force
	Trial       PolicyDeeds // with those that are only tried out

	documents memory[*inherit.Policy]  // read contents of inherited policies, by their text
	policies  memory[*policy.Compiled] // compiled policies, by their texts
	bonds     memory[*bonds]           // what binds a member, by organization, version and account

	states memory[inherit.State] // merged ones, by the policies that they are made of
}

// New makes a control plane.
func New(c Config) *Plane {
	p := &Plane{Config: c}
	p.PolicyDeeds, p.Trial = PolicyDeeds{plane: p}, PolicyDeeds{plane: p, tried: true}
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
	return read(ctx, p.Store.View, fn)
}

// glance is view for an fn that asks one thing when all is well.
func glance[T any](ctx context.Context, p *Plane, fn func(store.Reader) (T, error)) (T, error) {
	return read(ctx, p.Store.Glance, fn)
}

func read[T any](ctx context.Context, how func(context.Context, func(store.Reader) error) error, fn func(store.Reader) (T, error)) (T, error) {
	var out T
	err := how(ctx, func(r store.Reader) (err error) {
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
		returned(tx, out)
		return err
	})
	if err != nil {
		var zero T
		return zero, err
	}
	return out, nil
}
