package controlplane

import (
	"context"
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// What the service itself does at a certain time, it has done for everybody who asks later: DueAt of an organization says when the next such deed
// is due, and nothing is read or changed in an organization before what is overdue there was done, durably. A sweep does it where nobody asks.

// dueError ends a transaction that met an organization in which something is overdue.
type dueError struct{ id org.OrganizationID }

func (e *dueError) Error() string { return "something is overdue in the organization " + string(e.id) }

// prompt returns a dueError when something is overdue in the organization: the transaction that meets it is run again behind that.
func (p *Plane) prompt(o org.Organization) error {
	if o.Due(p.now()) {
		return &dueError{o.ID}
	}
	return nil
}

// punctual is a store whose transactions that meet something overdue are run again once it was done.
type punctual struct {
	store.Store
	plane *Plane
}

// View also writes what fn saw of a trial, to whatever end fn came: the call was decided.
func (s punctual) View(ctx context.Context, fn func(store.Reader) error) error {
	return s.read(ctx, s.Store.View, fn)
}

// Glance does the same.
func (s punctual) Glance(ctx context.Context, fn func(store.Reader) error) error {
	return s.read(ctx, s.Store.Glance, fn)
}

func (s punctual) read(ctx context.Context, how func(context.Context, func(store.Reader) error) error, fn func(store.Reader) error) error {
	m := minutes{plane: s.plane}
	err := s.again(ctx, func() error {
		return how(ctx, func(r store.Reader) error { return fn(m.reading(r)) })
	})
	return m.after(ctx, s.Store, err)
}

// Update does the same, in the transaction of fn when that succeeds.
func (s punctual) Update(ctx context.Context, fn func(store.Tx) error) error {
	m := minutes{plane: s.plane}
	err := s.again(ctx, func() error {
		return s.Store.Update(ctx, func(tx store.Tx) error {
			if err := hear(ctx, m.writing(tx), fn); err != nil {
				return err
			}
			return m.write(ctx, tx)
		})
	})
	if err == nil {
		return nil
	}
	return m.after(ctx, s.Store, err)
}

func (s punctual) again(ctx context.Context, transact func() error) error {
	for {
		err := transact()
		due, ok := errors.AsType[*dueError](err)
		if !ok {
			return err
		}
		if err := s.plane.CatchUp(ctx, due.id); err != nil {
			return err
		}
	}
}

// CatchUp does what is overdue in an organization. One that is gone has nothing.
func (p *Plane) CatchUp(ctx context.Context, id org.OrganizationID) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := tx.Organization(ctx, id)
		if org.ReasonOf(err) == org.OrganizationMissing || err == nil && !o.Due(p.now()) {
			return nil
		}
		if err == nil {
			o, err = tx.LockOrganization(ctx, id)
		}
		if err != nil {
			return instead(err, org.OrganizationMissing, org.ConcurrentModification)
		}
		return p.catchUp(ctx, tx, &o)
	})
}

// punctually locks an organization and does what is overdue there: for steps of long deeds, which no punctual store runs again.
func (p *Plane) punctually(ctx context.Context, tx store.Tx, id org.OrganizationID) (org.Organization, error) {
	o, err := tx.LockOrganization(ctx, id)
	if err == nil {
		err = p.catchUp(ctx, tx, &o)
	}
	return o, err
}

// sweepBatch is how many organizations or accounts are looked at in one go.
const sweepBatch = 100

// Sweep does what is overdue in every organization.
func (p *Plane) Sweep(ctx context.Context) error {
	for {
		due, err := view(ctx, p, func(r store.Reader) ([]org.OrganizationID, error) {
			return r.DueOrganizations(ctx, p.now(), sweepBatch)
		})
		if err != nil || len(due) == 0 {
			return err
		}
		for _, id := range due {
			if err := p.CatchUp(ctx, id); err != nil {
				return err
			}
		}
	}
}

// catchUp is CatchUp inside a transaction that has locked the organization, whose DueAt it moves on.
func (p *Plane) catchUp(ctx context.Context, tx store.Tx, o *org.Organization) error {
	if !o.Due(p.now()) {
		return nil
	}
	for {
		closed, err := tx.ClosedAccounts(ctx, o.ID, sweepBatch)
		if err != nil {
			return err
		}
		next, more, err := p.clean(ctx, tx, *o, closed)
		if err != nil {
			return err
		}
		if !more {
			o.DueAt = next
			return tx.SetDue(ctx, o.ID, next)
		}
	}
}

// clean lets the accounts depart whose time as closed accounts is over. It returns when that of the first other one will be, or that all of
// them departed and more may wait.
func (p *Plane) clean(ctx context.Context, tx store.Tx, o org.Organization, closed []org.Account) (next time.Time, more bool, err error) {
	for _, a := range closed {
		if gone := p.Quotas(o.Rules()).GoneAt(a); p.now().Before(gone) {
			return gone, false, nil
		}
		if err := p.depart(ctx, tx, o, a, org.Cleaned); err != nil {
			return time.Time{}, false, err
		}
	}
	return time.Time{}, len(closed) == sweepBatch, nil
}
