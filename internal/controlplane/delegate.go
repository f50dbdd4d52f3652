package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// delegatedTo reports whether a member is a delegated administrator of any service.
func (p *Plane) delegatedTo(ctx context.Context, r store.Reader, o org.Organization, a org.AccountID) (bool, error) {
	found, _, err := r.Delegations(ctx, o.ID, a, org.Page{Limit: 1})
	return len(found) > 0, err
}

// delegatedFor reports whether a member is a delegated administrator of a service.
func (p *Plane) delegatedFor(ctx context.Context, r store.Reader, o org.Organization, a org.AccountID, service string) (bool, error) {
	_, err := r.Delegation(ctx, o.ID, a, service)
	return had(err, org.DelegationMissing)
}

// serviceTrusted reports whether an organization trusts a service.
func (p *Plane) serviceTrusted(ctx context.Context, r store.Reader, o org.Organization, service string) (bool, error) {
	_, err := r.TrustedService(ctx, o.ID, service)
	return had(err, org.TrustedAccessOff)
}

// had turns the error of a get into whether there was something to get.
func had(err error, missing org.Reason) (bool, error) {
	if org.ReasonOf(err) == missing {
		return false, nil
	}
	return err == nil, err
}

// dropDelegations ends all delegations of a member that departs.
func (p *Plane) dropDelegations(ctx context.Context, tx store.Tx, o org.Organization, a org.AccountID) error {
	return tx.DropDelegations(ctx, o.ID, a)
}

// A Delegate is a member that administers services for its organization.
type Delegate struct {
	Organization org.Organization
	org.Account
	EnabledAt time.Time // of its delegation, or of the oldest
}

// Delegates is a page of delegates. Next is empty on the last one.
type Delegates struct {
	Delegates []Delegate
	Next      string
}

// Delegations is a page of what is delegated to one member. Next is empty on the last one.
type Delegations struct {
	Delegations []org.Delegation
	Next        string
}

// RegisterDelegate makes a member the administrator of a service. It fails as org.CheckAllFeatures does, with ServiceUnknown also for a service that members do not
// administer, with AccountMissing, as org.CheckDelegate does, with TrustedAccessOff, DelegationExists, and as CheckDelegates does.
func (p *Plane) RegisterDelegate(ctx context.Context, c org.Caller, id org.AccountID, service string) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, rule, err := p.serviceChange(ctx, tx, c, "organizations:RegisterDelegatedAdministrator", service, onAccount(id))
		if err != nil {
			return err
		}
		if !rule.Delegates {
			return org.Errorf(org.ServiceUnknown, "members do not administer %s", service)
		}
		a, err := member(ctx, tx, o, id)
		if err != nil {
			return err
		}
		if err := org.CheckDelegate(o, a); err != nil {
			return err
		}
		if _, err := tx.TrustedService(ctx, o.ID, service); err != nil {
			return err
		}
		if err := p.appoint(ctx, tx, o, rule, id); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.DelegateRegistered, c, string(id), map[string]string{"service": service})
	})
}

func (p *Plane) appoint(ctx context.Context, tx store.Tx, o org.Organization, rule org.ServiceRule, id org.AccountID) error {
	n, err := tx.CountDelegates(ctx, o.ID, rule.Principal)
	if err != nil {
		return err
	}
	// The insert finds a delegation that exists, which is told before a number that is reached: the transaction goes with the error.
	err = tx.InsertDelegation(ctx, org.Delegation{OrganizationID: o.ID, AccountID: id, Service: rule.Principal, EnabledAt: p.now()})
	if err != nil {
		return err
	}
	return rule.CheckDelegates(n)
}

// DeregisterDelegate ends a delegation. It fails as org.CheckAllFeatures does, with ServiceUnknown, AccountMissing, DelegateIsManagement, and DelegationMissing.
func (p *Plane) DeregisterDelegate(ctx context.Context, c org.Caller, id org.AccountID, service string) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, _, err := p.serviceChange(ctx, tx, c, "organizations:DeregisterDelegatedAdministrator", service, onAccount(id))
		if err != nil {
			return err
		}
		if _, err := member(ctx, tx, o, id); err != nil {
			return err
		}
		if id == o.ManagementID {
			return org.Errorf(org.DelegateIsManagement, "the management account is no delegated administrator")
		}
		if err := tx.DeleteDelegation(ctx, o.ID, id, service); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.DelegateDeregistered, c, string(id), map[string]string{"service": service})
	})
}

// ListDelegates lists the members that administer a service, or any when it is empty, by account. It fails as org.CheckAllFeatures
// does, and with ServiceUnknown.
func (p *Plane) ListDelegates(ctx context.Context, c org.Caller, service string, page org.Page) (Delegates, error) {
	return view(ctx, p, func(r store.Reader) (Delegates, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListDelegatedAdministrators", page, forService(service))
		if err != nil {
			return Delegates{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return Delegates{}, err
		}
		if service != "" {
			if _, err := p.serviceOf(ctx, r, o, service); err != nil {
				return Delegates{}, err
			}
		}
		found, next, err := r.Delegates(ctx, o.ID, service, page)
		if err != nil {
			return Delegates{}, err
		}
		out := Delegates{Next: cursor(o, next)}
		for _, d := range found {
			a, err := r.Account(ctx, d.AccountID)
			if err != nil {
				return Delegates{}, err
			}
			out.Delegates = append(out.Delegates, Delegate{Organization: o, Account: a, EnabledAt: d.EnabledAt})
		}
		return out, nil
	})
}

// ListDelegations lists the services that a member administers, by name. It fails as org.CheckAllFeatures does, with AccountMissing, and with
// DelegationMissing for a member that administers none.
func (p *Plane) ListDelegations(ctx context.Context, c org.Caller, id org.AccountID, page org.Page) (Delegations, error) {
	return view(ctx, p, func(r store.Reader) (Delegations, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListDelegatedServicesForAccount", page, onAccount(id))
		if err != nil {
			return Delegations{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return Delegations{}, err
		}
		if _, err := member(ctx, r, o, id); err != nil {
			return Delegations{}, err
		}
		administers, err := p.delegatedTo(ctx, r, o, id)
		if err != nil {
			return Delegations{}, err
		}
		if !administers {
			return Delegations{}, org.Errorf(org.DelegationMissing, "the account %s administers no service", id)
		}
		found, next, err := r.Delegations(ctx, o.ID, id, page)
		return Delegations{Delegations: found, Next: cursor(o, next)}, err
	})
}
