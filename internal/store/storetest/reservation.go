package storetest

import (
	"strconv"
	"sync/atomic"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func reservation(slots int) org.Reservation {
	return org.Reservation{Partition: org.AWS, Field: org.FieldEmail, Value: id("v"), Slots: slots}
}

func (b bench) reserve(r org.Reservation, holder string) string {
	b.Helper()
	r.Holder = holder
	var present string
	b.update(func(tx store.Tx) (err error) {
		present, err = tx.Reserve(b.Context(), r)
		return err
	})
	return present
}

func (b bench) race(slots, holders int) {
	b.Helper()
	r := reservation(slots)
	var won atomic.Int64
	err := together(holders, func(i int) error {
		mine, got := r, ""
		mine.Holder = strconv.Itoa(i)
		err := b.Update(b.Context(), func(tx store.Tx) (err error) {
			got, err = tx.Reserve(b.Context(), mine)
			return err
		})
		if err == nil && got == "" {
			won.Add(1)
		}
		return err
	})
	b.equal(nil, err)
	b.equal(int64(slots), won.Load())
}

var reservations = []try{
	{"a value has one holder, who may ask again", func(b bench) {
		r := reservation(1)
		b.equal("", b.reserve(r, "one"))
		b.equal("", b.reserve(r, "one"))
		b.equal("one", b.reserve(r, "two"))
	}},
	{"a value has as many holders as slots, and each takes one", func(b bench) {
		r := reservation(3)
		for _, h := range []string{"a", "b", "a", "c", "b"} {
			b.equal("", b.reserve(r, h))
		}
		if got := b.reserve(r, "d"); got != "a" && got != "b" && got != "c" {
			b.Errorf("holder %q", got)
		}
		b.update(func(tx store.Tx) error { return tx.ReleaseReservations(b.Context(), "b") })
		b.equal("", b.reserve(r, "c"))
		b.equal("", b.reserve(r, "d"))
		if got := b.reserve(r, "e"); got == "" {
			b.Error("a fourth holder")
		}
	}},
	{"values differ by case, field and partition", func(b bench) {
		r := reservation(1)
		b.equal("", b.reserve(r, "one"))
		other := r
		other.Value = "V" + r.Value[1:]
		b.equal("", b.reserve(other, "two"))
		other = r
		other.Field = org.FieldName
		b.equal("", b.reserve(other, "three"))
		other = r
		other.Partition = org.Huawei
		b.equal("", b.reserve(other, "four"))
	}},
	{"what a holder has is passed on and released as a whole", func(b bench) {
		one, two, other := reservation(1), reservation(1), reservation(1)
		from, to := id("h"), id("h")
		b.reserve(one, from)
		b.reserve(two, from)
		b.reserve(other, "stays")
		b.update(func(tx store.Tx) error { return tx.PassReservations(b.Context(), from, to) })
		b.equal(to, b.reserve(one, from))
		b.equal(to, b.reserve(two, from))
		b.update(func(tx store.Tx) error { return tx.ReleaseReservations(b.Context(), to) })
		b.equal("", b.reserve(one, from))
		b.equal("", b.reserve(two, from))
		b.equal("stays", b.reserve(other, from))
	}},
	{"of those who reserve at once, as many get a slot as there are", func(b bench) {
		b.race(1, 8)
		b.race(3, 8)
	}},
	{"a reservation that is rolled back was never there", func(b bench) {
		r := reservation(1)
		r.Holder = "one"
		b.fails(org.TagLimit, func(tx store.Tx) error {
			_, _ = tx.Reserve(b.Context(), r)
			return org.E(org.TagLimit)
		})
		b.equal("", b.reserve(r, "two"))
	}},
}
