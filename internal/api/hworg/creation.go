package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateAccount asks for an account with contact data.
func (a *API) CreateAccount(ctx context.Context, in CreateAccountRequestObject) (CreateAccountResponseObject, error) {
	made, err := a.plane.CreateAccount(ctx, identity.Caller(ctx), org.AccountRequest{
		Name: in.Body.Name, Email: hwrest.Text(in.Body.Email), Phone: hwrest.Text(in.Body.Phone), Description: hwrest.Text(in.Body.Description),
		RoleName: hwrest.Text(in.Body.AgencyName), Tags: tagsIn(in.Body.Tags),
	})
	if err != nil {
		return nil, err
	}
	return CreateAccount202JSONResponse{CreateAccountStatus: creation(made)}, nil
}

// CreateResourceAccount asks for an account without contact data.
func (a *API) CreateResourceAccount(ctx context.Context, in CreateResourceAccountRequestObject) (CreateResourceAccountResponseObject, error) {
	made, err := a.plane.CreateAccount(ctx, identity.Caller(ctx), org.AccountRequest{
		Name: in.Body.Name, Description: hwrest.Text(in.Body.Description), RoleName: hwrest.Text(in.Body.AgencyName), Resource: true, Tags: tagsIn(in.Body.Tags),
	})
	if err != nil {
		return nil, err
	}
	return CreateResourceAccount202JSONResponse{CreateAccountStatus: creation(made)}, nil
}

// ShowCreateAccountStatus returns a request for an account.
func (a *API) ShowCreateAccountStatus(ctx context.Context, in ShowCreateAccountStatusRequestObject) (ShowCreateAccountStatusResponseObject, error) {
	found, err := a.plane.GetCreation(ctx, identity.Caller(ctx), org.CreationID(in.CreateAccountStatusID))
	if err != nil {
		return nil, err
	}
	return ShowCreateAccountStatus200JSONResponse{CreateAccountStatus: creation(found)}, nil
}

// ListCreateAccountStatuses lists the requests for accounts, in the given states or in all.
func (a *API) ListCreateAccountStatuses(ctx context.Context, in ListCreateAccountStatusesRequestObject) (ListCreateAccountStatusesResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	wanted := hwrest.Each(q.States, func(s CreateAccountState) string { return string(s) })
	l := a.list(c, "ListCreateAccountStatuses", wanted...)
	page, err := l.page(q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListCreations(ctx, c, hwrest.Each(q.States, stateIn), page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Creations, creation)
	return ListCreateAccountStatuses200JSONResponse{CreateAccountStatuses: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

func creation(n org.Creation) CreateAccountStatusDto {
	out := CreateAccountStatusDto{
		ID: string(n.ID), AccountName: n.Request.Name, State: states[n.State], CreatedAt: hwrest.Time(n.RequestedAt), AccountID: optional(string(n.AccountID)),
	}
	if !n.CompletedAt.IsZero() {
		out.CompletedAt = new(hwrest.Time(n.CompletedAt))
	}
	if n.State == org.CreationFailed {
		out.FailureReason = new(failureReason(n.Failure))
	}
	if n.FailureDetail != "" {
		out.FailureDetailMsg = &CreateAccountStatusDtoFailureDetailMsg{ErrorMsg: &n.FailureDetail}
	}
	return out
}

var states = map[org.CreationState]CreateAccountState{
	org.CreationRunning: CreateAccountStateInProgress, org.CreationSucceeded: CreateAccountStateSucceeded, org.CreationFailed: CreateAccountStateFailed,
}

func stateIn(s CreateAccountState) org.CreationState {
	for ours, theirs := range states {
		if theirs == s {
			return ours
		}
	}
	return org.CreationState(s) // the contract lets no other through
}
