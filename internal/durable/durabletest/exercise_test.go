package durabletest_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type (
	tx    = *durabletest.Tx
	step  = durable.Step[tx]
	bench = durabletest.Bench[tx]
)

// shop is a service that makes things under keys.
type shop struct {
	mu     sync.Mutex
	things map[string]int
}

func (s *shop) add(key string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.things[key] += n
	if s.things[key] == 0 {
		delete(s.things, key)
	}
}

func (s *shop) has(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.things[key] > 0
}

// The faults a workflow may have, one of which setup builds in.
const (
	none          = ""
	deafToKeys    = "the call makes a new thing each time"
	undoForgets   = "the undo of the call forgets it"
	undoRepeats   = "the undo of the call takes away what is not there"
	writeUndoIdle = "the undo of the write does nothing"
)

func setup(fault string) func(*testing.T) bench {
	return func(t *testing.T) bench {
		j, s := durabletest.NewJournal(), &shop{things: map[string]int{}}
		reserve := step{
			Name:      "reserve",
			Write:     func(_ context.Context, tx tx, r *durable.Run) error { tx.Add("reserved", 1); return r.Store("kept") },
			UndoWrite: func(_ context.Context, tx tx, r *durable.Run) error { tx.Add("reserved", -1); return nil },
		}
		if fault == writeUndoIdle {
			reserve.UndoWrite = func(context.Context, tx, *durable.Run) error { return nil }
		}
		waited := false
		buy := step{
			Name: "buy",
			Call: func(_ context.Context, r *durable.Run) error {
				if !waited {
					waited = true
					return durable.Wait(time.Hour)
				}
				if fault == deafToKeys || !s.has(r.Key()) {
					s.add(r.Key(), 1)
				}
				return nil
			},
			UndoCall: func(_ context.Context, r *durable.Run) error {
				if fault != undoForgets && (fault == undoRepeats || s.has(r.Key())) {
					s.add(r.Key(), -1)
				}
				return nil
			},
		}
		look := step{Name: "look", Write: func(context.Context, tx, *durable.Run) error { return nil }, NoUndo: "It reads."}
		finish := step{Name: "finish", Write: func(_ context.Context, tx tx, _ *durable.Run) error { tx.Add("finished", 1); return nil }}
		saga := durable.Start("1", "buying", "", time.Now()).Held(time.Now().Add(time.Hour))
		j.Start(saga)
		compare := func(rows, things map[string]int) func(*testing.T) {
			return func(t *testing.T) {
				if got := j.Rows(); !maps.Equal(got, rows) || !maps.Equal(s.things, things) {
					t.Errorf("rows %v and things %v, want %v and %v", got, s.things, rows, things)
				}
			}
		}
		return bench{
			Journal: j, Saga: saga,
			Workflow: durable.Workflow[tx]{Name: "buying", Steps: []step{reserve, buy, look, finish}},
			Clean:    compare(map[string]int{}, map[string]int{}),
			Done:     compare(map[string]int{"reserved": 1, "finished": 1}, map[string]int{"1/buy": 1}),
		}
	}
}

func TestExercisePassesASoundWorkflow(t *testing.T) { durabletest.Exercise(t, setup(none)) }

// TestExerciseCatches runs the exercises over faulty workflows, in a process of its own each since they are to fail there.
func TestExerciseCatches(t *testing.T) {
	if fault := os.Getenv("DURABLETEST_FAULT"); fault != "" {
		durabletest.Exercise(t, setup(fault))
		return
	}
	t.Parallel()
	for _, fault := range []string{deafToKeys, undoForgets, undoRepeats, writeUndoIdle} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestExerciseCatches$")
			cmd.Env = append(os.Environ(), fmt.Sprintf("DURABLETEST_FAULT=%s", fault))
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "rows map[") {
				t.Errorf("the exercises do not find it: %v\n%s", err, out)
			}
		})
	}
}

func TestRunTwiceKeepsTheSecondRunOnly(t *testing.T) {
	t.Parallel()
	j := durabletest.NewJournal()
	j.RunTwice = true
	runs := 0
	err := j.Update(t.Context(), func(tx tx) error {
		runs++
		tx.Add("row", runs)
		return nil
	})
	if err != nil || runs != 2 || j.Rows()["row"] != 2 {
		t.Errorf("error %v, %d runs, row %d; want none, 2, 2", err, runs, j.Rows()["row"])
	}
}
