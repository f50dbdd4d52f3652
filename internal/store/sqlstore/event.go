package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func eventOf(r query.Event) (org.Event, error) {
	e := org.Event{
		OrganizationID: org.OrganizationID(r.OrganizationID), Version: r.Version, Index: int(r.Idx), ID: r.ID, Name: org.EventName(r.Name),
		Partition: org.Partition(r.Partition), At: moment(r.At), Subject: r.Subject,
	}
	if err := decode(r.Caller, &e.By); err != nil {
		return org.Event{}, err
	}
	return e, decode(r.Detail, &e.Detail)
}

func (r *reader) Events(ctx context.Context, o org.OrganizationID, version int64, index, limit int) ([]org.Event, error) {
	rows, err := r.db.ListEvents(ctx, string(o), version, int64(index), ask(org.Page{Limit: limit})-1)
	if err != nil {
		return nil, r.fault(err, "list events of", o)
	}
	out := make([]org.Event, len(rows))
	for i, row := range rows {
		if out[i], err = eventOf(row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *tx) AppendEvent(ctx context.Context, e org.Event) error {
	err := t.db.InsertEvent(ctx, query.InsertEventParams{
		OrganizationID: string(e.OrganizationID), Version: e.Version, ID: e.ID, Name: string(e.Name), Partition: string(e.Partition),
		At: micros(e.At), Caller: encode(e.By), Subject: e.Subject, Detail: encode(e.Detail),
	})
	return t.fault(err, "append event", e.ID)
}
