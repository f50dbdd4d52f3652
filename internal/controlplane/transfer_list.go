package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListInboundTransfers lists the transfers to the caller's organization, offers included, newest first. With an id it lists those to the source
// of that transfer instead, one level down the chain. It fails with TransferMissing when that is none of the caller's inbound ones.
func (p *Plane) ListInboundTransfers(ctx context.Context, c org.Caller, of org.TransferID, page org.Page) (Transfers, error) {
	return view(ctx, p, func(r store.Reader) (Transfers, error) {
		o, page, err := p.authorizeList(ctx, r, c, management, "organizations:ListInboundResponsibilityTransfers", page)
		if err != nil {
			return Transfers{}, err
		}
		if err := p.transfers(c); err != nil {
			return Transfers{}, err
		}
		into := o
		if of != "" {
			if into, err = p.sourceBelow(ctx, r, o, of); err != nil {
				return Transfers{}, err
			}
		}
		found, next, err := r.InboundTransfers(ctx, into.ID, page)
		return p.listed(into, found, cursor(o, next)), err
	})
}

// sourceBelow returns the source of a transfer in force, whose organization the caller's pays for.
func (p *Plane) sourceBelow(ctx context.Context, r store.Reader, o org.Organization, id org.TransferID) (org.Organization, error) {
	t, err := r.Transfer(ctx, id)
	if err != nil {
		return org.Organization{}, err
	}
	if t.Target.OrganizationID != o.ID || t.Status == org.TransferRequested || !p.now().Before(t.RunsUntil()) {
		return org.Organization{}, org.Errorf(org.TransferMissing, "there is no inbound transfer %s", id)
	}
	return r.Organization(ctx, t.Source.OrganizationID)
}

// ListOutboundTransfers lists the transfers from the caller's organization, offers included, newest first.
func (p *Plane) ListOutboundTransfers(ctx context.Context, c org.Caller, page org.Page) (Transfers, error) {
	return view(ctx, p, func(r store.Reader) (Transfers, error) {
		o, page, err := p.authorizeList(ctx, r, c, management, "organizations:ListOutboundResponsibilityTransfers", page)
		if err != nil {
			return Transfers{}, err
		}
		if err := p.transfers(c); err != nil {
			return Transfers{}, err
		}
		found, next, err := r.OutboundTransfers(ctx, o.ID, page)
		return p.listed(o, found, cursor(o, next)), err
	})
}

func (p *Plane) listed(o org.Organization, found []org.Transfer, next string) Transfers {
	out := Transfers{Next: next}
	for _, t := range found {
		out.Transfers = append(out.Transfers, p.asSeen(o, t))
	}
	return out
}
