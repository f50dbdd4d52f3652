package hwrgc

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ShowOperation returns an operation on an account or unit.
func (a *API) ShowOperation(ctx context.Context, in ShowOperationRequestObject) (ShowOperationResponseObject, error) {
	n, err := a.plane.GetOperation(ctx, identity.Caller(ctx), org.OperationID(in.OperationID))
	if err != nil {
		return nil, err
	}
	return ShowOperation200JSONResponse(operation(n)), nil
}

// ListOperation returns the latest operation on an account or unit; its name is the vendor's.
func (a *API) ListOperation(ctx context.Context, in ListOperationRequestObject) (ListOperationResponseObject, error) {
	q := in.Params
	n, err := a.plane.LatestOperation(ctx, identity.Caller(ctx), org.AccountID(hwrest.Text(q.AccountID)), org.UnitID(hwrest.Text(q.OrganizationalUnitID)))
	if err != nil {
		return nil, err
	}
	return ListOperation200JSONResponse(operation(n)), nil
}

func operation(n controlplane.Operation) ShowOperationResult {
	out := ShowOperationResult{
		OperationID: string(n.ID), Status: statuses[n.Status], Message: n.Message, PercentageComplete: new(percent(n.Status, n.Steps)),
		PercentageDetails: hwrest.Each(n.Steps, func(p landing.Progress) OrganizationalPercentageDetail {
			return OrganizationalPercentageDetail{PercentageName: p.Name, PercentageStatus: statuses[p.Status]}
		}),
	}
	if n.Status == landing.Failed && n.Creation != nil && n.Creation.State == org.CreationFailed {
		out.Message = refusal(n.Creation)
	}
	return out
}
