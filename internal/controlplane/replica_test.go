package controlplane_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/url"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
)

// meanwhile is a store with a moment in its transactions at which something else is done, once: before a lock of an organization, or before an account,
// its row in the landing zone, or a transfer is written.
type meanwhile struct {
	store.Store
	locking, writing func()
}

type meanwhileTx struct {
	store.Tx
	m *meanwhile
}

func (m *meanwhile) Update(ctx context.Context, fn func(store.Tx) error) error {
	return m.Store.Update(ctx, func(tx store.Tx) error { return fn(meanwhileTx{tx, m}) })
}

func (t meanwhileTx) LockOrganization(ctx context.Context, id org.OrganizationID) (org.Organization, error) {
	once(&t.m.locking)
	return t.Tx.LockOrganization(ctx, id)
}

func (t meanwhileTx) UpdateAccount(ctx context.Context, a org.Account) error {
	once(&t.m.writing)
	return t.Tx.UpdateAccount(ctx, a)
}

func (t meanwhileTx) PutManagedAccount(ctx context.Context, a landing.Account) error {
	once(&t.m.writing)
	return t.Tx.PutManagedAccount(ctx, a)
}

func (t meanwhileTx) UpdateTransfer(ctx context.Context, n org.Transfer) error {
	once(&t.m.writing)
	return t.Tx.UpdateTransfer(ctx, n)
}

func once(do *func()) {
	if now := *do; now != nil {
		*do = nil
		now()
	}
}

// replicas are two servers of one PostgreSQL database. What is to happen in the middle of the first one's transactions, the other one does; it waits for
// no lock. A test in which it did not come to that fails.
type replicas struct {
	*testing.T
	one, other *controlplane.Plane
	*meanwhile
	admin org.Caller
	o     controlplane.Organization
}

func newReplicas(t *testing.T, of org.Partition) *replicas {
	t.Helper()
	vault, err := identity.NewVault(bytes.Repeat([]byte{7}, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	database, err := url.Parse(pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	open := func() store.Store {
		s, err := postgres.Open(t.Context(), database.String(), postgres.Options{Connections: 2})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
	plane := func(s store.Store) *controlplane.Plane {
		return controlplane.New(controlplane.Config{
			Store: s, Vault: vault, Now: time.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
		})
	}
	r := &replicas{T: t, meanwhile: &meanwhile{Store: open()}}
	r.one = plane(r.meanwhile)
	t.Cleanup(func() {
		if r.locking != nil || r.writing != nil {
			t.Error("what was to happen meanwhile did not")
		}
	})
	q := database.Query()
	q.Set("lock_timeout", "100ms")
	database.RawQuery = q.Encode()
	r.other = plane(open())
	r.admin = r.standing(of)
	if r.o, err = r.one.CreateOrganization(t.Context(), r.admin, org.AllFeatures); err != nil {
		t.Fatal(err)
	}
	return r
}

// standing is the administrator of an account that stands alone.
func (r *replicas) standing(in org.Partition) org.Caller {
	r.Helper()
	made, err := r.one.MintAccount(r.Context(), controlplane.Standalone{Partition: in})
	if err != nil {
		r.Fatal(err)
	}
	return made.Caller
}

func (r *replicas) check(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *replicas) account(id org.AccountID) org.Account {
	r.Helper()
	a, err := r.one.Look(r.Context(), id)
	r.check(err)
	return a
}
