package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// RemoveAccount takes a member out of the caller's organization; it stands alone afterwards. It fails with AccountMissing, and as
// CheckLeaving does.
func (p *Plane) RemoveAccount(ctx context.Context, c org.Caller, id org.AccountID) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:RemoveAccountFromOrganization")
		if err != nil {
			return err
		}
		return p.release(ctx, tx, c, o, id, org.AccountRemoved, org.Removed)
	})
}

// LeaveOrganization takes the caller's own account out of its organization. It fails as CheckLeaving does.
func (p *Plane) LeaveOrganization(ctx context.Context, c org.Caller) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, anyMember, "organizations:LeaveOrganization")
		if err != nil {
			return err
		}
		return p.release(ctx, tx, c, o, c.AccountID, org.AccountLeft, org.Left)
	})
}

func (p *Plane) release(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, id org.AccountID, deed org.EventName, how org.DepartMethod) error {
	a, err := member(ctx, tx, o, id)
	if err != nil {
		return err
	}
	if err := p.mayLeave(ctx, tx, o, a, org.CheckLeaving); err != nil {
		return err
	}
	if err := p.record(ctx, tx, o, deed, by, string(id), nil); err != nil {
		return err
	}
	return p.depart(ctx, tx, o, a, how)
}

// A lawOfLeaving is CheckLeaving or CheckMoving.
type lawOfLeaving func(q org.Quotas, o org.Organization, a org.Account, delegated bool, now time.Time) error

// mayLeave returns nil when a member may leave its organization, and else fails as the law does.
func (p *Plane) mayLeave(ctx context.Context, r store.Reader, o org.Organization, a org.Account, law lawOfLeaving) error {
	delegated, err := p.delegatedTo(ctx, r, o, a.ID)
	if err != nil {
		return err
	}
	return law(p.Quotas(o.Rules()), o, a, delegated, p.now())
}

// depart is everything that leaving an organization means, in a transaction that has locked it: the account's tags, policies and delegations end,
// and so does its place in the landing zone; its principals stay, the access role among them (AWS User Guide, "Removing a member account"), but for the
// service's own role where the cloud takes it back (Huawei Cloud Organizations, RemoveAccount). The account stands alone afterwards. Whether it may
// leave is decided before.
func (p *Plane) depart(ctx context.Context, tx store.Tx, o org.Organization, a org.Account, how org.DepartMethod) error {
	at := p.now()
	if how == org.Cleaned {
		at = p.Quotas(o.Rules()).GoneAt(a)
	}
	if err := p.dropAttachments(ctx, tx, o, string(a.ID)); err != nil {
		return err
	}
	if err := p.dropDelegations(ctx, tx, o, a.ID); err != nil {
		return err
	}
	if err := p.forgetMember(ctx, tx, o, a.ID); err != nil {
		return err
	}
	if err := tx.DeleteTags(ctx, o.ID, org.Resource(a.ID), nil); err != nil {
		return err
	}
	if err := tx.DeleteManagedAccount(ctx, o.ID, a.ID); err != nil && org.ReasonOf(err) != org.ManagedAccountMissing {
		return err
	}
	if err := p.takeServiceRole(ctx, tx, o, a.ID); err != nil {
		return err
	}
	method := a.JoinMethod
	a.OrganizationID, a.ParentID, a.JoinMethod, a.JoinedAt = "", "", "", at
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	return p.record(ctx, tx, o, org.AccountDeparted, org.Caller{}, string(a.ID), map[string]string{
		"managementId": string(o.ManagementID), "departMethod": string(how), "departedAt": at.Format(time.RFC3339Nano), "joinMethod": string(method),
	})
}

// takeServiceRole takes the role of the organizations service from an account that departs, where the cloud does so.
func (p *Plane) takeServiceRole(ctx context.Context, tx store.Tx, o org.Organization, a org.AccountID) error {
	rules := o.Rules()
	if !rules.ServiceRoleEnds {
		return nil
	}
	role, err := tx.PrincipalNamed(ctx, a, org.ServiceRole, rules.ServiceRole)
	if org.ReasonOf(err) == org.PrincipalMissing {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.DeletePrincipal(ctx, role.ID)
}
