package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListDryRunRecords returns an organization's records behind a number, in their order. It is the operator's, as ListEvents is; records outlive their
// organization. It fails with OrganizationMissing for one that never was.
func (p *Plane) ListDryRunRecords(ctx context.Context, o org.OrganizationID, after int64, limit int) ([]org.DryRunRecord, error) {
	return view(ctx, p, func(r store.Reader) ([]org.DryRunRecord, error) {
		if err := p.everWas(ctx, r, o); err != nil {
			return nil, err
		}
		return r.DryRunRecords(ctx, o, after, limit)
	})
}

// deliveryBatch is how many records are delivered between two looks.
const deliveryBatch = 100

// DeliverDryRunRecords puts all records that are not delivered yet where they belong, and notes that of each once put has returned nil. A record is put again
// when the note was lost, or when another replica was at it too; put has to make one object of that. It ends with the first error.
func (p *Plane) DeliverDryRunRecords(ctx context.Context, put func(org.DryRunRecord) error) error {
	for {
		found, err := view(ctx, p, func(r store.Reader) ([]org.DryRunRecord, error) { return r.DryRunRecordsToDeliver(ctx, deliveryBatch) })
		if err != nil || len(found) == 0 {
			return err
		}
		for _, r := range found {
			if err := put(r); err != nil {
				return err
			}
		}
		err = p.Store.Update(ctx, func(tx store.Tx) error {
			for _, r := range found {
				if err := tx.MarkDelivered(ctx, r.OrganizationID, r.Number); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
