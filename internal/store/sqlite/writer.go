package sqlite

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

var errClosed = errors.New("the database is closed")

// A writer runs closures on the one connection that writes, and commits those together that come together.
//
// Whoever holds mu has the turn: it adds its closure to the open batch, or opens one. If others wait, it passes the turn on and waits for
// the batch's end; otherwise it is the last and commits for all. So a lone writer commits at once, and under load a batch grows to as
// many closures as arrived during the commit before it.
type writer struct {
	most    int           // closures in one batch
	longest time.Duration // from its first closure until nobody else is let in

	waiting atomic.Int64
	mu      sync.Mutex
	conn    *conn // nil once closed
	batch   *batch
}

// A batch is a transaction that several closures share.
type batch struct {
	began time.Time
	size  int
	over  chan struct{} // closed once err is final
	err   error
}

func (w *writer) update(ctx context.Context, fn func(query.DBTX) error) (err error) {
	w.waiting.Add(1)
	w.mu.Lock()
	w.waiting.Add(-1)
	b, err := w.join()
	if err != nil {
		w.mu.Unlock()
		return err
	}
	// Deferred, since the others get their commit also when fn panics.
	defer func() {
		if fate := w.leave(b); err == nil {
			err = fate
		}
	}()
	return w.try(ctx, b, fn)
}

// join enters the open batch or begins one.
func (w *writer) join() (*batch, error) {
	if w.conn == nil {
		return nil, errClosed
	}
	if w.batch == nil {
		if err := w.conn.do("BEGIN IMMEDIATE"); err != nil {
			return nil, err
		}
		w.batch = &batch{began: time.Now(), over: make(chan struct{})}
	}
	w.batch.size++
	return w.batch, nil
}

// try runs a closure in a savepoint. It leaves the transaction as it was when the closure fails or panics.
func (w *writer) try(ctx context.Context, b *batch, fn func(query.DBTX) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.conn.do("SAVEPOINT closure"); err != nil {
		b.err = err
		return err
	}
	kept := false
	defer func() {
		if !kept {
			b.err = w.conn.do("ROLLBACK TO closure")
		}
		// An engine's own rollback, on a full disk for one, ends all savepoints. Then nothing of the batch is left, and nobody may be told
		// otherwise.
		b.err = errors.Join(b.err, w.conn.do("RELEASE closure"))
	}()
	if err := fn(w.conn); err != nil {
		return err
	}
	kept = true
	return nil
}

// leave gives the turn up and returns the fate of the batch.
func (w *writer) leave(b *batch) error {
	if b.err == nil && w.waiting.Load() > 0 && b.size < w.most && time.Since(b.began) < w.longest {
		w.mu.Unlock()
		<-b.over
		return b.err
	}
	w.end(b)
	w.mu.Unlock()
	return b.err
}

// end commits the batch and tells its members.
func (w *writer) end(b *batch) {
	if b.err == nil {
		b.err = w.conn.do("COMMIT")
	}
	if b.err != nil {
		_ = w.conn.do("ROLLBACK") // fails when the engine has done it already, which is as good
	}
	w.batch = nil
	close(b.over)
}

// read runs fn on the writing connection, for a database that has no other. What it sees is committed, or its batch holds nothing yet.
func (w *writer) read(ctx context.Context, fn func(query.DBTX) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(w.conn)
}

func (w *writer) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil {
		return nil
	}
	if w.batch != nil {
		w.end(w.batch)
	}
	c := w.conn
	w.conn = nil
	return c.close()
}
