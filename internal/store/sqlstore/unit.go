package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func unitOf(r query.Unit) org.Unit {
	return org.Unit{
		ID: org.UnitID(r.ID), OrganizationID: org.OrganizationID(r.OrganizationID), ParentID: org.UnitID(r.ParentID), Name: r.Name,
		Depth: int(r.Depth), CreatedAt: moment(r.CreatedAt),
	}
}

func unitPlace(r query.Unit) place { return place{r.CreatedAt, r.ID} }

func (r *reader) Unit(ctx context.Context, o org.OrganizationID, id org.UnitID) (org.Unit, error) {
	row, err := r.db.GetUnit(ctx, string(o), string(id))
	if err != nil {
		return org.Unit{}, r.got(err, org.UnitMissing, "unit", id)
	}
	return unitOf(row), nil
}

func (r *reader) Units(ctx context.Context, o org.OrganizationID, parent org.UnitID, p org.Page) ([]org.Unit, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	var rows []query.Unit
	if parent == "" {
		rows, err = r.db.ListUnits(ctx, string(o), after.time, after.id, ask(p))
	} else {
		rows, err = r.db.ListUnitsBelow(ctx, query.ListUnitsBelowParams{
			OrganizationID: string(o), ParentID: string(parent), AfterTime: after.time, AfterID: after.id, Most: ask(p),
		})
	}
	if err != nil {
		return nil, "", r.fault(err, "list units of", o)
	}
	return paged(rows, p, plain(unitOf), unitPlace)
}

func (r *reader) CountUnits(ctx context.Context, o org.OrganizationID, parent org.UnitID) (int, error) {
	var n int64
	var err error
	if parent == "" {
		n, err = r.db.CountUnits(ctx, string(o))
	} else {
		n, err = r.db.CountUnitsBelow(ctx, string(o), string(parent))
	}
	return int(n), r.fault(err, "count units of", o)
}

func (t *tx) InsertUnit(ctx context.Context, u org.Unit) error {
	n, err := t.db.InsertUnit(ctx, query.InsertUnitParams{
		OrganizationID: string(u.OrganizationID), ID: string(u.ID), ParentID: string(u.ParentID), Name: u.Name, Depth: int64(u.Depth),
		CreatedAt: micros(u.CreatedAt),
	})
	return t.fresh(n, err, org.UnitNameTaken, "unit", u.Name)
}

func (t *tx) DeleteUnit(ctx context.Context, o org.OrganizationID, id org.UnitID) error {
	n, err := t.db.DeleteUnit(ctx, string(o), string(id))
	if err := t.hit(n, err, org.UnitMissing, "unit", id); err != nil {
		return err
	}
	if err := t.db.DeleteTags(ctx, string(o), string(id)); err != nil {
		return t.fault(err, "delete tags of", id)
	}
	return t.fault(t.db.DeleteManagedUnit(ctx, string(o), string(id)), "delete managed unit", id)
}
