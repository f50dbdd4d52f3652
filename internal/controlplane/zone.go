package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// A Zone is the landing zone of an organization. Refused are the creations of core accounts that failed under its last action.
type Zone struct {
	Organization org.Organization
	landing.Zone
	Refused []org.Creation
}

// CheckLaunch returns nil when the caller's organization may be given a landing zone. It fails with LandingZoneExists and LandingZoneBusy.
func (p *Plane) CheckLaunch(ctx context.Context, c org.Caller) error {
	return p.Store.View(ctx, func(r store.Reader) error {
		o, err := p.authorize(ctx, r, c, management, "rgc:preLaunch:check")
		if err != nil {
			return err
		}
		z, err := zoneOf(ctx, r, o)
		if err != nil {
			return err
		}
		return z.Allow(landing.Create)
	})
}

// SetUpZone accepts an action on the landing zone of the caller's organization: creating, updating or repairing it; the work runs on and is
// watched by GetZone. It fails at once, with nothing changed, as Zone.Allow does, with AccountMissing for a core account that is no
// member, with AccountNotManageable for one that manages the organization, and as NewSetup and Setup.Continue do.
func (p *Plane) SetUpZone(ctx context.Context, c org.Caller, a landing.Action, s landing.Setup) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "rgc:landingZone:setup")
		if err != nil {
			return err
		}
		before, err := zoneOf(ctx, tx, o)
		if err != nil {
			return err
		}
		if err := before.Allow(a); err != nil {
			return err
		}
		next, err := p.begun(ctx, tx, o, before, a, s)
		if err != nil {
			return err
		}
		next.Setup.RequestedBy = c
		if err := forgetCore(ctx, tx, o, before.Setup, next.Setup); err != nil {
			return err
		}
		if err := tx.PutZone(ctx, next); err != nil {
			return err
		}
		if err := p.record(ctx, tx, o, org.LandingZoneRequested, c, string(o.ID), map[string]string{"action": string(a)}); err != nil {
			return err
		}
		return tx.Start(ctx, p.Mint.UUID(), org.SetUpLandingZone, string(o.ID), next.UpdatedAt)
	})
}

// begun checks an action's existences and laws, in this order, and returns the zone with the action under way.
func (p *Plane) begun(ctx context.Context, r store.Reader, o org.Organization, before landing.Zone, a landing.Action, s landing.Setup) (landing.Zone, error) {
	for _, core := range s.CoreAccounts() {
		if core.AccountID == "" {
			continue
		}
		if _, err := member(ctx, r, o, core.AccountID); err != nil {
			return landing.Zone{}, err
		}
		if core.AccountID == o.ManagementID {
			return landing.Zone{}, org.Errorf(org.AccountNotManageable, "the management account %s is no log or audit account", core.AccountID)
		}
	}
	s, err := landing.NewSetup(o.Rules(), s)
	if err != nil {
		return landing.Zone{}, err
	}
	return before.Begin(a, s, o.ID, p.now())
}

// forgetCore makes ordinary members of core accounts that an earlier, failed set-up made and the new one does not name.
func forgetCore(ctx context.Context, tx store.Tx, o org.Organization, before, next landing.Setup) error {
	for _, was := range before.CoreAccounts() {
		if was.AccountID == "" || was.AccountID == next.CoreAccount(was.Type).AccountID {
			continue
		}
		if err := tx.DeleteManagedAccount(ctx, o.ID, was.AccountID); err != nil && org.ReasonOf(err) != org.ManagedAccountMissing {
			return err
		}
	}
	return nil
}

// GetZone returns the landing zone of the caller's organization as it stands, finished or not; a deleted one too. It fails with
// LandingZoneMissing when none was ever asked for. The action is what the caller needs the permission for.
func (p *Plane) GetZone(ctx context.Context, c org.Caller, action string) (Zone, error) {
	return view(ctx, p, func(r store.Reader) (Zone, error) {
		o, err := p.authorize(ctx, r, c, management, action)
		if err != nil {
			return Zone{}, err
		}
		z, err := r.Zone(ctx, o.ID)
		if err != nil {
			return Zone{}, err
		}
		out := Zone{Organization: o, Zone: z}
		if z.Status != landing.Failed {
			return out, nil
		}
		for _, a := range z.Setup.CoreAccounts() {
			n, err := creationOf(ctx, r, o.ID, a.CreationID)
			if err != nil {
				return Zone{}, err
			}
			if n != nil && n.State == org.CreationFailed {
				out.Refused = append(out.Refused, *n)
			}
		}
		return out, nil
	})
}

// zoneOf returns an organization's zone, the zero Zone where there is none.
func zoneOf(ctx context.Context, r store.Reader, o org.Organization) (landing.Zone, error) {
	z, err := r.Zone(ctx, o.ID)
	if org.ReasonOf(err) == org.LandingZoneMissing {
		return landing.Zone{}, nil
	}
	return z, err
}

// creationOf returns a creation, nil for an empty id.
func creationOf(ctx context.Context, r store.Reader, o org.OrganizationID, id org.CreationID) (*org.Creation, error) {
	if id == "" {
		return nil, nil
	}
	n, err := r.Creation(ctx, o, id)
	return &n, err
}

// governed is authorize for reads of what a landing zone governs: it adds Zone.Readable to the checks.
func (p *Plane) governed(ctx context.Context, r store.Reader, c org.Caller, action string) (org.Organization, landing.Zone, error) {
	o, err := p.authorize(ctx, r, c, management, action)
	if err != nil {
		return org.Organization{}, landing.Zone{}, err
	}
	z, err := zoneOf(ctx, r, o)
	if err != nil {
		return org.Organization{}, landing.Zone{}, err
	}
	return o, z, z.Readable()
}

// govern is authorizeWrite for changes of what a landing zone governs: it adds Zone.Writable to the checks.
func (p *Plane) govern(ctx context.Context, tx store.Tx, c org.Caller, action string) (org.Organization, error) {
	o, err := p.authorizeWrite(ctx, tx, c, management, action)
	if err != nil {
		return org.Organization{}, err
	}
	z, err := zoneOf(ctx, tx, o)
	if err != nil {
		return org.Organization{}, err
	}
	return o, z.Writable()
}
