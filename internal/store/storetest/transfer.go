package storetest

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func transferOf(source, target org.Organization, at int) org.Transfer {
	return org.Transfer{
		ID: org.TransferID(id("rt")), Partition: org.AWS, Name: "n <&>", Status: org.TransferRequested,
		Source: org.Side{OrganizationID: source.ID, ManagementID: "s", Email: "e"}, Target: org.Side{OrganizationID: target.ID, ManagementID: "t", Email: "f"},
		StartsAt: after(50), ExpiresAt: after(40), HandshakeID: "h-1", CreatedAt: after(at),
	}
}

func (b bench) transfer(source, target org.Organization, at int) org.Transfer {
	b.Helper()
	t := transferOf(source, target, at)
	b.update(func(tx store.Tx) error { return tx.InsertTransfer(b.Context(), t) })
	return t
}

var transfers = []try{
	{"a transfer comes back as it was, also after an update", func(b bench) {
		t := b.transfer(b.organization(), b.organization(), 1)
		get := func(r store.Reader) (org.Transfer, error) { return r.Transfer(b.Context(), t.ID) }
		b.equal(t, read(b, get))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertTransfer(b.Context(), t) })
		t.Name, t.Status, t.EndsAt = "new", org.TransferWithdrawn, after(99)
		b.update(func(tx store.Tx) error { return tx.UpdateTransfer(b.Context(), t) })
		b.equal(t, read(b, get))
		t.ID = "rt-no"
		misses(b, org.TransferMissing, get)
		b.fails(org.TransferMissing, func(tx store.Tx) error { return tx.UpdateTransfer(b.Context(), t) })
	}},
	{"transfers are listed newest first, by their direction", func(b bench) {
		one, two, three := b.organization(), b.organization(), b.organization()
		first, second := b.transfer(two, one, 1), b.transfer(three, one, 2)
		back := b.transfer(one, two, 3)
		for _, limit := range []int{1, 2, 50} {
			in := all(b, limit, func(r store.Reader, p org.Page) ([]org.Transfer, string, error) {
				return r.InboundTransfers(b.Context(), one.ID, p)
			})
			b.equal([]org.Transfer{second, first}, in)
			out := all(b, limit, func(r store.Reader, p org.Page) ([]org.Transfer, string, error) {
				return r.OutboundTransfers(b.Context(), one.ID, p)
			})
			b.equal([]org.Transfer{back}, out)
		}
	}},
	{"running transfers are those that bind beyond a moment", func(b bench) {
		one, two := b.organization(), b.organization()
		open, other := b.transfer(two, one, 1), b.transfer(two, one, 2)
		running := func(at time.Time) []org.TransferID {
			in := read(b, func(r store.Reader) ([]org.Transfer, error) { return r.RunningInbound(b.Context(), one.ID, at) })
			out := read(b, func(r store.Reader) ([]org.Transfer, error) { return r.RunningOutbound(b.Context(), two.ID, at) })
			b.equal(in, out)
			return ids(in, func(t org.Transfer) org.TransferID { return t.ID })
		}
		b.equal([]org.TransferID{open.ID, other.ID}, running(start))
		b.equal([]org.TransferID{}, running(open.ExpiresAt))
		other.Answer(org.HandshakeAccepted)
		open.Answer(org.HandshakeDeclined)
		b.update(func(tx store.Tx) error {
			if err := tx.UpdateTransfer(b.Context(), open); err != nil {
				return err
			}
			return tx.UpdateTransfer(b.Context(), other)
		})
		b.equal([]org.TransferID{other.ID}, running(start.AddDate(100, 0, 0)))
		b.equal([]org.TransferID{other.ID}, running(start))
	}},
	{"a transfer goes with its target and outlives its source", func(b bench) {
		source, target := b.organization(), b.organization()
		t := b.transfer(source, target, 1)
		get := func(r store.Reader) (org.Transfer, error) { return r.Transfer(b.Context(), t.ID) }
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), source.ID) })
		b.equal(t, read(b, get))
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), target.ID) })
		misses(b, org.TransferMissing, get)
	}},
}
