package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// who says which accounts of an organization may ask for a deed.
type who int

const (
	anyMember            who = iota
	managementOrDelegate     // reads of the organization
	management               // changes of it
)

// authorize returns the caller's organization when the caller may ask for the action there. The checks come in the order that clients
// rely on: an account that exists (KeyUnknown), in an organization at all (NotInOrganization), the account's part in it (ManagementOnly, DelegateOnly), the principal's own
// permission (NotPermitted).
func (p *Plane) authorize(ctx context.Context, r store.Reader, c org.Caller, w who, action string) (org.Organization, error) {
	a, err := memberCaller(ctx, r, c)
	if err != nil {
		return org.Organization{}, err
	}
	o, err := r.Organization(ctx, a.OrganizationID)
	if err != nil {
		return org.Organization{}, err
	}
	return o, p.allowed(ctx, o, a, c, w, action)
}

// authorizeWrite is authorize for a change. It locks the caller's organization and looks at the caller again behind the lock, so that what it
// saw still holds when the transaction commits.
func (p *Plane) authorizeWrite(ctx context.Context, tx store.Tx, c org.Caller, w who, action string) (org.Organization, error) {
	before, err := memberCaller(ctx, tx, c)
	if err != nil {
		return org.Organization{}, err
	}
	o, err := tx.LockOrganization(ctx, before.OrganizationID)
	if err != nil {
		return org.Organization{}, instead(err, org.OrganizationMissing, org.NotInOrganization)
	}
	a, err := memberCaller(ctx, tx, c)
	if err != nil {
		return org.Organization{}, err
	}
	if a.OrganizationID != o.ID {
		return org.Organization{}, org.Errorf(org.ConcurrentModification, "the account %s changed its organization", a.ID)
	}
	return o, p.allowed(ctx, o, a, c, w, action)
}

func memberCaller(ctx context.Context, r store.Reader, c org.Caller) (org.Account, error) {
	a, err := r.Account(ctx, c.AccountID)
	if err != nil {
		return org.Account{}, instead(err, org.AccountMissing, org.KeyUnknown)
	}
	if a.OrganizationID == "" {
		return org.Account{}, org.Errorf(org.NotInOrganization, "the account %s is a member of no organization", a.ID)
	}
	return a, nil
}

func (p *Plane) allowed(ctx context.Context, o org.Organization, a org.Account, c org.Caller, w who, action string) error {
	if w == management && o.ManagementID != a.ID {
		return org.Errorf(org.ManagementOnly, "only the management account may do this")
	}
	if w == managementOrDelegate && o.ManagementID != a.ID {
		return org.Errorf(org.DelegateOnly, "only the management account or a delegated administrator may do this")
	}
	return p.permit(ctx, c, action)
}

// permit decides by the principal's own rights. A principal either administers its account or may do nothing in it.
func (p *Plane) permit(ctx context.Context, c org.Caller, action string) error {
	if c.Admin || c.Kind == org.RootUser {
		return nil
	}
	if p.Denied != nil {
		p.Denied(ctx, c, action)
		return nil
	}
	return org.Errorf(org.NotPermitted, "no identity-based policy allows the action %s", action)
}
