package process

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Build returns the path of the binary: that which POLITY_BINARY names, else one that is built into dir, with further flags of go build.
func Build(ctx context.Context, dir string, flags ...string) (string, error) {
	if path := os.Getenv("POLITY_BINARY"); path != "" {
		return filepath.Abs(path)
	}
	path := filepath.Join(dir, "polity")
	args := append([]string{"build", "-o", path}, flags...)
	c := exec.CommandContext(ctx, "go", append(args, "github.com/polity-cloud/polity/cmd/polity")...)
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
}

// A Process is a server that accepts connections, or has ended.
type Process struct {
	URL   string
	Lines []string      // what it printed before it was ready
	Took  time.Duration // from exec until it said that it is ready

	cmd   *exec.Cmd
	ended chan struct{}
	err   error
}

const ready = "polity is ready at "

// Start runs the binary in a folder and waits until it is ready. It listens on a free port, takes no settings from the environment, and writes
// its log to log.
func Start(ctx context.Context, binary, dir string, log io.Writer, args ...string) (*Process, error) {
	return Run(ctx, exec.Command(binary, append(args, "--listen=127.0.0.1:0")...), dir, log)
}

// Run is Start for a command that is complete. What it runs says that it is ready as polity does.
func Run(ctx context.Context, c *exec.Cmd, dir string, log io.Writer) (*Process, error) {
	c.Dir, c.Stderr, c.Env = dir, log, environment()
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: c, ended: make(chan struct{})}
	began := time.Now()
	if err := c.Start(); err != nil {
		return nil, err
	}
	up := make(chan error, 1)
	go p.listen(out, began, up)
	select {
	case err = <-up:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		p.Kill()
		return nil, fmt.Errorf("start %s: %w", filepath.Base(c.Path), err)
	}
	return p, nil
}

// listen reads what the process prints, to its end, and then waits for it.
func (p *Process) listen(out io.Reader, began time.Time, up chan<- error) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		url, found := strings.CutPrefix(line, ready)
		switch {
		case found && p.URL == "":
			p.URL, p.Took = url, time.Since(began)
			up <- nil
		case p.URL == "":
			p.Lines = append(p.Lines, line)
		}
	}
	p.err = p.cmd.Wait()
	close(p.ended)
	up <- fmt.Errorf("it ended before it was ready: %w", errors.Join(p.err, lines.Err()))
}

// environment leaves out what would change the server's settings.
func environment() []string {
	var out []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "POLITY_") {
			out = append(out, v)
		}
	}
	return out
}

// PID is the process's id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Kill ends the process with kill -9 and returns once it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
}

// Stop asks the process to end and returns what it had to say against it. One that does not end in time is killed.
func (p *Process) Stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.ended:
		return p.err
	case <-time.After(30 * time.Second):
		p.Kill()
		return errors.New("it did not end when it was asked to")
	}
}
