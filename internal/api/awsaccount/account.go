package awsaccount

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) getAccountInformation(ctx context.Context, in *GetAccountInformationRequest) (*GetAccountInformationResponse, error) {
	found, err := a.plane.GetOwnAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
	if err != nil {
		return nil, err
	}
	return &GetAccountInformationResponse{
		AccountID: string(found.ID), AccountName: found.Name, AccountCreatedDate: found.CreatedAt, AccountState: states[found.State],
	}, nil
}

func (a *API) putAccountName(ctx context.Context, in *PutAccountNameRequest) error {
	return a.plane.RenameAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.AccountName)
}

func (a *API) getGovCloudAccountInformation(ctx context.Context, in *GetGovCloudAccountInformationRequest) (*GetGovCloudAccountInformationResponse, error) {
	found, err := a.plane.GetTwin(ctx, identity.Caller(ctx), org.AccountID(in.StandardAccountID))
	if err != nil {
		return nil, err
	}
	return &GetGovCloudAccountInformationResponse{GovCloudAccountID: string(found.ID), AccountState: AwsAccountState(states[found.State])}, nil
}

// states folds the states of accounts to those of this API, which has no word for an account that is being closed: that one still works.
var states = map[org.AccountState]AccountState{
	org.AccountCreating: AccountStatePendingActivation, org.AccountActive: AccountStateActive, org.AccountSuspended: AccountStateSuspended,
	org.AccountPendingActivation: AccountStatePendingActivation, org.AccountPendingClosure: AccountStateActive, org.AccountClosed: AccountStateClosed,
}
