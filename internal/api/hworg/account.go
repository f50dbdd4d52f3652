package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// mostWithContact is the largest page of accounts that are listed with their contact data (API Reference, ListAccounts).
const mostWithContact = 200

// ShowAccount returns a member.
func (a *API) ShowAccount(ctx context.Context, in ShowAccountRequestObject) (ShowAccountResponseObject, error) {
	found, err := a.plane.GetAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
	if err != nil {
		return nil, err
	}
	return ShowAccount200JSONResponse{Account: account(found, is(in.Params.WithRegisterContactInfo))}, nil
}

// ListAccounts lists the members directly below parent_id, or all.
func (a *API) ListAccounts(ctx context.Context, in ListAccountsRequestObject) (ListAccountsResponseObject, error) {
	q, c, contact := in.Params, identity.Caller(ctx), is(in.Params.WithRegisterContactInfo)
	if contact && hwrest.Limit(q.Limit) > mostWithContact {
		return nil, org.Errorf(org.InputTooLarge, "The limit is at most %d with with_register_contact_info.", mostWithContact)
	}
	l := a.list(c, "ListAccounts", hwrest.Text(q.ParentID))
	page, err := l.page(q.Marker, q.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListAccounts(ctx, c, org.UnitID(hwrest.Text(q.ParentID)), page)
	if err != nil {
		return nil, err
	}
	rows := hwrest.Each(found.Accounts, func(a controlplane.Account) AccountDto { return account(a, contact) })
	return ListAccounts200JSONResponse{Accounts: rows, PageInfo: l.info(len(rows), found.Next)}, nil
}

// MoveAccount moves a member to another parent.
func (a *API) MoveAccount(ctx context.Context, in MoveAccountRequestObject) (MoveAccountResponseObject, error) {
	from, to := org.UnitID(in.Body.SourceParentID), org.UnitID(in.Body.DestinationParentID)
	return MoveAccount200Response{}, a.plane.MoveAccount(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), from, to)
}

// UpdateAccount gives a member another description: none for an empty text, the same for null.
func (a *API) UpdateAccount(ctx context.Context, in UpdateAccountRequestObject) (UpdateAccountResponseObject, error) {
	found, err := a.plane.SetDescription(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.Body.Description)
	if err != nil {
		return nil, err
	}
	return UpdateAccount200JSONResponse{Account: account(found, false)}, nil
}

func account(a controlplane.Account, contact bool) AccountDto {
	out := AccountDto{
		ID: string(a.ID), URN: urn(a.Organization, "account", string(a.ID)), Name: a.Name, Description: optional(a.Description),
		JoinMethod: joinMethod(a.JoinMethod), JoinedAt: hwrest.Time(a.JoinedAt), Status: status(a.State),
	}
	if contact {
		out.Email, out.MobilePhone = optional(a.Email), optional(a.Phone)
	}
	return out
}

func joinMethod(m org.JoinMethod) JoinMethod {
	if m == org.Created {
		return JoinMethodCreated
	}
	return JoinMethodInvited
}

func status(s org.AccountState) AccountStatus {
	switch s {
	case org.AccountActive:
		return AccountStatusActive
	case org.AccountPendingClosure:
		return AccountStatusPendingClosure
	default:
		return AccountStatusSuspended
	}
}
