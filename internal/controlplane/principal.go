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

// GetPrincipal returns a principal of the caller's own account that has the name and is of one of the kinds, for whoever may do the action, which is one of IAM's. It fails with
// NotPermitted, and with PrincipalMissing.
func (p *Plane) GetPrincipal(ctx context.Context, c org.Caller, action, name string, kinds ...org.PrincipalKind) (org.Principal, error) {
	return view(ctx, p, func(r store.Reader) (org.Principal, error) {
		found, missing := org.Principal{AccountID: c.AccountID, Kind: kinds[0], Name: name, Path: "/"}, error(nil)
		for _, k := range kinds {
			who, err := r.PrincipalNamed(ctx, c.AccountID, k, name)
			if err == nil {
				found, missing = who, nil
				break
			}
			if missing = err; org.ReasonOf(err) != org.PrincipalMissing {
				return org.Principal{}, err
			}
		}
		if _, err := p.permitAnywhere(ctx, r, c, action, onRole(c.Partition, found)); err != nil {
			return org.Principal{}, err
		}
		return found, missing
	})
}

// PermitInAccount returns nil for whoever may do the action, which is one of IAM's and about the caller's own account as a whole. It fails with NotPermitted.
func (p *Plane) PermitInAccount(ctx context.Context, c org.Caller, action string) error {
	return p.Store.View(ctx, func(r store.Reader) error {
		_, err := p.permitAnywhere(ctx, r, c, action)
		return err
	})
}
