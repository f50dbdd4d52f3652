package sqlstore

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func (t *tx) SetDue(ctx context.Context, o org.OrganizationID, at time.Time) error {
	t.known.organization = org.Organization{}
	n, err := t.db.SetDue(ctx, string(o), micros(at))
	return t.hit(n, err, org.OrganizationMissing, "organization", o)
}

func (r *reader) DueOrganizations(ctx context.Context, now time.Time, limit int) ([]org.OrganizationID, error) {
	rows, err := r.db.ListDueOrganizations(ctx, micros(now), int32(limit))
	if err != nil {
		return nil, r.fault(err, "list organizations due at", now)
	}
	out := make([]org.OrganizationID, len(rows))
	for i, id := range rows {
		out[i] = org.OrganizationID(id)
	}
	return out, nil
}

func (r *reader) ClosedAccounts(ctx context.Context, o org.OrganizationID, limit int) ([]org.Account, error) {
	rows, err := r.db.ListClosedAccounts(ctx, string(o), int32(limit))
	if err != nil {
		return nil, r.fault(err, "list closed accounts of", o)
	}
	out := make([]org.Account, len(rows))
	for i, row := range rows {
		out[i] = accountOf(row)
	}
	return out, nil
}

func (r *reader) Closure(ctx context.Context, o org.OrganizationID, a org.AccountID) (org.Closure, error) {
	row, err := r.db.GetClosure(ctx, string(o), string(a))
	if err != nil {
		return org.Closure{}, r.got(err, org.AccountNotClosed, "closure of", a)
	}
	return closureOf(row), nil
}

func (r *reader) CountClosures(ctx context.Context, o org.OrganizationID, since time.Time) (running, lately int, err error) {
	n, err := r.db.CountClosuresRunning(ctx, string(o))
	if err != nil {
		return 0, 0, r.fault(err, "count closures of", o)
	}
	m, err := r.db.CountClosuresSince(ctx, string(o), micros(since))
	return int(n), int(m), r.fault(err, "count closures of", o)
}

func (t *tx) PutClosure(ctx context.Context, c org.Closure) error {
	err := t.db.PutClosure(ctx, query.PutClosureParams{
		OrganizationID: string(c.OrganizationID), AccountID: string(c.AccountID), RequestedAt: micros(c.RequestedAt), CompletedAt: micros(c.CompletedAt),
		State: string(c.State),
	})
	return t.fault(err, "write the closure of", c.AccountID)
}

// RenameUnit looks for the sibling first: a name that the database refuses would end the whole transaction on PostgreSQL.
func (t *tx) RenameUnit(ctx context.Context, o org.OrganizationID, id org.UnitID, name string) error {
	u, err := t.Unit(ctx, o, id)
	if err != nil {
		return err
	}
	sibling, err := t.db.GetUnitNamed(ctx, string(o), string(u.ParentID), name)
	if err == nil && sibling != string(id) {
		return org.Errorf(org.UnitNameTaken, "there is a unit %s already", name)
	}
	if err == nil {
		return nil
	}
	if got := t.got(err, org.UnitMissing, "unit", name); org.ReasonOf(got) != org.UnitMissing {
		return got
	}
	n, err := t.db.RenameUnit(ctx, name, string(o), string(id))
	return t.hit(n, err, org.UnitMissing, "unit", id)
}
