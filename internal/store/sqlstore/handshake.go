package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func handshakeOf(r query.Handshake) (org.Handshake, error) {
	h := org.Handshake{
		ID: org.HandshakeID(r.ID), Partition: org.Partition(r.Partition), Action: org.HandshakeAction(r.Action), State: org.HandshakeState(r.State),
		Target: org.Party{Kind: org.PartyKind(r.TargetKind), ID: r.Target}, AccountID: org.AccountID(r.AccountID), ParentID: org.HandshakeID(r.ParentID),
		TransferID: org.TransferID(r.TransferID), StartsAt: moment(r.StartsAt), Notes: r.Notes, Waiting: int(r.Waiting),
		RequestedAt: moment(r.RequestedAt), ExpiresAt: moment(r.ExpiresAt), EndedAt: moment(r.EndedAt),
	}
	if err := decode(r.Sender, &h.From); err != nil {
		return org.Handshake{}, err
	}
	return h, decode(r.Tags, &h.Tags)
}

func handshakePlace(r query.Handshake) place { return place{r.RequestedAt, r.ID} }

func (r *reader) Handshake(ctx context.Context, id org.HandshakeID) (org.Handshake, error) {
	row, err := r.db.GetHandshake(ctx, string(id))
	if err != nil {
		return org.Handshake{}, r.got(err, org.HandshakeMissing, "handshake", id)
	}
	return handshakeOf(row)
}

func (r *reader) SentHandshakes(ctx context.Context, o org.OrganizationID, w store.HandshakesWanted, p org.Page) ([]org.Handshake, string, error) {
	return r.handshakes(w, p, func(a org.HandshakeAction, before place) ([]query.Handshake, error) {
		if w.Parent != "" {
			return r.db.ListSentHandshakesBelow(ctx, query.ListSentHandshakesBelowParams{
				OrganizationID: string(o), ParentID: string(w.Parent), SeenAt: micros(w.Now), BeforeTime: before.time, BeforeID: before.id, Most: ask(p),
			})
		}
		return r.db.ListSentHandshakes(ctx, query.ListSentHandshakesParams{
			OrganizationID: string(o), Action: string(a), SeenAt: micros(w.Now), BeforeTime: before.time, BeforeID: before.id, Most: ask(p),
		})
	})
}

func (r *reader) ReceivedHandshakes(ctx context.Context, recipients []string, w store.HandshakesWanted, p org.Page) ([]org.Handshake, string, error) {
	return r.handshakes(w, p, func(a org.HandshakeAction, before place) ([]query.Handshake, error) {
		var all []query.Handshake
		for _, to := range recipients {
			rows, err := r.receivedBy(ctx, to, a, w, before, ask(p))
			if err != nil {
				return nil, err
			}
			all = append(all, rows...)
		}
		return all, nil
	})
}

func (r *reader) receivedBy(ctx context.Context, to string, a org.HandshakeAction, w store.HandshakesWanted, before place, most int32) ([]query.Handshake, error) {
	if w.Parent != "" {
		return r.db.ListReceivedHandshakesBelow(ctx, query.ListReceivedHandshakesBelowParams{
			Recipient: to, ParentID: string(w.Parent), SeenAt: micros(w.Now), BeforeTime: before.time, BeforeID: before.id, Most: most,
		})
	}
	return r.db.ListReceivedHandshakes(ctx, query.ListReceivedHandshakesParams{
		Recipient: to, Action: string(a), SeenAt: micros(w.Now), BeforeTime: before.time, BeforeID: before.id, Most: most,
	})
}

// handshakes merges the newest of each action, so that a page costs at most its own length for each.
func (r *reader) handshakes(w store.HandshakesWanted, p org.Page, list func(org.HandshakeAction, place) ([]query.Handshake, error)) ([]org.Handshake, string, error) {
	before, err := placeOf(p.After, afterAll)
	if err != nil {
		return nil, "", err
	}
	actions := w.Actions
	if w.Parent != "" {
		actions = []org.HandshakeAction{""}
	}
	var all []query.Handshake
	for _, a := range actions {
		rows, err := list(a, before)
		if err != nil {
			return nil, "", r.fault(err, "list handshakes", a)
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b query.Handshake) int {
		return cmp.Or(cmp.Compare(b.RequestedAt, a.RequestedAt), cmp.Compare(b.ID, a.ID))
	})
	return paged(all[:min(len(all), int(ask(p)))], p, handshakeOf, handshakePlace)
}

func (r *reader) CountOpenHandshakes(ctx context.Context, o org.OrganizationID, a org.HandshakeAction, recipient string, now time.Time) (int, error) {
	var n int64
	var err error
	if recipient == "" {
		n, err = r.db.CountOpenHandshakes(ctx, string(o), string(a), micros(now))
	} else {
		n, err = r.db.CountOpenHandshakesFor(ctx, recipient, string(a), string(o), micros(now))
	}
	return int(n), r.fault(err, "count handshakes of", o)
}

func (r *reader) CountHandshakesSince(ctx context.Context, o org.OrganizationID, a org.HandshakeAction, since time.Time) (int, error) {
	n, err := r.db.CountHandshakesSince(ctx, string(o), string(a), micros(since))
	return int(n), r.fault(err, "count handshakes of", o)
}

func (r *reader) Holder(ctx context.Context, v org.Reservation) (string, error) {
	rows, err := r.db.ListHolders(ctx, string(v.Partition), string(v.Field), v.Value)
	if err != nil || len(rows) == 0 {
		return "", r.fault(err, "read the holders of a", v.Field)
	}
	return rows[0].Holder, nil
}
