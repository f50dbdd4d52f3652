package postgres

import (
	"context"
	"database/sql"
	"errors"
)

var errMore = errors.New("a glance is one statement")

// A glance runs one statement outside of a transaction. It refuses a second one, which would see another state, and remembers that it was asked for.
type glance struct {
	*sql.DB
	used, more bool
}

func (g *glance) once() error {
	if g.used {
		g.more = true
		return errMore
	}
	g.used = true
	return nil
}

func (g *glance) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	g.more = true
	return nil, errMore
}

func (g *glance) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := g.once(); err != nil {
		return nil, err
	}
	return g.DB.QueryContext(ctx, text, args...)
}

func (g *glance) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if err := g.once(); err != nil {
		// A Row cannot be made to carry an error; one whose context has ended does.
		ended, end := context.WithCancelCause(ctx)
		end(err)
		ctx = ended
	}
	return g.DB.QueryRowContext(ctx, text, args...)
}
