package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) describeAccount(ctx context.Context, in *DescribeAccountRequest) (*DescribeAccountResponse, error) {
	found, err := a.plane.GetAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
	if err != nil {
		return nil, err
	}
	out := a.account(found)
	return &DescribeAccountResponse{Account: &out}, nil
}

func (a *API) listAccounts(ctx context.Context, in *ListAccountsRequest) (*ListAccountsResponse, error) {
	found, next, err := a.accounts(ctx, "ListAccounts", "", in.NextToken, in.MaxResults)
	return &ListAccountsResponse{Accounts: found, NextToken: next}, err
}

func (a *API) listAccountsForParent(ctx context.Context, in *ListAccountsForParentRequest) (*ListAccountsForParentResponse, error) {
	found, next, err := a.accounts(ctx, "ListAccountsForParent", in.ParentID, in.NextToken, in.MaxResults)
	return &ListAccountsForParentResponse{Accounts: found, NextToken: next}, err
}

func (a *API) accounts(ctx context.Context, operation, parent, token string, limit int) ([]Account, string, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, operation, parent)
	page, err := a.page(scope, token, limit)
	if err != nil {
		return nil, "", err
	}
	found, err := a.plane.ListAccounts(ctx, c, org.UnitID(parent), page)
	if err != nil {
		return nil, "", err
	}
	return each(found.Accounts, a.account), a.next(scope, found.Next), nil
}

func (a *API) moveAccount(ctx context.Context, in *MoveAccountRequest) error {
	return a.plane.MoveAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.UnitID(in.SourceParentID), org.UnitID(in.DestinationParentID))
}

func (a *API) account(m controlplane.Account) Account {
	return Account{
		ID: string(m.ID), ARN: accountARN(m.Organization, m.ID), Email: m.Email, Name: m.Name, State: AccountState(m.State), Status: a.status(m.State),
		Paths: []string{accountPath(m)}, JoinedMethod: AccountJoinedMethod(m.JoinMethod), JoinedTimestamp: m.JoinedAt,
	}
}

// status pairs the old Status with the State that replaces it (User Guide, "Monitor the state of your AWS accounts").
func (a *API) status(s org.AccountState) AccountStatus {
	if a.stateAlone {
		return ""
	}
	switch s {
	case org.AccountActive:
		return AccountStatusActive
	case org.AccountPendingClosure:
		return AccountStatusPendingClosure
	default:
		return AccountStatusSuspended
	}
}
