package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A DryRun says whether an organization tries policies of a type out. It is Underway until it is fully on or off.
type DryRun struct {
	Organization org.Organization
	org.DryRun
	Underway bool
}

// GetDryRun returns the dry run of a type, one that is off and as old as the organization when nobody ever changed it. It fails with
// PolicyTypeUnavailable and RootMissing.
func (p *Plane) GetDryRun(ctx context.Context, c org.Caller, root org.UnitID, t org.PolicyType) (DryRun, error) {
	return view(ctx, p, func(r store.Reader) (DryRun, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:GetDryRunConfig", onUnit(root), ofType(t))
		if err != nil {
			return DryRun{}, err
		}
		d, err := dryRunOf(ctx, r, o, root, t)
		if d.CreatedAt.IsZero() {
			d.CreatedAt, d.UpdatedAt = o.CreatedAt, o.CreatedAt
		}
		return p.dryRun(o, d), err
	})
}

// UpdateDryRun changes the dry run of a type. Nothing becomes of its policies and where they are attached when it is turned off. It fails with
// PolicyTypeUnavailable, RootMissing, as org.DryRun.Change does, with InputMalformed for an agency that the management account does not have, and with
// ConcurrentModification where it would turn round what is underway.
func (p *Plane) UpdateDryRun(ctx context.Context, c org.Caller, root org.UnitID, t org.PolicyType, change org.DryRunChange) (DryRun, error) {
	return update(ctx, p, func(tx store.Tx) (DryRun, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:UpdateDryRunConfig", onUnit(root), ofType(t))
		if err != nil {
			return DryRun{}, err
		}
		if err := p.permit(ctx, c, "iam:agencies:pass"); err != nil {
			return DryRun{}, err
		}
		old, err := dryRunOf(ctx, tx, o, root, t)
		if err != nil {
			return DryRun{}, err
		}
		changed, err := old.Change(change, p.now())
		if err != nil {
			return DryRun{}, err
		}
		if p.underway(o, old) && changed.On != old.On {
			return DryRun{}, org.Errorf(org.ConcurrentModification, "the dry run is still being switched")
		}
		if err := p.checkAgency(ctx, tx, o, changed); err != nil {
			return DryRun{}, err
		}
		if err := tx.PutDryRun(ctx, changed); err != nil {
			return DryRun{}, err
		}
		state := "disabled"
		if changed.On {
			state = "enabled"
		}
		err = p.record(ctx, tx, o, org.DryRunChanged, c, string(root), map[string]string{
			"policyType": string(t), "dryRun": state, "bucket": changed.Bucket, "prefix": changed.Prefix, "region": changed.Region,
			"agency": changed.Agency,
		})
		return p.dryRun(o, changed), err
	})
}

func (p *Plane) dryRun(o org.Organization, d org.DryRun) DryRun {
	return DryRun{Organization: o, DryRun: d, Underway: p.underway(o, d)}
}

// underway reports whether a dry run is still being switched, which takes as long as it does of a type in force.
func (p *Plane) underway(o org.Organization, d org.DryRun) bool {
	return p.Realistic && o.Rules().Switching(d.SwitchedAt, p.now())
}

func dryRunOf(ctx context.Context, r store.Reader, o org.Organization, root org.UnitID, t org.PolicyType) (org.DryRun, error) {
	if _, err := o.PolicyRule(t.OnTrial()); err != nil {
		return org.DryRun{}, err
	}
	if root != o.RootID {
		return org.DryRun{}, org.Errorf(org.RootMissing, "there is no root %s", root)
	}
	return r.DryRun(ctx, o.ID, t.OnTrial())
}

// checkAgency looks for the agency of a dry run that is on among those of the management account. A lenient plane, where agencies that do not exist are
// assumed, takes any.
func (p *Plane) checkAgency(ctx context.Context, r store.Reader, o org.Organization, d org.DryRun) error {
	if !d.On || p.Lenient {
		return nil
	}
	for _, kind := range []org.PrincipalKind{org.Role, org.ServiceRole} {
		_, err := r.PrincipalNamed(ctx, o.ManagementID, kind, d.Agency)
		if there, err := had(err, org.PrincipalMissing); there || err != nil {
			return err
		}
	}
	return org.Errorf(org.InputMalformed, "the management account has no agency %s", d.Agency)
}
