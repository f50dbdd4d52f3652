package store

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// HandshakesWanted says which handshakes a list is to hold: those below one parent when there is one, else those of the given actions. Those
// that are gone from view by Now are in no list. They are listed as they were written: what time has made of them, org.Handshake.At tells.
type HandshakesWanted struct {
	Actions []org.HandshakeAction
	Parent  org.HandshakeID
	Now     time.Time
}

// A HandshakeReader reads handshakes and transfers.
type HandshakeReader interface {
	// Handshake fails with HandshakeMissing. It finds those too that are gone from view.
	Handshake(ctx context.Context, id org.HandshakeID) (org.Handshake, error)
	// SentHandshakes lists the handshakes of an organization, newest first.
	SentHandshakes(ctx context.Context, o org.OrganizationID, w HandshakesWanted, p org.Page) ([]org.Handshake, string, error)
	// ReceivedHandshakes lists the handshakes for any of the recipients (org.Handshake.Recipient), newest first.
	ReceivedHandshakes(ctx context.Context, recipients []string, w HandshakesWanted, p org.Page) ([]org.Handshake, string, error)
	// CountOpenHandshakes counts an organization's handshakes of one action that are open at a moment; those for one recipient only when
	// that is not empty.
	CountOpenHandshakes(ctx context.Context, o org.OrganizationID, a org.HandshakeAction, recipient string, now time.Time) (int, error)
	// CountHandshakesSince counts an organization's handshakes of one action that were sent after a moment, without the accepted ones.
	CountHandshakesSince(ctx context.Context, o org.OrganizationID, a org.HandshakeAction, since time.Time) (int, error)

	// Holder returns one holder of a reserved value, "" when there is none.
	Holder(ctx context.Context, r org.Reservation) (string, error)

	// Transfer fails with TransferMissing.
	Transfer(ctx context.Context, id org.TransferID) (org.Transfer, error)
	// InboundTransfers lists the transfers to an organization, newest first. OutboundTransfers lists those from it.
	InboundTransfers(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.Transfer, string, error)
	OutboundTransfers(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.Transfer, string, error)
	// RunningInbound lists all transfers to an organization that run beyond a moment (org.Transfer.RunsUntil), in the order of their ends, and
	// RunningOutbound those from it.
	RunningInbound(ctx context.Context, o org.OrganizationID, now time.Time) ([]org.Transfer, error)
	RunningOutbound(ctx context.Context, o org.OrganizationID, now time.Time) ([]org.Transfer, error)
}

// A HandshakeTx writes handshakes and transfers. They belong to the organization that sends or offers them and go with it.
type HandshakeTx interface {
	// InsertHandshake fails with ConcurrentModification when the id is taken.
	InsertHandshake(ctx context.Context, h org.Handshake) error
	UpdateHandshake(ctx context.Context, h org.Handshake) error
	// SweepHandshakes removes an organization's handshakes that are gone from view by a moment.
	SweepHandshakes(ctx context.Context, o org.OrganizationID, now time.Time) error

	// InsertTransfer fails with ConcurrentModification when the id is taken.
	InsertTransfer(ctx context.Context, t org.Transfer) error
	UpdateTransfer(ctx context.Context, t org.Transfer) error

	// SetFeatureSet fails with OrganizationMissing.
	SetFeatureSet(ctx context.Context, o org.OrganizationID, s org.FeatureSet) error
}
