package workflow

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// creationOf returns the creation that a saga is about, "<organization>/<creation>", and whether there is still something to do for it.
func creationOf(ctx context.Context, r store.Reader, run *durable.Run) (org.Creation, bool, error) {
	o, id, _ := strings.Cut(run.Saga.Subject, "/")
	n, err := r.Creation(ctx, org.OrganizationID(o), org.CreationID(id))
	if org.ReasonOf(err) == org.CreationMissing {
		return org.Creation{}, false, nil
	}
	return n, err == nil && n.State == org.CreationRunning, err
}

// see is creationOf outside of a transaction.
func (c creating) see(ctx context.Context, r *durable.Run) (n org.Creation, running bool, err error) {
	err = c.plane.Store.View(ctx, func(s store.Reader) error {
		n, running, err = creationOf(ctx, s, r)
		return err
	})
	return n, running, err
}

// step makes a step of what is done for a creation that runs, with the account that the saga remembers.
func (c creating) step(do func(context.Context, store.Tx, org.Creation, org.AccountID) error) func(context.Context, store.Tx, *durable.Run) error {
	return func(ctx context.Context, tx store.Tx, r *durable.Run) error {
		n, running, err := creationOf(ctx, tx, r)
		if err != nil || !running {
			return err
		}
		var m creationMemo
		if err := r.Load(&m); err != nil {
			return err
		}
		return do(ctx, tx, n, m.AccountID)
	}
}

// call makes a calling step of one of the world's methods.
func (c creating) call(do func(context.Context, string, Provisioning) error) func(context.Context, *durable.Run) error {
	return func(ctx context.Context, r *durable.Run) error {
		n, running, err := c.see(ctx, r)
		if err != nil || !running {
			return err
		}
		p, err := c.provisioning(ctx, n, r)
		if err != nil {
			return err
		}
		return do(ctx, r.Key(), p)
	}
}

func (c creating) provisioning(ctx context.Context, n org.Creation, r *durable.Run) (Provisioning, error) {
	var m creationMemo
	if err := r.Load(&m); err != nil {
		return Provisioning{}, err
	}
	p := Provisioning{
		CreationID: n.ID, Partition: n.Partition, OrganizationID: n.OrganizationID, AccountID: m.AccountID, Name: n.Request.Name, Email: n.Request.Email,
		Tags: n.Request.Tags, RequestedAt: n.RequestedAt,
	}
	err := c.plane.Store.View(ctx, func(s store.Reader) error {
		o, err := s.Organization(ctx, n.OrganizationID)
		p.ParentID = o.RootID
		return err
	})
	return p, err
}

func nothing(context.Context, store.Tx, *durable.Run) error { return nil }
