package workflow_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// setting is what a bundle is made of. Zero fields are the plainest.
type setting struct {
	partition org.Partition // AWS
	world     workflow.World
	pace      workflow.Pace
	quotas    org.Quotas
	random    io.Reader
}

// bundle is an organization with its own control plane, over a store in memory.
type bundle struct {
	store  *sqlite.Store
	plane  *controlplane.Plane
	clock  *twin.Clock
	faults *twin.Faults
	flows  *workflow.Workflows
	admin  org.Caller
	org    org.Organization
	sagas  chan durable.Saga // as they were started
}

func newBundle(t *testing.T, s setting) *bundle {
	t.Helper()
	if s.partition == "" {
		s.partition = org.AWS
	}
	if s.world == nil {
		s.world = workflow.None
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	b := &bundle{clock: twin.NewClock(), faults: twin.NewFaults(twin.Codes{}), sagas: make(chan durable.Saga, 100)}
	b.store = must(sqlite.OpenMemory(t.Context(), sqlite.Options{Options: sqlstore.Options{Started: func(s durable.Saga) { b.sagas <- s }}}))
	t.Cleanup(func() { check(t, b.store.Close()) })
	b.plane = controlplane.New(controlplane.Config{
		Store: b.store, Vault: must(identity.NewVault(bytes.Repeat([]byte{1}, identity.KeySize))), Now: b.clock.Now, Mint: org.Mint{Random: s.random},
		Quotas: func(*org.Rules) org.Quotas { return s.quotas },
	})
	b.flows = workflow.New(b.plane, s.world, b.faults, s.pace)
	b.admin = must(b.plane.MintAccount(t.Context(), controlplane.Standalone{Partition: s.partition, Name: "management", Email: "m@example.com"})).Caller
	b.org = must(b.plane.CreateOrganization(t.Context(), b.admin, org.AllFeatures)).Organization
	return b
}

// run starts an engine that works until the test ends.
func (b *bundle) run(t *testing.T) {
	t.Helper()
	b.runLogged(t, nil)
}

func (b *bundle) runLogged(t *testing.T, log *slog.Logger) {
	t.Helper()
	e := must(durable.New(b.store, b.flows.All(), durable.Options{
		Workers: 4, Poll: 2 * time.Millisecond, Now: b.clock.Steady, Before: b.flows.Before, Logger: log,
	}))
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- e.Run(ctx) }()
	t.Cleanup(func() { stop(); check(t, <-over) })
}

func (b *bundle) request(t *testing.T, q org.AccountRequest) org.CreationID {
	t.Helper()
	n, err := b.plane.CreateAccount(t.Context(), b.admin, q)
	if err != nil {
		t.Fatal(err)
	}
	return n.ID
}

func (b *bundle) creation(t *testing.T, id org.CreationID) org.Creation {
	t.Helper()
	return must(b.plane.GetCreation(t.Context(), b.admin, id))
}

// ended waits for the end of a creation and of its saga.
func (b *bundle) ended(t *testing.T, id org.CreationID) org.Creation {
	t.Helper()
	eventually(t, func() bool { return b.creation(t, id).State != org.CreationRunning })
	return b.creation(t, id)
}

func (b *bundle) quiet(t *testing.T) {
	t.Helper()
	eventually(t, func() bool { return b.rows(t)["sagas"] == 0 })
}

func (b *bundle) rows(t *testing.T) map[string]int {
	t.Helper()
	return must(b.store.Rows(t.Context()))
}

// events lists what happened in the organization after a version.
func (b *bundle) events(t *testing.T, version int64) []org.EventName {
	t.Helper()
	var names []org.EventName
	check(t, b.store.View(t.Context(), func(r store.Reader) error {
		names = nil
		events, err := r.Events(t.Context(), b.org.ID, version, 1<<20, 1000)
		for _, e := range events {
			names = append(names, e.Name)
		}
		return err
	}))
	return names
}

func (b *bundle) version(t *testing.T) int64 {
	t.Helper()
	return must(b.plane.GetOrganization(t.Context(), b.admin)).Version
}

// grew fails when the rows are not those before, and so many more. Rows that are none are left out of both.
func (b *bundle) grew(t *testing.T, before, by map[string]int) {
	t.Helper()
	want := maps.Clone(before)
	for table, n := range by {
		want[table] += n
	}
	maps.DeleteFunc(want, func(_ string, n int) bool { return n == 0 })
	if d := cmp.Diff(want, b.rows(t)); d != "" {
		t.Errorf("the rows differ (-want +got):\n%s", d)
	}
}

// taken returns who holds a value, empty when nobody does.
func (b *bundle) taken(t *testing.T, f org.Field, value string) string {
	t.Helper()
	var holder string
	err := b.store.Update(t.Context(), func(tx store.Tx) (err error) {
		holder, err = tx.Reserve(t.Context(), org.Reservation{Partition: b.org.Partition, Field: f, Value: value, Slots: 1, Holder: "somebody else"})
		if err != nil {
			return err
		}
		return errOnlyLooking
	})
	if err != errOnlyLooking {
		t.Fatal(err)
	}
	return holder
}

var errOnlyLooking = org.E(org.NotServed)

// wish is a request that is granted; each number makes another one.
func wish(n string) org.AccountRequest {
	return org.AccountRequest{Name: "account-" + n, Email: "Box-" + n + "@Example.com", Tags: []org.Tag{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}}
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatal("it did not come to pass")
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
