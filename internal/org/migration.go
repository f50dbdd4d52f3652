package org

import "time"

// NewMigration makes the handshake by which an organization goes over to all features: it waits for as many members, and for nobody when
// there are none (AWS API Reference, EnableAllFeatures).
func NewMigration(r *Rules, id HandshakeID, from Sender, waiting int, now time.Time) Handshake {
	h := Handshake{
		ID: id, Partition: r.Partition, From: from, Action: FeatureMigration, State: HandshakeRequested, Waiting: waiting,
		Target: Party{Kind: PartyOrganization, ID: string(from.OrganizationID)}, AccountID: from.ManagementID,
		RequestedAt: now, ExpiresAt: now.Add(r.Handshakes.MigrationLife),
	}
	h.open()
	return h
}

// Ask makes the question of a migration to one of its members. It ends with the migration.
func (h *Handshake) Ask(id HandshakeID, a Account, now time.Time) Handshake {
	action := ServiceRoleRequest
	if a.JoinMethod == Invited {
		action = FeatureApproval
	}
	return Handshake{
		ID: id, Partition: h.Partition, From: h.From, Action: action, State: HandshakeOpen, Target: Party{Kind: PartyAccount, ID: string(a.ID)},
		AccountID: a.ID, ParentID: h.ID, RequestedAt: now, ExpiresAt: h.ExpiresAt,
	}
}

// Settle tells a migration that it has one member less to wait for. With the last one it opens.
func (h *Handshake) Settle() {
	h.Waiting--
	h.open()
}

func (h *Handshake) open() {
	if h.State == HandshakeRequested && h.Waiting <= 0 {
		h.State, h.Waiting = HandshakeOpen, 0
	}
}
