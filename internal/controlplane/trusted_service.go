package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// TrustedServices is a page of the services that an organization trusts. Next is empty on the last one.
type TrustedServices struct {
	Services []org.TrustedService
	Next     string
}

// TrustService lets a service act in all accounts of the caller's organization. One that is trusted already keeps its date, and is no error. It fails as
// org.CheckAllFeatures does, and with ServiceUnknown.
func (p *Plane) TrustService(ctx context.Context, c org.Caller, service string) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, _, err := p.serviceChange(ctx, tx, c, "organizations:EnableAWSServiceAccess", service)
		if err != nil {
			return err
		}
		if _, err := tx.Trust(ctx, org.TrustedService{OrganizationID: o.ID, Service: service, EnabledAt: p.now()}); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.ServiceTrusted, c, service, nil)
	})
}

// DistrustService ends the trust in a service, and with it the service's delegations and what works through it alone, the root features. It fails as
// org.CheckAllFeatures does, with ServiceUnknown, with ServiceHoldsType while a type of policy is enabled that works through the service, and with
// TrustedAccessOff where ending what is not there is an error.
func (p *Plane) DistrustService(ctx context.Context, c org.Caller, service string) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, _, err := p.serviceChange(ctx, tx, c, "organizations:DisableAWSServiceAccess", service)
		if err != nil {
			return err
		}
		on, err := tx.PolicyTypes(ctx, o.ID)
		if err != nil {
			return err
		}
		for _, t := range o.Rules().PolicyTypesOf(service) {
			if slices.Contains(on, t) {
				return org.Errorf(org.ServiceHoldsType, "policies of the type %s work through %s", t, service)
			}
		}
		err = tx.Distrust(ctx, o.ID, service)
		if err != nil && !(o.Rules().Services.EndsTwice && org.ReasonOf(err) == org.TrustedAccessOff) {
			return err
		}
		if err := p.dropRootFeatures(ctx, tx, o, service); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.ServiceDistrusted, c, service, nil)
	})
}

// ListTrustedServices lists the services that the caller's organization trusts, by name. It fails as org.CheckAllFeatures does.
func (p *Plane) ListTrustedServices(ctx context.Context, c org.Caller, page org.Page) (TrustedServices, error) {
	return view(ctx, p, func(r store.Reader) (TrustedServices, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListAWSServiceAccessForOrganization", page)
		if err != nil {
			return TrustedServices{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return TrustedServices{}, err
		}
		found, next, err := r.TrustedServices(ctx, o.ID, page)
		return TrustedServices{Services: found, Next: cursor(o, next)}, err
	})
}

// ListServices lists the principals of the services that the caller's organization can trust.
func (p *Plane) ListServices(ctx context.Context, c org.Caller) ([]string, error) {
	return view(ctx, p, func(r store.Reader) ([]string, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListServices")
		if err != nil {
			return nil, err
		}
		var out []string
		for _, s := range p.Catalogs.Of(o.Rules()).Services {
			out = append(out, s.Principal)
		}
		return out, nil
	})
}

// serviceChange authorizes a change that names a service, and returns what the rulebook says of it.
func (p *Plane) serviceChange(ctx context.Context, tx store.Tx, c org.Caller, action, service string, about ...aspect) (org.Organization, org.ServiceRule, error) {
	o, err := p.authorizeWrite(ctx, tx, c, management, action, append(about, forService(service))...)
	if err != nil {
		return org.Organization{}, org.ServiceRule{}, err
	}
	if err := org.CheckAllFeatures(o); err != nil {
		return org.Organization{}, org.ServiceRule{}, err
	}
	rule, err := p.serviceOf(ctx, tx, o, service)
	return o, rule, err
}

// serviceOf returns what the catalog says of a service. It fails with ServiceUnknown for one that the organization could not trust, but for one that it
// trusts since another catalog held: what that one let begin has to end.
func (p *Plane) serviceOf(ctx context.Context, r store.Reader, o org.Organization, service string) (org.ServiceRule, error) {
	rule, err := o.Rules().Service(p.Catalogs.Of(o.Rules()), service, p.AnyService)
	if err == nil {
		return rule, nil
	}
	if _, missing := r.TrustedService(ctx, o.ID, service); missing != nil {
		return org.ServiceRule{}, err
	}
	return org.ServiceRule{Principal: service}, nil
}
