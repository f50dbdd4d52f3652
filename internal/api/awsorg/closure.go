package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

func (a *API) closeAccount(ctx context.Context, in *CloseAccountRequest) error {
	return a.plane.CloseAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
}

func (a *API) removeAccountFromOrganization(ctx context.Context, in *RemoveAccountFromOrganizationRequest) error {
	return a.plane.RemoveAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
}

func (a *API) leaveOrganization(ctx context.Context, _ *awsjson.Empty) error {
	return a.plane.LeaveOrganization(ctx, identity.Caller(ctx))
}
