package org

import (
	"strings"
	"time"
)

// HandshakeID names a handshake in its whole partition: "h-…".
type HandshakeID string

// HandshakeAction is what a handshake agrees on.
type HandshakeAction string

// What can be agreed on.
const (
	Invitation         HandshakeAction = "INVITE"               // an account joins the organization
	FeatureMigration   HandshakeAction = "ENABLE_ALL_FEATURES"  // the parent of the next two: management has the last word
	FeatureApproval    HandshakeAction = "APPROVE_ALL_FEATURES" // of a member that was invited
	ServiceRoleRequest HandshakeAction = "ADD_SERVICE_ROLE"     // of a member that was created and has lost the service's role
	TransferInvitation HandshakeAction = "TRANSFER_RESPONSIBILITY"
)

// HandshakeActions lists every action.
var HandshakeActions = []HandshakeAction{Invitation, FeatureMigration, FeatureApproval, ServiceRoleRequest, TransferInvitation}

// HandshakeState is where a handshake stands. All but the first two are final.
type HandshakeState string

// The states of a handshake.
const (
	HandshakeRequested HandshakeState = "REQUESTED" // a parent that waits for its children
	HandshakeOpen      HandshakeState = "OPEN"      // to be answered; what Huawei Cloud calls pending
	HandshakeAccepted  HandshakeState = "ACCEPTED"
	HandshakeDeclined  HandshakeState = "DECLINED"
	HandshakeCancelled HandshakeState = "CANCELED"
	HandshakeExpired   HandshakeState = "EXPIRED"
)

// A Sender is the organization that a handshake comes from, as it was then.
type Sender struct {
	OrganizationID OrganizationID
	ManagementID   AccountID
	Email          string
	Name           string
	FeatureSet     FeatureSet
}

// SenderOf makes a sender of an organization and its management account.
func SenderOf(o Organization, management Account) Sender {
	return Sender{OrganizationID: o.ID, ManagementID: o.ManagementID, Email: management.Email, Name: management.Name, FeatureSet: o.FeatureSet}
}

// A Handshake is a question of one organization that one account answers. It belongs to its sender and ends with it.
type Handshake struct {
	ID          HandshakeID
	Partition   Partition
	From        Sender
	Action      HandshakeAction
	State       HandshakeState
	Target      Party       // whom it was sent to, in the sender's words
	AccountID   AccountID   // who answers; empty while an address stands for it
	ParentID    HandshakeID // the migration that asks
	TransferID  TransferID
	StartsAt    time.Time // of the transfer
	Notes       string
	Tags        []Tag // for the account that joins
	Waiting     int   // children that a migration still waits for
	RequestedAt time.Time
	ExpiresAt   time.Time
	EndedAt     time.Time // zero until it has ended
}

// At returns the handshake as it stands at a moment: time alone ends it. A migration that expires cancels what it asked of its members
// (AWS User Guide, "Enabling all features for an organization").
func (h Handshake) At(now time.Time) Handshake {
	if h.Ended() || now.Before(h.ExpiresAt) {
		return h
	}
	h.State, h.EndedAt = HandshakeExpired, h.ExpiresAt
	if h.ParentID != "" {
		h.State = HandshakeCancelled
	}
	return h
}

// Ended reports whether the handshake was ended by someone.
func (h *Handshake) Ended() bool { return h.State != HandshakeRequested && h.State != HandshakeOpen }

// GoneAt is when the handshake is no longer to be seen: some time after its end, be that by someone or by time.
func (h *Handshake) GoneAt() time.Time {
	end := h.EndedAt
	if !h.Ended() {
		end = h.ExpiresAt
	}
	return end.Add(RulesOf(h.Partition).Handshakes.Shown)
}

// Recipient is the key by which whoever answers finds the handshake: an account's id, or an e-mail address in lower case, in the handshake's
// partition.
func (h *Handshake) Recipient() string {
	if h.AccountID != "" {
		return recipient(h.Partition, string(h.AccountID))
	}
	return recipient(h.Partition, h.Target.ID)
}

// Recipients lists the keys by which an account finds what it received.
func Recipients(a Account) []string {
	if a.Email == "" {
		return []string{recipient(a.Partition, string(a.ID))}
	}
	return []string{recipient(a.Partition, string(a.ID)), recipient(a.Partition, a.Email)}
}

// recipient tells partitions apart, since an address may belong to an account in each. Those of AWS's first are bare. No id or address holds a space.
func recipient(p Partition, who string) string {
	if p == AWS {
		return strings.ToLower(who)
	}
	return string(p) + " " + strings.ToLower(who)
}

// Accept ends an open handshake with yes; Decline with no; Cancel takes one back, open or not. They fail with HandshakeWithdrawn for one
// that was cancelled, where the cloud tells that, with HandshakeInState for one that has ended so already, and with HandshakeTransition for one that
// has ended otherwise, by time too, or that cannot be answered yet.
func (h *Handshake) Accept(now time.Time) error { return h.end(HandshakeAccepted, now) }

// Decline is described with Accept.
func (h *Handshake) Decline(now time.Time) error { return h.end(HandshakeDeclined, now) }

// Cancel is described with Accept.
func (h *Handshake) Cancel(now time.Time) error { return h.end(HandshakeCancelled, now) }

func (h *Handshake) end(to HandshakeState, now time.Time) error {
	as := h.At(now)
	switch {
	case as.State == HandshakeCancelled && RulesOf(h.Partition).Handshakes.TellsCancelled:
		return Errorf(HandshakeWithdrawn, "the handshake %s is cancelled", h.ID)
	case as.State == to:
		return Errorf(HandshakeInState, "the handshake %s is %s already", h.ID, to)
	case as.Ended():
		return Errorf(HandshakeTransition, "the handshake %s is %s", h.ID, as.State)
	case as.State == HandshakeRequested && to != HandshakeCancelled:
		return Errorf(HandshakeTransition, "the handshake %s waits for the answers of others", h.ID)
	}
	h.State, h.EndedAt = to, now
	return nil
}
