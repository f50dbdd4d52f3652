package sqlstore

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func (t *tx) InsertHandshake(ctx context.Context, h org.Handshake) error {
	n, err := t.db.InsertHandshake(ctx, query.InsertHandshakeParams{
		ID: string(h.ID), OrganizationID: string(h.From.OrganizationID), Partition: string(h.Partition), Sender: encode(h.From), Action: string(h.Action),
		State: string(h.State), TargetKind: string(h.Target.Kind), Target: h.Target.ID, Recipient: h.Recipient(), AccountID: string(h.AccountID),
		ParentID: string(h.ParentID), TransferID: string(h.TransferID), StartsAt: micros(h.StartsAt), Notes: h.Notes, Tags: encode(h.Tags),
		Waiting: int64(h.Waiting), RequestedAt: micros(h.RequestedAt), ExpiresAt: micros(h.ExpiresAt), EndedAt: micros(h.EndedAt), GoneAt: micros(h.GoneAt()),
	})
	return t.fresh(n, err, org.ConcurrentModification, "handshake", h.ID)
}

// UpdateHandshake writes what changes in a handshake's life: what was offered stays.
func (t *tx) UpdateHandshake(ctx context.Context, h org.Handshake) error {
	n, err := t.db.UpdateHandshake(ctx, query.UpdateHandshakeParams{
		ID: string(h.ID), State: string(h.State), Recipient: h.Recipient(), AccountID: string(h.AccountID), Waiting: int64(h.Waiting),
		EndedAt: micros(h.EndedAt), GoneAt: micros(h.GoneAt()),
	})
	return t.hit(n, err, org.HandshakeMissing, "handshake", h.ID)
}

func (t *tx) SweepHandshakes(ctx context.Context, o org.OrganizationID, now time.Time) error {
	return t.fault(t.db.SweepHandshakes(ctx, string(o), micros(now)), "sweep the handshakes of", o)
}

func (t *tx) SetFeatureSet(ctx context.Context, o org.OrganizationID, s org.FeatureSet) error {
	t.known.organization = org.Organization{}
	n, err := t.db.SetFeatureSet(ctx, string(o), string(s))
	return t.hit(n, err, org.OrganizationMissing, "organization", o)
}
