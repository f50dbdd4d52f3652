package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/server"
	"github.com/polity-cloud/polity/internal/workflow"
)

// profiles runs the server in this process, so that it can be profiled, and writes a CPU profile of each kind of load. The client's part is in
// them too.
func (b *bench) profiles(ctx context.Context) error {
	c := server.Config{
		Database: b.sqlite("profile.db"), Auth: gate.Verify, Pace: workflow.Instant, Log: slog.New(slog.DiscardHandler), Stop: time.Second,
		AWS: server.FirstKey{KeyID: org.KeyID(key.ID), Secret: key.Secret},
	}
	s, err := server.Open(ctx, c, "127.0.0.1:0")
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(serving, l) }()
	err = b.profileLoads(ctx, client.AWS{Endpoint: "http://" + l.Addr().String(), Key: key, HTTP: client.New(callers)})
	stop()
	return errors.Join(err, <-ended, s.Close())
}

func (b *bench) profileLoads(ctx context.Context, c client.AWS) error {
	if err := c.Call(ctx, "CreateOrganization", struct{}{}, nil); err != nil {
		return err
	}
	d, _, err := b.describe(ctx, c)
	if err != nil {
		return err
	}
	page, err := signed(ctx, c, "ListAccounts", struct{}{})
	if err != nil {
		return err
	}
	for _, load := range []struct {
		name string
		side side
	}{
		{"create", asking(ctx, []client.AWS{c}, 2*b.each)}, {"read", repeat(c.Endpoint, callers, 2*b.each, d.bytes)}, {"list", repeat(c.Endpoint, callers, 2*b.each, page)},
	} {
		if err := b.profileLoad(load.name, load.side); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) profileLoad(name string, load side) error {
	f, err := os.Create(filepath.Join(b.profile, name+".pprof"))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return errors.Join(err, f.Close())
	}
	rate, err := load()
	pprof.StopCPUProfile()
	b.table.add(row{what: name, ours: perSecond(rate)})
	return errors.Join(err, f.Close())
}
