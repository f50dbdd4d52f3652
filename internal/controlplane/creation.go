package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Creations is a page of requests for accounts. Next is empty on the last one.
type Creations struct {
	Creations []org.Creation
	Next      string
}

// CreateAccount accepts a request for a new member account and returns it in progress: the account comes later, or the request tells why it
// does not. It fails at once, with nothing recorded, for what NewCreation refuses, with CreationLimit when too many are in progress,
// and with NotInPartition where accounts cannot be made.
func (p *Plane) CreateAccount(ctx context.Context, c org.Caller, q org.AccountRequest) (org.Creation, error) {
	return update(ctx, p, func(tx store.Tx) (org.Creation, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:CreateAccount")
		if err != nil {
			return org.Creation{}, err
		}
		return p.RequestAccount(ctx, tx, c, o, q)
	})
}

// RequestAccount is CreateAccount inside a transaction that has locked the organization and is authorized.
func (p *Plane) RequestAccount(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, q org.AccountRequest) (org.Creation, error) {
	rules := o.Rules()
	if !rules.CreatesHere {
		return org.Creation{}, org.Errorf(org.NotInPartition, "accounts cannot be created in the partition %s", o.Partition)
	}
	made, err := org.NewCreation(rules, p.Mint.Creation(rules), o, q, by, p.now())
	if err != nil {
		return org.Creation{}, err
	}
	if err := p.checkTagPolicy(ctx, tx, o, org.AccountThing, q.Tags); err != nil {
		return org.Creation{}, err
	}
	if err := p.checkManagement(ctx, tx, o, org.Creating); err != nil {
		return org.Creation{}, err
	}
	if err := p.checkCreations(ctx, tx, o); err != nil {
		return org.Creation{}, err
	}
	if err := tx.InsertCreation(ctx, made); err != nil {
		return org.Creation{}, err
	}
	var detail map[string]string
	if q.Paired {
		detail = map[string]string{"paired": "true"}
	}
	if err := p.record(ctx, tx, o, org.AccountRequested, by, string(made.ID), detail); err != nil {
		return org.Creation{}, err
	}
	return made, tx.Start(ctx, p.Mint.UUID(), org.CreateAccount, string(o.ID)+"/"+string(made.ID), made.RequestedAt)
}

func (p *Plane) checkCreations(ctx context.Context, r store.Reader, o org.Organization) error {
	limit := p.Quotas(o.Rules()).Creations
	if limit == 0 {
		return nil
	}
	n, err := r.CountCreations(ctx, o.ID)
	if err != nil {
		return err
	}
	if n >= limit {
		return org.Errorf(org.CreationLimit, "at most %d accounts are created at once", limit)
	}
	return nil
}

// GetCreation returns a request for an account. It fails with CreationMissing.
func (p *Plane) GetCreation(ctx context.Context, c org.Caller, id org.CreationID) (org.Creation, error) {
	return glance(ctx, p, func(r store.Reader) (org.Creation, error) {
		// Clients ask this again and again until the account is there.
		if err := r.Foresee(ctx, c.AccountID, id); err != nil {
			return org.Creation{}, err
		}
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:DescribeCreateAccountStatus")
		if err != nil {
			return org.Creation{}, err
		}
		return r.Creation(ctx, o.ID, id)
	})
}

// ListCreations lists the requests for accounts, newest first; in the given states only, when there are any.
func (p *Plane) ListCreations(ctx context.Context, c org.Caller, states []org.CreationState, page org.Page) (Creations, error) {
	return view(ctx, p, func(r store.Reader) (Creations, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListCreateAccountStatus", page)
		if err != nil {
			return Creations{}, err
		}
		found, next, err := r.Creations(ctx, o.ID, states, page)
		return Creations{Creations: found, Next: cursor(o, next)}, err
	})
}
