package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// An Operation is a long deed under a landing zone. Creation is the organization's creation of the account, nil without one.
type Operation struct {
	landing.Operation
	Creation *org.Creation
}

// GetOperation returns an operation. It fails as Zone.Readable does and with OperationMissing.
func (p *Plane) GetOperation(ctx context.Context, c org.Caller, id org.OperationID) (Operation, error) {
	return view(ctx, p, func(r store.Reader) (Operation, error) {
		o, _, err := p.governed(ctx, r, c, "rgc:operation:get")
		if err != nil {
			return Operation{}, err
		}
		n, err := r.Operation(ctx, o.ID, id)
		if err != nil {
			return Operation{}, err
		}
		return withCreation(ctx, r, n)
	})
}

// LatestOperation returns the newest operation on an account, or on a unit when the account is empty. It fails as Zone.Readable does, with
// InputMissing when both are empty, with InputMalformed when neither is, and with OperationMissing.
func (p *Plane) LatestOperation(ctx context.Context, c org.Caller, a org.AccountID, u org.UnitID) (Operation, error) {
	return view(ctx, p, func(r store.Reader) (Operation, error) {
		o, _, err := p.governed(ctx, r, c, "rgc:operation:list")
		switch {
		case err != nil:
			return Operation{}, err
		case a == "" && u == "":
			return Operation{}, org.Errorf(org.InputMissing, "an account or a unit is needed")
		case a != "" && u != "":
			return Operation{}, org.Errorf(org.InputMalformed, "an account or a unit is needed, not both")
		}
		n, err := r.LatestOperation(ctx, o.ID, a, u)
		if err != nil {
			return Operation{}, err
		}
		return withCreation(ctx, r, n)
	})
}

func withCreation(ctx context.Context, r store.Reader, n landing.Operation) (Operation, error) {
	made, err := creationOf(ctx, r, n.OrganizationID, n.Request.CreationID)
	return Operation{Operation: n, Creation: made}, err
}

// operate writes an operation and starts its work.
func (p *Plane) operate(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, w org.Work, n landing.Operation) (landing.Operation, error) {
	now := p.now()
	n.ID, n.OrganizationID, n.Status, n.RequestedBy, n.CreatedAt, n.UpdatedAt = p.Mint.Operation(), o.ID, landing.Running, by, now, now
	if err := tx.PutOperation(ctx, n); err != nil {
		return landing.Operation{}, err
	}
	return n, tx.Start(ctx, p.Mint.UUID(), w, string(o.ID)+"/"+string(n.ID), now)
}
