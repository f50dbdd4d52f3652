package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// approve is a member's yes to all features. The service's role is made in its account when it is not there.
func (p *Plane) approve(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	if err := p.permitServiceRole(ctx, tx, c); err != nil {
		return err
	}
	if err := p.giveServiceRole(ctx, tx, m.sender, m.caller.ID); err != nil {
		return err
	}
	return p.settle(ctx, tx, m.h.ParentID)
}

// settle tells a migration that it has one member less to wait for.
func (p *Plane) settle(ctx context.Context, tx store.Tx, migration org.HandshakeID) error {
	h, err := tx.Handshake(ctx, migration)
	if err != nil {
		return err
	}
	if h = h.At(p.now()); h.Ended() {
		return nil
	}
	h.Settle()
	return tx.UpdateHandshake(ctx, h)
}

// completeMigration gives the organization all features. Its members have the service's role by now; the management account gets it here.
func (p *Plane) completeMigration(ctx context.Context, tx store.Tx, o org.Organization) error {
	if err := tx.SetFeatureSet(ctx, o.ID, org.AllFeatures); err != nil {
		return err
	}
	return p.giveServiceRole(ctx, tx, o, o.ManagementID)
}

// forgetMember takes back what a running migration asks of a member that departs: the migration no longer waits for it.
func (p *Plane) forgetMember(ctx context.Context, tx store.Tx, o org.Organization, id org.AccountID) error {
	h, running, err := p.migration(ctx, tx, o)
	if err != nil || !running {
		return err
	}
	asked, agreed := false, false
	w := askedBy(h)
	page := org.Page{Limit: 100}
	for {
		found, next, err := tx.ReceivedHandshakes(ctx, org.Recipients(org.Account{Partition: o.Partition, ID: id}), w, page)
		if err != nil {
			return err
		}
		for _, child := range found {
			asked, agreed = true, agreed || child.State == org.HandshakeAccepted
			if err := p.cancelOpen(ctx, tx, child); err != nil {
				return err
			}
		}
		if page.After = next; next == "" {
			break
		}
	}
	if !asked || agreed {
		return nil
	}
	return p.settle(ctx, tx, h.ID)
}

// cancelHandshakes takes back all of an organization's handshakes of a kind that are open.
func (p *Plane) cancelHandshakes(ctx context.Context, tx store.Tx, o org.Organization, w store.HandshakesWanted) error {
	return p.eachHandshake(ctx, tx, o, w, func(h org.Handshake) error { return p.cancelOpen(ctx, tx, h) })
}

func (p *Plane) cancelOpen(ctx context.Context, tx store.Tx, h org.Handshake) error {
	if as := h.At(p.now()); as.Ended() {
		return nil
	}
	if err := h.Cancel(p.now()); err != nil {
		return err
	}
	return tx.UpdateHandshake(ctx, h)
}

func (p *Plane) eachHandshake(ctx context.Context, r store.Reader, o org.Organization, w store.HandshakesWanted, fn func(org.Handshake) error) error {
	page := org.Page{Limit: 500}
	for {
		found, next, err := r.SentHandshakes(ctx, o.ID, w, page)
		if err != nil {
			return err
		}
		for _, h := range found {
			if err := fn(h); err != nil {
				return err
			}
		}
		if page.After = next; next == "" {
			return nil
		}
	}
}
