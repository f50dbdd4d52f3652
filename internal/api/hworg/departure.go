package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// RemoveAccount takes a member out of the caller's organization.
func (a *API) RemoveAccount(ctx context.Context, in RemoveAccountRequestObject) (RemoveAccountResponseObject, error) {
	return RemoveAccount200Response{}, a.plane.RemoveAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
}

// LeaveOrganization takes the caller's own account out of its organization.
func (a *API) LeaveOrganization(ctx context.Context, _ LeaveOrganizationRequestObject) (LeaveOrganizationResponseObject, error) {
	return LeaveOrganization200Response{}, a.plane.LeaveOrganization(ctx, identity.Caller(ctx))
}
