package controlplane

import (
	"cmp"
	"context"
	"math"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// takeOver is the source's yes to a transfer. Both organizations are locked, and the top of the chain; the laws hold now as they did when it was offered.
func (p *Plane) takeOver(ctx context.Context, tx store.Tx, c org.Caller, m meeting) error {
	t, err := tx.Transfer(ctx, m.h.TransferID)
	if err != nil {
		return err
	}
	if m.own.ID != t.Source.OrganizationID || m.own.ManagementID != m.caller.ID {
		return org.Errorf(org.HandshakeOtherParty, "the account no longer manages the organization that was asked")
	}
	top, err := p.topOf(ctx, tx, m.h)
	if err != nil {
		return err
	}
	if _, locked := m.locked[top]; !locked {
		return org.Errorf(org.ConcurrentModification, "the chain of transfers changed its top")
	}
	if err := p.checkTransfer(ctx, tx, t); err != nil {
		return err
	}
	t.Answer(m.h.State)
	if err := tx.UpdateTransfer(ctx, t); err != nil {
		return err
	}
	return p.record(ctx, tx, m.own, org.HandshakeAgreed, c, string(m.h.ID), map[string]string{"action": string(m.h.Action)})
}

// checkOffer keeps the laws of a transfer that is about to be offered.
func (p *Plane) checkOffer(ctx context.Context, r store.Reader, t org.Transfer) error {
	inbound, err := r.RunningInbound(ctx, t.Target.OrganizationID, p.now())
	if err != nil {
		return err
	}
	for _, other := range inbound {
		if other.Source.OrganizationID != t.Source.OrganizationID {
			continue
		}
		if other.Status == org.TransferRequested {
			return org.Errorf(org.HandshakeExists, "an open offer to the same organization exists")
		}
		return org.Errorf(org.TransferExists, "a transfer between the same organizations exists")
	}
	if most := p.Quotas(org.RulesOf(t.Partition)).InboundTransfers; most > 0 && len(inbound) >= most {
		return org.Errorf(org.InboundTransferLimit, "an organization has at most %d inbound transfers, open offers included", most)
	}
	return p.checkTransfer(ctx, r, t)
}

// checkTransfer keeps the laws that may have been broken since the offer: what hinders the source from HandingBill, how often the source hands itself over, and the chain.
func (p *Plane) checkTransfer(ctx context.Context, r store.Reader, t org.Transfer) error {
	rules := org.RulesOf(t.Partition)
	source, err := r.Account(ctx, t.Source.ManagementID)
	if err != nil {
		return err
	}
	if err := rules.CheckDeed(source, org.HandingBill, p.now()); err != nil {
		return err
	}
	q := p.Quotas(rules)
	outbound, err := p.inForce(r.RunningOutbound(ctx, t.Source.OrganizationID, p.now()))
	if err != nil {
		return err
	}
	if q.OutboundTransfers > 0 && len(outbound) >= q.OutboundTransfers {
		return org.Errorf(org.OutboundTransferLimit, "an organization has at most %d outbound transfers", q.OutboundTransfers)
	}
	return p.checkChain(ctx, r, t, q)
}

// checkChain looks at the whole chain that the transfer would be a part of. A circle is longer than any chain can be.
func (p *Plane) checkChain(ctx context.Context, r store.Reader, t org.Transfer, q org.Quotas) error {
	top, above, err := p.chainAbove(ctx, r, t.Target.OrganizationID, levels(q))
	if err != nil {
		return err
	}
	if top == t.Source.OrganizationID {
		return org.Errorf(org.TransferLevelLimit, "a chain of transfers cannot be a circle")
	}
	below, under, err := p.chainBelow(ctx, r, t.Source.OrganizationID, levels(q))
	if err != nil {
		return err
	}
	if above+1+below > levels(q) {
		return org.Errorf(org.TransferLevelLimit, "a chain of transfers has at most %d levels", q.TransferLevels)
	}
	if q.ChainTransfers == 0 {
		return nil
	}
	_, around, err := p.chainBelow(ctx, r, top, levels(q))
	if err != nil {
		return err
	}
	if around+1+under > q.ChainTransfers {
		return org.Errorf(org.TransferTotalLimit, "a chain has at most %d transfers", q.ChainTransfers)
	}
	return nil
}

// levels is how many a chain may have.
func levels(q org.Quotas) int { return cmp.Or(q.TransferLevels, math.MaxInt32) }

// chainAbove returns where the transfers from an organization end, and how many levels that is, at most one more than asked for.
func (p *Plane) chainAbove(ctx context.Context, r store.Reader, o org.OrganizationID, levels int) (top org.OrganizationID, high int, err error) {
	for top = o; high <= levels; high++ {
		up, err := p.inForce(r.RunningOutbound(ctx, top, p.now()))
		if err != nil || len(up) == 0 {
			return top, high, err
		}
		top = up[0].Target.OrganizationID
	}
	return top, high, nil
}

// topOf returns the top of the chain that a handshake would make longer, and nothing for a handshake that is not about a transfer. Whoever makes a chain longer locks its top, at whatever end.
func (p *Plane) topOf(ctx context.Context, r store.Reader, h org.Handshake) (org.OrganizationID, error) {
	if h.Action != org.TransferInvitation {
		return "", nil
	}
	top, _, err := p.chainAbove(ctx, r, h.From.OrganizationID, levels(p.Quotas(org.RulesOf(h.Partition))))
	return top, err
}

// chainBelow returns how many levels of transfers end in an organization, at most one more than asked for, and how many transfers those are.
func (p *Plane) chainBelow(ctx context.Context, r store.Reader, o org.OrganizationID, levels int) (deep, count int, err error) {
	inbound, err := p.inForce(r.RunningInbound(ctx, o, p.now()))
	if err != nil || len(inbound) == 0 {
		return 0, 0, err
	}
	deep, count = 1, len(inbound)
	if levels <= 0 {
		return deep, count, nil
	}
	for _, t := range inbound {
		d, n, err := p.chainBelow(ctx, r, t.Source.OrganizationID, levels-1)
		if err != nil {
			return 0, 0, err
		}
		deep, count = max(deep, d+1), count+n
	}
	return deep, count, nil
}

// inForce leaves out offers: nothing is handed over by them yet.
func (p *Plane) inForce(running []org.Transfer, err error) ([]org.Transfer, error) {
	var out []org.Transfer
	for _, t := range running {
		if t.Status != org.TransferRequested {
			out = append(out, t)
		}
	}
	return out, err
}

// checkTransfersOver fails with TransferRuns while a transfer binds the organization, offers included.
func (p *Plane) checkTransfersOver(ctx context.Context, r store.Reader, o org.Organization) error {
	inbound, err := r.RunningInbound(ctx, o.ID, p.now())
	if err != nil {
		return err
	}
	outbound, err := r.RunningOutbound(ctx, o.ID, p.now())
	if err != nil {
		return err
	}
	if len(inbound)+len(outbound) > 0 {
		return org.Errorf(org.TransferRuns, "the organization has a transfer of responsibility, or an offer of one")
	}
	return nil
}
