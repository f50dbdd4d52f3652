package storetest

import (
	"runtime"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Bench measures durable transactions that insert one small row each, of one caller and of sixteen, and reads of one row.
func Bench(b *testing.B, s store.Store) {
	insert := func() error {
		a := org.Account{ID: org.AccountID(id("a")), Name: "name", Email: "someone@example.com", State: org.AccountCreating}
		return s.Update(b.Context(), func(tx store.Tx) error { return tx.InsertAccount(b.Context(), a) })
	}
	first := org.Account{ID: org.AccountID(id("first"))}
	if err := s.Update(b.Context(), func(tx store.Tx) error { return tx.InsertAccount(b.Context(), first) }); err != nil {
		b.Fatal(err)
	}
	read := func() error {
		return s.View(b.Context(), func(r store.Reader) error {
			_, err := r.Account(b.Context(), first.ID)
			return err
		})
	}
	b.Run("insert alone", func(b *testing.B) { crowd(b, 1, insert) })
	b.Run("insert, 16 callers", func(b *testing.B) { crowd(b, 16, insert) })
	b.Run("read, 16 callers", func(b *testing.B) { crowd(b, 16, read) })
}

func crowd(b *testing.B, callers int, do func() error) {
	if callers == 1 {
		for b.Loop() {
			if err := do(); err != nil {
				b.Fatal(err)
			}
		}
	} else {
		b.SetParallelism(max(1, callers/runtime.GOMAXPROCS(0)))
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := do(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
}
