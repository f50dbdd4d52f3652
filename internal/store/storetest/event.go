package storetest

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) events(o org.OrganizationID, version int64, index, limit int) []org.Event {
	b.Helper()
	return read(b, func(r store.Reader) ([]org.Event, error) { return r.Events(b.Context(), o, version, index, limit) })
}

var events = []try{
	{"an event comes back as it was, its index aside", func(b bench) {
		o := org.OrganizationID(id("o"))
		e := org.Event{
			OrganizationID: o, Version: 3, Index: 77, ID: "e", Name: org.AccountMoved, Partition: org.AWS, At: start, Subject: "s",
			By: org.Caller{AccountID: "a", Kind: org.User, Admin: true}, Detail: map[string]string{"k": strings.Repeat("v", 1<<16), "": "\x00"},
		}
		bare := org.Event{OrganizationID: o, Version: 3}
		empty := org.Event{OrganizationID: o, Version: 4, Detail: map[string]string{}}
		b.update(func(tx store.Tx) error {
			for _, e := range []org.Event{e, bare, empty} {
				if err := tx.AppendEvent(b.Context(), e); err != nil {
					return err
				}
			}
			return nil
		})
		e.Index, bare.Index = 0, 1
		b.equal([]org.Event{e, bare, empty}, b.events(o, 0, 0, 10))
	}},
	{"events are read from behind a place", func(b bench) {
		o := org.OrganizationID(id("o"))
		b.update(func(tx store.Tx) error {
			for _, v := range []int64{10, 2, 2, 2, 9} {
				if err := tx.AppendEvent(b.Context(), org.Event{OrganizationID: o, Version: v}); err != nil {
					return err
				}
			}
			return tx.AppendEvent(b.Context(), org.Event{OrganizationID: o + "x", Version: 5})
		})
		type at struct{ v, i int64 }
		for _, c := range []struct {
			version      int64
			index, limit int
			want         []at
		}{
			{0, 0, 10, []at{{2, 0}, {2, 1}, {2, 2}, {9, 0}, {10, 0}}},
			{0, 0, 2, []at{{2, 0}, {2, 1}}},
			{2, 0, 2, []at{{2, 1}, {2, 2}}},
			{2, 2, 10, []at{{9, 0}, {10, 0}}},
			{10, 0, 10, []at{}},
		} {
			got := ids(b.events(o, c.version, c.index, c.limit), func(e org.Event) at { return at{e.Version, int64(e.Index)} })
			if len(got) != len(c.want) {
				b.Errorf("after (%d, %d): %v", c.version, c.index, got)
				continue
			}
			for i := range got {
				if got[i] != c.want[i] {
					b.Errorf("after (%d, %d): %v, want %v", c.version, c.index, got, c.want)
				}
			}
		}
	}},
	{"who reads on while others write misses nothing and sees nothing twice", func(b bench) {
		o := b.organization()
		const writers, each = 8, 12
		done := make(chan error, 1)
		go func() {
			done <- together(writers, func(i int) error {
				for range each {
					if err := b.Update(b.Context(), func(tx store.Tx) error { return appendEvents(b, tx, o.ID, 1+i%3) }); err != nil {
						return err
					}
				}
				return nil
			})
		}()
		var seen []org.Event
		version, index, written := int64(0), -1, false
		for {
			found := b.events(o.ID, version, index, 3)
			for _, e := range found {
				version, index = e.Version, e.Index
			}
			seen = append(seen, found...)
			if len(found) == 0 && written {
				break
			}
			select {
			case err := <-done:
				b.equal(nil, err)
				written = true
			default:
			}
		}
		b.equal(b.events(o.ID, 0, -1, 1000), seen)
		b.equal(int(o.Version)+writers*each, int(version))
	}},
}

// appendEvents writes so many events of one change of an organization.
func appendEvents(b bench, tx store.Tx, o org.OrganizationID, n int) error {
	now, err := tx.LockOrganization(b.Context(), o)
	for range n {
		if err == nil {
			err = tx.AppendEvent(b.Context(), org.Event{OrganizationID: o, Version: now.Version, ID: id("e")})
		}
	}
	return err
}
