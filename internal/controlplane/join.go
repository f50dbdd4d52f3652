package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// join makes the caller's account a member, in the root, with what a member has: the service's role, the invitation's tags, the default
// policies. An account of another organization leaves that one first. It fails with AlreadyMember, ServiceRoleDenied,
// InvitedAccountLimit, and as CheckJoining and CheckMoving do.
func (p *Plane) join(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	o, a := m.sender, m.caller
	if a.OrganizationID == o.ID {
		return org.Errorf(org.AlreadyMember, "the account is a member of the organization already")
	}
	if err := p.mayJoin(ctx, tx, c, m); err != nil {
		return err
	}
	if a.OrganizationID != "" {
		if err := p.moveOut(ctx, tx, m); err != nil {
			return err
		}
	}
	host, err := tx.Account(ctx, o.ManagementID)
	if err != nil {
		return err
	}
	if err := org.CheckJoining(p.Quotas(o.Rules()), a, host, p.now()); err != nil {
		return err
	}
	if err := p.checkRoom(ctx, tx, o); err != nil {
		return err
	}
	if a, err = tx.Account(ctx, a.ID); err != nil {
		return err
	}
	a.OrganizationID, a.ParentID, a.JoinMethod, a.JoinedAt = o.ID, o.RootID, org.Invited, p.now()
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	if err := tx.PutTags(ctx, o.ID, org.Resource(a.ID), m.h.Tags); err != nil {
		return err
	}
	if err := p.giveServiceRole(ctx, tx, o, a.ID); err != nil {
		return err
	}
	if err := p.attachDefaults(ctx, tx, o, string(a.ID)); err != nil {
		return err
	}
	return p.record(ctx, tx, o, org.AccountJoined, org.Caller{}, string(a.ID), map[string]string{
		"managementId": string(o.ManagementID), "joinMethod": string(a.JoinMethod), "joinedAt": a.JoinedAt.Format(time.RFC3339Nano),
	})
}

// mayJoin asks for the rights beside that to accept: to leave, where the account is a member elsewhere, and to have the service's role made. The policies
// of the organization that the account would leave bind the principal still, and may deny either.
func (p *Plane) mayJoin(ctx context.Context, r store.Reader, c org.Caller, m meeting) error {
	if m.caller.OrganizationID != "" {
		if !m.sender.Rules().Handshakes.MovesOver {
			return org.Errorf(org.AlreadyMember, "the account is a member of another organization")
		}
		if _, err := p.authorize(ctx, r, c, anyMember, "organizations:LeaveOrganization"); err != nil {
			return err
		}
	}
	return p.permitServiceRole(ctx, r, c)
}

// moveOut has an account leave its organization for another in one step, where the cloud has that (AWS User Guide, "Migrating an account from
// another organization").
func (p *Plane) moveOut(ctx context.Context, tx store.Tx, m meeting) error {
	if err := p.mayLeave(ctx, tx, m.own, m.caller, org.CheckMoving); err != nil {
		return err
	}
	return p.depart(ctx, tx, m.own, m.caller, org.Left)
}

// checkRoom keeps the quota of accounts. The invitation has been counted since it was sent, and is no longer open.
func (p *Plane) checkRoom(ctx context.Context, r store.Reader, o org.Organization) error {
	most := p.Quotas(o.Rules()).Accounts
	if most == 0 {
		return nil
	}
	n, err := p.countTaken(ctx, r, o)
	if err != nil {
		return err
	}
	if n >= most {
		return org.Errorf(org.InvitedAccountLimit, "an organization has at most %d accounts, open invitations included", most)
	}
	return nil
}
