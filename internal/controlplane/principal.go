package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListPrincipals lists the principals of the caller's own account that are of some kinds, by kind and name, for whoever may do the action, which is one of IAM's.
// It fails with NotPermitted.
func (p *Plane) ListPrincipals(ctx context.Context, c org.Caller, action string, kinds ...org.PrincipalKind) ([]org.Principal, error) {
	return view(ctx, p, func(r store.Reader) ([]org.Principal, error) {
		if _, err := p.permitAnywhere(ctx, r, c, action); err != nil {
			return nil, err
		}
		all, err := r.Principals(ctx, c.AccountID)
		return slices.DeleteFunc(all, func(w org.Principal) bool { return !slices.Contains(kinds, w.Kind) }), err
	})
}
