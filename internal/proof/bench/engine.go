package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

var mint = org.Mint{Random: rand.Reader}

// A writer writes to a store, without anything above it, the rows that the making of an account writes: in two transactions, as the server
// must, since it answers in between.
type writer struct {
	store store.Store
	org   org.Organization
}

// newWriters makes writers in so many organizations.
func newWriters(ctx context.Context, s store.Store, n int) ([]*writer, error) {
	var out []*writer
	for range n {
		w, err := newWriter(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

func newWriter(ctx context.Context, s store.Store) (*writer, error) {
	rules, now := org.RulesOf(org.AWS), moment()
	o := org.Organization{
		ID: mint.Organization(rules), Partition: org.AWS, ManagementID: mint.Account(rules), RootID: mint.Root(rules), FeatureSet: org.AllFeatures,
		CreatedAt: now, Version: 1,
	}
	err := s.Update(ctx, func(tx store.Tx) error {
		if err := tx.InsertOrganization(ctx, o); err != nil {
			return err
		}
		if err := tx.InsertUnit(ctx, org.Unit{ID: o.RootID, OrganizationID: o.ID, Name: rules.RootName, CreatedAt: now}); err != nil {
			return err
		}
		return tx.InsertAccount(ctx, org.Account{ID: o.ManagementID, Partition: org.AWS, OrganizationID: o.ID, ParentID: o.RootID, State: org.AccountActive, JoinedAt: now, CreatedAt: now})
	})
	return &writer{s, o}, err
}

func moment() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// writing is a side: as many goroutines as there are callers make accounts.
func writing(ctx context.Context, in []*writer, d time.Duration) side {
	return func() (float64, error) {
		var work sync.WaitGroup
		var done atomic.Int64
		failed := make(chan error, callers)
		began := time.Now()
		for n := range callers {
			work.Go(func() {
				for time.Since(began) < d {
					if err := in[n%len(in)].account(ctx); err != nil {
						failed <- err
						return
					}
					done.Add(1)
				}
			})
		}
		work.Wait()
		select {
		case err := <-failed:
			return 0, err
		default:
			return float64(done.Load()) / time.Since(began).Seconds(), nil
		}
	}
}

func (w *writer) account(ctx context.Context) error {
	rules, now, n := org.RulesOf(org.AWS), moment(), serial.Add(1)
	c := org.Creation{
		ID: mint.Creation(rules), OrganizationID: w.org.ID, Partition: org.AWS, State: org.CreationRunning, RequestedAt: now,
		Request:     org.AccountRequest{Name: "bench " + strconv.FormatInt(n, 10), Email: fmt.Sprintf("bench-%d@bench.example", n), RoleName: rules.AccessRole},
		RequestedBy: org.Caller{Partition: org.AWS, AccountID: w.org.ManagementID, Kind: org.User, Name: "admin", Path: "/", Admin: true},
	}
	saga := durable.Start(mint.UUID(), string(org.CreateAccount), string(w.org.ID)+"/"+string(c.ID), now)
	err := w.store.Update(ctx, func(tx store.Tx) error { return w.request(ctx, tx, c, saga) })
	if err != nil {
		return err
	}
	saga.State, saga.Step = durable.Succeeded, 10
	return w.store.Update(ctx, func(tx store.Tx) error { return w.vend(ctx, tx, c, saga) })
}

func (w *writer) request(ctx context.Context, tx store.Tx, c org.Creation, s durable.Saga) error {
	o, err := tx.LockOrganization(ctx, w.org.ID)
	if err != nil {
		return err
	}
	if err := tx.InsertCreation(ctx, c); err != nil {
		return err
	}
	if err := w.event(ctx, tx, o, org.AccountRequested, string(c.ID)); err != nil {
		return err
	}
	return tx.Start(ctx, s.ID, org.CreateAccount, s.Subject, s.StartedAt)
}

func (w *writer) vend(ctx context.Context, tx store.Tx, c org.Creation, s durable.Saga) error {
	rules := org.RulesOf(org.AWS)
	a := org.Account{ID: mint.Account(rules), Partition: org.AWS, Name: c.Request.Name, Email: c.Request.Email, State: org.AccountCreating, CreatedAt: c.RequestedAt}
	want := org.Reservations(rules, a.Name, a.Email, "")[0]
	want.Holder = string(c.ID)
	if _, err := tx.Reserve(ctx, want); err != nil {
		return err
	}
	if err := tx.InsertAccount(ctx, a); err != nil {
		return err
	}
	for _, k := range []org.PrincipalKind{org.RootUser, org.ServiceRole, org.Role} {
		p := org.Principal{ID: mint.Principal(rules, k), AccountID: a.ID, Kind: k, Name: string(k), Path: "/", CreatedAt: c.RequestedAt}
		if err := tx.InsertPrincipal(ctx, p); err != nil {
			return err
		}
	}
	o, err := tx.LockOrganization(ctx, w.org.ID)
	if err != nil {
		return err
	}
	a.OrganizationID, a.ParentID, a.State, a.JoinMethod, a.JoinedAt = o.ID, o.RootID, org.AccountActive, org.Created, moment()
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	if err := tx.PassReservations(ctx, string(c.ID), string(a.ID)); err != nil {
		return err
	}
	c.State, c.AccountID, c.CompletedAt = org.CreationSucceeded, a.ID, a.JoinedAt
	if err := tx.UpdateCreation(ctx, c); err != nil {
		return err
	}
	if err := w.event(ctx, tx, o, org.AccountCreationEnded, string(c.ID)); err != nil {
		return err
	}
	if err := w.event(ctx, tx, o, org.AccountJoined, string(a.ID)); err != nil {
		return err
	}
	return tx.SaveSaga(ctx, s)
}

func (w *writer) event(ctx context.Context, tx store.Tx, o org.Organization, name org.EventName, subject string) error {
	return tx.AppendEvent(ctx, org.Event{
		OrganizationID: o.ID, Version: o.Version, ID: mint.UUID(), Name: name, Partition: org.AWS, At: moment(), Subject: subject,
		Detail: map[string]string{"state": "SUCCEEDED", "requestedAt": "2026-01-15T08:30:00.000000Z", "completedAt": "2026-01-15T08:30:00.000000Z"},
	})
}
