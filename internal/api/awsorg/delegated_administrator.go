package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) registerDelegatedAdministrator(ctx context.Context, in *RegisterDelegatedAdministratorRequest) error {
	return a.plane.RegisterDelegate(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.ServicePrincipal)
}

func (a *API) deregisterDelegatedAdministrator(ctx context.Context, in *DeregisterDelegatedAdministratorRequest) error {
	return a.plane.DeregisterDelegate(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.ServicePrincipal)
}

func (a *API) listDelegatedAdministrators(ctx context.Context, in *ListDelegatedAdministratorsRequest) (*ListDelegatedAdministratorsResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListDelegatedAdministrators", in.ServicePrincipal)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListDelegates(ctx, c, in.ServicePrincipal, page)
	if err != nil {
		return nil, err
	}
	return &ListDelegatedAdministratorsResponse{DelegatedAdministrators: each(found.Delegates, a.delegate), NextToken: a.next(scope, found.Next)}, nil
}

func (a *API) listDelegatedServicesForAccount(ctx context.Context, in *ListDelegatedServicesForAccountRequest) (*ListDelegatedServicesForAccountResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListDelegatedServicesForAccount", in.AccountID)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListDelegations(ctx, c, org.AccountID(in.AccountID), page)
	if err != nil {
		return nil, err
	}
	return &ListDelegatedServicesForAccountResponse{
		DelegatedServices: each(found.Delegations, func(d org.Delegation) DelegatedService {
			return DelegatedService{ServicePrincipal: d.Service, DelegationEnabledDate: d.EnabledAt}
		}),
		NextToken: a.next(scope, found.Next),
	}, nil
}

func (a *API) delegate(d controlplane.Delegate) DelegatedAdministrator {
	return DelegatedAdministrator{
		ID: string(d.ID), ARN: accountARN(d.Organization, d.ID), Email: d.Email, Name: d.Name, State: AccountState(d.State), Status: a.status(d.State),
		JoinedMethod: AccountJoinedMethod(d.JoinMethod), JoinedTimestamp: d.JoinedAt, DelegationEnabledDate: d.EnabledAt,
	}
}
