package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// readers are connections that read beside the writer, each on the state that was committed when it began.
type readers struct {
	free chan *conn // closed, and so empty, once closed
	size int
}

func openReaders(ctx context.Context, db *sql.DB, size int) (*readers, error) {
	r := &readers{free: make(chan *conn, size)}
	for ; r.size < size; r.size++ {
		c, err := open(ctx, db)
		if err != nil {
			return nil, errors.Join(err, r.close())
		}
		r.free <- c
	}
	return r, nil
}

func (r *readers) view(ctx context.Context, fn func(query.DBTX) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var c *conn
	select {
	case c = <-r.free:
	case <-ctx.Done():
		return ctx.Err()
	}
	if c == nil {
		return errClosed
	}
	defer func() { r.free <- c }()
	if err := c.do("BEGIN"); err != nil {
		return err
	}
	// There is nothing to keep; a reader's ROLLBACK cannot be refused as a COMMIT can while a statement is still open.
	defer func() { _ = c.do("ROLLBACK") }()
	return fn(c)
}

// close waits for the views that run.
func (r *readers) close() error {
	var errs []error
	for ; r.size > 0; r.size-- {
		errs = append(errs, (<-r.free).close())
	}
	close(r.free)
	return errors.Join(errs...)
}
