package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// createSQLite holds the server's creations against SQLite's own rate, each on a file of its own.
func (b *bench) createSQLite(ctx context.Context) error {
	s, err := sqlite.Open(ctx, filepath.Join(b.dir, "own.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	return errors.Join(b.creations(ctx, "SQLite", b.sqlite("create.db"), s), s.Close())
}

// createPostgres does the same on one PostgreSQL that waits for its disk, where there is one.
func (b *bench) createPostgres(ctx context.Context) error {
	url, ours, end, err := b.databases()
	if err != nil {
		b.table.add(row{what: "CreateAccount on PostgreSQL", verdict: "SKIPPED: " + err.Error()})
		return nil
	}
	defer end()
	s, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	return errors.Join(b.creations(ctx, "PostgreSQL", ours, s), s.Close())
}

// creations compares both ways to ask for accounts with the store's own rate. Each caller has an organization of its own, since the changes of
// one organization wait for each other; what that costs when all share one is shown without a budget.
func (b *bench) creations(ctx context.Context, engine, database string, own store.Store) error {
	p, err := b.serve(ctx, database)
	if err != nil {
		return err
	}
	defer p.Kill()
	many, err := organizations(ctx, p, callers)
	if err != nil {
		return err
	}
	writers, err := newWriters(ctx, own, callers)
	if err != nil {
		return err
	}
	for _, way := range []struct {
		what   string
		orgs   int
		side   func(context.Context, []client.AWS, time.Duration) side
		budget bool
	}{
		{"ask on", callers, asking, true}, {"look every 5 ms until it is there", callers, waiting, true}, {"ask on, in one organization", 1, asking, false},
	} {
		r, err := duel(b.rounds, way.side(ctx, many[:way.orgs], b.each), writing(ctx, writers[:way.orgs], b.each))
		if err != nil {
			return err
		}
		line := row{
			what: fmt.Sprintf("CreateAccount to SUCCEEDED on %s, %d callers %s", engine, callers, way.what), ours: perSecond(r.ours),
			beside: perSecond(r.beside) + " engine, same rows", ratio: times(r.ratio),
		}
		if way.budget {
			line.budget, line.verdict = ">= 0.50", verdict(r.ratio >= 0.5)
		}
		b.table.add(line)
	}
	return nil
}

// databases returns two empty databases: those of a cluster that ends with this process.
func (b *bench) databases() (own, server string, end func(), err error) {
	t := &standIn{}
	defer func() {
		if s := recover(); s != nil {
			err = fmt.Errorf("%v", s)
		}
	}()
	return pgtest.Durable(t), pgtest.Durable(t), t.end, nil
}

// A standIn is what pgtest needs of a test, outside of one. Giving up is a panic.
type standIn struct {
	testing.TB
	after []func()
}

func (*standIn) Helper()                           {}
func (s *standIn) Cleanup(f func())                { s.after = append(s.after, f) }
func (*standIn) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (*standIn) Skipf(format string, args ...any)  { panic(fmt.Sprintf(format, args...)) }

func (s *standIn) end() {
	for _, f := range s.after {
		f()
	}
}
