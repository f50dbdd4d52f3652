package sqlite

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// shake is exercise for handshakes and transfers.
func shake(ctx context.Context, tx store.Tx) {
	p := org.Page{Limit: 1}
	for _, parent := range []org.HandshakeID{"", "h"} {
		w := store.HandshakesWanted{Actions: org.HandshakeActions, Parent: parent, Now: at}
		_, _, _ = tx.SentHandshakes(ctx, "o", w, p)
		_, _, _ = tx.ReceivedHandshakes(ctx, []string{"a"}, w, p)
		_, _ = tx.CountOpenHandshakes(ctx, "o", org.Invitation, string(parent), at)
	}
	_, _ = tx.Handshake(ctx, "h")
	_, _ = tx.CountHandshakesSince(ctx, "o", org.Invitation, at)
	_, _ = tx.Holder(ctx, org.Reservation{})
	_, _ = tx.Transfer(ctx, "t")
	_, _, _ = tx.InboundTransfers(ctx, "o", p)
	_, _, _ = tx.OutboundTransfers(ctx, "o", p)
	_, _ = tx.RunningInbound(ctx, "o", at)
	_, _ = tx.RunningOutbound(ctx, "o", at)
	_ = tx.InsertHandshake(ctx, org.Handshake{ID: "h", Partition: org.AWS, From: org.Sender{OrganizationID: "o"}})
	_ = tx.UpdateHandshake(ctx, org.Handshake{ID: "h", Partition: org.AWS})
	_ = tx.InsertTransfer(ctx, org.Transfer{ID: "t", Target: org.Side{OrganizationID: "o"}})
	_ = tx.UpdateTransfer(ctx, org.Transfer{ID: "t"})
	_ = tx.SweepHandshakes(ctx, "o", at)
	_ = tx.SetFeatureSet(ctx, "o", org.AllFeatures)
}
