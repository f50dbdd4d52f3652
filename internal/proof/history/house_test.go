package history

import (
	"bytes"
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/workflow"
)

// quotas are so small that callers run into them.
var quotas = org.Quotas{Accounts: 10, Creations: 3, Units: 14}

// A house is a control plane over a database, with the engine that vends accounts at work.
type house struct {
	store store.Store
	plane *controlplane.Plane
	count func(context.Context) (map[string]int, error)
}

// newHouse builds a house over base. The plane sees the store through seen, which may spoil it.
func newHouse(t *testing.T, base *sqlstore.Store, seen store.Store) *house {
	t.Helper()
	vault, err := identity.NewVault(bytes.Repeat([]byte{5}, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	p := controlplane.New(controlplane.Config{
		Store: seen, Vault: vault, Now: time.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: func(*org.Rules) org.Quotas { return quotas },
	})
	flows := workflow.New(p, workflow.None, nil, workflow.Instant)
	e, err := durable.New(seen, flows.All(), durable.Options{Before: flows.Before})
	if err != nil {
		t.Fatal(err)
	}
	base.HandOver(sqlstore.Options{Lease: e.Lease(), Started: e.Offer})
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- e.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-over; err != nil {
			t.Error(err)
		}
	})
	return &house{store: base, plane: p, count: base.Rows}
}

// quiet waits until no work is left.
func (h *house) quiet(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		rows, err := h.count(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if rows["sagas"] == 0 {
			return
		}
	}
	t.Fatal("the engine does not come to rest")
}
