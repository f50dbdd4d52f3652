package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CloseAccount begins the closing of a member.
func (a *API) CloseAccount(ctx context.Context, in CloseAccountRequestObject) (CloseAccountResponseObject, error) {
	return CloseAccount200Response{}, a.plane.CloseAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
}

// ListCloseAccountStatuses lists the members that are closed or being closed, in the given states or in both.
func (a *API) ListCloseAccountStatuses(ctx context.Context, in ListCloseAccountStatusesRequestObject) (ListCloseAccountStatusesResponseObject, error) {
	found, err := a.plane.ListClosedMembers(ctx, identity.Caller(ctx), hwrest.Each(in.Params.States, closedIn)...)
	if err != nil {
		return nil, err
	}
	return ListCloseAccountStatuses200JSONResponse{CloseAccountStatuses: hwrest.Each(found, closure)}, nil
}

func closedIn(s CloseAccountState) org.AccountState {
	if s == CloseAccountStatePendingClosure {
		return org.AccountPendingClosure
	}
	return org.AccountClosed
}

func closure(m org.ClosedMember) CloseAccountStatusDto {
	return CloseAccountStatusDto{
		AccountID: string(m.ID), OrganizationID: string(m.Account.OrganizationID), State: CloseAccountState(status(m.Account.State)),
		CreatedAt: hwrest.Time(m.RequestedAt), UpdatedAt: hwrest.Time(m.ChangedAt()),
	}
}
