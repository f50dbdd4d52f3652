package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// accountService is the service by which accounts look after themselves and, where it is trusted, an organization after its members.
const accountService = "account.amazonaws.com"

// subject returns the account that a request is about: the caller's own when it names none, else a member of the organization that the caller
// manages, or administers for the account service. It fails with NotPermitted for every other account, whether it exists or not (Account
// Management API Reference, parameter AccountId).
func (p *Plane) subject(ctx context.Context, r store.Reader, c org.Caller, id org.AccountID, action string) (org.Account, error) {
	if id == "" {
		a, err := r.Account(ctx, c.AccountID)
		if err != nil {
			return org.Account{}, instead(err, org.AccountMissing, org.KeyUnknown)
		}
		if a.OrganizationID == "" {
			return a, p.permit(ctx, c, action)
		}
		_, err = p.authorize(ctx, r, c, anyMember, action)
		return a, err
	}
	o, err := p.authorize(ctx, r, c, anyMember, action)
	if err != nil {
		return org.Account{}, instead(err, org.NotInOrganization, org.NotPermitted)
	}
	if err := p.overMembers(ctx, r, o, c); err != nil {
		return org.Account{}, err
	}
	if id == o.ManagementID {
		return org.Account{}, org.Errorf(org.NotPermitted, "the management account can only be managed in its own name, without an account id")
	}
	a, err := member(ctx, r, o, id)
	if org.ReasonOf(err) == org.AccountMissing {
		err = org.Errorf(org.NotPermitted, "the account %s is not a member of the caller's organization", id)
	}
	return a, err
}

// overMembers returns nil when the caller's account may look after the members of its organization.
func (p *Plane) overMembers(ctx context.Context, r store.Reader, o org.Organization, c org.Caller) error {
	if o.FeatureSet != org.AllFeatures {
		return org.Errorf(org.NotPermitted, "members are managed in organizations with all features only")
	}
	trusted, err := p.serviceTrusted(ctx, r, o, accountService)
	if err != nil {
		return err
	}
	if !trusted {
		return org.Errorf(org.NotPermitted, "the organization has no trusted access enabled for %s", accountService)
	}
	if c.AccountID == o.ManagementID {
		return nil
	}
	delegated, err := p.delegatedFor(ctx, r, o, c.AccountID, accountService)
	if err == nil && !delegated {
		err = org.Errorf(org.NotPermitted, "only the management account or a delegated administrator may name a member")
	}
	return err
}

// look reads something of the account that a request is about.
func look[T any](ctx context.Context, p *Plane, c org.Caller, id org.AccountID, action string, fn func(store.Reader, org.Account) (T, error)) (T, error) {
	return view(ctx, p, func(r store.Reader) (T, error) {
		a, err := p.subject(ctx, r, c, id, action)
		if err != nil {
			var zero T
			return zero, err
		}
		return fn(r, a)
	})
}

// alter changes something of the account that a request is about, behind the lock of its organization or its own, and records under
// the name that fn returns, for the organization.
func (p *Plane) alter(ctx context.Context, c org.Caller, id org.AccountID, action string, fn func(store.Tx, org.Account) (org.EventName, map[string]string, error)) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		before, err := p.subject(ctx, tx, c, id, action)
		if err != nil {
			return err
		}
		if _, _, err := p.lockHome(ctx, tx, before); err != nil {
			return err
		}
		a, err := p.subject(ctx, tx, c, id, action)
		if err != nil {
			return err
		}
		name, detail, err := fn(tx, a)
		if err != nil || a.OrganizationID == "" {
			return err
		}
		o, err := tx.Organization(ctx, a.OrganizationID)
		if err != nil {
			return err
		}
		return p.record(ctx, tx, o, name, c, string(a.ID), detail)
	})
}

// GetOwnAccount returns the account that a request is about: the caller's own or, by its id, a member.
func (p *Plane) GetOwnAccount(ctx context.Context, c org.Caller, id org.AccountID) (org.Account, error) {
	return look(ctx, p, c, id, "account:GetAccountInformation", func(_ store.Reader, a org.Account) (org.Account, error) { return a, nil })
}

// RenameAccount gives an account another name. It fails with InvalidAccountName.
func (p *Plane) RenameAccount(ctx context.Context, c org.Caller, id org.AccountID, name string) error {
	return p.alter(ctx, c, id, "account:PutAccountName", func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		if err := org.RulesOf(a.Partition).CheckAccountName(name); err != nil {
			return "", nil, err
		}
		a.Name = name
		return org.AccountRenamed, map[string]string{"name": name}, tx.UpdateAccount(ctx, a)
	})
}

// GetTwin returns the twin of an account in the paired partition. It fails with PairMissing.
func (p *Plane) GetTwin(ctx context.Context, c org.Caller, id org.AccountID) (org.Account, error) {
	return look(ctx, p, c, id, "account:GetGovCloudAccountInformation", func(r store.Reader, a org.Account) (org.Account, error) {
		if a.TwinID == "" {
			return org.Account{}, org.Errorf(org.PairMissing, "the account %s is paired with none", a.ID)
		}
		return r.Account(ctx, a.TwinID)
	})
}
