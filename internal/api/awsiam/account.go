package awsiam

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type accountAliases struct {
	AccountAliases awsquery.List[string]
	IsTruncated    bool
}

// listAccountAliases lists none: nobody can give an account one here.
func (a *API) listAccountAliases(ctx context.Context, f *awsquery.Form) (any, error) {
	c := identity.Caller(ctx)
	if _, err := a.readPage(c, f, "ListAccountAliases"); err != nil {
		return nil, err
	}
	if err := a.plane.PermitInAccount(ctx, c, "iam:ListAccountAliases"); err != nil {
		return nil, err
	}
	return accountAliases{}, nil
}

// getAccountPasswordPolicy finds none, which says that the account has the cloud's default policy (API Reference, GetAccountPasswordPolicy).
func (a *API) getAccountPasswordPolicy(ctx context.Context, _ *awsquery.Form) (any, error) {
	c := identity.Caller(ctx)
	if err := a.plane.PermitInAccount(ctx, c, "iam:GetAccountPasswordPolicy"); err != nil {
		return nil, err
	}
	return nil, org.Errorf(org.ResourceMissing, "The Password Policy with domain name %s cannot be found.", c.AccountID)
}
