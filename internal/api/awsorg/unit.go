package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) createOrganizationalUnit(ctx context.Context, in *CreateOrganizationalUnitRequest) (*CreateOrganizationalUnitResponse, error) {
	made, err := a.plane.CreateUnit(ctx, identity.Caller(ctx), org.UnitID(in.ParentID), in.Name, tagsIn(in.Tags))
	if err != nil {
		return nil, err
	}
	out := unit(made)
	return &CreateOrganizationalUnitResponse{OrganizationalUnit: &out}, nil
}

func (a *API) describeOrganizationalUnit(ctx context.Context, in *DescribeOrganizationalUnitRequest) (*DescribeOrganizationalUnitResponse, error) {
	found, err := a.plane.GetUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID))
	if err != nil {
		return nil, err
	}
	out := unit(found)
	return &DescribeOrganizationalUnitResponse{OrganizationalUnit: &out}, nil
}

func (a *API) listOrganizationalUnitsForParent(ctx context.Context, in *ListOrganizationalUnitsForParentRequest) (*ListOrganizationalUnitsForParentResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListOrganizationalUnitsForParent", in.ParentID)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListUnits(ctx, c, org.UnitID(in.ParentID), page)
	if err != nil {
		return nil, err
	}
	return &ListOrganizationalUnitsForParentResponse{OrganizationalUnits: each(found.Units, unit), NextToken: a.next(scope, found.Next)}, nil
}

func (a *API) updateOrganizationalUnit(ctx context.Context, in *UpdateOrganizationalUnitRequest) (*UpdateOrganizationalUnitResponse, error) {
	changed, err := a.plane.RenameUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID), in.Name)
	if err != nil {
		return nil, err
	}
	out := unit(changed)
	return &UpdateOrganizationalUnitResponse{OrganizationalUnit: &out}, nil
}

func (a *API) deleteOrganizationalUnit(ctx context.Context, in *DeleteOrganizationalUnitRequest) error {
	return a.plane.DeleteUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID))
}

func (a *API) listChildren(ctx context.Context, in *ListChildrenRequest) (*ListChildrenResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListChildren", in.ParentID, string(in.ChildType))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	kind := controlplane.UnitEntity
	if in.ChildType == ChildTypeAccount {
		kind = controlplane.AccountEntity
	}
	found, err := a.plane.ListChildrenOf(ctx, c, org.UnitID(in.ParentID), kind, page)
	if err != nil {
		return nil, err
	}
	children := each(found.Entities, func(e controlplane.Entity) Child { return Child{ID: e.ID, Type: in.ChildType} })
	return &ListChildrenResponse{Children: children, NextToken: a.next(scope, found.Next)}, nil
}

func (a *API) listParents(ctx context.Context, in *ListParentsRequest) (*ListParentsResponse, error) {
	if in.NextToken != "" {
		return nil, org.E(org.PageTokenInvalid) // there is one parent, so no list of them was ever cut
	}
	found, err := a.plane.GetParent(ctx, identity.Caller(ctx), in.ChildID)
	if err != nil {
		return nil, err
	}
	kind := ParentTypeOrganizationalUnit
	if found.Kind == controlplane.RootEntity {
		kind = ParentTypeRoot
	}
	return &ListParentsResponse{Parents: []Parent{{ID: found.ID, Type: kind}}}, nil
}

func unit(u controlplane.Unit) OrganizationalUnit {
	return OrganizationalUnit{ID: string(u.ID), ARN: arn(u.Organization, "ou", string(u.ID)), Name: u.Name, Path: path(u.Organization, u.Path)}
}
