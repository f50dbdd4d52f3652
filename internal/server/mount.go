package server

import (
	"context"
	"net/http"
	"time"

	"github.com/polity-cloud/polity/internal/api/awsaccount"
	"github.com/polity-cloud/polity/internal/api/awsiam"
	"github.com/polity-cloud/polity/internal/api/awsorg"
	"github.com/polity-cloud/polity/internal/api/awssts"
	"github.com/polity-cloud/polity/internal/api/hwiam"
	"github.com/polity-cloud/polity/internal/api/hworg"
	"github.com/polity-cloud/polity/internal/api/hwrgc"
	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/throttle"
	"github.com/polity-cloud/polity/internal/wire/call"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
	"github.com/polity-cloud/polity/internal/workflow"
)

// newEngine makes the engine that carries out long work.
func (s *Server) newEngine() (*durable.Engine[store.Tx], error) {
	world := workflow.None
	if s.config.Provisioner.URL != "" {
		hook, err := provisioner.New(s.config.Provisioner)
		if err != nil {
			return nil, &UsageError{err}
		}
		world = hook
	}
	deeds := workflow.New(s.plane, world, s.faults, s.config.Pace)
	e, err := durable.New[store.Tx](s.store, deeds.All(), durable.Options{
		Workers: s.config.Workers, Lease: lease, Now: s.clock.Steady, Logger: s.config.Log, Observer: s.metrics, Before: deeds.Before,
	})
	if err == nil && s.clock != nil {
		s.clock.OnMove(e.Wake)
	}
	return e, err
}

// mount wires the APIs behind one handler.
func (s *Server) mount() error {
	g := gate.New(s.plane, s.config.Auth, time.Now)
	tokens := pagetoken.New(s.vault.PageTokenKey())
	a := &apis{
		awsorg:     awsorg.New(s.plane, g.AWS("organizations"), tokens, s.faults, s.organizations()...),
		awssts:     awssts.New(s.plane, g.AWS("sts"), s.faults),
		awsiam:     awsiam.New(s.plane, g.AWS("iam"), tokens, s.faults),
		awsaccount: awsaccount.New(s.plane, g.AWS("account"), tokens, s.faults),
		nowhere:    http.HandlerFunc(nowhere),
		own:        s.own(),
		native:     native.New(s.native(g)),
	}
	var err error
	if a.hworg, err = hworg.New(s.plane, g.Huawei(), tokens, s.faults); err != nil {
		return err
	}
	if a.hwrgc, err = hwrgc.New(s.plane, g.Huawei(), tokens, s.faults); err != nil {
		return err
	}
	if a.hwiam, err = hwiam.New(s.iam(g)); err != nil {
		return err
	}
	s.handler = watch(a, s.plane.Mint.UUID, s.metrics, s.config.Log)
	return nil
}

// native makes everybody the operator of a twin, which alone can be reset.
func (s *Server) native(g *gate.Gate) native.Config {
	c := native.Config{Plane: s.plane, Trail: trail, Clock: s.clock, Faults: s.faults}
	if !s.config.Twin {
		c.Token = s.config.OperatorToken
		return c
	}
	c.Reset = func(ctx context.Context) error {
		defer g.Forget()
		return s.store.Clear(ctx)
	}
	return c
}

// organizations are the options of the API of AWS Organizations.
func (s *Server) organizations() []awsorg.Option {
	out := []awsorg.Option{awsorg.Throttle(s.limiter())}
	if s.config.StateAlone {
		out = append(out, awsorg.StateAlone())
	}
	return out
}

// limiter holds callers to rates on the wall clock, each replica by itself. It is nil when nobody is to be held.
func (s *Server) limiter() *throttle.Limiter {
	if !s.config.Throttle {
		return nil
	}
	return throttle.New(time.Now)
}

func (s *Server) iam(g *gate.Gate) hwiam.Config {
	return hwiam.Config{
		Plane: s.plane, Authenticate: g.Huawei(), Key: g.HuaweiKey, Password: g.HuaweiPassword, Account: s.plane.Look, Faults: s.faults,
	}
}

// own serves what is asked about the server itself.
func (s *Server) own() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.store.Ping(r.Context()); err != nil {
			s.config.Log.Warn("not ready", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

// nowhere answers for paths that no API has, in the words of Huawei Cloud's gateway, since AWS's APIs here have no paths.
func nowhere(w http.ResponseWriter, r *http.Request) {
	c := call.From(r.Context())
	w.Header().Set("X-Request-Id", c.RequestID)
	hwrest.NoSuchAPI().Write(w, c)
}

// trail writes an event as its cloud does.
func trail(e org.Event) (map[string]any, bool) {
	if e.Partition == org.Huawei {
		return hworg.Trail(e)
	}
	return awsorg.Trail(e)
}
