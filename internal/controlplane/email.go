package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// GetEmail returns the address of a member.
func (p *Plane) GetEmail(ctx context.Context, c org.Caller, id org.AccountID) (string, error) {
	return look(ctx, p, c, id, "account:GetPrimaryEmail", func(_ store.Reader, a org.Account) (string, error) { return a.Email, nil })
}

// StartEmailChange wishes a new address for a member. It holds once the code that belongs to it is given; no mail is sent, the operator reads the
// code. An earlier wish is forgotten. It fails with InvalidEmail, and with EmailTaken for an address that an account has, this one included.
func (p *Plane) StartEmailChange(ctx context.Context, c org.Caller, id org.AccountID, email string) error {
	return p.alter(ctx, c, id, "account:StartPrimaryEmailUpdate", func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		if err := org.CheckEmail(email); err != nil {
			return "", nil, err
		}
		holder, err := tx.Holder(ctx, emailOf(a, email))
		if err == nil && holder != "" {
			err = org.Errorf(org.EmailTaken, "the address belongs to an account")
		}
		if err != nil {
			return "", nil, err
		}
		err = tx.PutEmailChange(ctx, org.EmailChange{AccountID: a.ID, Email: email, Code: p.Mint.Hex(3), RequestedAt: p.now()})
		return org.EmailChangeRequested, nil, err
	})
}

// AcceptEmailChange gives a member the address that was wished for it. The old one is free afterwards. It fails with EmailChangeMissing, with
// CodeWrong, and with EmailTaken when an account has got the address meanwhile.
func (p *Plane) AcceptEmailChange(ctx context.Context, c org.Caller, id org.AccountID, email, code string) error {
	return p.alter(ctx, c, id, "account:AcceptPrimaryEmailUpdate", func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		wish, err := tx.EmailChange(ctx, a.ID)
		if err != nil {
			return "", nil, err
		}
		if err := wish.Confirm(email, code, p.now()); err != nil {
			return "", nil, err
		}
		if err := exchangeEmail(ctx, tx, a, email); err != nil {
			return "", nil, err
		}
		a.Email = email
		if err := tx.UpdateAccount(ctx, a); err != nil {
			return "", nil, err
		}
		return org.EmailChanged, nil, tx.DeleteEmailChange(ctx, a.ID)
	})
}

func exchangeEmail(ctx context.Context, tx store.Tx, a org.Account, email string) error {
	if strings.EqualFold(a.Email, email) {
		return nil
	}
	holder, err := tx.Reserve(ctx, emailOf(a, email))
	if err != nil {
		return err
	}
	if holder != "" {
		return org.Errorf(org.EmailTaken, "the address belongs to another account")
	}
	return tx.ReleaseReservation(ctx, emailOf(a, a.Email))
}

// emailOf is the reservation by which the account keeps an address.
func emailOf(a org.Account, email string) org.Reservation {
	return org.Reservation{Partition: a.Partition, Field: org.FieldEmail, Value: strings.ToLower(email), Slots: 1, Holder: string(a.ID)}
}

// LookEmailChange returns the change of an account's address that waits for its code. It is the operator's. It fails with EmailChangeMissing.
func (p *Plane) LookEmailChange(ctx context.Context, id org.AccountID) (org.EmailChange, error) {
	return view(ctx, p, func(r store.Reader) (org.EmailChange, error) { return r.EmailChange(ctx, id) })
}
