package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// The lists of this file are ordered by names, which are the ids of their places.

func trustedService(r query.TrustedService) org.TrustedService {
	return org.TrustedService{OrganizationID: org.OrganizationID(r.OrganizationID), Service: r.Service, EnabledAt: moment(r.EnabledAt)}
}

func delegation(r query.Delegation) org.Delegation {
	return org.Delegation{
		OrganizationID: org.OrganizationID(r.OrganizationID), AccountID: org.AccountID(r.AccountID), Service: r.Service, EnabledAt: moment(r.EnabledAt),
	}
}

func (r *reader) TrustedService(ctx context.Context, o org.OrganizationID, service string) (org.TrustedService, error) {
	row, err := r.db.GetTrustedService(ctx, string(o), service)
	if err != nil {
		return org.TrustedService{}, r.got(err, org.TrustedAccessOff, "trusted access for", service)
	}
	return trustedService(row), nil
}

func (r *reader) TrustedServices(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.TrustedService, string, error) {
	after, err := placeOf(p.After, place{})
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListTrustedServices(ctx, string(o), after.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list trusted services of", o)
	}
	return paged(rows, p, plain(trustedService), func(r query.TrustedService) place { return place{id: r.Service} })
}

func (r *reader) Delegation(ctx context.Context, o org.OrganizationID, a org.AccountID, service string) (org.Delegation, error) {
	row, err := r.db.GetDelegation(ctx, string(o), string(a), service)
	if err != nil {
		return org.Delegation{}, r.got(err, org.DelegationMissing, "delegation to", a)
	}
	return delegation(row), nil
}

func (r *reader) Delegates(ctx context.Context, o org.OrganizationID, service string, p org.Page) ([]org.Delegation, string, error) {
	after, err := placeOf(p.After, place{})
	if err != nil {
		return nil, "", err
	}
	byAccount := func(r query.Delegation) place { return place{id: r.AccountID} }
	if service != "" {
		rows, err := r.db.ListDelegatesOfService(ctx, string(o), service, after.id, ask(p))
		if err != nil {
			return nil, "", r.fault(err, "list delegates of", o)
		}
		return paged(rows, p, plain(delegation), byAccount)
	}
	found, err := r.db.ListDelegates(ctx, string(o), after.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list delegates of", o)
	}
	rows := make([]query.Delegation, len(found))
	for i, f := range found {
		rows[i] = query.Delegation{OrganizationID: string(o), AccountID: f.AccountID, EnabledAt: f.EnabledAt}
	}
	return paged(rows, p, plain(delegation), byAccount)
}

func (r *reader) CountDelegates(ctx context.Context, o org.OrganizationID, service string) (int, error) {
	n, err := r.db.CountDelegates(ctx, string(o), service)
	return int(n), r.fault(err, "count delegates of", o)
}

func (r *reader) Delegations(ctx context.Context, o org.OrganizationID, a org.AccountID, p org.Page) ([]org.Delegation, string, error) {
	after, err := placeOf(p.After, place{})
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListDelegations(ctx, string(o), string(a), after.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list delegations of", a)
	}
	return paged(rows, p, plain(delegation), func(r query.Delegation) place { return place{id: r.Service} })
}

func (t *tx) Trust(ctx context.Context, s org.TrustedService) (bool, error) {
	n, err := t.db.InsertTrustedService(ctx, string(s.OrganizationID), s.Service, micros(s.EnabledAt))
	return n > 0, t.fault(err, "trust", s.Service)
}

func (t *tx) Distrust(ctx context.Context, o org.OrganizationID, service string) error {
	n, err := t.db.DeleteTrustedService(ctx, string(o), service)
	if err := t.hit(n, err, org.TrustedAccessOff, "trusted access for", service); err != nil {
		return err
	}
	return t.fault(t.db.DeleteDelegationsOfService(ctx, string(o), service), "delete delegations of", service)
}

func (t *tx) InsertDelegation(ctx context.Context, d org.Delegation) error {
	n, err := t.db.InsertDelegation(ctx, string(d.OrganizationID), string(d.AccountID), d.Service, micros(d.EnabledAt))
	return t.fresh(n, err, org.DelegationExists, "delegation to", d.AccountID)
}

func (t *tx) DeleteDelegation(ctx context.Context, o org.OrganizationID, a org.AccountID, service string) error {
	n, err := t.db.DeleteDelegation(ctx, string(o), string(a), service)
	return t.hit(n, err, org.DelegationMissing, "delegation to", a)
}

func (t *tx) DropDelegations(ctx context.Context, o org.OrganizationID, a org.AccountID) error {
	return t.fault(t.db.DeleteDelegationsOfAccount(ctx, string(o), string(a)), "delete delegations of", a)
}
