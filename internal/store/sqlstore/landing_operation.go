package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func operationOf(r query.Operation) (landing.Operation, error) {
	o := landing.Operation{
		ID: org.OperationID(r.ID), OrganizationID: org.OrganizationID(r.OrganizationID), Kind: landing.OperationKind(r.Kind),
		AccountID: org.AccountID(r.AccountID), UnitID: org.UnitID(r.UnitID), Status: landing.Status(r.Status), Message: r.Message,
		CreatedAt: moment(r.CreatedAt), UpdatedAt: moment(r.UpdatedAt),
	}
	if err := decode(r.Steps, &o.Steps); err != nil {
		return landing.Operation{}, err
	}
	if err := decode(r.Request, &o.Request); err != nil {
		return landing.Operation{}, err
	}
	return o, decode(r.RequestedBy, &o.RequestedBy)
}

func (r *reader) Operation(ctx context.Context, o org.OrganizationID, id org.OperationID) (landing.Operation, error) {
	row, err := r.db.GetOperation(ctx, string(o), string(id))
	if err != nil {
		return landing.Operation{}, r.got(err, org.OperationMissing, "operation", id)
	}
	return operationOf(row)
}

// The creation of an account is an operation on that account, also while it has no id yet and only the unit is known.
func (r *reader) LatestOperation(ctx context.Context, o org.OrganizationID, a org.AccountID, u org.UnitID) (landing.Operation, error) {
	var row query.Operation
	var err error
	if a != "" {
		row, err = r.db.LatestAccountOperation(ctx, string(o), string(a))
	} else {
		row, err = r.db.LatestUnitOperation(ctx, string(o), string(u))
	}
	if err != nil {
		return landing.Operation{}, r.got(err, org.OperationMissing, "operation on", string(a)+string(u))
	}
	return operationOf(row)
}

func (t *tx) PutOperation(ctx context.Context, o landing.Operation) error {
	err := t.db.PutOperation(ctx, query.PutOperationParams{
		OrganizationID: string(o.OrganizationID), ID: string(o.ID), Kind: string(o.Kind), AccountID: string(o.AccountID), UnitID: string(o.UnitID),
		Status: string(o.Status), Steps: encode(o.Steps), Message: o.Message, Request: encode(o.Request), RequestedBy: encode(o.RequestedBy),
		CreatedAt: micros(o.CreatedAt), UpdatedAt: micros(o.UpdatedAt),
	})
	return t.fault(err, "put operation", o.ID)
}
