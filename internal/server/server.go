// Package server builds the parts of polity, starts them and stops them: one database, one control plane, one engine for long work, and all APIs
// behind one listener.
package server

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/bucket"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/workflow"
)

// lease is how long a replica may be silent before others take over its work.
const lease = 15 * time.Second

// A Server is one replica of polity.
type Server struct {
	config  Config
	store   store.Store
	plane   *controlplane.Plane
	vault   *identity.Vault
	clock   *twin.Clock
	faults  *twin.Faults
	engine  *durable.Engine[store.Tx]
	metrics *metrics
	handler http.Handler
	moved   chan struct{} // the twin's clock was moved
	buckets *bucket.Dir   // of records of dry runs; nil when only the feed has them

	catalogs org.Catalogs

	// First are the credentials that this start minted, to be shown once.
	First First
}

// Open builds a server that listens on an address later: it opens and migrates the database, makes the first accounts when there are none, and
// wires the APIs. The caller closes it.
func Open(ctx context.Context, c Config, listen string) (*Server, error) {
	if err := c.check(listen); err != nil {
		return nil, &UsageError{err}
	}
	catalogs, err := c.catalogs()
	if err != nil {
		return nil, &UsageError{err}
	}
	if !c.Twin && c.Auth == gate.Open {
		c.Log.Warn("open mode asks for no signature: whoever reaches this server is the account that the access key names")
	}
	s := &Server{config: c, catalogs: catalogs}
	var engine atomic.Pointer[durable.Engine[store.Tx]]
	st, err := openDatabase(ctx, c.Database, c.Pool, sqlstore.Options{Lease: lease, Started: func(saga durable.Saga) {
		if e := engine.Load(); e != nil {
			e.Offer(saga)
		}
	}})
	if err != nil {
		return nil, err
	}
	s.store = st
	if err := s.build(ctx, &engine); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return s, nil
}

func (s *Server) build(ctx context.Context, engine *atomic.Pointer[durable.Engine[store.Tx]]) error {
	if s.config.Twin {
		s.clock, s.faults = twin.NewClock(), twin.NewFaults(codes())
	}
	key, err := s.serverKey(ctx)
	if err != nil {
		return err
	}
	if s.vault, err = identity.NewVault(key); err != nil {
		return err
	}
	s.metrics = newMetrics(s.store, s.config.Log)
	s.plane = controlplane.New(s.planeConfig())
	s.noteMoves()
	if s.engine, err = s.newEngine(); err != nil {
		return err
	}
	engine.Store(s.engine)
	if err := s.begin(ctx); err != nil {
		return err
	}
	if err := s.openBuckets(); err != nil {
		return err
	}
	return s.mount()
}

func (s *Server) planeConfig() controlplane.Config {
	c := controlplane.Config{
		Store: s.store, Vault: s.vault, Now: s.clock.Now, Mint: org.Mint{Random: rand.Reader}, Quotas: s.config.quotas, Lenient: s.config.Auth == gate.Open,
		AnyService: s.config.Services == AnyService, Catalogs: s.catalogs, Edition2024: s.config.Edition2024, Realistic: s.config.Pace == workflow.Realistic,
	}
	if s.config.Auth == gate.Soft {
		c.Denied = func(_ context.Context, who org.Caller, action string) {
			s.config.Log.Warn("a denial is let pass", "account", who.AccountID, "principal", who.Name, "action", action)
		}
	}
	return c
}

// Serve answers requests on the listener and carries out long work until ctx ends; then it lets what runs end, for as long as the
// configuration gives it. Work that is not done is done by the next start, or by another replica.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	h := &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	working, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	var work sync.WaitGroup
	work.Go(func() {
		if err := s.engine.Run(working); err != nil {
			s.config.Log.Error("long work stopped", "error", err)
		}
	})
	work.Go(func() { s.sweep(working) })
	work.Go(func() { s.deliver(working) })
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		// Requests end first: what they have journaled is then taken up by the engine or by the next start.
		stop, done := context.WithTimeout(context.WithoutCancel(ctx), s.config.Stop)
		err = h.Shutdown(stop)
		done()
		if errors.Is(err, context.DeadlineExceeded) {
			err = h.Close()
		}
	}
	stopWork()
	work.Wait()
	return err
}

// Close closes the database, and the directory of buckets if there is one.
func (s *Server) Close() error {
	err := s.store.Close()
	if s.buckets != nil {
		err = errors.Join(err, s.buckets.Close())
	}
	return err
}

// Handler returns the server's handler, for tests that need no listener.
func (s *Server) Handler() http.Handler { return s.handler }

// UsageError is a configuration that its user has to mend.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

func (e *UsageError) Unwrap() error { return e.Err }
