package gatetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"sync/atomic"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// Start is the first moment of every World, on both of its clocks.
var Start = time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC)

// A World is a control plane in memory with a clock that the test moves. Its wall clock stands still.
type World struct {
	*controlplane.Plane
	tb    testing.TB
	moved atomic.Int64
}

// NewWorld makes an empty world. In a lenient one any role may be assumed.
func NewWorld(tb testing.TB, lenient bool) *World {
	tb.Helper()
	s, err := sqlite.OpenMemory(tb.Context(), sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	vault, err := identity.NewVault(bytes.Repeat([]byte{7}, identity.KeySize))
	if err != nil {
		tb.Fatal(err)
	}
	w := &World{tb: tb}
	w.Plane = controlplane.New(controlplane.Config{
		Store: s, Vault: vault, Mint: org.Mint{Random: rand.Reader}, Lenient: lenient,
		Now:    func() time.Time { return Start.Add(time.Duration(w.moved.Load())) },
		Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
	})
	return w
}

// Wall is the wall clock.
func Wall() time.Time { return Start }

// Move moves the control plane's clock.
func (w *World) Move(d time.Duration) { w.moved.Add(int64(d)) }

// Mint makes an account with an administrator and returns its key.
func (w *World) Mint(p org.Partition, id org.AccountID) controlplane.Credentials {
	w.tb.Helper()
	c, err := w.MintAccount(w.tb.Context(), controlplane.Standalone{Partition: p, ID: id})
	if err != nil {
		w.tb.Fatal(err)
	}
	return c
}

// Role gives an account a role that administers it and trusts another account.
func (w *World) Role(p org.Partition, id org.AccountID, path, name string, trusts org.AccountID) org.PrincipalID {
	w.tb.Helper()
	role := org.Principal{
		ID: w.Plane.Mint.Principal(org.RulesOf(p), org.Role), AccountID: id, Kind: org.Role, Name: name, Path: path, Administrator: true,
		Trusts: string(trusts), MaxSession: 2 * time.Hour, CreatedAt: Start,
	}
	w.update(func(ctx context.Context, tx store.Tx) error { return tx.InsertPrincipal(ctx, role) })
	return role.ID
}

// InactiveKey gives a principal a second key, which is not accepted.
func (w *World) InactiveKey(of org.Caller, id org.KeyID, secret string) Key {
	w.tb.Helper()
	w.update(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertKey(ctx, org.Key{
			ID: id, AccountID: of.AccountID, PrincipalID: of.PrincipalID, Sealed: w.Vault.Seal([]byte(secret), "secret of "+string(id)),
			Status: org.KeyInactive, CreatedAt: Start,
		})
	})
	return Key{ID: string(id), Secret: secret}
}

// Token seals a session of a caller that ends after d. Without a key it is an X-Auth-Token.
func (w *World) Token(c org.Caller, key Key, d time.Duration) string {
	w.tb.Helper()
	token, err := w.Vault.Token(identity.Session{
		KeyID: org.KeyID(key.ID), Secret: key.Secret, Caller: c, ExpiresAt: w.Now().Add(d), Terms: identity.Terms{IssuedAt: w.Now()},
	})
	if err != nil {
		w.tb.Fatal(err)
	}
	return token
}

// Join makes an account a member of an organization, below its root, under a name.
func (w *World) Join(o org.Organization, id org.AccountID, name string) {
	w.tb.Helper()
	w.update(func(ctx context.Context, tx store.Tx) error {
		if _, err := tx.LockOrganization(ctx, o.ID); err != nil {
			return err
		}
		a, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		a.OrganizationID, a.ParentID, a.Name, a.JoinMethod, a.JoinedAt = o.ID, o.RootID, name, org.Created, w.Now()
		return tx.UpdateAccount(ctx, a)
	})
}

// Account reads an account.
func (w *World) Account(ctx context.Context, id org.AccountID) (a org.Account, err error) {
	err = w.Store.View(ctx, func(r store.Reader) error {
		a, err = r.Account(ctx, id)
		return err
	})
	return a, err
}

func (w *World) update(fn func(context.Context, store.Tx) error) {
	w.tb.Helper()
	ctx := w.tb.Context()
	if err := w.Store.Update(ctx, func(tx store.Tx) error { return fn(ctx, tx) }); err != nil {
		w.tb.Fatal(err)
	}
}
