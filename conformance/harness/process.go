package harness

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take before a test gives it up.
const patience = 30 * time.Second

// process is a running polity.
type process struct {
	command *exec.Cmd
	guard   *exec.Cmd
	held    *os.File // the guard's input
	lines   []string // of standard output, up to the one that says it is ready
	ready   string   // the URL in that line
	drained chan struct{}

	mu     sync.Mutex
	stderr bytes.Buffer
}

// Write collects what polity logs.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stderr.Write(b)
}

func (p *process) log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stderr.String()
}

// launch starts polity with the arguments and waits for the line that says it is ready.
func launch(args ...string) (*process, error) {
	path, err := binary()
	if err != nil {
		return nil, err
	}
	p := &process{command: exec.Command(path, args...), drained: make(chan struct{})}
	p.command.Stderr = p
	p.command.Env = environment()
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	if err := p.watch(); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	ready := make(chan struct{})
	go func() {
		defer close(p.drained)
		p.read(bufio.NewScanner(out), ready)
	}()
	select {
	case <-ready:
		return p, nil
	case <-p.drained:
		return nil, fmt.Errorf("polity %s ended before it was ready: %w\n%s", strings.Join(args, " "), errors.Join(errEnded, p.stop()), p.log())
	case <-time.After(patience):
		return nil, fmt.Errorf("polity %s is not ready: %w\n%s", strings.Join(args, " "), p.stop(), p.log())
	}
}

var errEnded = errors.New("no line says that it is ready")

func (p *process) read(lines *bufio.Scanner, ready chan<- struct{}) {
	for lines.Scan() {
		if p.ready != "" {
			continue
		}
		p.lines = append(p.lines, lines.Text())
		if url, ok := strings.CutPrefix(lines.Text(), "polity is ready at "); ok {
			p.ready = url
			close(ready)
		}
	}
}

// watch starts a shell that ends polity when this process ends, however that ends: a test that panics or runs out of time stops nothing.
func (p *process) watch() error {
	input, held, err := os.Pipe()
	if err != nil {
		return err
	}
	defer input.Close()
	p.held = held
	p.guard = exec.Command("sh", "-c", `cat >/dev/null; kill -TERM "$1"`, "guard", strconv.Itoa(p.command.Process.Pid))
	p.guard.Stdin = input
	return p.guard.Start()
}

// stop asks polity to end and waits until it has. It fails when polity does not exit with 0.
func (p *process) stop() error {
	if p.guard != nil && p.guard.Process != nil {
		_ = p.guard.Process.Kill()
		_ = p.guard.Wait()
		_ = p.held.Close()
	}
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	late := time.AfterFunc(patience, func() { _ = p.command.Process.Kill() })
	defer late.Stop()
	if p.ready != "" {
		<-p.drained
	}
	if err := p.command.Wait(); err != nil {
		return fmt.Errorf("polity did not stop as asked: %w", err)
	}
	return nil
}

// environment is ours without settings of polity's, which are a test's to choose.
func environment() []string {
	var out []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "POLITY_") {
			out = append(out, v)
		}
	}
	return out
}

// Run runs a command of polity that ends by itself, and returns what it prints. It ends the test when that exits with another code than 0.
func Run(t testing.TB, args ...string) []byte {
	t.Helper()
	c := exec.CommandContext(t.Context(), Try(binary()).Or(t), args...)
	var said bytes.Buffer
	c.Env, c.Stderr = environment(), &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("polity %s: %v: %s", strings.Join(args, " "), err, said.String())
	}
	return out
}

// Exit runs a command of polity and returns the code with which it ends by itself, and what it says on standard error.
func Exit(t testing.TB, args ...string) (code int, said string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, Try(binary()).Or(t), args...)
	var errors bytes.Buffer
	c.Env, c.Stderr = environment(), &errors
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), errors.String()
}
