package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// Reserve takes the lowest free slot; where there is only one it does not look first, for it is free as a rule. A slot that another transaction is
// about to take makes it wait for that one's end, on PostgreSQL; so it looks at the holders again once it found no slot.
func (t *tx) Reserve(ctx context.Context, r org.Reservation) (string, error) {
	if r.Slots == 1 {
		if got, err := t.take(ctx, r, 0); err != nil || got {
			return "", err
		}
	}
	holders, err := t.holders(ctx, r)
	if err != nil {
		return "", err
	}
	taken := make(map[int64]bool, len(holders))
	for _, h := range holders {
		if h.Holder == r.Holder {
			return "", nil
		}
		taken[h.Slot] = true
	}
	for slot := range int64(r.Slots) {
		if taken[slot] {
			continue
		}
		if got, err := t.take(ctx, r, slot); err != nil || got {
			return "", err
		}
	}
	holders, err = t.holders(ctx, r)
	if err != nil {
		return "", err
	}
	if len(holders) > 0 {
		return holders[0].Holder, nil
	}
	// Whoever held it gave it back between the two looks.
	return "", org.Errorf(org.ConcurrentModification, "the %s is being released", r.Field)
}

func (t *tx) take(ctx context.Context, r org.Reservation, slot int64) (bool, error) {
	n, err := t.db.TakeSlot(ctx, query.TakeSlotParams{
		Partition: string(r.Partition), Field: string(r.Field), Value: r.Value, Slot: slot, Holder: r.Holder,
	})
	return n == 1, t.fault(err, "reserve", r.Field)
}

func (t *tx) holders(ctx context.Context, r org.Reservation) ([]query.ListHoldersRow, error) {
	rows, err := t.db.ListHolders(ctx, string(r.Partition), string(r.Field), r.Value)
	return rows, t.fault(err, "read the holders of a", r.Field)
}

func (t *tx) PassReservations(ctx context.Context, from, to string) error {
	return t.fault(t.db.PassReservations(ctx, to, from), "pass the reservations of", from)
}

func (t *tx) ReleaseReservations(ctx context.Context, holder string) error {
	return t.fault(t.db.ReleaseReservations(ctx, holder), "release the reservations of", holder)
}
