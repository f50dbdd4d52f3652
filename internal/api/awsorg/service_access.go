package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) enableAWSServiceAccess(ctx context.Context, in *EnableAWSServiceAccessRequest) error {
	return a.plane.TrustService(ctx, identity.Caller(ctx), in.ServicePrincipal)
}

func (a *API) disableAWSServiceAccess(ctx context.Context, in *DisableAWSServiceAccessRequest) error {
	return a.plane.DistrustService(ctx, identity.Caller(ctx), in.ServicePrincipal)
}

func (a *API) listAWSServiceAccessForOrganization(ctx context.Context, in *ListAWSServiceAccessForOrganizationRequest) (*ListAWSServiceAccessForOrganizationResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListAWSServiceAccessForOrganization")
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListTrustedServices(ctx, c, page)
	if err != nil {
		return nil, err
	}
	return &ListAWSServiceAccessForOrganizationResponse{
		EnabledServicePrincipals: each(found.Services, func(s org.TrustedService) EnabledServicePrincipal {
			return EnabledServicePrincipal{ServicePrincipal: s.Service, DateEnabled: s.EnabledAt}
		}),
		NextToken: a.next(scope, found.Next),
	}, nil
}
