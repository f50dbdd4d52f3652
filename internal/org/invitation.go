package org

import "time"

// An Offer is what an organization may say with a handshake.
type Offer struct {
	To    Party
	Notes string
	Tags  []Tag
}

// NewInvitation makes an invitation of an account. It fails with PartyRefused, PartyEmailInvalid and InputMalformed for a
// target that the partition cannot have, with InputMalformed for notes that are no text, and for the tags as CheckTags does.
func NewInvitation(r *Rules, id HandshakeID, from Sender, q Offer, now time.Time) (Handshake, error) {
	if err := r.checkOffer(q); err != nil {
		return Handshake{}, err
	}
	h := Handshake{
		ID: id, Partition: r.Partition, From: from, Action: Invitation, State: HandshakeOpen, Target: q.To, Notes: q.Notes, Tags: q.Tags,
		RequestedAt: now, ExpiresAt: now.Add(r.Handshakes.InvitationLife),
	}
	if q.To.Kind == PartyAccount {
		h.AccountID = AccountID(q.To.ID)
	}
	return h, nil
}

func (r *Rules) checkOffer(q Offer) error {
	if err := r.CheckParty(q.To); err != nil {
		return err
	}
	if err := withoutZero(InputMalformed, "notes", q.Notes); err != nil {
		return err
	}
	return CheckTags(r, nil, q.Tags)
}
