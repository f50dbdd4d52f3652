package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ListServices lists the services that an organization can trust.
func (a *API) ListServices(ctx context.Context, _ ListServicesRequestObject) (ListServicesResponseObject, error) {
	found, err := a.plane.ListServices(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return ListServices200JSONResponse{Services: found}, nil
}

// EnableTrustedService lets a service act in all accounts of the organization.
func (a *API) EnableTrustedService(ctx context.Context, in EnableTrustedServiceRequestObject) (EnableTrustedServiceResponseObject, error) {
	return EnableTrustedService200Response{}, a.plane.TrustService(ctx, identity.Caller(ctx), in.Body.ServicePrincipal)
}

// DisableTrustedService ends that.
func (a *API) DisableTrustedService(ctx context.Context, in DisableTrustedServiceRequestObject) (DisableTrustedServiceResponseObject, error) {
	return DisableTrustedService200Response{}, a.plane.DistrustService(ctx, identity.Caller(ctx), in.Body.ServicePrincipal)
}

// ListTrustedServices lists the services that the organization trusts.
func (a *API) ListTrustedServices(ctx context.Context, in ListTrustedServicesRequestObject) (ListTrustedServicesResponseObject, error) {
	c := identity.Caller(ctx)
	l := a.list(c, "ListTrustedServices")
	page, err := l.page(in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListTrustedServices(ctx, c, page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Services, func(s org.TrustedService) TrustedServiceDto {
		return TrustedServiceDto{ServicePrincipal: s.Service, EnabledAt: hwrest.Time(s.EnabledAt)}
	})
	return ListTrustedServices200JSONResponse{TrustedServices: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}
