package durable_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type (
	tx   = *durabletest.Tx
	flow = durable.Workflow[tx]
	step = durable.Step[tx]
	run  = durable.Run
)

// world is what calls change. It tells calls by their key, as a good service does.
type world struct {
	mu     sync.Mutex
	made   map[string]bool
	tried  map[string]int
	undone map[string]int
	order  []string
}

func newWorld() *world {
	return &world{made: map[string]bool{}, tried: map[string]int{}, undone: map[string]int{}}
}

func (w *world) make(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.made[key] = true
	w.tried[key]++
	w.order = append(w.order, "make "+key)
}

func (w *world) unmake(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.made, key)
	w.undone[key]++
	w.order = append(w.order, "unmake "+key)
}

func (w *world) standing() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(maps.Keys(w.made))
}

func (w *world) log() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.order)
}

// row is a step that adds one to the row of its key.
func row(name string) step {
	return step{
		Name:      name,
		Write:     func(_ context.Context, tx tx, r *run) error { tx.Add(r.Key(), 1); return nil },
		UndoWrite: func(_ context.Context, tx tx, r *run) error { tx.Add(r.Key(), -1); return nil },
	}
}

// thing is a step that makes a thing in the world.
func (w *world) thing(name string) step {
	return step{
		Name:     name,
		Call:     func(_ context.Context, r *run) error { w.make(r.Key()); return nil },
		UndoCall: func(_ context.Context, r *run) error { w.unmake(r.Key()); return nil },
	}
}

// watch is an observer that remembers.
type watch struct {
	mu     sync.Mutex
	trials []durable.Trial
	ended  []durable.Saga
}

func (w *watch) StepTried(t durable.Trial) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trials = append(w.trials, t)
}

func (w *watch) SagaEnded(s durable.Saga) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = append(w.ended, s)
}

// outcomes are the trials so far as "step outcome".
func (w *watch) outcomes() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, t := range w.trials {
		all = append(all, t.Step+" "+string(t.Outcome))
	}
	return all
}

// running is an engine that runs until stop, which the test's end calls at the latest.
type running struct {
	*durable.Engine[tx]
	*watch
	stop func()
}

func start(t *testing.T, j durable.Journal[tx], o durable.Options, flows ...flow) *running {
	t.Helper()
	w := &watch{}
	o.Observer = w
	e, err := durable.New(j, flows, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := e.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	stop := func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return &running{Engine: e, watch: w, stop: stop}
}

func saga(id string) durable.Saga { return durable.Start(id, "w", "subject", time.Now()) }

func wantSaga(t *testing.T, s durable.Saga, state durable.State) {
	t.Helper()
	if s.State != state {
		t.Errorf("saga %s is %s (%s step %d, last error %q), want %s", s.ID, s.State, s.Phase, s.Step, s.LastError, state)
	}
	if state != durable.Running && !s.LeaseUntil.IsZero() {
		t.Errorf("saga %s has ended and is still held until %s", s.ID, s.LeaseUntil)
	}
}

func wantRows(t *testing.T, j *durabletest.Journal, want map[string]int) {
	t.Helper()
	if got := j.Rows(); !maps.Equal(got, want) {
		t.Errorf("rows are %v, want %v", got, want)
	}
}

func wantList(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
