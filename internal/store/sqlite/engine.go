package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// An engine implements sqlstore.Engine.
type engine struct {
	dialect
	writer *writer
	view   func(context.Context, func(query.DBTX) error) error
	close  func() error
}

func (e *engine) View(ctx context.Context, fn func(query.DBTX) error) error { return e.view(ctx, fn) }

// Glance is View: a transaction costs no way to a server.
func (e *engine) Glance(ctx context.Context, fn func(query.DBTX) error) error { return e.view(ctx, fn) }

func (e *engine) Update(ctx context.Context, fn func(query.DBTX) error) error {
	return e.writer.update(ctx, fn)
}

func (e *engine) Close() error { return e.close() }

// closing makes a close of several, which runs them in order and only once.
func closing(all ...func() error) func() error {
	return sync.OnceValue(func() error {
		var errs []error
		for _, c := range all {
			errs = append(errs, c())
		}
		return errors.Join(errs...)
	})
}

// check asks SQLite whether the file is whole.
func check(ctx context.Context, c query.DBTX) error {
	for _, pragma := range []string{"integrity_check", "foreign_key_check"} {
		rows, err := c.QueryContext(ctx, "PRAGMA "+pragma)
		if err != nil {
			return err
		}
		if err := verdict(rows); err != nil {
			return fmt.Errorf("%s: %w", pragma, err)
		}
	}
	return nil
}

// verdict takes every row for a complaint that is not the one row "ok".
func verdict(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var first sql.NullString
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		into := []any{&first}
		for range cols[1:] {
			into = append(into, new(any))
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if first.String != "ok" {
			return errors.New(first.String)
		}
	}
	return rows.Err()
}

// dialect implements sqlstore.Dialect.
type dialect struct{}

func (dialect) IsUniqueViolation(err error) bool {
	switch code(err) {
	case lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

// IsBusy reports whether somebody else has the file locked. The exclusive lock makes that a tool such as a backup.
func (dialect) IsBusy(err error) bool {
	primary := code(err) & 0xff
	return primary == lib.SQLITE_BUSY || primary == lib.SQLITE_LOCKED
}

// SkipLocked is empty: there is one writer, and so nothing to pass over.
func (dialect) SkipLocked() string { return "" }

func code(err error) int {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return e.Code()
	}
	return 0
}
