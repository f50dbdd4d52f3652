package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateOrganizationalUnit makes a unit.
func (a *API) CreateOrganizationalUnit(ctx context.Context, in CreateOrganizationalUnitRequestObject) (CreateOrganizationalUnitResponseObject, error) {
	made, err := a.plane.CreateUnit(ctx, identity.Caller(ctx), org.UnitID(in.Body.ParentID), in.Body.Name, tagsIn(in.Body.Tags))
	if err != nil {
		return nil, err
	}
	return CreateOrganizationalUnit201JSONResponse{OrganizationalUnit: unit(made)}, nil
}

// ShowOrganizationalUnit returns a unit.
func (a *API) ShowOrganizationalUnit(ctx context.Context, in ShowOrganizationalUnitRequestObject) (ShowOrganizationalUnitResponseObject, error) {
	found, err := a.plane.GetUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID))
	if err != nil {
		return nil, err
	}
	return ShowOrganizationalUnit200JSONResponse{OrganizationalUnit: unit(found)}, nil
}

// ListOrganizationalUnits lists the units directly below parent_id, or all.
func (a *API) ListOrganizationalUnits(ctx context.Context, in ListOrganizationalUnitsRequestObject) (ListOrganizationalUnitsResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	l := a.list(c, "ListOrganizationalUnits", hwrest.Text(q.ParentID))
	page, err := l.page(q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListUnits(ctx, c, org.UnitID(hwrest.Text(q.ParentID)), page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Units, unit)
	return ListOrganizationalUnits200JSONResponse{OrganizationalUnits: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

// UpdateOrganizationalUnit gives a unit another name.
func (a *API) UpdateOrganizationalUnit(ctx context.Context, in UpdateOrganizationalUnitRequestObject) (UpdateOrganizationalUnitResponseObject, error) {
	renamed, err := a.plane.RenameUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID), in.Body.Name)
	if err != nil {
		return nil, err
	}
	return UpdateOrganizationalUnit200JSONResponse{OrganizationalUnit: unit(renamed)}, nil
}

// DeleteOrganizationalUnit removes an empty unit.
func (a *API) DeleteOrganizationalUnit(ctx context.Context, in DeleteOrganizationalUnitRequestObject) (DeleteOrganizationalUnitResponseObject, error) {
	return DeleteOrganizationalUnit204Response{}, a.plane.DeleteUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID))
}

func unit(u controlplane.Unit) OrganizationalUnitDto {
	return OrganizationalUnitDto{
		ID: string(u.ID), URN: urn(u.Organization, "ou", string(u.ID)), Name: u.Name, CreatedAt: hwrest.Time(u.CreatedAt),
	}
}
