// Package storetest is the suite that every store passes: the promises of package store, each tried.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

// A Store is what the suite tries: the contract, and what sqlstore adds to it.
type Store interface {
	store.Store
	HandOver(sqlstore.Options)
	Rows(context.Context) (map[string]int, error)
}

// Run tries all promises. open returns an empty store, and closes it when its test ends.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for name, tries := range map[string][]try{
		"settings": settings, "organizations": organizations, "units": units, "accounts": accounts, "creations": creations,
		"reservations": reservations, "principals": principals, "tags": tags, "events": events, "landing zones": landingZones,
		"account life": life, "pages": pages, "delegations": delegations, "root features": rootFeatures, "transactions": transactions,
		"handshakes": handshakes, "transfers": transfers,
		"policies": policies, "attachments": attachments, "effective policies": effective, "dry runs": dryRuns,
	} {
		if len(tries) == 0 {
			t.Errorf("nothing to try of %s", name)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			for _, c := range tries {
				t.Run(c.name, func(t *testing.T) { c.run(bench{T: t, Store: s}) })
			}
		})
	}
	// These look at the whole database, so each has one to itself.
	for _, c := range append(sagas, whole...) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(bench{T: t, Store: open(t)})
		})
	}
}

// A try is one promise.
type try struct {
	name string
	run  func(bench)
}

// A bench is a test with a store.
type bench struct {
	*testing.T
	Store
}

var serial atomic.Int64

// id makes an id that no other test has. Ids ascend as text.
func id(prefix string) string { return fmt.Sprintf("%s-%08d", prefix, serial.Add(1)) }

// start is a time that only microseconds keep.
var start = time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC)

func after(n int) time.Time { return start.Add(time.Duration(n) * time.Microsecond) }

func (b bench) update(fn func(store.Tx) error) {
	b.Helper()
	if err := b.Update(b.Context(), fn); err != nil {
		b.Fatal(err)
	}
}

// fails runs fn in a transaction and expects it to end with a reason.
func (b bench) fails(want org.Reason, fn func(store.Tx) error) {
	b.Helper()
	if got := org.ReasonOf(b.Update(b.Context(), fn)); got != want {
		b.Errorf("reason %q, want %q", got, want)
	}
}

// read returns what fn reads.
func read[T any](b bench, fn func(store.Reader) (T, error)) T {
	b.Helper()
	var out T
	err := b.View(b.Context(), func(r store.Reader) (err error) {
		out, err = fn(r)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// misses expects fn to end with a reason.
func misses[T any](b bench, want org.Reason, fn func(store.Reader) (T, error)) {
	b.Helper()
	err := b.View(b.Context(), func(r store.Reader) error {
		_, err := fn(r)
		return err
	})
	if got := org.ReasonOf(err); got != want {
		b.Errorf("reason %q, want %q: %v", got, want, err)
	}
}

// all reads a list page by page.
func all[T any](b bench, limit int, list func(store.Reader, org.Page) ([]T, string, error)) []T {
	b.Helper()
	var out []T
	p := org.Page{Limit: limit}
	for range 1000 {
		var next string
		found := read(b, func(r store.Reader) (part []T, err error) {
			part, next, err = list(r, p)
			return part, err
		})
		if len(found) > limit {
			b.Fatalf("%d rows on a page of %d", len(found), limit)
		}
		out = append(out, found...)
		if next == "" {
			return out
		}
		if len(found) < limit {
			b.Fatalf("a page of %d rows, of %d, has a next one", len(found), limit)
		}
		p.After = next
	}
	b.Fatal("the list has no end")
	return nil
}

func (b bench) equal(want, got any) {
	b.Helper()
	if d := cmp.Diff(want, got); d != "" {
		b.Errorf("(-want +got)\n%s", d)
	}
}

// together runs fn n times at once and returns the errors.
func together(n int, fn func(int) error) error {
	errs := make(chan error, n)
	for i := range n {
		go func() { errs <- fn(i) }()
	}
	var all error
	for range n {
		all = errors.Join(all, <-errs)
	}
	return all
}

// organization inserts an organization with its root.
func (b bench) organization() org.Organization {
	b.Helper()
	o := org.Organization{
		ID: org.OrganizationID(id("o")), Partition: org.AWS, ManagementID: org.AccountID(id("m")), RootID: org.UnitID(id("r")),
		FeatureSet: org.AllFeatures, CreatedAt: start, Version: 1,
	}
	b.update(func(tx store.Tx) error {
		if err := tx.InsertOrganization(b.Context(), o); err != nil {
			return err
		}
		return tx.InsertUnit(b.Context(), org.Unit{ID: o.RootID, OrganizationID: o.ID, Name: "Root", CreatedAt: start})
	})
	return o
}

// account inserts a member of an organization.
func (b bench) account(o org.Organization, parent org.UnitID, joined time.Time) org.Account {
	b.Helper()
	a := org.Account{
		ID: org.AccountID(id("a")), Partition: o.Partition, OrganizationID: o.ID, ParentID: parent, Name: "n", State: org.AccountActive,
		JoinMethod: org.Created, JoinedAt: joined, CreatedAt: start,
	}
	b.update(func(tx store.Tx) error { return tx.InsertAccount(b.Context(), a) })
	return a
}

func ids[T any, I any](all []T, of func(T) I) []I {
	out := []I{}
	for _, v := range all {
		out = append(out, of(v))
	}
	return out
}
