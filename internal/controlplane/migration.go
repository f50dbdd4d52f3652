package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// EnableAllFeatures begins the way of the caller's organization to all features and returns the handshake that ends it: members that were
// invited are asked to agree, and members that were created and have lost the service's role to have it made; open invitations are taken back.
// Asked for again, it asks those members again who said no, or who were not asked; it fails with AllFeaturesPending when there are none. It fails
// with AllFeaturesAlready, and with MigrationLimit for too large an organization.
func (p *Plane) EnableAllFeatures(ctx context.Context, c org.Caller) (org.Handshake, error) {
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:EnableAllFeatures")
		if err != nil {
			return org.Handshake{}, err
		}
		if o.FeatureSet == org.AllFeatures {
			return org.Handshake{}, org.Errorf(org.AllFeaturesAlready, "the organization has all features")
		}
		running, again, err := p.migration(ctx, tx, o)
		if err != nil {
			return org.Handshake{}, err
		}
		if again {
			return running, p.askAgain(ctx, tx, c, o, running)
		}
		return p.beginMigration(ctx, tx, c, o)
	})
}

// migration returns the organization's running migration to all features, and false when there is none.
func (p *Plane) migration(ctx context.Context, r store.Reader, o org.Organization) (org.Handshake, bool, error) {
	if o.FeatureSet == org.AllFeatures {
		return org.Handshake{}, false, nil
	}
	var running org.Handshake
	w := p.wanted(HandshakeFilter{Action: org.FeatureMigration})
	// The newest need not be the one that runs: a clock can be moved back.
	err := p.eachHandshake(ctx, r, o, w, func(h org.Handshake) error {
		if h = h.At(w.Now); !h.Ended() {
			running = h
		}
		return nil
	})
	return running, running.ID != "", err
}

// askedBy wants all that a migration asked of members, answers too that are gone from view by now: they hold for as long as it runs.
func askedBy(migration org.Handshake) store.HandshakesWanted {
	return store.HandshakesWanted{Parent: migration.ID, Now: migration.RequestedAt}
}

func (p *Plane) beginMigration(ctx context.Context, tx store.Tx, c org.Caller, o org.Organization) (org.Handshake, error) {
	n, err := tx.CountAccounts(ctx, o.ID, "")
	if err != nil {
		return org.Handshake{}, err
	}
	rules := o.Rules()
	if n > rules.Handshakes.MigrationSize {
		return org.Handshake{}, org.Errorf(org.MigrationLimit, "an organization of more than %d accounts does not go over by itself", rules.Handshakes.MigrationSize)
	}
	from, err := sender(ctx, tx, o)
	if err != nil {
		return org.Handshake{}, err
	}
	if err := p.cancelHandshakes(ctx, tx, o, p.wanted(HandshakeFilter{Action: org.Invitation})); err != nil {
		return org.Handshake{}, err
	}
	asked, err := p.askable(ctx, tx, o)
	if err != nil {
		return org.Handshake{}, err
	}
	h := org.NewMigration(rules, p.Mint.Handshake(rules), from, len(asked), p.now())
	if err := p.send(ctx, tx, o, h, org.FeaturesRequested, c); err != nil {
		return org.Handshake{}, err
	}
	return h, p.ask(ctx, tx, h, asked)
}

func (p *Plane) ask(ctx context.Context, tx store.Tx, h org.Handshake, members []org.Account) error {
	for _, a := range members {
		if err := tx.InsertHandshake(ctx, h.Ask(p.Mint.Handshake(org.RulesOf(h.Partition)), a, p.now())); err != nil {
			return err
		}
	}
	return nil
}

// askable lists the members whose word a migration needs: those that were invited, and those that have lost the service's role. Closed ones
// are not waited for; suspended ones are, who may be reinstated.
func (p *Plane) askable(ctx context.Context, r store.Reader, o org.Organization) ([]org.Account, error) {
	var out []org.Account
	page := org.Page{Limit: 1000}
	for {
		found, next, err := r.Accounts(ctx, o.ID, "", page)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			if a.ID == o.ManagementID || a.State == org.AccountClosed {
				continue
			}
			_, err := r.PrincipalNamed(ctx, a.ID, org.ServiceRole, o.Rules().ServiceRole)
			if err != nil && org.ReasonOf(err) != org.PrincipalMissing {
				return nil, err
			}
			if a.JoinMethod == org.Invited || err != nil {
				out = append(out, a)
			}
		}
		if page.After = next; next == "" {
			return out, nil
		}
	}
}

// askAgain asks the members who neither agreed nor have been asked at the moment.
func (p *Plane) askAgain(ctx context.Context, tx store.Tx, c org.Caller, o org.Organization, h org.Handshake) error {
	members, err := p.askable(ctx, tx, o)
	if err != nil {
		return err
	}
	settled := map[org.AccountID]bool{}
	known := map[org.AccountID]bool{}
	err = p.eachHandshake(ctx, tx, o, askedBy(h), func(child org.Handshake) error {
		known[child.AccountID] = true
		settled[child.AccountID] = settled[child.AccountID] || child.State == org.HandshakeOpen || child.State == org.HandshakeAccepted
		return nil
	})
	if err != nil {
		return err
	}
	var asked []org.Account
	for _, a := range members {
		if known[a.ID] && !settled[a.ID] {
			asked = append(asked, a)
		}
	}
	if len(asked) == 0 {
		return org.Errorf(org.AllFeaturesPending, "the organization is going over to all features already")
	}
	if err := p.record(ctx, tx, o, org.FeaturesRequested, c, string(h.ID), map[string]string{"action": string(h.Action)}); err != nil {
		return err
	}
	return p.ask(ctx, tx, h, asked)
}
