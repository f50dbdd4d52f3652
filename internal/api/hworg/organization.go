package hworg

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateOrganization makes the caller's account a management account.
func (a *API) CreateOrganization(ctx context.Context, _ CreateOrganizationRequestObject) (CreateOrganizationResponseObject, error) {
	o, err := a.plane.CreateOrganization(ctx, identity.Caller(ctx), org.AllFeatures)
	if err != nil {
		return nil, err
	}
	return CreateOrganization201JSONResponse{Organization: organization(o)}, nil
}

// ShowOrganization answers every member.
func (a *API) ShowOrganization(ctx context.Context, _ ShowOrganizationRequestObject) (ShowOrganizationResponseObject, error) {
	o, err := a.plane.GetOrganization(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return ShowOrganization200JSONResponse{Organization: organization(o)}, nil
}

// DeleteOrganization ends the caller's organization.
func (a *API) DeleteOrganization(ctx context.Context, _ DeleteOrganizationRequestObject) (DeleteOrganizationResponseObject, error) {
	return DeleteOrganization204Response{}, a.plane.DeleteOrganization(ctx, identity.Caller(ctx))
}

// ListRoots answers with the one root.
func (a *API) ListRoots(ctx context.Context, in ListRootsRequestObject) (ListRootsResponseObject, error) {
	if in.Params.Marker != nil {
		return nil, org.E(org.PageTokenInvalid) // there is one root, so no list of them was ever cut
	}
	r, err := a.plane.GetRoot(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return ListRoots200JSONResponse{Roots: []RootDto{root(r)}, PageInfo: PageInfoDto{CurrentCount: 1}}, nil
}

func organization(o controlplane.Organization) OrganizationDto {
	return OrganizationDto{
		ID: string(o.ID), URN: urn(o.Organization, "organization"), ManagementAccountID: string(o.ManagementID),
		ManagementAccountName: o.Management.Name, CreatedAt: hwrest.Time(o.CreatedAt),
	}
}

// root shows a policy type that is off as a row of its own: the Terraform provider polls until it reads "enabled" or "disabled" there, and
// would wait for a missing row without end.
func root(r controlplane.Root) RootDto {
	return RootDto{
		ID: string(r.ID), URN: urn(r.Organization, "root", string(r.ID)), Name: r.Name, CreatedAt: hwrest.Time(r.CreatedAt),
		PolicyTypes: []PolicyTypeSummaryDto{
			{Type: PolicyTypeServiceControlPolicy, Status: typeStatus(r, org.ServiceControl)},
			{Type: PolicyTypeTagPolicy, Status: typeStatus(r, org.TagPolicy)},
		},
	}
}

// typeStatus names where a type is on its way round: disabled, pending_enable, enabled, pending_disable.
func typeStatus(r controlplane.Root, t org.PolicyType) PolicyTypeStatus {
	return statusOf(slices.Contains(r.PolicyTypes, t), slices.Contains(r.Switching, t))
}

func statusOf(on, pending bool) PolicyTypeStatus {
	switch {
	case on && pending:
		return PolicyTypeStatusPendingEnable
	case on:
		return PolicyTypeStatusEnabled
	case pending:
		return PolicyTypeStatusPendingDisable
	}
	return PolicyTypeStatusDisabled
}
