package kill

import (
	"context"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/proof/process"
)

// A fleet is the replicas of one server, each of them running or just dead.
type fleet struct {
	t        *testing.T
	binary   string
	dir      string
	args     []string
	replicas []*replica
}

type replica struct {
	p   *process.Process
	url atomic.Pointer[string] // nil while it is dead
}

// newFleet starts all replicas at once, on a database that is empty.
func newFleet(t *testing.T, binary string, size int, args ...string) *fleet {
	t.Helper()
	f := &fleet{t: t, binary: binary, dir: t.TempDir(), args: append([]string{"serve", "--log-level=error"}, append(args, keys()...)...)}
	for range size {
		f.replicas = append(f.replicas, &replica{})
	}
	t.Cleanup(func() {
		for _, r := range f.replicas {
			if r.p != nil {
				r.p.Kill()
			}
		}
	})
	f.each(f.start)
	if t.Failed() {
		t.FailNow()
	}
	return f
}

func (f *fleet) each(do func(*replica)) {
	var work sync.WaitGroup
	for _, r := range f.replicas {
		work.Go(func() { do(r) })
	}
	work.Wait()
}

func (f *fleet) start(r *replica) {
	ctx, cancel := context.WithTimeout(f.t.Context(), 30*time.Second)
	defer cancel()
	p, err := process.Start(ctx, f.binary, f.dir, logTo{f.t}, f.args...)
	if err != nil {
		f.t.Errorf("start a replica: %v", err)
		return
	}
	r.p = p
	r.url.Store(&p.URL)
}

func (f *fleet) kill(r *replica) {
	if r.p == nil {
		return
	}
	r.p.Kill()
	r.url.Store(nil)
}

func (f *fleet) restart(r *replica) {
	f.kill(r)
	f.start(r)
}

func (f *fleet) stop(r *replica) {
	if r.p == nil {
		return
	}
	r.url.Store(nil)
	if err := r.p.Stop(); err != nil {
		f.t.Errorf("stop a replica: %v", err)
	}
}

// some returns the URL of a replica that lives, near the caller's own, or "".
func (f *fleet) some(caller int) string {
	for i := range f.replicas {
		if url := f.replicas[(caller+i)%len(f.replicas)].url.Load(); url != nil {
			return *url
		}
	}
	return ""
}

// round kills the replicas one at a time, in any order, and then all together. On one replica that is twice the same.
func (f *fleet) round() {
	for _, i := range rand.Perm(len(f.replicas)) {
		chance(50, 400)
		f.restart(f.replicas[i])
	}
	chance(50, 400)
	f.each(f.kill)
	f.each(f.start)
}

func chance(least, most int) {
	time.Sleep(time.Duration(least+rand.IntN(most-least)) * time.Millisecond)
}

// logTo writes a server's log to the test's.
type logTo struct{ t *testing.T }

var _ io.Writer = logTo{}

func (l logTo) Write(b []byte) (int, error) {
	l.t.Logf("%s", b)
	return len(b), nil
}
