// Command with-postgres runs a command with POLITY_TEST_POSTGRES set to the URL of a throwaway PostgreSQL cluster, and exits as the command
// does:
//
//	go run ./internal/store/postgres/pgtest/with-postgres go test -C conformance ./...
//
// Where POLITY_TEST_POSTGRES is set already, the command gets a fresh database there instead. It exits with 125 when there is no PostgreSQL to
// be had, or no such command.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
)

const (
	failure  = 125
	variable = "POLITY_TEST_POSTGRES"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) (code int) {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: with-postgres COMMAND [ARGUMENT...]")
		return failure
	}
	h := &host{}
	defer h.close()
	defer func() {
		if p := recover(); p != nil {
			if _, ours := p.(gone); !ours {
				panic(p)
			}
			code = failure
		}
	}()
	return carryOut(args, pgtest.URL(h))
}

// carryOut runs the command. An interrupt reaches it as it reaches us; we wait for what it makes of it.
func carryOut(args []string, url string) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	c := exec.Command(args[0], args[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.Env = append(os.Environ(), variable+"="+url)
	if err := c.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "with-postgres:", err)
		return failure
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = c.Process.Signal(s)
		case err := <-ended:
			return codeOf(err)
		}
	}
}

// codeOf is the exit code of a command that ended so. One that a signal ended has 128 and the signal's number, as shells say.
func codeOf(err error) int {
	exit := (*exec.ExitError)(nil)
	if err == nil {
		return 0
	}
	if !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, "with-postgres:", err)
		return failure
	}
	if s, ok := exit.Sys().(syscall.WaitStatus); ok && s.Signaled() {
		return 128 + int(s.Signal())
	}
	return exit.ExitCode()
}

// host is the part of a test that pgtest asks for; anything else panics on the nil interface.
type host struct {
	testing.TB
	cleanups []func()
}

// gone is what a test that ends early panics with here.
type gone struct{}

func (*host) Helper() {}

func (h *host) Cleanup(f func()) { h.cleanups = append(h.cleanups, f) }

func (h *host) Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "with-postgres: "+format+"\n", args...)
	panic(gone{})
}

func (h *host) Skipf(format string, args ...any) { h.Fatalf(format, args...) }

func (h *host) close() {
	for i := len(h.cleanups) - 1; i >= 0; i-- {
		h.cleanups[i]()
	}
}
