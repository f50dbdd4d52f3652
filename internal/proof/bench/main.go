// Command bench measures the running binary and holds the figures against the budgets of the design.
//
// Every figure stands beside one that was measured in the same run, in turns with it, on the same machine: what counts are the ratios. Each
// is the median of several rounds. The client writes requests that are ready and signed to plain connections, so that it takes little of the
// machine from the server; what it takes, it takes from both sides alike.
//
//	go run ./internal/proof/bench [-rounds 5] [-million] [-build] [-only PART] [-profile DIR]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/proof/process"
)

// A bench is one run.
type bench struct {
	binary  string
	dir     string // on a real disk, or durability costs nothing
	profile string
	only    string
	rounds  int
	each    time.Duration // one measurement
	million bool
	build   bool

	table table
}

const callers = 16

var (
	key   = client.Key{ID: "AKIABENCHPROOF000001", Secret: "bench-proof-secret-of-forty-characters-0"}
	first = []string{"--aws-access-key-id=" + key.ID, "--aws-secret-access-key=" + key.Secret}
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "bare" {
		bare(os.Args[2])
		return
	}
	b := &bench{}
	flag.IntVar(&b.rounds, "rounds", 5, "rounds of each measurement")
	flag.DurationVar(&b.each, "each", 2*time.Second, "time of one measurement")
	flag.BoolVar(&b.million, "million", false, "also list an organization of 1,000,000 accounts, which takes a while to fill")
	flag.BoolVar(&b.build, "build", false, "also build the binary from an empty cache")
	flag.StringVar(&b.only, "only", "", "only the parts whose names contain this: start, reads, creations, lists, walk, effective policy, attachments, decision, moto, build")
	flag.StringVar(&b.profile, "profile", "", "only write CPU profiles of the server under load into this folder")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.dir, err = os.MkdirTemp("", "polity-bench"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if b.profile != "" {
		return errors.Join(b.profiles(ctx), b.table.print(os.Stdout))
	}
	if b.binary, err = process.Build(ctx, b.dir, "-trimpath", "-ldflags=-s -w"); err != nil {
		return err
	}
	parts := []struct {
		name string
		run  func(context.Context) error
	}{
		{"start", b.start}, {"reads", b.reads}, {"creations on SQLite", b.createSQLite}, {"creations on PostgreSQL", b.createPostgres},
		{"lists", b.lists}, {"walk", b.walks}, {"effective policy", b.effective}, {"attachments", b.attachments}, {"decision", b.decisions},
		{"moto", b.moto}, {"build", b.fromEmptyCache},
	}
	var failed []error
	for _, p := range parts {
		if !strings.Contains(p.name, b.only) {
			continue
		}
		fmt.Fprintln(os.Stderr, "measuring", p.name)
		if err := p.run(ctx); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", p.name, err))
		}
	}
	return errors.Join(append(failed, b.table.print(os.Stdout))...)
}

// serve starts the control plane on a database.
func (b *bench) serve(ctx context.Context, database string) (*process.Process, error) {
	args := append([]string{"serve", "--log-level=error", "--database=" + database, "--operator-token=" + operator}, first...)
	return process.Start(ctx, b.binary, b.dir, os.Stderr, args...)
}

// reopen starts the control plane on a database that was filled before.
func (b *bench) reopen(ctx context.Context, name, serverKey string) (*process.Process, error) {
	args := append([]string{"serve", "--log-level=error", "--database=" + b.sqlite(name), "--key=" + serverKey}, first...)
	return process.Start(ctx, b.binary, b.dir, os.Stderr, args...)
}

func (b *bench) sqlite(name string) string { return "sqlite:" + filepath.Join(b.dir, name) }
