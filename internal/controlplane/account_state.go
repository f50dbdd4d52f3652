package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// SetState suspends an account, reinstates it, or leaves its sign-up unfinished. It is the operator's, as it is the cloud's own. It fails with AccountMissing, and as
// org.CheckStanding does.
func (p *Plane) SetState(ctx context.Context, id org.AccountID, to org.AccountState) error {
	return p.asOperator(ctx, id, func(tx store.Tx, o *org.Organization, a org.Account) error {
		if err := org.CheckStanding(a, to); err != nil {
			return err
		}
		a.State = to
		if err := tx.UpdateAccount(ctx, a); err != nil || o == nil {
			return err
		}
		return p.record(ctx, tx, *o, org.AccountStateSet, org.Caller{}, string(a.ID), map[string]string{"state": string(to)})
	})
}
