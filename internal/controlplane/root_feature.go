package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// RootFeatures are what an organization turned on of centralized root access, by name.
type RootFeatures struct {
	OrganizationID org.OrganizationID
	Enabled        []org.RootFeature
}

// ListRootFeatures returns what is on in the caller's organization. It fails as overRoots does.
func (p *Plane) ListRootFeatures(ctx context.Context, c org.Caller) (RootFeatures, error) {
	return view(ctx, p, func(r store.Reader) (RootFeatures, error) {
		o, err := p.authorize(ctx, r, c, anyMember, "iam:ListOrganizationsFeatures")
		if err != nil {
			return RootFeatures{}, err
		}
		if err := p.overRoots(ctx, r, o, c); err != nil {
			return RootFeatures{}, err
		}
		return rootFeatures(ctx, r, o)
	})
}

// EnableRootFeature turns a feature on, and returns what is on then; one that is on stays so. It fails as overRoots does, and with ManagementOnly for a delegated
// administrator.
func (p *Plane) EnableRootFeature(ctx context.Context, c org.Caller, f org.RootFeature) (RootFeatures, error) {
	return p.switchRoots(ctx, c, "iam:EnableOrganizations", f, func(tx store.Tx, o org.Organization) (org.EventName, error) {
		if c.AccountID != o.ManagementID {
			return "", org.Errorf(org.ManagementOnly, "only the management account may do this")
		}
		return org.RootFeatureEnabled, tx.EnableRootFeature(ctx, o.ID, f)
	})
}

// DisableRootFeature turns a feature off, and returns what is on then; one that is off stays so. It fails as overRoots does.
func (p *Plane) DisableRootFeature(ctx context.Context, c org.Caller, f org.RootFeature) (RootFeatures, error) {
	return p.switchRoots(ctx, c, "iam:DisableOrganizations", f, func(tx store.Tx, o org.Organization) (org.EventName, error) {
		return org.RootFeatureDisabled, tx.DisableRootFeature(ctx, o.ID, f)
	})
}

func (p *Plane) switchRoots(ctx context.Context, c org.Caller, verb string, f org.RootFeature, deed func(store.Tx, org.Organization) (org.EventName, error)) (RootFeatures, error) {
	return update(ctx, p, func(tx store.Tx) (RootFeatures, error) {
		o, err := p.authorizeWrite(ctx, tx, c, anyMember, verb+string(f))
		if err != nil {
			return RootFeatures{}, err
		}
		if err := p.overRoots(ctx, tx, o, c); err != nil {
			return RootFeatures{}, err
		}
		name, err := deed(tx, o)
		if err != nil {
			return RootFeatures{}, err
		}
		if err := p.record(ctx, tx, o, name, c, string(o.ID), map[string]string{"feature": string(f)}); err != nil {
			return RootFeatures{}, err
		}
		return rootFeatures(ctx, tx, o)
	})
}

func rootFeatures(ctx context.Context, r store.Reader, o org.Organization) (RootFeatures, error) {
	on, err := r.RootFeatures(ctx, o.ID)
	return RootFeatures{OrganizationID: o.ID, Enabled: on}, err
}

// overRoots returns nil when the caller's account may look after the root users of its organization's members. It fails with DelegateOnly for members that do not administer
// org.RootAccessService, as org.CheckAllFeatures does, and with TrustedAccessOff.
func (p *Plane) overRoots(ctx context.Context, r store.Reader, o org.Organization, c org.Caller) error {
	if c.AccountID != o.ManagementID {
		delegated, err := p.delegatedFor(ctx, r, o, c.AccountID, org.RootAccessService)
		if err == nil && !delegated {
			err = org.Errorf(org.DelegateOnly, "only the management account or a delegated administrator of %s may do this", org.RootAccessService)
		}
		if err != nil {
			return err
		}
	}
	if err := org.CheckAllFeatures(o); err != nil {
		return err
	}
	_, err := r.TrustedService(ctx, o.ID, org.RootAccessService)
	return err
}

// dropRootFeatures turns all features off with the trust in the service that they work through.
func (p *Plane) dropRootFeatures(ctx context.Context, tx store.Tx, o org.Organization, service string) error {
	if service != org.RootAccessService {
		return nil
	}
	on, err := tx.RootFeatures(ctx, o.ID)
	for _, f := range on {
		if err := tx.DisableRootFeature(ctx, o.ID, f); err != nil {
			return err
		}
	}
	return err
}

// hasRootFeature returns nil when a feature is on, and else AssumeNotPermitted.
func hasRootFeature(ctx context.Context, r store.Reader, o org.Organization, f org.RootFeature) error {
	on, err := r.RootFeatures(ctx, o.ID)
	if err == nil && !slices.Contains(on, f) {
		err = org.Errorf(org.AssumeNotPermitted, "the feature %s is not enabled", f)
	}
	return err
}
