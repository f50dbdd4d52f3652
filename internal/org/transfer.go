package org

import "time"

// TransferID names a transfer of responsibility: "rt-…".
type TransferID string

// TransferStatus is where a transfer stands.
type TransferStatus string

// The states of a transfer.
const (
	TransferRequested TransferStatus = "REQUESTED"
	TransferAccepted  TransferStatus = "ACCEPTED"
	TransferDeclined  TransferStatus = "DECLINED"
	TransferCancelled TransferStatus = "CANCELED"
	TransferExpired   TransferStatus = "EXPIRED"
	TransferWithdrawn TransferStatus = "WITHDRAWN" // ended by a side; the responsibility goes back at EndsAt
)

// A Side is an organization in a transfer, with its management account as that was when the transfer was offered.
type Side struct {
	OrganizationID OrganizationID
	ManagementID   AccountID
	Email          string
}

// SideOf makes a side of an organization and its management account.
func SideOf(o Organization, management Account) Side {
	return Side{OrganizationID: o.ID, ManagementID: o.ManagementID, Email: management.Email}
}

// A Transfer moves the bill of one organization, the source, to another, the target, which offers it. It belongs to the target and ends with it.
type Transfer struct {
	ID          TransferID
	Partition   Partition
	Name        string // what the target calls the source
	Source      Side
	Target      Side
	Status      TransferStatus
	StartsAt    time.Time
	EndsAt      time.Time // zero unless it was withdrawn
	ExpiresAt   time.Time // when it can no longer be accepted
	HandshakeID HandshakeID
	CreatedAt   time.Time
}

// A TransferOffer is what an organization may say about a responsibility that it wants to take over.
type TransferOffer struct {
	Offer
	Name     string
	StartsAt time.Time
}

// NewTransfer makes a transfer and the handshake by which the source answers. It fails as NewInvitation does, with InputMalformed for a name
// that is no text, with TransferToSelf when both sides are one, and with StartInvalid, StartNotAtDay, StartNotAtMonth, StartTooEarly or StartTooLate for a
// start that is not one of the next two months' first moments, or too near to be accepted.
func NewTransfer(r *Rules, id TransferID, handshake HandshakeID, from Sender, source Side, q TransferOffer, now time.Time) (Transfer, Handshake, error) {
	if err := r.checkOffer(q.Offer); err != nil {
		return Transfer{}, Handshake{}, err
	}
	if err := withoutZero(InputMalformed, "a name", q.Name); err != nil {
		return Transfer{}, Handshake{}, err
	}
	if source.OrganizationID == from.OrganizationID {
		return Transfer{}, Handshake{}, Errorf(TransferToSelf, "an organization cannot take over from itself")
	}
	last := q.StartsAt.Add(-r.Handshakes.TransferNotice)
	if err := checkStart(q.StartsAt, last, now); err != nil {
		return Transfer{}, Handshake{}, err
	}
	t := Transfer{
		ID: id, Partition: r.Partition, Name: q.Name, Source: source, Status: TransferRequested, StartsAt: q.StartsAt.UTC(), ExpiresAt: last.UTC(), HandshakeID: handshake,
		Target: Side{OrganizationID: from.OrganizationID, ManagementID: from.ManagementID, Email: from.Email}, CreatedAt: now,
	}
	h := Handshake{
		ID: handshake, Partition: r.Partition, From: from, Action: TransferInvitation, State: HandshakeOpen, Target: q.To, AccountID: source.ManagementID,
		TransferID: id, StartsAt: t.StartsAt, Notes: q.Notes, RequestedAt: now, ExpiresAt: t.ExpiresAt,
	}
	return t, h, nil
}

// At returns the transfer as it stands at a moment.
func (t Transfer) At(now time.Time) Transfer {
	if t.Status == TransferRequested && !now.Before(t.ExpiresAt) {
		t.Status = TransferExpired
	}
	return t
}

var answeredTransfers = map[HandshakeState]TransferStatus{
	HandshakeAccepted: TransferAccepted, HandshakeDeclined: TransferDeclined, HandshakeCancelled: TransferCancelled,
}

// Answer gives the transfer the end of its handshake.
func (t *Transfer) Answer(s HandshakeState) { t.Status = answeredTransfers[s] }

// Withdraw ends an accepted transfer at a moment, at the end of the present month when there is none. It fails with TransferInStatus for one
// that was withdrawn, with TransferTransition for one that is not in force, and with EndNotAtMonth, EndTooEarly or EndTooLate for a moment that
// is not the last one of this month or the next.
func (t *Transfer) Withdraw(end, now time.Time) error {
	switch as := t.At(now).Status; as {
	case TransferAccepted:
	case TransferWithdrawn:
		return Errorf(TransferInStatus, "the transfer %s is withdrawn already", t.ID)
	default:
		return Errorf(TransferTransition, "the transfer %s is %s", t.ID, as)
	}
	if end.IsZero() {
		end = monthAfter(now, 1).Add(-time.Millisecond)
	}
	if err := checkEnd(end, now); err != nil {
		return err
	}
	t.Status, t.EndsAt = TransferWithdrawn, end.UTC()
	return nil
}

// Rename gives the transfer a name. It fails with InputMalformed for one that is no text, and with TransferRefused for a transfer that came to
// nothing or has been withdrawn.
func (t *Transfer) Rename(name string, now time.Time) error {
	if err := withoutZero(InputMalformed, "a name", name); err != nil {
		return err
	}
	if as := t.At(now).Status; as != TransferRequested && as != TransferAccepted {
		return Errorf(TransferRefused, "the transfer %s is %s", t.ID, as)
	}
	t.Name = name
	return nil
}

var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// RunsUntil is the moment until which the transfer binds its sides: it counts in quotas and keeps the organizations from ending.
func (t *Transfer) RunsUntil() time.Time {
	switch t.Status {
	case TransferRequested:
		return t.ExpiresAt
	case TransferAccepted:
		return forever
	case TransferWithdrawn:
		return t.EndsAt
	default:
		return time.Time{}
	}
}
