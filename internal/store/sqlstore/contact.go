package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

func (r *reader) Contact(ctx context.Context, a org.AccountID, k org.ContactKind) (org.Contact, error) {
	row, err := r.db.GetContact(ctx, string(a), string(k))
	if err != nil {
		return org.Contact{}, r.got(err, org.ContactMissing, "contact", k)
	}
	c := org.Contact{AccountID: a, Kind: k}
	return c, decode(row.Fields, &c.Fields)
}

func (t *tx) PutContact(ctx context.Context, c org.Contact) error {
	return t.fault(t.db.PutContact(ctx, string(c.AccountID), string(c.Kind), encode(c.Fields)), "write a contact of", c.AccountID)
}

func (t *tx) DeleteContact(ctx context.Context, a org.AccountID, k org.ContactKind) error {
	n, err := t.db.DeleteContact(ctx, string(a), string(k))
	return t.hit(n, err, org.ContactMissing, "contact", k)
}

func (r *reader) EmailChange(ctx context.Context, a org.AccountID) (org.EmailChange, error) {
	row, err := r.db.GetEmailChange(ctx, string(a))
	if err != nil {
		return org.EmailChange{}, r.got(err, org.EmailChangeMissing, "change of the address of", a)
	}
	return org.EmailChange{AccountID: a, Email: row.Email, Code: row.Code, RequestedAt: moment(row.RequestedAt)}, nil
}

func (t *tx) PutEmailChange(ctx context.Context, c org.EmailChange) error {
	err := t.db.PutEmailChange(ctx, string(c.AccountID), c.Email, c.Code, micros(c.RequestedAt))
	return t.fault(err, "write the change of the address of", c.AccountID)
}

func (t *tx) DeleteEmailChange(ctx context.Context, a org.AccountID) error {
	return t.fault(t.db.DeleteEmailChange(ctx, string(a)), "delete the change of the address of", a)
}

func (t *tx) ReleaseReservation(ctx context.Context, r org.Reservation) error {
	err := t.db.ReleaseReservation(ctx, string(r.Partition), string(r.Field), r.Value, r.Holder)
	return t.fault(err, "release", r.Field)
}
