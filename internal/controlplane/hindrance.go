package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// SetHindrances says all that is the matter with an account. It is the operator's. It fails with AccountMissing.
func (p *Plane) SetHindrances(ctx context.Context, id org.AccountID, all org.Hindrance) error {
	return p.asOperator(ctx, id, func(tx store.Tx, _ *org.Organization, a org.Account) error {
		a.Hindrances = all
		return tx.UpdateAccount(ctx, a)
	})
}

// checkManagement returns nil when nothing about an organization's management account hinders it from a deed.
func (p *Plane) checkManagement(ctx context.Context, r store.Reader, o org.Organization, d org.Deed) error {
	m, err := r.Account(ctx, o.ManagementID)
	if err != nil {
		return err
	}
	return o.Rules().CheckDeed(m, d, p.now())
}

// CheckBilling ends a creation when the management account cannot pay for the new account or may not do business.
func (p *Plane) CheckBilling(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
	return p.checkStep(ctx, tx, n, org.StepBilling)
}

// checkStep ends a creation when something about the management account fails the step.
func (p *Plane) checkStep(ctx context.Context, r store.Reader, n org.Creation, s org.Step) error {
	m, err := r.Account(ctx, n.RequestedBy.AccountID)
	if err != nil {
		return err
	}
	return org.RulesOf(n.Partition).CheckStep(m, s)
}
