package hworg

import (
	"context"
	"math"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ListQuotas tells the limits of the organization and what is used of them.
func (a *API) ListQuotas(ctx context.Context, _ ListQuotasRequestObject) (ListQuotasResponseObject, error) {
	u, err := a.plane.ListUsages(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return ListQuotas200JSONResponse{Quotas: QuotasResourcesDto{Resources: []QuotaDto{
		quota(QuotaTypeAccount, u.Accounts), quota(QuotaTypeOrganizationalUnit, u.Units), quota(QuotaTypePolicy, u.Policies),
		quota(QuotaTypeCloseAccountCountIn30Days, u.Closures), quota(QuotaTypeServiceControlPolicyPerEntity, u.Controls),
	}}}, nil
}

// quota writes the absence of a limit as the largest number that the contract has room for.
func quota(t QuotaType, u controlplane.Usage) QuotaDto {
	limit := u.Limit
	if !u.Limited {
		limit = math.MaxInt32
	}
	return QuotaDto{Type: t, Quota: limit, Max: limit, Used: u.Used}
}

// ListTagPolicyServices lists the services on which tag policies are enforced.
func (a *API) ListTagPolicyServices(ctx context.Context, _ ListTagPolicyServicesRequestObject) (ListTagPolicyServicesResponseObject, error) {
	found, err := a.plane.ListTagPolicyServices(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return ListTagPolicyServices200JSONResponse{Services: hwrest.Each(found, func(s org.TagPolicyService) TagPolicyServiceDto {
		return TagPolicyServiceDto{ServiceName: s.Name, ResourceTypes: s.Types, SupportAll: s.All}
	})}, nil
}
