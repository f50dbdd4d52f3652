package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) createAccount(ctx context.Context, in *CreateAccountRequest) (*CreateAccountResponse, error) {
	made, err := a.plane.CreateAccount(ctx, identity.Caller(ctx), org.AccountRequest{
		Name: in.AccountName, Email: in.Email, RoleName: in.RoleName, DenyBilling: in.IAMUserAccessToBilling == IAMUserAccessToBillingDeny,
		Tags: tagsIn(in.Tags),
	})
	if err != nil {
		return nil, err
	}
	out := creation(made)
	return &CreateAccountResponse{CreateAccountStatus: &out}, nil
}

// createGovCloudAccount asks for a member and its twin in GovCloud. The tags go to the member alone.
func (a *API) createGovCloudAccount(ctx context.Context, in *CreateGovCloudAccountRequest) (*CreateGovCloudAccountResponse, error) {
	made, err := a.plane.CreatePairedAccount(ctx, identity.Caller(ctx), org.AccountRequest{
		Name: in.AccountName, Email: in.Email, RoleName: in.RoleName, DenyBilling: in.IAMUserAccessToBilling == IAMUserAccessToBillingDeny,
		Tags: tagsIn(in.Tags),
	})
	if err != nil {
		return nil, err
	}
	out := creation(made)
	return &CreateGovCloudAccountResponse{CreateAccountStatus: &out}, nil
}

func (a *API) describeCreateAccountStatus(ctx context.Context, in *DescribeCreateAccountStatusRequest) (*DescribeCreateAccountStatusResponse, error) {
	found, err := a.plane.GetCreation(ctx, identity.Caller(ctx), org.CreationID(in.CreateAccountRequestID))
	if err != nil {
		return nil, err
	}
	out := creation(found)
	return &DescribeCreateAccountStatusResponse{CreateAccountStatus: &out}, nil
}

func (a *API) listCreateAccountStatus(ctx context.Context, in *ListCreateAccountStatusRequest) (*ListCreateAccountStatusResponse, error) {
	c := identity.Caller(ctx)
	states := each(in.States, func(s CreateAccountState) org.CreationState { return org.CreationState(s) })
	scope := listOf(c, "ListCreateAccountStatus", each(in.States, func(s CreateAccountState) string { return string(s) })...)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListCreations(ctx, c, states, page)
	if err != nil {
		return nil, err
	}
	return &ListCreateAccountStatusResponse{CreateAccountStatuses: each(found.Creations, creation), NextToken: a.next(scope, found.Next)}, nil
}

func creation(n org.Creation) CreateAccountStatus {
	return CreateAccountStatus{
		ID: string(n.ID), AccountName: n.Request.Name, State: CreateAccountState(n.State), RequestedTimestamp: n.RequestedAt,
		CompletedTimestamp: n.CompletedAt, AccountID: string(n.AccountID), GovCloudAccountID: string(n.GovAccountID), FailureReason: failures[n.Failure],
	}
}

// failures folds the domain's failures to those of CreateAccountStatus (API Reference, FailureReason). What only other clouds know is an
// internal failure here.
var failures = map[org.Failure]CreateAccountFailureReason{
	org.FailAccountLimit:     CreateAccountFailureReasonAccountLimitExceeded,
	org.FailEmailInUse:       CreateAccountFailureReasonEmailAlreadyExists,
	org.FailEmailRefused:     CreateAccountFailureReasonInvalidEmail,
	org.FailAddressRefused:   CreateAccountFailureReasonInvalidAddress,
	org.FailConcurrent:       CreateAccountFailureReasonConcurrentAccountModification,
	org.FailGovAccountExists: CreateAccountFailureReasonGovcloudAccountAlreadyExists,
	org.FailPaymentMissing:   CreateAccountFailureReasonMissingPaymentInstrument,
	org.FailPaymentRefused:   CreateAccountFailureReasonInvalidPaymentInstrument,
	org.FailBusinessMissing:  CreateAccountFailureReasonMissingBusinessValidation,
	org.FailBusinessFailed:   CreateAccountFailureReasonFailedBusinessValidation,
	org.FailBusinessPending:  CreateAccountFailureReasonPendingBusinessValidation,
	org.FailBusinessUnknown:  CreateAccountFailureReasonUnknownBusinessValidation,
	org.FailBusinessIdentity: CreateAccountFailureReasonInvalidIdentityForBusinessValidation,

	org.FailInternal: CreateAccountFailureReasonInternalFailure, org.FailCallerUnknown: CreateAccountFailureReasonInternalFailure,
	org.FailAccount: CreateAccountFailureReasonInternalFailure, org.FailResourceAccount: CreateAccountFailureReasonInternalFailure,
	org.FailToken: CreateAccountFailureReasonInternalFailure, org.FailServiceRole: CreateAccountFailureReasonInternalFailure,
	org.FailAccessRole: CreateAccountFailureReasonInternalFailure, org.FailPermissionsUnreadable: CreateAccountFailureReasonInternalFailure,
	org.FailPermissionsUnbound: CreateAccountFailureReasonInternalFailure, org.FailNameInUse: CreateAccountFailureReasonInternalFailure,
	org.FailPhoneLimit: CreateAccountFailureReasonInternalFailure, org.FailFinanceUnlinked: CreateAccountFailureReasonInternalFailure,
	org.FailFinanceRecords: CreateAccountFailureReasonInternalFailure, org.FailFinanceUnreadable: CreateAccountFailureReasonInternalFailure,
}

// FailureOf returns the failure that AWS spells so, for faults given in its words.
func FailureOf(reason string) (org.Failure, bool) {
	if reason == string(CreateAccountFailureReasonInternalFailure) {
		return org.FailInternal, true
	}
	for f, r := range failures {
		if string(r) == reason {
			return f, true
		}
	}
	return "", false
}
