package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// join makes the caller's account a member, in the root, with what a member has: the service's role, the invitation's tags, the default
// policies. An account of another organization leaves that one first. It fails with AlreadyMember, ClosedCannotLeave, ServiceRoleDenied,
// InvitedAccountLimit, and with the laws of leaving.
func (p *Plane) join(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	o, a := m.sender, m.caller
	if a.OrganizationID == o.ID {
		return org.Errorf(org.AlreadyMember, "the account is a member of the organization already")
	}
	if a.OrganizationID != "" {
		if err := p.moveOut(ctx, tx, c, m); err != nil {
			return err
		}
	}
	if a.State != org.AccountActive {
		return org.Errorf(org.ClosedCannotLeave, "a closed account joins no organization")
	}
	if err := p.permit(ctx, c, "iam:CreateServiceLinkedRole"); err != nil {
		return instead(err, org.NotPermitted, org.ServiceRoleDenied)
	}
	if err := p.checkRoom(ctx, tx, o); err != nil {
		return err
	}
	a, err := tx.Account(ctx, a.ID)
	if err != nil {
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

// moveOut has an account leave its organization for another in one step, where the cloud has that (AWS User Guide, "Migrating an account from
// another organization"). The principal needs the right to leave as well, and policies of the organization may deny it.
func (p *Plane) moveOut(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	if !m.sender.Rules().Handshakes.MovesOver {
		return org.Errorf(org.AlreadyMember, "the account is a member of another organization")
	}
	if _, err := p.authorize(ctx, tx, c, anyMember, "organizations:LeaveOrganization"); err != nil {
		return err
	}
	if err := p.mayLeave(ctx, tx, m.own, m.caller); err != nil {
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
