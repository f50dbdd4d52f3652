package postgres

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// tries is how often a transaction is run that the server ended for the sake of another.
const tries = 5

// An engine implements sqlstore.Engine. Statements are prepared by pgx, on each connection by itself; preparing over the pool would do it
// twice.
type engine struct {
	dialect
	db *sql.DB
}

// View reads in a transaction of one snapshot.
func (e *engine) View(ctx context.Context, fn func(query.DBTX) error) error {
	return e.transact(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

// Glance spares the ways to the server and back that begin and end a transaction: a single statement sees one snapshot by itself.
func (e *engine) Glance(ctx context.Context, fn func(query.DBTX) error) error {
	g := &glance{DB: e.db}
	if err := fn(g); !g.more {
		return err
	}
	return e.View(ctx, fn)
}

// Update writes at READ COMMITTED. That is enough, because whoever changes an organization holds its row: nobody else's changes come in
// between.
func (e *engine) Update(ctx context.Context, fn func(query.DBTX) error) error {
	var err error
	for try := range tries {
		if err = pause(ctx, try); err != nil {
			return err
		}
		err = e.transact(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, fn)
		if !e.IsBusy(err) {
			return err
		}
	}
	return err
}

func (e *engine) transact(ctx context.Context, o *sql.TxOptions, fn func(query.DBTX) error) error {
	tx, err := e.db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	// After a commit this does nothing. Deferred, so that a panic in fn leaves no transaction open.
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// pause waits before a further try, by chance, so that those who met do not meet again.
func pause(ctx context.Context, try int) error {
	if try == 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(time.Duration(try) * rand.N(4*time.Millisecond)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *engine) Close() error { return e.db.Close() }

// dialect implements sqlstore.Dialect with the codes of PostgreSQL's appendix A.
type dialect struct{}

const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
)

func (dialect) IsUniqueViolation(err error) bool { return code(err) == uniqueViolation }

func (dialect) IsBusy(err error) bool {
	c := code(err)
	return c == serializationFailure || c == deadlockDetected
}

func (dialect) SkipLocked() string { return "FOR UPDATE SKIP LOCKED" }

func code(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
