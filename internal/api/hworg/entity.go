package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ListEntities lists what stands directly below parent_id, or the one parent of child_id, or everything: the root, the units and the accounts.
// Clients find the parent of an account by the second form and read the first row.
func (a *API) ListEntities(ctx context.Context, in ListEntitiesRequestObject) (ListEntitiesResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	if q.ChildID != nil {
		return a.parent(ctx, c, q)
	}
	l := a.list(c, "ListEntities", hwrest.Text(q.ParentID))
	page, err := l.page(q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListChildren(ctx, c, org.UnitID(hwrest.Text(q.ParentID)), page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Entities, entity)
	return ListEntities200JSONResponse{Entities: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

func (a *API) parent(ctx context.Context, c org.Caller, q ListEntitiesParams) (ListEntitiesResponseObject, error) {
	if q.ParentID != nil {
		return nil, org.Errorf(org.InputMalformed, "Only one of parent_id and child_id can be given.")
	}
	if q.Marker != nil {
		return nil, org.E(org.PageTokenInvalid) // there is one parent, so no list of them was ever cut
	}
	found, err := a.plane.GetParent(ctx, c, *q.ChildID)
	if err != nil {
		return nil, err
	}
	return ListEntities200JSONResponse{Entities: []EntityDto{entity(found)}, PageInfo: PageInfoDto{CurrentCount: 1}}, nil
}

var entityTypes = map[controlplane.EntityKind]EntityType{
	controlplane.RootEntity: EntityTypeRoot, controlplane.UnitEntity: EntityTypeOrganizationalUnit, controlplane.AccountEntity: EntityTypeAccount,
}

func entity(e controlplane.Entity) EntityDto {
	return EntityDto{ID: e.ID, Name: e.Name, Type: entityTypes[e.Kind]}
}
