package controlplane_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// The estates of these tests stand at the beginning of January 2026.
var (
	february = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	march    = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
)

func takeFrom(source *estate) org.TransferOffer {
	return org.TransferOffer{Offer: toAccount(source.admin.AccountID), Name: "other", StartsAt: february}
}

func (e *estate) offering(c org.Caller, q org.TransferOffer) func() error {
	return func() error {
		_, err := e.plane.OfferTransfer(e.Context(), c, q)
		return err
	}
}

func (e *estate) offer(source *estate) org.Handshake {
	e.Helper()
	h, err := e.plane.OfferTransfer(e.Context(), e.admin, takeFrom(source))
	if err != nil {
		e.Fatal(err)
	}
	return h
}

func (e *estate) status(c org.Caller, id org.TransferID, want org.TransferStatus) controlplane.Transfer {
	e.Helper()
	t, err := e.plane.GetTransfer(e.Context(), c, id)
	if err != nil || t.Status != want {
		e.Errorf("the transfer is %s, %v; want %s", t.Status, err, want)
	}
	return t
}

func (e *estate) transferIDs(got controlplane.Transfers, err error) []org.TransferID {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
	out := []org.TransferID{}
	for _, t := range got.Transfers {
		out = append(out, t.ID)
	}
	return out
}

func TestAResponsibilityIsHandedOverAndBack(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	other := e.another()
	q := takeFrom(other)
	q.Tags = []org.Tag{{Key: "k", Value: "v"}}
	h, err := e.plane.OfferTransfer(t.Context(), e.admin, q)
	if err != nil {
		t.Fatal(err)
	}
	id := h.TransferID
	seen := e.status(e.admin, id, org.TransferRequested)
	if !seen.Inbound || seen.Viewer.ID != e.id || seen.Name != "other" || seen.Source.ManagementID != other.admin.AccountID || seen.Target.Email != "payer@corp.example" {
		t.Errorf("%+v", seen)
	}
	if seen := e.status(other.admin, id, org.TransferRequested); seen.Inbound || seen.Viewer.ID != other.id {
		t.Errorf("%+v", seen)
	}
	e.tagged(org.Resource(id), org.Tag{Key: "k", Value: "v"})
	if _, err := e.plane.ListTags(t.Context(), other.admin, org.Resource(id)); org.ReasonOf(err) != org.ResourceMissing {
		t.Errorf("the source sees the target's tags: %v", err)
	}
	e.see("the source received it", []org.HandshakeID{h.ID}, e.lists(other.admin, true, controlplane.HandshakeFilter{Action: org.TransferInvitation}))
	e.refused("accepted by the sender", org.HandshakeOtherParty, e.accepting(e.admin, h.ID))
	before, beforeThere := e.version(), other.version()
	e.accept(other.admin, h)
	e.status(other.admin, id, org.TransferAccepted)
	if len(e.events(before)) != 1 || len(other.events(beforeThere)) != 1 {
		t.Errorf("recorded %+v and %+v", e.events(before), other.events(beforeThere))
	}
	page := org.Page{Limit: 5}
	for _, c := range []struct{ got, want []org.TransferID }{
		{e.transferIDs(e.plane.ListInboundTransfers(t.Context(), e.admin, "", page)), []org.TransferID{id}},
		{e.transferIDs(e.plane.ListOutboundTransfers(t.Context(), e.admin, page)), []org.TransferID{}},
		{e.transferIDs(e.plane.ListInboundTransfers(t.Context(), other.admin, "", page)), []org.TransferID{}},
		{e.transferIDs(e.plane.ListOutboundTransfers(t.Context(), other.admin, page)), []org.TransferID{id}},
		{e.transferIDs(e.plane.ListInboundTransfers(t.Context(), e.admin, id, page)), []org.TransferID{}},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Error(d)
		}
	}
	got, err := e.plane.RenameTransfer(t.Context(), e.admin, id, "new")
	if err != nil || got.Name != "new" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, c := range []*estate{e, other} {
		e.refused("to end", org.TransferRuns, func() error { return e.plane.DeleteOrganization(t.Context(), c.admin) })
	}
	ended, err := e.plane.EndTransfer(t.Context(), other.admin, id, time.Time{})
	if err != nil || ended.Status != org.TransferWithdrawn || !ended.EndsAt.Equal(february.Add(-time.Millisecond)) {
		t.Errorf("%+v, %v", ended, err)
	}
	e.refused("twice", org.TransferInStatus, func() error {
		_, err := e.plane.EndTransfer(t.Context(), e.admin, id, time.Time{})
		return err
	})
	e.refused("before its last day is over", org.TransferRuns, func() error { return e.plane.DeleteOrganization(t.Context(), e.admin) })
	if got := e.transferIDs(e.plane.ListInboundTransfers(t.Context(), e.admin, id, page)); len(got) != 0 {
		t.Errorf("below it are %v", got)
	}
	e.pass(31 * days)
	e.refused("to look below it when it is over", org.TransferMissing, func() error {
		_, err := e.plane.ListInboundTransfers(t.Context(), e.admin, id, page)
		return err
	})
	if err := e.plane.DeleteOrganization(t.Context(), other.admin); err != nil {
		t.Error(err)
	}
	e.status(e.admin, id, org.TransferWithdrawn)
	if err := e.plane.DeleteOrganization(t.Context(), e.admin); err != nil {
		t.Error(err)
	}
}

func TestHowAnOfferComesToNothing(t *testing.T) {
	t.Parallel()
	for want, end := range map[org.TransferStatus]func(e, other *estate, h org.Handshake) error{
		org.TransferDeclined: func(e, other *estate, h org.Handshake) error {
			_, err := e.plane.DeclineHandshake(t.Context(), other.admin, h.ID)
			return err
		},
		org.TransferCancelled: func(e, _ *estate, h org.Handshake) error {
			_, err := e.plane.CancelHandshake(t.Context(), e.admin, h.ID)
			return err
		},
		org.TransferExpired: func(e, _ *estate, _ org.Handshake) error { e.pass(30 * days); return nil },
	} {
		t.Run(string(want), func(t *testing.T) {
			t.Parallel()
			e := newEstate(t)
			other := e.another()
			h := e.offer(other)
			if err := end(e, other, h); err != nil {
				t.Fatal(err)
			}
			e.status(other.admin, h.TransferID, want)
			e.refused("accepted", org.HandshakeTransition, e.accepting(other.admin, h.ID))
			e.refused("withdrawn", org.TransferTransition, func() error {
				_, err := e.plane.EndTransfer(t.Context(), e.admin, h.TransferID, time.Time{})
				return err
			})
			e.refused("renamed", org.TransferRefused, func() error {
				_, err := e.plane.RenameTransfer(t.Context(), e.admin, h.TransferID, "new")
				return err
			})
			q := takeFrom(other)
			q.StartsAt = march
			again, err := e.plane.OfferTransfer(t.Context(), e.admin, q)
			if err != nil {
				t.Fatalf("offered again: %v", err)
			}
			if _, err := e.plane.DeclineHandshake(t.Context(), other.admin, again.ID); err != nil {
				t.Fatal(err)
			}
			if err := e.plane.DeleteOrganization(t.Context(), other.admin); err != nil {
				t.Fatal(err)
			}
			e.refused("withdrawn when the source is gone", org.TransferTransition, func() error {
				_, err := e.plane.EndTransfer(t.Context(), e.admin, h.TransferID, time.Time{})
				return err
			})
		})
	}
}

func TestWhatNobodyTakesOver(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	other := e.another()
	change := func(fn func(*org.TransferOffer)) org.TransferOffer {
		q := takeFrom(other)
		fn(&q)
		return q
	}
	member := e.member(e.account("one"))
	e.refused("from itself", org.TransferToSelf, e.offering(e.admin, takeFrom(e)))
	e.refused("from a member", org.TransferNotSource, e.offering(e.admin, change(func(q *org.TransferOffer) { q.Offer = toAccount(member.AccountID) })))
	e.refused("from an account that stands alone", org.TransferNotSource, e.offering(e.admin, change(func(q *org.TransferOffer) { q.Offer = toAccount(e.stranger().AccountID) })))
	e.refused("from nobody", org.TransferNotSource, e.offering(e.admin, change(func(q *org.TransferOffer) { q.Offer = toEmail("nobody@corp.example") })))
	e.refused("too late", org.StartTooLate, e.offering(e.admin, change(func(q *org.TransferOffer) { q.StartsAt = march.AddDate(0, 1, 0) })))
	e.refused("by a member", org.ManagementOnly, e.offering(member, takeFrom(other)))
	e.refused("by a stranger", org.NotInOrganization, e.offering(e.stranger(), takeFrom(other)))
	h := e.offer(other)
	e.refused("twice", org.HandshakeExists, e.offering(e.admin, takeFrom(other)))
	e.accept(other.admin, h)
	e.refused("what is taken over", org.TransferExists, e.offering(e.admin, takeFrom(other)))
	e.refused("renamed by the source", org.TransferRefused, func() error {
		_, err := e.plane.RenameTransfer(t.Context(), other.admin, h.TransferID, "mine")
		return err
	})
	third := e.another()
	for says, do := range map[string]func() error{
		"seen": func() error { _, err := e.plane.GetTransfer(t.Context(), third.admin, h.TransferID); return err },
		"ended": func() error {
			_, err := e.plane.EndTransfer(t.Context(), third.admin, h.TransferID, time.Time{})
			return err
		},
		"listed": func() error {
			_, err := e.plane.ListInboundTransfers(t.Context(), third.admin, h.TransferID, org.Page{Limit: 1})
			return err
		},
		"named": func() error {
			_, err := e.plane.RenameTransfer(t.Context(), third.admin, h.TransferID, "x")
			return err
		},
	} {
		e.refused(says+" by a third", org.TransferMissing, do)
	}
	gov := in(t, org.AWSGov)
	gov.refused("in GovCloud", org.NotInPartition, gov.offering(gov.admin, takeFrom(gov)))
}

func TestChainsOfTransfers(t *testing.T) {
	t.Parallel()
	e := newEstate(t) // relaxed: one outbound, two levels
	a, b, c, d := e, e.another(), e.another(), e.another()
	first := a.offer(b)
	e.accept(b.admin, first) // a pays for b
	e.refused("a second payer", org.OutboundTransferLimit, c.offering(c.admin, takeFrom(b)))
	second := b.offer(c)
	e.accept(c.admin, second) // b pays for c
	e.refused("a third level below", org.TransferLevelLimit, c.offering(c.admin, takeFrom(d)))
	e.refused("a third level above", org.TransferLevelLimit, d.offering(d.admin, takeFrom(a)))
	e.refused("a circle", org.TransferLevelLimit, c.offering(c.admin, takeFrom(a)))
	page := org.Page{Limit: 5}
	if diff := cmp.Diff([]org.TransferID{second.TransferID}, e.transferIDs(e.plane.ListInboundTransfers(t.Context(), a.admin, first.TransferID, page))); diff != "" {
		t.Errorf("one level deeper: %s", diff)
	}
}

func TestTheLawsHoldWhenAnOfferIsAccepted(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	b, c := e.another(), e.another()
	one, two := e.offer(b), c.offer(b)
	e.accept(b.admin, one)
	e.refused("the second", org.OutboundTransferLimit, e.accepting(b.admin, two.ID))
}

func TestQuotasOfTransfers(t *testing.T) {
	t.Parallel()
	limited := func(q org.Quotas) func(*controlplane.Config) {
		return func(c *controlplane.Config) { c.Quotas = func(*org.Rules) org.Quotas { return q } }
	}
	e := newEstate(t, limited(org.Quotas{InboundTransfers: 1}))
	b, c := e.another(), e.another()
	e.offer(b)
	e.refused("a second offer", org.InboundTransferLimit, e.offering(e.admin, takeFrom(c)))

	e = newEstate(t, limited(org.Quotas{ChainTransfers: 1, TransferLevels: 2}))
	b, c = e.another(), e.another()
	e.accept(b.admin, e.offer(b))
	e.refused("a second in the chain", org.TransferTotalLimit, e.offering(e.admin, takeFrom(c)))
	e.refused("a second below", org.TransferTotalLimit, b.offering(b.admin, takeFrom(c)))
}

func TestWithoutAQuotaAChainIsNoCircleEither(t *testing.T) {
	t.Parallel()
	a := newEstate(t, func(c *controlplane.Config) { c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{} } })
	b, c, d := a.another(), a.another(), a.another()
	for _, pair := range [][2]*estate{{a, b}, {b, c}, {c, d}} {
		a.accept(pair[1].admin, pair[0].offer(pair[1]))
	}
	for says, payer := range map[string]*estate{"over three": d, "over two": c, "over one": b} {
		a.refused("a circle "+says, org.TransferLevelLimit, payer.offering(payer.admin, takeFrom(a)))
	}
}
