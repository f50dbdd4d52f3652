package hworg

import (
	"context"
	"errors"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// EnablePolicyType turns a type on: at a realistic pace the root shows it on its way. It is safe to repeat, as the vendor's clients expect of it.
func (a *API) EnablePolicyType(ctx context.Context, in EnablePolicyTypeRequestObject) (EnablePolicyTypeResponseObject, error) {
	c := identity.Caller(ctx)
	r, err := a.plane.EnablePolicyType(ctx, c, org.UnitID(in.Body.RootID), policyTypeIn(in.Body.PolicyType))
	if errors.Is(err, org.E(org.PolicyTypeEnabled)) {
		r, err = a.plane.GetRoot(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	return EnablePolicyType202JSONResponse{Root: root(r)}, nil
}

// DisablePolicyType turns a type off, and with it all its attachments.
func (a *API) DisablePolicyType(ctx context.Context, in DisablePolicyTypeRequestObject) (DisablePolicyTypeResponseObject, error) {
	r, err := a.plane.DisablePolicyType(ctx, identity.Caller(ctx), org.UnitID(in.Body.RootID), policyTypeIn(in.Body.PolicyType))
	if err != nil {
		return nil, err
	}
	return DisablePolicyType202JSONResponse{Root: root(r)}, nil
}
