package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func zoneOf(r query.Zone) (landing.Zone, error) {
	z := landing.Zone{
		OrganizationID: org.OrganizationID(r.OrganizationID), Action: landing.Action(r.Action), Status: landing.Status(r.Status), Message: r.Message,
		DeployedAt: moment(r.DeployedAt), UpdatedAt: moment(r.UpdatedAt),
	}
	if err := decode(r.Setup, &z.Setup); err != nil {
		return landing.Zone{}, err
	}
	return z, decode(r.Steps, &z.Steps)
}

func (r *reader) Zone(ctx context.Context, o org.OrganizationID) (landing.Zone, error) {
	row, err := r.db.GetZone(ctx, string(o))
	if err != nil {
		return landing.Zone{}, r.got(err, org.LandingZoneMissing, "landing zone of", o)
	}
	return zoneOf(row)
}

func (t *tx) PutZone(ctx context.Context, z landing.Zone) error {
	err := t.db.PutZone(ctx, query.PutZoneParams{
		OrganizationID: string(z.OrganizationID), Setup: encode(z.Setup), Action: string(z.Action), Status: string(z.Status), Steps: encode(z.Steps),
		Message: z.Message, DeployedAt: micros(z.DeployedAt), UpdatedAt: micros(z.UpdatedAt),
	})
	return t.fault(err, "put the landing zone of", z.OrganizationID)
}

func managedUnitOf(r query.ManagedUnit) landing.Unit {
	return landing.Unit{
		OrganizationID: org.OrganizationID(r.OrganizationID), UnitID: org.UnitID(r.UnitID), Type: landing.UnitType(r.Type),
		State: landing.UnitState(r.State), Message: r.Message, CreatedAt: moment(r.CreatedAt), UpdatedAt: moment(r.UpdatedAt),
	}
}

func managedUnitPlace(r query.ManagedUnit) place { return place{r.CreatedAt, r.UnitID} }

func (r *reader) ManagedUnit(ctx context.Context, o org.OrganizationID, id org.UnitID) (landing.Unit, error) {
	row, err := r.db.GetManagedUnit(ctx, string(o), string(id))
	if err != nil {
		return landing.Unit{}, r.got(err, org.ManagedUnitMissing, "managed unit", id)
	}
	return managedUnitOf(row), nil
}

func (r *reader) ManagedUnits(ctx context.Context, o org.OrganizationID, p org.Page) ([]landing.Unit, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListManagedUnits(ctx, string(o), after.time, after.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list managed units of", o)
	}
	return paged(rows, p, plain(managedUnitOf), managedUnitPlace)
}

func (t *tx) PutManagedUnit(ctx context.Context, u landing.Unit) error {
	err := t.db.PutManagedUnit(ctx, query.PutManagedUnitParams{
		OrganizationID: string(u.OrganizationID), UnitID: string(u.UnitID), Type: string(u.Type), State: string(u.State), Message: u.Message,
		CreatedAt: micros(u.CreatedAt), UpdatedAt: micros(u.UpdatedAt),
	})
	return t.fault(err, "put managed unit", u.UnitID)
}
