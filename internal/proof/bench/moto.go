package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/proof/process"
)

// moto holds the twin against moto_server, the usual emulator, where it is installed.
func (b *bench) moto(ctx context.Context) error {
	found, err := exec.LookPath("moto_server")
	if err != nil {
		b.table.add(row{what: "side by side with moto_server", verdict: "SKIPPED: it is not installed"})
		return nil
	}
	theirs, end, err := startMoto(ctx, found)
	if err != nil {
		return err
	}
	defer end()
	p, err := process.Start(ctx, b.binary, b.dir, os.Stderr, "dev", "--log-level=error")
	if err != nil {
		return err
	}
	defer p.Kill()
	ours := client.AWS{Endpoint: p.URL, Key: key, HTTP: client.New(callers)}
	for _, c := range []client.AWS{ours, theirs} {
		if err := c.Call(ctx, "CreateOrganization", map[string]string{"FeatureSet": "ALL"}, nil); err != nil {
			return err
		}
	}
	creates, err := duel(b.rounds, waiting(ctx, []client.AWS{ours}, b.each), waiting(ctx, []client.AWS{theirs}, b.each))
	if err != nil {
		return err
	}
	b.table.add(row{"CreateAccount to SUCCEEDED, twin", perSecond(creates.ours), perSecond(creates.beside) + " moto_server", times(creates.ratio), "", ""})
	mine, _, err := b.describe(ctx, ours)
	if err != nil {
		return err
	}
	other, _, err := b.describe(ctx, theirs)
	if err != nil {
		return err
	}
	reads, err := duel(b.rounds, repeat(ours.Endpoint, callers, b.each, mine.bytes), repeat(theirs.Endpoint, callers, b.each, other.bytes))
	if err != nil {
		return err
	}
	b.table.add(row{"DescribeAccount, twin", perSecond(reads.ours), perSecond(reads.beside) + " moto_server", times(reads.ratio), "", ""})
	return nil
}

// startMoto starts it on a port that was free a moment ago.
func startMoto(ctx context.Context, path string) (client.AWS, func(), error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return client.AWS{}, nil, err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err := l.Close(); err != nil {
		return client.AWS{}, nil, err
	}
	cmd := exec.Command(path, "-H", "127.0.0.1", "-p", port)
	if err := cmd.Start(); err != nil {
		return client.AWS{}, nil, err
	}
	end := func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	c := client.AWS{Endpoint: "http://127.0.0.1:" + port, Key: key, HTTP: client.New(callers)}
	for range 300 {
		if res, err := http.Get(c.Endpoint + "/moto-api/"); err == nil {
			_ = res.Body.Close()
			return c, end, nil
		}
		select {
		case <-ctx.Done():
			end()
			return c, nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	end()
	return c, nil, errors.New(fmt.Sprint("moto_server does not answer at ", c.Endpoint))
}
