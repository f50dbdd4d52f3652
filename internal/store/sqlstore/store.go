package sqlstore

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// An Engine opens transactions on one database.
type Engine interface {
	Dialect
	// View runs fn on one consistent state.
	View(ctx context.Context, fn func(query.DBTX) error) error
	// Glance is View for an fn that runs one statement, as a rule. It may run fn twice.
	Glance(ctx context.Context, fn func(query.DBTX) error) error
	// Update runs fn in one durable transaction. The error of fn comes back as it is.
	Update(ctx context.Context, fn func(query.DBTX) error) error
	Close() error
}

// A Dialect is what the engines say differently.
type Dialect interface {
	IsUniqueViolation(err error) bool
	// IsBusy reports whether the transaction failed only because of another one at the same time.
	IsBusy(err error) bool
	// SkipLocked is the clause by which a select locks rows and passes over those that are locked.
	SkipLocked() string
}

// Options say what becomes of started work.
type Options struct {
	Lease   time.Duration      // how long Started may keep a saga without saving it
	Started func(durable.Saga) // see Store.HandOver
}

// A Store keeps the contract of store.Store on an engine.
type Store struct {
	engine  Engine
	handler atomic.Pointer[Options]
}

var _ store.Store = (*Store)(nil)

// New makes a store of an engine whose tables are there.
func New(e Engine, o Options) *Store {
	s := &Store{engine: e}
	s.HandOver(o)
	return s
}

// HandOver settles who gets the work that this process starts. With a Started, a saga is written already leased, and Started is called with
// it after the commit, by the goroutine that called Update; it must not block. Without one, a saga is written unheld and due at once.
func (s *Store) HandOver(o Options) { s.handler.Store(&o) }

// View implements store.Store.
func (s *Store) View(ctx context.Context, fn func(store.Reader) error) error {
	return s.run(ctx, "read", s.engine.View, s.reading(fn))
}

// Glance implements store.Store.
func (s *Store) Glance(ctx context.Context, fn func(store.Reader) error) error {
	return s.run(ctx, "read", s.engine.Glance, s.reading(fn))
}

func (s *Store) reading(fn func(store.Reader) error) func(query.DBTX) error {
	return func(db query.DBTX) error { return fn(&reader{db: query.New(db), dialect: s.engine}) }
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	h := s.handler.Load()
	var started []durable.Saga
	err := s.run(ctx, "write", s.engine.Update, func(db query.DBTX) error {
		t := &tx{reader: reader{db: query.New(db), dialect: s.engine}, handler: h}
		err := fn(t)
		started = t.started
		return err
	})
	if err != nil {
		return err
	}
	for _, g := range started {
		h.Started(g)
	}
	return nil
}

// run tells the errors of a closure, which come back as they are, from those of the engine, which must not leave this package.
func (s *Store) run(ctx context.Context, deed string, how func(context.Context, func(query.DBTX) error) error, fn func(query.DBTX) error) error {
	var own error
	err := how(ctx, func(db query.DBTX) error {
		own = fn(db)
		return own
	})
	switch {
	case err == nil:
		return nil
	case s.engine.IsBusy(err):
		return &org.Error{Reason: org.ConcurrentModification, Err: err}
	case own != nil:
		return own
	default:
		return org.Because(err, "%s the database", deed)
	}
}

// Ping implements store.Store. It opens a writing transaction, so a read-only replica fails it.
func (s *Store) Ping(ctx context.Context) error {
	return s.run(ctx, "ping", s.engine.Update, func(db query.DBTX) error {
		if err := query.New(db).TouchSettings(ctx); err != nil {
			return org.Because(err, "ping the database")
		}
		return nil
	})
}

// Close implements store.Store.
func (s *Store) Close() error {
	if err := s.engine.Close(); err != nil {
		return org.Because(err, "close the database")
	}
	return nil
}

// A reader implements store.Reader, and a tx store.Tx, by noun in the files of this package.
type reader struct {
	db      *query.Queries
	dialect Dialect
	known   known
}

type tx struct {
	reader
	handler *Options
	started []durable.Saga
}
