package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// permitAnywhere is authorize for a deed of an account that need not be in any organization, and returns the account.
func (p *Plane) permitAnywhere(ctx context.Context, r store.Reader, c org.Caller, action string, about ...aspect) (org.Account, error) {
	a, err := r.Account(ctx, c.AccountID)
	if err != nil {
		return org.Account{}, instead(err, org.AccountMissing, org.KeyUnknown)
	}
	if err := a.CheckUsable(); err != nil {
		return org.Account{}, err
	}
	if a.OrganizationID == "" {
		return a, p.permit(ctx, c, action)
	}
	_, err = p.authorize(ctx, r, c, anyMember, action, about...)
	return a, err
}

// permitServiceRole fails with ServiceRoleDenied unless the principal may have the organizations service's role made in its account. It is asked whether or not
// the role is there already (AcceptHandshake, CreateOrganization).
func (p *Plane) permitServiceRole(ctx context.Context, r store.Reader, c org.Caller) error {
	_, err := p.permitAnywhere(ctx, r, c, "iam:CreateServiceLinkedRole", onServiceRole(org.RulesOf(c.Partition), c.AccountID))
	return instead(err, org.NotPermitted, org.ServiceRoleDenied)
}

// role is what an account has to do with a handshake.
type role struct {
	sender    bool // it manages the organization that sent it
	member    bool // it belongs to that organization
	recipient bool
}

func roleIn(h org.Handshake, a org.Account) role {
	if h.Partition != a.Partition {
		return role{}
	}
	member := a.OrganizationID == h.From.OrganizationID
	return role{
		member: member, sender: member && a.ID == h.From.ManagementID, recipient: slices.Contains(org.Recipients(a), h.Recipient()),
	}
}

func noHandshake(id org.HandshakeID) error {
	return org.Errorf(org.HandshakeMissing, "there is no handshake %s", id)
}

// findHandshake returns a handshake that an account has to do with, as it was written.
func (p *Plane) findHandshake(ctx context.Context, r store.Reader, a org.Account, id org.HandshakeID) (org.Handshake, role, error) {
	h, err := r.Handshake(ctx, id)
	if err != nil {
		return org.Handshake{}, role{}, err
	}
	in := roleIn(h, a)
	if in == (role{}) || !p.now().Before(h.GoneAt()) {
		return org.Handshake{}, role{}, noHandshake(id)
	}
	return h, in, nil
}

// A meeting is a handshake in a transaction that has locked the organization which sent it, the caller's own where that is another and it matters,
// and the caller's account.
type meeting struct {
	h      org.Handshake
	role   role
	caller org.Account
	sender org.Organization
	own    org.Organization                        // the caller's; empty when it is in none, or when it was not to be locked
	locked map[org.OrganizationID]org.Organization // both, and the top of the chain that a transfer makes longer
}

// meet finds a handshake for a change of it. Nothing is locked for those who have nothing to do with it.
func (p *Plane) meet(ctx context.Context, tx store.Tx, c org.Caller, id org.HandshakeID, action string, own bool) (meeting, error) {
	before, err := p.permitAnywhere(ctx, tx, c, action, onHandshake(id))
	if err != nil {
		return meeting{}, err
	}
	h, in, err := p.findHandshake(ctx, tx, before, id)
	if err == nil && !own {
		err = conceal(ctx, tx, before, h, in)
	}
	if err != nil {
		return meeting{}, err
	}
	wanted := []org.OrganizationID{h.From.OrganizationID}
	if own {
		top, err := p.topOf(ctx, tx, h)
		if err != nil {
			return meeting{}, err
		}
		wanted = append(wanted, before.OrganizationID, top)
	}
	locked, err := p.lockAll(ctx, tx, wanted...)
	if err != nil {
		return meeting{}, instead(err, org.OrganizationMissing, org.HandshakeMissing)
	}
	m := meeting{sender: locked[h.From.OrganizationID], own: locked[before.OrganizationID], locked: locked}
	if m.caller, err = tx.LockAccount(ctx, c.AccountID); err != nil {
		return meeting{}, instead(err, org.AccountMissing, org.KeyUnknown)
	}
	if m.caller.OrganizationID != before.OrganizationID {
		return meeting{}, org.Errorf(org.ConcurrentModification, "the account %s changed its organization", before.ID)
	}
	// What the caller could do before the locks, it need not be able to do any more.
	if _, err := p.permitAnywhere(ctx, tx, c, action, onHandshake(id)); err != nil {
		return meeting{}, err
	}
	m.h, m.role, err = p.findHandshake(ctx, tx, m.caller, id)
	return m, err
}

// lockAll locks organizations in the order of their ids, so that no two who lock the same ones wait for each other; an empty id is none. Nothing is overdue in them then.
func (p *Plane) lockAll(ctx context.Context, tx store.Tx, ids ...org.OrganizationID) (map[org.OrganizationID]org.Organization, error) {
	slices.Sort(ids)
	out := map[org.OrganizationID]org.Organization{}
	for _, id := range slices.Compact(ids) {
		if id == "" {
			continue
		}
		o, err := tx.LockOrganization(ctx, id)
		if err == nil {
			err = p.prompt(o)
		}
		if err != nil {
			return nil, err
		}
		out[id] = o
	}
	return out, nil
}
