package durable_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

// script says how each try of each act goes: the n-th word for the n-th try, and well when it has run out.
type script struct {
	mu    sync.Mutex
	words map[string][]string
}

// play does one try: an effect, and an error before or after it.
func (s *script) play(act string, effect func()) error {
	s.mu.Lock()
	word := "well"
	if words := s.words[act]; len(words) > 0 {
		word, s.words[act] = words[0], words[1:]
	}
	s.mu.Unlock()
	switch word {
	case "before":
		return errDown
	case "wait":
		return durable.Wait(time.Second)
	}
	effect()
	switch word {
	case "after":
		return errDown
	case "panic":
		panic(errDown)
	case "fatal":
		return durable.Fatal(errDown)
	case "lost":
		return durable.ErrLost
	}
	return nil
}

type plan struct {
	steps   []string // "write" or "call", and the kind of its undo
	words   map[string][]string
	crashes []int32 // at which update each engine but the last is cut off; odd ones after the commit
	twice   bool
	glitch  bool // a cut is for one update only
}

func drawPlan(t *rapid.T) plan {
	p := plan{
		steps:   rapid.SliceOfN(rapid.SampledFrom([]string{"write/write", "write/call", "call/call", "call/write"}), 1, 6).Draw(t, "steps"),
		words:   map[string][]string{},
		crashes: rapid.SliceOfN(rapid.Int32Range(1, 12), 0, 3).Draw(t, "crashes"),
		twice:   rapid.Bool().Draw(t, "twice"),
		glitch:  rapid.Bool().Draw(t, "glitch"),
	}
	word := rapid.SampledFrom([]string{"well", "well", "before", "after", "panic", "fatal", "wait", "lost"})
	for i := range p.steps {
		for _, phase := range []string{"do", "undo"} {
			p.words[fmt.Sprintf("%s %d", phase, i)] = rapid.SliceOfN(word, 0, 4).Draw(t, fmt.Sprintf("%s %d", phase, i))
		}
	}
	return p
}

// workflow is the plan's steps, each with an effect of its kind: a row counted in the journal or a thing in the world.
func (p plan) workflow(s *script, w *world) flow {
	f := flow{Name: "w", Retry: durable.Retry{Attempts: 3}}
	for i, kinds := range p.steps {
		do, undo, _ := strings.Cut(kinds, "/")
		st := step{Name: fmt.Sprint(i)}
		doAct, undoAct := fmt.Sprintf("do %d", i), fmt.Sprintf("undo %d", i)
		switch do {
		case "write":
			st.Write = func(_ context.Context, tx tx, r *run) error { return s.play(doAct, func() { tx.Add(r.Key(), 1) }) }
		case "call":
			st.Call = func(_ context.Context, r *run) error { return s.play(doAct, func() { w.make(r.Key()) }) }
		}
		// An undo that writes counts itself in a row of its own, so that a second one would show.
		switch undo {
		case "write":
			st.UndoWrite = func(_ context.Context, tx tx, r *run) error {
				return s.play(undoAct, func() { tx.Add("undone "+r.Key(), 1) })
			}
		case "call":
			st.UndoCall = func(_ context.Context, r *run) error { return s.play(undoAct, func() { w.unmake(r.Key()) }) }
		}
		f.Steps = append(f.Steps, st)
	}
	f.Steps = append(f.Steps, row("last"))
	f.Failed = func(_ context.Context, tx tx, _ *run) error { tx.Add("told", 1); return nil }
	return f
}

// check compares what stands with how the saga ended.
func (p plan) check(j *durabletest.Journal, w *world) error {
	s, rows := j.Saga("1"), j.Rows()
	var errs []error
	want := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	want(s.State != durable.Running, "saga has not ended: %+v", s)
	succeeded := s.State == durable.Succeeded
	want(succeeded == (rows["1/last"] == 1), "%s, and the last row is %d", s.State, rows["1/last"])
	want(succeeded == (rows["told"] == 0) && rows["told"] <= 1, "%s, and the noun was told %d times", s.State, rows["told"])
	known := map[string]bool{}
	for i, kinds := range p.steps {
		key := fmt.Sprintf("1/%d", i)
		known[key] = true
		do, undo, _ := strings.Cut(kinds, "/")
		done, undone := rows[key], rows["undone "+key]
		want(done <= 1 && undone <= 1, "step %d: written %d times, undone %d times", i, done, undone)
		if succeeded {
			want(do != "write" || done == 1, "step %d was written %d times", i, done)
			want(do != "call" || w.made[key], "step %d was not called", i)
			want(undone == 0 && w.undone[key] == 0, "step %d of a saga that succeeded was undone", i)
			continue
		}
		began := done == 1 || w.tried[key] > 0
		took := undone == 1 || w.undone[key] > 0
		want(!began || took, "step %d stands in a saga that failed", i)
		want(do != "write" || began || !took, "step %d was never written and is undone", i)
		want(undo != "call" || !w.made[key], "step %d: its thing is left over", i)
	}
	for _, key := range slices.Sorted(maps.Keys(w.tried)) {
		want(known[key], "a call had the key %q", key)
	}
	return errors.Join(errs...)
}

// carryOut runs the plan over as many engines as it has crashes, and one more.
func (p plan) carryOut(t *testing.T) (durable.State, error) {
	j, w := durabletest.NewJournal(), newWorld()
	j.RunTwice = p.twice
	f := p.workflow(&script{words: maps.Clone(p.words)}, w)
	j.Start(saga("1"))
	for _, n := range p.crashes {
		m := &mortal{Journal: j, revive: p.glitch}
		if n%2 == 0 {
			m.dieBefore = n / 2
		} else {
			m.dieAfter = (n + 1) / 2
		}
		e := start(t, m, durable.Options{Workers: 2}, f)
		time.Sleep(10 * time.Second)
		e.stop()
	}
	e := start(t, j, durable.Options{Workers: 2}, f)
	for range 3600 {
		time.Sleep(time.Second)
		if j.Saga("1").State != durable.Running {
			break
		}
	}
	e.stop()
	return j.Saga("1").State, p.check(j, w)
}

// TestEffects is the promise of the package: whatever fails and whoever dies, writes take effect exactly once in a saga
// that succeeds and are taken back exactly once in one that fails, and calls are made at least once under one key.
func TestEffects(t *testing.T) {
	t.Parallel()
	ends := map[durable.State]int{}
	rapid.Check(t, func(rt *rapid.T) {
		p := drawPlan(rt)
		var end durable.State
		var err error
		synctest.Test(t, func(t *testing.T) { end, err = p.carryOut(t) })
		if err != nil {
			rt.Fatal(err)
		}
		ends[end]++
	})
	if ends[durable.Succeeded] == 0 || ends[durable.Failed] == 0 {
		t.Errorf("sagas ended as %v, want some of each", ends)
	}
}
