package sqlstore

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func transferOf(r query.Transfer) (org.Transfer, error) {
	t := org.Transfer{
		ID: org.TransferID(r.ID), Partition: org.Partition(r.Partition), Name: r.Name, Status: org.TransferStatus(r.Status),
		StartsAt: moment(r.StartsAt), EndsAt: moment(r.EndsAt), ExpiresAt: moment(r.ExpiresAt), HandshakeID: org.HandshakeID(r.HandshakeID),
		CreatedAt: moment(r.CreatedAt),
	}
	if err := decode(r.Source, &t.Source); err != nil {
		return org.Transfer{}, err
	}
	return t, decode(r.Target, &t.Target)
}

func transferPlace(r query.Transfer) place { return place{r.CreatedAt, r.ID} }

func (r *reader) Transfer(ctx context.Context, id org.TransferID) (org.Transfer, error) {
	row, err := r.db.GetTransfer(ctx, string(id))
	if err != nil {
		return org.Transfer{}, r.got(err, org.TransferMissing, "transfer", id)
	}
	return transferOf(row)
}

func (r *reader) InboundTransfers(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.Transfer, string, error) {
	before, err := placeOf(p.After, afterAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListInboundTransfers(ctx, string(o), before.time, before.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list the transfers to", o)
	}
	return paged(rows, p, transferOf, transferPlace)
}

func (r *reader) OutboundTransfers(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.Transfer, string, error) {
	before, err := placeOf(p.After, afterAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListOutboundTransfers(ctx, string(o), before.time, before.id, ask(p))
	if err != nil {
		return nil, "", r.fault(err, "list the transfers from", o)
	}
	return paged(rows, p, transferOf, transferPlace)
}

func (r *reader) RunningInbound(ctx context.Context, o org.OrganizationID, now time.Time) ([]org.Transfer, error) {
	rows, err := r.db.ListRunningInbound(ctx, string(o), micros(now))
	return transfersOf(rows, r.fault(err, "list the transfers to", o))
}

func (r *reader) RunningOutbound(ctx context.Context, o org.OrganizationID, now time.Time) ([]org.Transfer, error) {
	rows, err := r.db.ListRunningOutbound(ctx, string(o), micros(now))
	return transfersOf(rows, r.fault(err, "list the transfers from", o))
}

func transfersOf(rows []query.Transfer, err error) ([]org.Transfer, error) {
	if err != nil {
		return nil, err
	}
	out := make([]org.Transfer, len(rows))
	for i, row := range rows {
		if out[i], err = transferOf(row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *tx) InsertTransfer(ctx context.Context, v org.Transfer) error {
	n, err := t.db.InsertTransfer(ctx, query.InsertTransferParams{
		ID: string(v.ID), Partition: string(v.Partition), Name: v.Name, SourceID: string(v.Source.OrganizationID), Source: encode(v.Source),
		TargetID: string(v.Target.OrganizationID), Target: encode(v.Target), Status: string(v.Status), StartsAt: micros(v.StartsAt),
		EndsAt: micros(v.EndsAt), ExpiresAt: micros(v.ExpiresAt), RunsUntil: micros(v.RunsUntil()), HandshakeID: string(v.HandshakeID),
		CreatedAt: micros(v.CreatedAt),
	})
	return t.fresh(n, err, org.ConcurrentModification, "transfer", v.ID)
}

// UpdateTransfer writes what changes in a transfer's life.
func (t *tx) UpdateTransfer(ctx context.Context, v org.Transfer) error {
	n, err := t.db.UpdateTransfer(ctx, query.UpdateTransferParams{
		ID: string(v.ID), Name: v.Name, Status: string(v.Status), EndsAt: micros(v.EndsAt), RunsUntil: micros(v.RunsUntil()),
	})
	return t.hit(n, err, org.TransferMissing, "transfer", v.ID)
}
