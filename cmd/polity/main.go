// Command polity runs the organizations service: a twin for tests (polity dev) or a durable control plane (polity serve).
//
// It exits with 0 when it was stopped as asked, 1 when it failed, 2 when it was used wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/server"
)

type commands struct {
	Dev     devCommand     `cmd:"" help:"Run the twin: in memory, any credentials, a clock to move and faults to inject."`
	Serve   serveCommand   `cmd:"" help:"Run the control plane: durable, signatures verified."`
	Account accountCommand `cmd:"" help:"Work with standalone accounts."`
	Version versionCommand `cmd:"" help:"Print the version."`

	PrintVersion kong.VersionFlag `name:"version" env:"-" help:"Print the version."`
}

func main() {
	roomForGarbage()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with everything it touches as arguments. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("polity"), kong.Description("The organizations service that anyone can run."),
		kong.Writers(stdout, stderr), kong.DefaultEnvars("POLITY"), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&streams{stdout, stderr}),
		kong.Vars{"quotas": quotaHelp(), "version": version()})
	if err != nil {
		fmt.Fprintln(stderr, "polity:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(stderr, "polity:", err)
		return 2
	}
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(stderr, "polity:", err)
		if _, usage := errors.AsType[*server.UsageError](err); usage {
			return 2
		}
		return 1
	}
	return 0
}

// quotaHelp lists the quotas that can be set.
func quotaHelp() string {
	names := make([]string, len(org.QuotaRules))
	for i, r := range org.QuotaRules {
		names[i] = r.Name + " (" + r.Says + ")"
	}
	return strings.Join(names, ", ")
}

// streams are where a command writes.
type streams struct{ out, err io.Writer }
