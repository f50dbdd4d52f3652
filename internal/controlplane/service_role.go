package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// CreateServiceRole gives the caller's account the role of a service. It fails with NotPermitted, as LinkedRole does, and with PrincipalExists.
func (p *Plane) CreateServiceRole(ctx context.Context, c org.Caller, service, suffix, description string) (org.Principal, error) {
	rules := org.RulesOf(c.Partition)
	role, unfit := rules.LinkedRole(service, suffix, p.AnyService)
	role.AccountID, role.Description = c.AccountID, description
	return update(ctx, p, func(tx store.Tx) (org.Principal, error) {
		a, err := p.permitAnywhere(ctx, tx, c, "iam:CreateServiceLinkedRole", onRole(c.Partition, role), linkedTo(service))
		if err != nil {
			return org.Principal{}, err
		}
		if unfit != nil {
			return org.Principal{}, unfit
		}
		o, _, err := p.lockHome(ctx, tx, a)
		if err != nil {
			return org.Principal{}, err
		}
		role.ID, role.CreatedAt = p.Mint.Principal(rules, org.ServiceRole), p.now()
		err = tx.InsertPrincipal(ctx, role)
		if org.ReasonOf(err) == org.PrincipalExists {
			err = org.Errorf(org.PrincipalExists, "Service role name %s has been taken in this account, please try a different suffix.", role.Name)
		}
		if err != nil || o == nil {
			return role, err
		}
		return role, p.record(ctx, tx, *o, org.ServiceRoleCreated, c, string(a.ID), map[string]string{"service": service, "role": role.Name})
	})
}
