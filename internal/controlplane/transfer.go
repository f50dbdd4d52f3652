package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Transfer is a transfer of responsibility as one of its sides sees it.
type Transfer struct {
	Viewer  org.Organization
	Inbound bool // the viewer takes the responsibility over
	org.Transfer
}

// Transfers is a page of transfers. Next is empty on the last one.
type Transfers struct {
	Transfers []Transfer
	Next      string
}

func (p *Plane) asSeen(o org.Organization, t org.Transfer) Transfer {
	return Transfer{Viewer: o, Inbound: t.Target.OrganizationID == o.ID, Transfer: t.At(p.now())}
}

// transfers is authorize for a deed about transfers, which not every partition has.
func (p *Plane) transfers(c org.Caller) error {
	if !org.RulesOf(c.Partition).Handshakes.Transfers {
		return org.Errorf(org.NotInPartition, "responsibilities are not transferred in the partition %s", c.Partition)
	}
	return nil
}

// OfferTransfer offers to take over a responsibility of another organization, whose management account the offer names. It fails with
// NotInPartition, TransferNotSource when the target manages no organization, as NewTransfer does, with TagPolicyBroken, with HandshakeExists and
// TransferExists between the same two, and with InboundTransferLimit, OutboundTransferLimit, TransferLevelLimit and TransferTotalLimit.
func (p *Plane) OfferTransfer(ctx context.Context, c org.Caller, q org.TransferOffer) (org.Handshake, error) {
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:InviteOrganizationToTransferResponsibility")
		if err != nil {
			return org.Handshake{}, err
		}
		if err := p.transfers(c); err != nil {
			return org.Handshake{}, err
		}
		from, err := sender(ctx, tx, o)
		if err != nil {
			return org.Handshake{}, err
		}
		source, err := p.sourceOf(ctx, tx, o, q.To)
		if err != nil {
			return org.Handshake{}, err
		}
		t, h, err := org.NewTransfer(o.Rules(), p.Mint.Transfer(), p.Mint.Handshake(o.Rules()), from, source, q, p.now())
		if err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkTagPolicy(ctx, tx, o, org.TransferThing, q.Tags); err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkManagement(ctx, tx, o, org.TakingBill); err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkOffer(ctx, tx, t); err != nil {
			return org.Handshake{}, err
		}
		if err := tx.InsertTransfer(ctx, t); err != nil {
			return org.Handshake{}, err
		}
		if err := tx.PutTags(ctx, o.ID, org.Resource(t.ID), q.Tags); err != nil {
			return org.Handshake{}, err
		}
		return h, p.send(ctx, tx, o, h, org.TransferOffered, c)
	})
}

// sourceOf returns the organization that an offer is made to. A party of a wrong form is left to the laws of the offer.
func (p *Plane) sourceOf(ctx context.Context, r store.Reader, o org.Organization, to org.Party) (org.Side, error) {
	if err := o.Rules().CheckParty(to); err != nil {
		return org.Side{}, err
	}
	a, err := whois(ctx, r, o.Partition, to)
	if err != nil {
		return org.Side{}, err
	}
	if a.OrganizationID != "" {
		other, err := r.Organization(ctx, a.OrganizationID)
		if err != nil {
			return org.Side{}, err
		}
		if other.ManagementID == a.ID {
			return org.SideOf(other, a), nil
		}
	}
	return org.Side{}, org.Errorf(org.TransferNotSource, "the target is not the management account of an organization")
}

// GetTransfer returns a transfer of the caller's organization, in either direction. It fails with TransferMissing.
func (p *Plane) GetTransfer(ctx context.Context, c org.Caller, id org.TransferID) (Transfer, error) {
	return view(ctx, p, func(r store.Reader) (Transfer, error) {
		o, err := p.authorize(ctx, r, c, management, "organizations:DescribeResponsibilityTransfer")
		if err != nil {
			return Transfer{}, err
		}
		if err := p.transfers(c); err != nil {
			return Transfer{}, err
		}
		t, err := ownTransfer(ctx, r, o, id)
		return p.asSeen(o, t), err
	})
}

func ownTransfer(ctx context.Context, r store.Reader, o org.Organization, id org.TransferID) (org.Transfer, error) {
	t, err := r.Transfer(ctx, id)
	if err != nil {
		return org.Transfer{}, err
	}
	if t.Source.OrganizationID != o.ID && t.Target.OrganizationID != o.ID {
		return org.Transfer{}, org.Errorf(org.TransferMissing, "there is no transfer %s", id)
	}
	return t, nil
}

// offered fails with TransferMissing unless the organization offered the transfer: the tags are its own.
func offered(ctx context.Context, r store.Reader, o org.Organization, id org.TransferID) error {
	t, err := r.Transfer(ctx, id)
	if err == nil && t.Target.OrganizationID != o.ID {
		return org.Errorf(org.TransferMissing, "there is no transfer %s", id)
	}
	return err
}

// RenameTransfer changes the name of a transfer, which is the target's. It fails with TransferMissing, and with TransferRefused for the source and
// for a transfer that came to nothing.
func (p *Plane) RenameTransfer(ctx context.Context, c org.Caller, id org.TransferID, name string) (Transfer, error) {
	return update(ctx, p, func(tx store.Tx) (Transfer, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:UpdateResponsibilityTransfer")
		if err != nil {
			return Transfer{}, err
		}
		if err := p.transfers(c); err != nil {
			return Transfer{}, err
		}
		t, err := ownTransfer(ctx, tx, o, id)
		if err != nil {
			return Transfer{}, err
		}
		if t.Target.OrganizationID != o.ID {
			return Transfer{}, org.Errorf(org.TransferRefused, "a transfer is named by the organization that takes over")
		}
		if err := t.Rename(name, p.now()); err != nil {
			return Transfer{}, err
		}
		if err := tx.UpdateTransfer(ctx, t); err != nil {
			return Transfer{}, err
		}
		return p.asSeen(o, t), p.record(ctx, tx, o, org.TransferRenamed, c, string(id), nil)
	})
}

// EndTransfer withdraws a transfer in force; either side may. It fails with TransferMissing and as Transfer.Withdraw does.
func (p *Plane) EndTransfer(ctx context.Context, c org.Caller, id org.TransferID, end time.Time) (Transfer, error) {
	return update(ctx, p, func(tx store.Tx) (Transfer, error) {
		before, err := p.authorize(ctx, tx, c, management, "organizations:TerminateResponsibilityTransfer")
		if err != nil {
			return Transfer{}, err
		}
		if err := p.transfers(c); err != nil {
			return Transfer{}, err
		}
		t, err := ownTransfer(ctx, tx, before, id)
		if err != nil {
			return Transfer{}, err
		}
		// The source of one that came to nothing may be gone, and could not be locked.
		if err := t.Withdraw(end, p.now()); err != nil {
			return Transfer{}, err
		}
		locked, err := p.lockAll(ctx, tx, t.Source.OrganizationID, t.Target.OrganizationID)
		if err != nil {
			return Transfer{}, instead(err, org.OrganizationMissing, org.TransferMissing)
		}
		o, err := p.authorize(ctx, tx, c, management, "organizations:TerminateResponsibilityTransfer")
		if err != nil {
			return Transfer{}, err
		}
		if t, err = ownTransfer(ctx, tx, o, id); err != nil {
			return Transfer{}, err
		}
		if err := t.Withdraw(end, p.now()); err != nil {
			return Transfer{}, err
		}
		if err := tx.UpdateTransfer(ctx, t); err != nil {
			return Transfer{}, err
		}
		return p.asSeen(o, t), p.recordBoth(ctx, tx, locked, t, org.TransferEnded, c, string(id), map[string]string{"endsAt": t.EndsAt.Format(time.RFC3339Nano)})
	})
}

// recordBoth writes an event into the feeds of both sides.
func (p *Plane) recordBoth(ctx context.Context, tx store.Tx, sides map[org.OrganizationID]org.Organization, t org.Transfer, e org.EventName, by org.Caller, subject string, detail map[string]string) error {
	for _, id := range []org.OrganizationID{t.Source.OrganizationID, t.Target.OrganizationID} {
		if err := p.record(ctx, tx, sides[id], e, by, subject, detail); err != nil {
			return err
		}
	}
	return nil
}
