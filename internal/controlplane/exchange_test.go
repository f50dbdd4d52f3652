package controlplane_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// Two organizations invite each other's members, and all of them accept at once, while each offers to take over the other's bill. Whoever locked the two in another order than the rest would wait
// for somebody who waits for it.
func TestOrganizationsExchangeAccountsWithoutADeadlock(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		s, err := sqlite.OpenMemory(t.Context(), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		exchangeOn(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		url := pgtest.URL(t)
		s, err := postgres.Open(t.Context(), url, postgres.Options{Connections: 8})
		if err != nil {
			t.Fatal(err)
		}
		exchangeOn(t, s)
		if err := s.Close(); err != nil { // a connection tells its figures when it ends
			t.Error(err)
		}
		if n := deadlocks(t, url); n > 0 {
			t.Errorf("%d deadlocks", n)
		}
	})
}

func deadlocks(t *testing.T, url string) (n int) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	if err := c.QueryRow(t.Context(), "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func exchangeOn(t *testing.T, s store.Store) {
	t.Helper()
	vault, err := identity.NewVault(bytes.Repeat([]byte{7}, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	p := controlplane.New(controlplane.Config{
		Store: s, Vault: vault, Now: time.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
	})
	caller := func() org.Caller {
		made, err := p.MintAccount(t.Context(), controlplane.Standalone{Partition: org.AWS})
		if err != nil {
			t.Fatal(err)
		}
		return made.Caller
	}
	var admins [2]org.Caller
	var members [2][]org.Caller
	for i := range admins {
		admins[i] = caller()
		if _, err := p.CreateOrganization(t.Context(), admins[i], org.AllFeatures); err != nil {
			t.Fatal(err)
		}
		for range 8 {
			c := caller()
			if err := bring(t.Context(), p, admins[i], c); err != nil {
				t.Fatal(err)
			}
			members[i] = append(members[i], c)
		}
	}
	for range 3 {
		var wait sync.WaitGroup
		for i := range admins {
			wait.Go(func() {
				if err := haggle(t.Context(), p, admins[i], admins[1-i]); err != nil {
					t.Errorf("side %d haggles: %v", i, err)
				}
			})
			for _, c := range members[1-i] {
				wait.Go(func() {
					if err := bring(t.Context(), p, admins[i], c); err != nil {
						t.Errorf("%s: %v", c.AccountID, err)
					}
				})
			}
		}
		wait.Wait()
		members[0], members[1] = members[1], members[0]
	}
	takeBoth(t, p, admins)
	for i, admin := range admins {
		got, err := p.ListAccounts(t.Context(), admin, "", org.Page{Limit: 100})
		if err != nil || len(got.Accounts) != 9 {
			t.Errorf("side %d has %d accounts: %v", i, len(got.Accounts), err)
		}
		for _, c := range members[i] {
			if _, err := p.GetAccount(t.Context(), admin, c.AccountID); err != nil {
				t.Errorf("side %d: %v", i, err)
			}
		}
	}
}

// bring invites an account and has it accept.
func bring(ctx context.Context, p *controlplane.Plane, admin, c org.Caller) error {
	h, err := p.InviteAccount(ctx, admin, toAccount(c.AccountID))
	if err != nil {
		return err
	}
	_, err = p.AcceptHandshake(ctx, c, h.ID)
	return err
}

// offerFor offers to take over the bill of the organization that an account manages.
func offerFor(ctx context.Context, p *controlplane.Plane, admin, source org.Caller) (org.Handshake, error) {
	y, m, _ := time.Now().UTC().Date()
	return p.OfferTransfer(ctx, admin, org.TransferOffer{
		Offer: toAccount(source.AccountID), Name: "other", StartsAt: time.Date(y, m+2, 1, 0, 0, 0, 0, time.UTC),
	})
}

// haggle offers to take over a bill time and again; every other offer is declined, the rest withdrawn.
func haggle(ctx context.Context, p *controlplane.Plane, admin, source org.Caller) error {
	for i := range 8 {
		h, err := offerFor(ctx, p, admin, source)
		if err != nil {
			return err
		}
		if i%2 == 0 {
			_, err = p.DeclineHandshake(ctx, source, h.ID)
		} else {
			_, err = p.CancelHandshake(ctx, admin, h.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takeBoth has both sides take over the other's bill at once. One of them comes first, and then the other's would go round in a circle.
func takeBoth(t *testing.T, p *controlplane.Plane, admins [2]org.Caller) {
	t.Helper()
	var offers [2]org.Handshake
	for i, admin := range admins {
		var err error
		if offers[i], err = offerFor(t.Context(), p, admin, admins[1-i]); err != nil {
			t.Fatal(err)
		}
	}
	var errs [2]error
	var wait sync.WaitGroup
	for i, h := range offers {
		wait.Go(func() { _, errs[i] = p.AcceptHandshake(t.Context(), admins[1-i], h.ID) })
	}
	wait.Wait()
	reasons := []org.Reason{org.ReasonOf(errs[0]), org.ReasonOf(errs[1])}
	slices.Sort(reasons)
	if !slices.Equal(reasons, []org.Reason{"", org.TransferLevelLimit}) {
		t.Errorf("the offers ended with %v", errs)
	}
}
