package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// conn is one connection with the statements that were prepared on it. Parsing costs several times what running a statement does, so each
// is kept. One goroutine uses a conn at a time.
type conn struct {
	*sql.Conn
	stmts map[string]*sql.Stmt
}

var _ query.DBTX = (*conn)(nil)

func open(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, stmts: map[string]*sql.Stmt{}}, nil
}

// Statements run on a context of their own: an interrupt would make SQLite roll back the whole transaction, neighbours included, and costs
// a goroutine for each statement. What the caller's context says is heard between statements.

func (c *conn) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := c.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

func (c *conn) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := c.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

func (c *conn) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	s, err := c.prepared(ctx, text)
	if err != nil {
		// A Row cannot be made to carry an error; one that fails in the same way is asked for instead.
		return c.Conn.QueryRowContext(ctx, text, args...)
	}
	return s.QueryRowContext(context.Background(), args...)
}

func (c *conn) PrepareContext(ctx context.Context, text string) (*sql.Stmt, error) {
	return c.Conn.PrepareContext(ctx, text)
}

func (c *conn) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s := c.stmts[text]; s != nil {
		return s, nil
	}
	s, err := c.Conn.PrepareContext(context.Background(), text)
	if err == nil {
		c.stmts[text] = s
	}
	return s, err
}

// do runs a statement that belongs to the transaction and not to a caller.
func (c *conn) do(text string) error {
	_, err := c.ExecContext(context.Background(), text)
	return err
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.Conn.Close())...)
}
