package hworg

import (
	"context"
	"errors"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// RegisterDelegatedAdministrator makes a member the administrator of a service.
func (a *API) RegisterDelegatedAdministrator(ctx context.Context, in RegisterDelegatedAdministratorRequestObject) (RegisterDelegatedAdministratorResponseObject, error) {
	err := a.plane.RegisterDelegate(ctx, identity.Caller(ctx), org.AccountID(in.Body.AccountID), in.Body.ServicePrincipal)
	return RegisterDelegatedAdministrator201Response{}, err
}

// DeregisterDelegatedAdministrator ends that. The management account is like any other account that administers nothing: clients take code 1500 for
// a delegation that is gone.
func (a *API) DeregisterDelegatedAdministrator(ctx context.Context, in DeregisterDelegatedAdministratorRequestObject) (DeregisterDelegatedAdministratorResponseObject, error) {
	err := a.plane.DeregisterDelegate(ctx, identity.Caller(ctx), org.AccountID(in.Body.AccountID), in.Body.ServicePrincipal)
	if errors.Is(err, org.E(org.DelegateIsManagement)) {
		err = org.E(org.DelegationMissing)
	}
	return DeregisterDelegatedAdministrator200Response{}, err
}

// ListDelegatedAdministrators lists the members that administer service_principal, or any service.
func (a *API) ListDelegatedAdministrators(ctx context.Context, in ListDelegatedAdministratorsRequestObject) (ListDelegatedAdministratorsResponseObject, error) {
	c, service := identity.Caller(ctx), hwrest.Text(in.Params.ServicePrincipal)
	l := a.list(c, "ListDelegatedAdministrators", service)
	page, err := l.page(in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListDelegates(ctx, c, service, page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Delegates, delegate)
	return ListDelegatedAdministrators200JSONResponse{DelegatedAdministrators: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

// ListDelegatedServices lists the services that a member administers. That it administers none is no error here.
func (a *API) ListDelegatedServices(ctx context.Context, in ListDelegatedServicesRequestObject) (ListDelegatedServicesResponseObject, error) {
	c := identity.Caller(ctx)
	l := a.list(c, "ListDelegatedServices", in.AccountID)
	page, err := l.page(in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListDelegations(ctx, c, org.AccountID(in.AccountID), page)
	if err != nil && !errors.Is(err, org.E(org.DelegationMissing)) {
		return nil, err
	}
	rows := hwrest.Each(found.Delegations, func(d org.Delegation) DelegatedServiceDto {
		return DelegatedServiceDto{ServicePrincipal: d.Service, DelegationEnabledAt: hwrest.Time(d.EnabledAt)}
	})
	return ListDelegatedServices200JSONResponse{DelegatedServices: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

func delegate(d controlplane.Delegate) DelegatedAdministratorDto {
	return DelegatedAdministratorDto{
		AccountID: string(d.ID), AccountURN: urn(d.Organization, "account", string(d.ID)), AccountName: d.Name,
		JoinMethod: joinMethod(d.JoinMethod), JoinedAt: hwrest.Time(d.JoinedAt), DelegationEnabledAt: hwrest.Time(d.EnabledAt),
	}
}
