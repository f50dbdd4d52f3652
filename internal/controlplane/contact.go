package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// contactDeeds tells for what right a contact is read, written and deleted.
var contactDeeds = map[bool][3]string{
	true:  {"account:GetContactInformation", "account:PutContactInformation", ""},
	false: {"account:GetAlternateContact", "account:PutAlternateContact", "account:DeleteAlternateContact"},
}

// GetContact returns a contact of an account. It fails with ContactMissing.
func (p *Plane) GetContact(ctx context.Context, c org.Caller, id org.AccountID, k org.ContactKind) (org.Contact, error) {
	action := contactDeeds[k == org.PrimaryContact][0]
	return look(ctx, p, c, id, action, func(r store.Reader, a org.Account) (org.Contact, error) { return r.Contact(ctx, a.ID, k) })
}

// PutContact sets a contact of an account.
func (p *Plane) PutContact(ctx context.Context, c org.Caller, id org.AccountID, k org.ContactKind, fields map[string]string) error {
	action := contactDeeds[k == org.PrimaryContact][1]
	return p.alter(ctx, c, id, action, func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		err := tx.PutContact(ctx, org.Contact{AccountID: a.ID, Kind: k, Fields: fields})
		return org.ContactChanged, map[string]string{"kind": string(k)}, err
	})
}

// DeleteContact removes a contact of an account, which must not be the primary one. It fails with ContactMissing.
func (p *Plane) DeleteContact(ctx context.Context, c org.Caller, id org.AccountID, k org.ContactKind) error {
	action := contactDeeds[k == org.PrimaryContact][2]
	return p.alter(ctx, c, id, action, func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		return org.ContactDeleted, map[string]string{"kind": string(k)}, tx.DeleteContact(ctx, a.ID, k)
	})
}

// inheritContact gives a new member the primary contact of the management account, when that has one (User Guide, "Creating a member account").
func (p *Plane) inheritContact(ctx context.Context, tx store.Tx, o org.Organization, id org.AccountID) error {
	c, err := tx.Contact(ctx, o.ManagementID, org.PrimaryContact)
	if org.ReasonOf(err) == org.ContactMissing {
		return nil
	}
	if err != nil {
		return err
	}
	c.AccountID = id
	return tx.PutContact(ctx, c)
}
