package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/polity-cloud/polity/internal/proof/process"
)

const (
	startBudget  = 30 * time.Millisecond
	memoryBudget = 25 << 20
	binaryBudget = 40 << 20
	buildBudget  = 90 * time.Second
)

// start measures how soon a twin answers after exec, what it holds once it idles, and how large the binary is.
func (b *bench) start(ctx context.Context) error {
	var took []float64
	for range 4 * b.rounds {
		d, err := b.firstAnswer(ctx)
		if err != nil {
			return err
		}
		took = append(took, d.Seconds())
	}
	d := time.Duration(median(took) * float64(time.Second))
	b.table.add(row{"polity dev: from exec to the first answer", d.Round(100 * time.Microsecond).String(), "", "", "<= 30 ms", verdict(d <= startBudget)})
	var held []int64
	for range 3 {
		n, err := b.idle(ctx)
		if err != nil {
			return err
		}
		held = append(held, n)
	}
	b.table.add(row{"polity dev: idle resident memory", mebibytes(median(held)), "", "", "<= 25 MiB", verdict(median(held) <= memoryBudget)})
	info, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	b.table.add(row{"binary", mebibytes(info.Size()), "", "", "<= 40 MiB", verdict(info.Size() <= binaryBudget)})
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func (b *bench) firstAnswer(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	p, err := process.Start(ctx, b.binary, b.dir, os.Stderr, "dev", "--log-level=error")
	if err != nil {
		return 0, err
	}
	defer p.Kill()
	res, err := http.Get(p.URL + "/healthz")
	if err != nil {
		return 0, err
	}
	return time.Since(began), res.Body.Close()
}

// idle returns what a fresh twin holds after it has answered once and been left alone.
func (b *bench) idle(ctx context.Context) (int64, error) {
	p, err := process.Start(ctx, b.binary, b.dir, os.Stderr, "dev", "--log-level=error")
	if err != nil {
		return 0, err
	}
	defer p.Kill()
	res, err := http.Get(p.URL + "/healthz")
	if err != nil {
		return 0, err
	}
	_ = res.Body.Close()
	time.Sleep(2 * time.Second)
	now, _, err := p.Resident()
	return now, err
}

// fromEmptyCache builds the binary as on a machine that never did.
func (b *bench) fromEmptyCache(ctx context.Context) error {
	if !b.build {
		b.table.add(row{what: "go build from an empty cache", budget: "<= 90 s", verdict: "not measured: -build"})
		return nil
	}
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", filepath.Join(b.dir, "fresh"), "github.com/polity-cloud/polity/cmd/polity")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOCACHE="+filepath.Join(b.dir, "cache"))
	began := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	d := time.Since(began)
	b.table.add(row{"go build from an empty cache", d.Round(time.Second).String(), "", "", "<= 90 s", verdict(d <= buildBudget)})
	return nil
}
