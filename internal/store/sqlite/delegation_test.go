package sqlite

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func readDelegations(ctx context.Context, r store.Reader) {
	p := org.Page{Limit: 1}
	_, _ = r.TrustedService(ctx, "o", "s")
	_, _, _ = r.TrustedServices(ctx, "o", p)
	_, _ = r.Delegation(ctx, "o", "a", "s")
	_, _, _ = r.Delegates(ctx, "o", "", p)
	_, _, _ = r.Delegates(ctx, "o", "s", p)
	_, _ = r.CountDelegates(ctx, "o", "s")
	_, _, _ = r.Delegations(ctx, "o", "a", p)
	_, _ = r.ResourcePolicy(ctx, "o")
}

func writeDelegations(ctx context.Context, tx store.Tx) {
	_, _ = tx.Trust(ctx, org.TrustedService{OrganizationID: "o", Service: "s"})
	_ = tx.InsertDelegation(ctx, org.Delegation{OrganizationID: "o", AccountID: "a", Service: "s"})
	_ = tx.DeleteDelegation(ctx, "o", "a", "s")
	_ = tx.DropDelegations(ctx, "o", "a")
	_ = tx.Distrust(ctx, "o", "s")
	_ = tx.PutResourcePolicy(ctx, org.ResourcePolicy{OrganizationID: "o", ID: "rp"})
	_ = tx.DeleteResourcePolicy(ctx, "o")
}
