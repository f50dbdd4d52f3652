package storetest

import (
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) handshake(o org.Organization, a org.HandshakeAction, recipient string, at int) org.Handshake {
	b.Helper()
	h := org.Handshake{
		ID: org.HandshakeID(id("h")), Partition: o.Partition, From: org.Sender{OrganizationID: o.ID}, Action: a, State: org.HandshakeOpen,
		AccountID: org.AccountID(recipient), RequestedAt: after(at), ExpiresAt: after(at).Add(time.Hour),
	}
	b.update(func(tx store.Tx) error { return tx.InsertHandshake(b.Context(), h) })
	return h
}

func handshakeIDs(all []org.Handshake) []org.HandshakeID {
	return ids(all, func(h org.Handshake) org.HandshakeID { return h.ID })
}

func (b bench) sent(o org.Organization, limit int, w store.HandshakesWanted) []org.HandshakeID {
	b.Helper()
	return handshakeIDs(all(b, limit, func(r store.Reader, p org.Page) ([]org.Handshake, string, error) {
		return r.SentHandshakes(b.Context(), o.ID, w, p)
	}))
}

func (b bench) received(limit int, w store.HandshakesWanted, recipients ...string) []org.HandshakeID {
	b.Helper()
	return handshakeIDs(all(b, limit, func(r store.Reader, p org.Page) ([]org.Handshake, string, error) {
		return r.ReceivedHandshakes(b.Context(), recipients, w, p)
	}))
}

func (b bench) invitations(o org.Organization, recipient string, now time.Time) int {
	b.Helper()
	return read(b, func(r store.Reader) (int, error) {
		return r.CountOpenHandshakes(b.Context(), o.ID, org.Invitation, recipient, now)
	})
}

var everyAction = store.HandshakesWanted{Actions: org.HandshakeActions, Now: start}

var handshakes = []try{
	{"a handshake comes back as it was, and once it has ended, with its end", func(b bench) {
		o := b.organization()
		h := org.Handshake{
			ID: org.HandshakeID(id("h")), Partition: org.AWS, Action: org.TransferInvitation, State: org.HandshakeRequested,
			From:   org.Sender{OrganizationID: o.ID, ManagementID: "m", Email: "e", Name: "n <&>", FeatureSet: org.AllFeatures},
			Target: org.Party{Kind: org.PartyEmail, ID: "Ä@b.example"}, ParentID: "h-p", TransferID: "rt-1", StartsAt: after(9), Notes: "n '\"",
			Tags: []org.Tag{{Key: "k", Value: "\x00"}}, Waiting: 3, RequestedAt: after(1), ExpiresAt: after(2),
		}
		get := func(r store.Reader) (org.Handshake, error) { return r.Handshake(b.Context(), h.ID) }
		b.update(func(tx store.Tx) error { return tx.InsertHandshake(b.Context(), h) })
		b.equal(h, read(b, get))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertHandshake(b.Context(), h) })
		h.State, h.AccountID, h.Waiting, h.EndedAt = org.HandshakeAccepted, "a", 0, after(3)
		b.update(func(tx store.Tx) error { return tx.UpdateHandshake(b.Context(), h) })
		b.equal(h, read(b, get))
		h.ID = "h-no"
		misses(b, org.HandshakeMissing, get)
		b.fails(org.HandshakeMissing, func(tx store.Tx) error { return tx.UpdateHandshake(b.Context(), h) })
	}},
	{"sent handshakes are listed newest first, by their actions or their parent, and only the sender's", func(b bench) {
		o, other := b.organization(), b.organization()
		to := id("a")
		one, two := b.handshake(o, org.Invitation, to, 1), b.handshake(o, org.FeatureMigration, to, 1)
		three := b.handshake(o, org.Invitation, to, 2)
		b.handshake(other, org.Invitation, to, 3)
		child := org.Handshake{
			ID: org.HandshakeID(id("h")), Partition: org.AWS, From: two.From, Action: org.FeatureApproval, State: org.HandshakeOpen, AccountID: org.AccountID(to),
			ParentID: two.ID, RequestedAt: after(0), ExpiresAt: after(1),
		}
		b.update(func(tx store.Tx) error { return tx.InsertHandshake(b.Context(), child) })
		for _, limit := range []int{1, 2, 3, 4, 50} {
			b.equal([]org.HandshakeID{three.ID, two.ID, one.ID, child.ID}, b.sent(o, limit, everyAction))
			b.equal([]org.HandshakeID{three.ID, one.ID}, b.sent(o, limit, store.HandshakesWanted{Actions: []org.HandshakeAction{org.Invitation}, Now: start}))
			b.equal([]org.HandshakeID{child.ID}, b.sent(o, limit, store.HandshakesWanted{Parent: two.ID, Now: start}))
			b.equal([]org.HandshakeID{child.ID}, b.received(limit, store.HandshakesWanted{Parent: two.ID, Now: start}, to))
		}
		b.equal([]org.HandshakeID{}, b.sent(other, 5, store.HandshakesWanted{Parent: two.ID, Now: start}))
		b.equal([]org.HandshakeID{}, b.sent(o, 5, store.HandshakesWanted{Now: start}))
	}},
	{"received handshakes are those of any of the recipients, whoever sent them", func(b bench) {
		o, other := b.organization(), b.organization()
		account, address := id("a"), id("x")+"@corp.example"
		byID, byAddress := b.handshake(o, org.Invitation, account, 1), b.handshake(other, org.Invitation, address, 2)
		newest := b.handshake(o, org.FeatureApproval, account, 3)
		b.handshake(o, org.Invitation, id("a"), 4)
		for _, limit := range []int{1, 2, 3, 50} {
			b.equal([]org.HandshakeID{newest.ID, byAddress.ID, byID.ID}, b.received(limit, everyAction, account, address))
			b.equal([]org.HandshakeID{newest.ID, byID.ID}, b.received(limit, everyAction, account))
		}
		b.equal([]org.HandshakeID{}, b.received(5, everyAction))
	}},
	{"what is gone from view is in no list, and is swept away", func(b bench) {
		o := b.organization()
		to := id("a")
		old, young := b.handshake(o, org.Invitation, to, 1), b.handshake(o, org.Invitation, to, 2)
		gone := store.HandshakesWanted{Actions: org.HandshakeActions, Now: old.GoneAt()}
		b.equal([]org.HandshakeID{young.ID}, b.sent(o, 5, gone))
		b.equal([]org.HandshakeID{young.ID}, b.received(5, gone, to))
		gone.Now = old.GoneAt().Add(-time.Microsecond)
		b.equal([]org.HandshakeID{young.ID, old.ID}, b.sent(o, 5, gone))
		b.update(func(tx store.Tx) error { return tx.SweepHandshakes(b.Context(), o.ID, old.GoneAt()) })
		misses(b, org.HandshakeMissing, func(r store.Reader) (org.Handshake, error) { return r.Handshake(b.Context(), old.ID) })
		b.equal([]org.HandshakeID{young.ID}, b.sent(o, 5, everyAction))
	}},
	{"open handshakes are counted until their time is over, those of a day unless accepted", func(b bench) {
		o := b.organization()
		to := id("a")
		first, second := b.handshake(o, org.Invitation, to, 1), b.handshake(o, org.Invitation, id("a"), 2)
		b.handshake(o, org.FeatureMigration, to, 3)
		b.equal(2, b.invitations(o, "", start))
		b.equal(1, b.invitations(o, to, start))
		b.equal(1, b.invitations(o, "", first.ExpiresAt))
		b.equal(0, b.invitations(b.organization(), to, start))
		since := func(at time.Time) int {
			return read(b, func(r store.Reader) (int, error) {
				return r.CountHandshakesSince(b.Context(), o.ID, org.Invitation, at)
			})
		}
		b.equal([]int{2, 1, 0}, []int{since(start), since(first.RequestedAt), since(second.RequestedAt)})
		second.State = org.HandshakeAccepted
		first.State = org.HandshakeDeclined
		b.update(func(tx store.Tx) error {
			return errors.Join(tx.UpdateHandshake(b.Context(), first), tx.UpdateHandshake(b.Context(), second))
		})
		b.equal(1, since(start))
		b.equal(0, b.invitations(o, "", start))
	}},
	{"a reserved value has its holder", func(b bench) {
		r := reservation(2)
		holder := func() string {
			return read(b, func(tx store.Reader) (string, error) { return tx.Holder(b.Context(), r) })
		}
		b.equal("", holder())
		b.reserve(r, "one")
		b.equal("one", holder())
	}},
	{"an organization's feature set changes", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error { return tx.SetFeatureSet(b.Context(), o.ID, org.ConsolidatedBilling) })
		o.FeatureSet = org.ConsolidatedBilling
		b.equal(o, read(b, func(r store.Reader) (org.Organization, error) { return r.Organization(b.Context(), o.ID) }))
		b.fails(org.OrganizationMissing, func(tx store.Tx) error { return tx.SetFeatureSet(b.Context(), "o-no", org.AllFeatures) })
	}},
}
