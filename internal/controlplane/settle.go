package controlplane

import (
	"context"
	"maps"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// PlaceAccount makes the account a member, in the root, and the creation a success.
func (p *Plane) PlaceAccount(ctx context.Context, tx store.Tx, n org.Creation, id org.AccountID) error {
	o, err := p.punctually(ctx, tx, n.OrganizationID)
	if err != nil {
		return err
	}
	if err := p.checkAccounts(ctx, tx, o); err != nil {
		return err
	}
	a, err := tx.Account(ctx, id)
	if err != nil {
		return err
	}
	a.OrganizationID, a.ParentID, a.State = o.ID, o.RootID, org.AccountActive
	a.JoinMethod, a.JoinedAt = org.Created, p.now()
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	if err := tx.PassReservations(ctx, string(n.ID), string(id)); err != nil {
		return err
	}
	if err := tx.PutTags(ctx, o.ID, org.Resource(id), n.Request.Tags); err != nil {
		return err
	}
	if n.GovAccountID, err = p.placeTwin(ctx, tx, a); err != nil {
		return err
	}
	if err := p.inheritContact(ctx, tx, o, id); err != nil {
		return err
	}
	n.State, n.AccountID, n.CompletedAt = org.CreationSucceeded, id, a.JoinedAt
	if err := tx.UpdateCreation(ctx, n); err != nil {
		return err
	}
	if err := p.recordEnd(ctx, tx, o, n); err != nil {
		return err
	}
	err = p.record(ctx, tx, o, org.AccountJoined, org.Caller{}, string(id), map[string]string{
		"managementId": string(o.ManagementID), "joinMethod": string(a.JoinMethod), "joinedAt": a.JoinedAt.Format(time.RFC3339Nano),
	})
	if err != nil {
		return err
	}
	return p.attachDefaults(ctx, tx, o, string(id))
}

// FailCreation ends a creation whose steps have been taken back.
func (p *Plane) FailCreation(ctx context.Context, tx store.Tx, n org.Creation, why org.Failure, detail string) error {
	o, err := tx.LockOrganization(ctx, n.OrganizationID)
	if err != nil {
		return err
	}
	n.State, n.Failure, n.FailureDetail, n.CompletedAt = org.CreationFailed, why, detail, p.now()
	if err := tx.UpdateCreation(ctx, n); err != nil {
		return err
	}
	return p.recordEnd(ctx, tx, o, n)
}

// recordEnd writes the event that CloudTrail knows as CreateAccountResult.
func (p *Plane) recordEnd(ctx context.Context, tx store.Tx, o org.Organization, n org.Creation) error {
	detail := map[string]string{
		"state": string(n.State), "requestedAt": n.RequestedAt.Format(time.RFC3339Nano), "completedAt": n.CompletedAt.Format(time.RFC3339Nano),
	}
	maps.Copy(detail, map[string]string{"accountId": string(n.AccountID), "failure": string(n.Failure), "managementId": string(o.ManagementID)})
	return p.record(ctx, tx, o, org.AccountCreationEnded, org.Caller{}, string(n.ID), detail)
}
