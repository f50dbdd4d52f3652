package hwrgc

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CreateAccount begins to make an account in a unit of the landing zone.
func (a *API) CreateAccount(ctx context.Context, in CreateAccountRequestObject) (CreateAccountResponseObject, error) {
	b := in.Body
	n, err := a.plane.CreateManagedAccount(ctx, identity.Caller(ctx), org.UnitID(b.ParentOrganizationalUnitID), landing.AccountRequest{
		Name: b.AccountName, Email: b.AccountEmail, Phone: b.Phone, UnitName: b.ParentOrganizationalUnitName, IdentityUser: b.IdentityStoreUserName,
		IdentityEmail: b.IdentityStoreEmail, Blueprint: blueprintIn(b.Blueprint),
	})
	if err != nil {
		return nil, err
	}
	return CreateAccount201JSONResponse{OperationID: string(n.ID)}, nil
}

func blueprintIn(b *Blueprint) landing.Blueprint {
	if b == nil {
		return landing.Blueprint{}
	}
	return landing.Blueprint{
		ProductID: b.BlueprintProductID, Version: b.BlueprintProductVersion, Variables: b.Variables, MultiAccount: is(b.IsBlueprintHasMultiAccountResource, false),
	}
}

// ShowManagedAccount returns an account that the landing zone governs.
func (a *API) ShowManagedAccount(ctx context.Context, in ShowManagedAccountRequestObject) (ShowManagedAccountResponseObject, error) {
	found, err := a.plane.GetManagedAccount(ctx, identity.Caller(ctx), org.AccountID(in.ManagedAccountID))
	if err != nil {
		return nil, err
	}
	return ShowManagedAccount200JSONResponse(account(found)), nil
}

// ShowManagedCoreAccount returns the landing zone's primary, log archive or audit account.
func (a *API) ShowManagedCoreAccount(ctx context.Context, in ShowManagedCoreAccountRequestObject) (ShowManagedCoreAccountResponseObject, error) {
	found, err := a.plane.GetCoreAccount(ctx, identity.Caller(ctx), landing.AccountType(in.Params.AccountType))
	if err != nil {
		return nil, err
	}
	return ShowManagedCoreAccount200JSONResponse{AccountID: string(found.Account.ID), AccountName: found.Account.Name}, nil
}

// ListManagedAccounts lists the accounts that the landing zone governs.
func (a *API) ListManagedAccounts(ctx context.Context, in ListManagedAccountsRequestObject) (ListManagedAccountsResponseObject, error) {
	if err := uncontrolled(in.Params.ControlID); err != nil {
		return nil, err
	}
	rows, info, err := a.accounts(ctx, "ListManagedAccounts", "", in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	return ListManagedAccounts200JSONResponse{ManagedAccounts: rows, PageInfo: info}, nil
}

// ListManagedAccountsForParent lists the accounts directly below a unit that the landing zone governs.
func (a *API) ListManagedAccountsForParent(ctx context.Context, in ListManagedAccountsForParentRequestObject) (ListManagedAccountsForParentResponseObject, error) {
	rows, info, err := a.accounts(ctx, "ListManagedAccountsForParent", in.ManagedOrganizationalUnitID, in.Params.Marker, in.Params.Limit)
	if err != nil {
		return nil, err
	}
	return ListManagedAccountsForParent200JSONResponse{ManagedAccounts: rows, PageInfo: info}, nil
}

func (a *API) accounts(ctx context.Context, operation, parent string, marker *Marker, limit *Limit) ([]ManagedAccount, *PageInfoDto, error) {
	c := identity.Caller(ctx)
	l := a.list(c, operation, parent)
	page, err := l.page(marker, limit)
	if err != nil {
		return nil, nil, err
	}
	found, err := a.plane.ListManagedAccounts(ctx, c, org.UnitID(parent), page)
	if err != nil {
		return nil, nil, err
	}
	rows := hwrest.Each(found.Accounts, account)
	return rows, l.info(len(rows), found.Next), nil
}

func account(a controlplane.ManagedAccount) ManagedAccount {
	m, owner := a.Managed, "CUSTOM"
	if m.MadeHere {
		owner = "RGC"
	}
	return ManagedAccount{
		AccountID: string(m.AccountID), AccountName: a.Account.Name, AccountType: string(m.Type), BlueprintProductID: m.Blueprint.ProductID,
		BlueprintProductVersion: m.Blueprint.Version, BlueprintStatus: m.Blueprint.Status, IsBlueprintHasMultiAccountResource: &m.Blueprint.MultiAccount,
		CreatedAt: new(hwrest.MilliTime(m.CreatedAt)), UpdatedAt: new(hwrest.MilliTime(m.UpdatedAt)), IdentityStoreUserName: m.IdentityUser,
		LandingZoneVersion: landing.Version, ManageAccountID: string(a.Organization.ManagementID), Message: m.Message, Owner: owner,
		ParentOrganizationalUnitID: string(a.Parent.ID), ParentOrganizationalUnitName: a.Parent.Name, State: accountStates[m.State],
		Regions: hwrest.Each(m.Regions, managedRegion),
	}
}

func managedRegion(r landing.Region) RegionManagedList {
	if r.Enabled {
		return RegionManagedList{Region: r.Name, RegionStatus: "available"}
	}
	return RegionManagedList{Region: r.Name, RegionStatus: "unavailable"}
}
