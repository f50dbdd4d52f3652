package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// AcceptHandshake answers a handshake with yes, and what it is about comes true with it: the account joins, the member agrees, the organization
// has all features, the responsibility is taken over. It fails with HandshakeMissing, with HandshakeOtherParty for everybody but the recipient,
// as Handshake.Accept does, and with the laws of what comes true.
func (p *Plane) AcceptHandshake(ctx context.Context, c org.Caller, id org.HandshakeID) (org.Handshake, error) {
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		m, err := p.meet(ctx, tx, c, id, "organizations:AcceptHandshake", true)
		if err != nil {
			return org.Handshake{}, err
		}
		if !m.role.recipient {
			return org.Handshake{}, othersDeed("accepted", "recipient")
		}
		if err := m.h.Accept(p.now()); err != nil {
			return org.Handshake{}, err
		}
		m.h.AccountID = m.caller.ID
		if err := tx.UpdateHandshake(ctx, m.h); err != nil {
			return org.Handshake{}, err
		}
		if err := p.recordHandshake(ctx, tx, m, org.HandshakeAgreed, c); err != nil {
			return org.Handshake{}, err
		}
		return m.h, p.fulfil(ctx, tx, c, m)
	})
}

// fulfil lets what was agreed on come true.
func (p *Plane) fulfil(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	switch m.h.Action {
	case org.Invitation:
		return p.join(ctx, tx, c, m)
	case org.FeatureApproval, org.ServiceRoleRequest:
		return p.approve(ctx, tx, c, m)
	case org.FeatureMigration:
		return p.completeMigration(ctx, tx, m.sender)
	default:
		return p.takeOver(ctx, tx, c, m)
	}
}

// DeclineHandshake answers a handshake with no. It fails as AcceptHandshake does, without the laws of what would come true.
func (p *Plane) DeclineHandshake(ctx context.Context, c org.Caller, id org.HandshakeID) (org.Handshake, error) {
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		m, err := p.meet(ctx, tx, c, id, "organizations:DeclineHandshake", false)
		if err != nil {
			return org.Handshake{}, err
		}
		if !m.role.recipient {
			return org.Handshake{}, othersDeed("declined", "recipient")
		}
		if err := m.h.Decline(p.now()); err != nil {
			return org.Handshake{}, err
		}
		m.h.AccountID = m.caller.ID
		return m.h, p.drop(ctx, tx, c, m, org.HandshakeRefused)
	})
}

// CancelHandshake takes a handshake back; a migration to all features takes back what it asked of members. It fails with HandshakeMissing, with
// HandshakeOtherParty for everybody but the organization's management account, and as Handshake.Cancel does. By the rule RoleFirst whoever manages no
// organization is told that first.
func (p *Plane) CancelHandshake(ctx context.Context, c org.Caller, id org.HandshakeID) (org.Handshake, error) {
	const action = "organizations:CancelHandshake"
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		if org.RulesOf(c.Partition).Handshakes.RoleFirst {
			if _, err := p.authorize(ctx, tx, c, management, action, onHandshake(id)); err != nil {
				return org.Handshake{}, err
			}
		}
		m, err := p.meet(ctx, tx, c, id, action, false)
		if err != nil {
			return org.Handshake{}, err
		}
		if !m.role.sender {
			return org.Handshake{}, othersDeed("cancelled", "sender")
		}
		if err := m.h.Cancel(p.now()); err != nil {
			return org.Handshake{}, err
		}
		return m.h, p.drop(ctx, tx, c, m, org.HandshakeTakenBack)
	})
}

// drop writes the end of a handshake of which nothing came, and what follows from it.
func (p *Plane) drop(ctx context.Context, tx store.Tx, c org.Caller, m meeting, e org.EventName) error {
	if err := tx.UpdateHandshake(ctx, m.h); err != nil {
		return err
	}
	if err := p.recordHandshake(ctx, tx, m, e, c); err != nil {
		return err
	}
	switch m.h.Action {
	case org.FeatureMigration:
		return p.cancelHandshakes(ctx, tx, m.sender, store.HandshakesWanted{Parent: m.h.ID, Now: m.h.EndedAt})
	case org.TransferInvitation:
		t, err := tx.Transfer(ctx, m.h.TransferID)
		if err != nil {
			return err
		}
		t.Answer(m.h.State)
		return tx.UpdateTransfer(ctx, t)
	default:
		return nil
	}
}

func (p *Plane) recordHandshake(ctx context.Context, tx store.Tx, m meeting, e org.EventName, by org.Caller) error {
	return p.record(ctx, tx, m.sender, e, by, string(m.h.ID), map[string]string{"action": string(m.h.Action)})
}

func othersDeed(what, who string) error {
	return org.Errorf(org.HandshakeOtherParty, "a handshake is %s by its %s alone", what, who)
}
