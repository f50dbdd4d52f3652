package hwrgc

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateManagedOrganizationalUnit makes a unit and registers it at once.
func (a *API) CreateManagedOrganizationalUnit(ctx context.Context, in CreateManagedOrganizationalUnitRequestObject) (CreateManagedOrganizationalUnitResponseObject, error) {
	made, err := a.plane.CreateManagedUnit(ctx, identity.Caller(ctx), org.UnitID(in.Body.ParentID), in.Body.Name)
	if err != nil {
		return nil, err
	}
	u := unit(made)
	return CreateManagedOrganizationalUnit201JSONResponse{
		CreatedAt: u.CreatedAt, LandingZoneVersion: u.LandingZoneVersion, ManageAccountID: u.ManageAccountID, OrganizationalUnitID: u.OrganizationalUnitID,
		OrganizationalUnitName: u.OrganizationalUnitName, OrganizationalUnitStatus: u.OrganizationalUnitStatus,
		OrganizationalUnitType: u.OrganizationalUnitType, ParentOrganizationalUnitID: u.ParentOrganizationalUnitID,
		ParentOrganizationalUnitName: u.ParentOrganizationalUnitName,
	}, nil
}

// RegisterOrganizationalUnit begins to bring a unit of the organization under the landing zone.
func (a *API) RegisterOrganizationalUnit(ctx context.Context, in RegisterOrganizationalUnitRequestObject) (RegisterOrganizationalUnitResponseObject, error) {
	n, err := a.plane.RegisterUnit(ctx, identity.Caller(ctx), org.UnitID(in.OrganizationalUnitID))
	if err != nil {
		return nil, err
	}
	return RegisterOrganizationalUnit200JSONResponse{OrganizationalUnitOperationID: string(n.ID)}, nil
}

// ShowManagedOrganizationalUnit returns a unit that the landing zone governs.
func (a *API) ShowManagedOrganizationalUnit(ctx context.Context, in ShowManagedOrganizationalUnitRequestObject) (ShowManagedOrganizationalUnitResponseObject, error) {
	found, err := a.plane.GetManagedUnit(ctx, identity.Caller(ctx), org.UnitID(in.ManagedOrganizationalUnitID))
	if err != nil {
		return nil, err
	}
	return ShowManagedOrganizationalUnit200JSONResponse(unit(found)), nil
}

// ListManagedOrganizationalUnits lists the units that the landing zone governs.
func (a *API) ListManagedOrganizationalUnits(ctx context.Context, in ListManagedOrganizationalUnitsRequestObject) (ListManagedOrganizationalUnitsResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	if err := uncontrolled(q.ControlID); err != nil {
		return nil, err
	}
	l := a.list(c, "ListManagedOrganizationalUnits")
	page, err := l.page(q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListManagedUnits(ctx, c, page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Units, unit)
	return ListManagedOrganizationalUnits200JSONResponse{ManagedOrganizationalUnits: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

func unit(u controlplane.ManagedUnit) ManagedOrganizationalUnit {
	return ManagedOrganizationalUnit{
		CreatedAt: new(hwrest.MilliTime(u.Managed.CreatedAt)), UpdatedAt: new(hwrest.MilliTime(u.Managed.UpdatedAt)),
		LandingZoneVersion: landing.Version, ManageAccountID: string(u.Organization.ManagementID), Message: u.Managed.Message,
		OrganizationalUnitID: string(u.Unit.ID), OrganizationalUnitName: u.Unit.Name, OrganizationalUnitStatus: unitStates[u.Managed.State],
		OrganizationalUnitType: OrganizationalUnitType(u.Managed.Type), ParentOrganizationalUnitID: string(u.Parent.ID),
		ParentOrganizationalUnitName: u.Parent.Name,
	}
}
