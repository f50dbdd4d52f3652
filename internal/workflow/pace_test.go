package workflow_test

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/workflow"
)

func TestARealisticCreationTakesItsTimeOnTheClock(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{pace: workflow.Realistic})
	b.clock.Freeze()
	id := b.request(t, wish("one"))
	before, whole := b.rows(t), b.org.Rules().CreationTime
	b.run(t)
	step := func(elapsed time.Duration) int {
		b.clock.Set(b.creation(t, id).RequestedAt.Add(elapsed))
		time.Sleep(300 * time.Millisecond) // longer than a step looks away
		return b.rows(t)["accounts"] - before["accounts"]
	}
	if n := step(whole*3/10 - time.Millisecond); n != 0 {
		t.Errorf("before its third tenth it has made %d accounts", n)
	}
	step(whole * 3 / 10)
	eventually(t, func() bool { return b.rows(t)["accounts"] == before["accounts"]+1 })
	step(whole - time.Millisecond)
	if n := b.creation(t, id); n.State != org.CreationRunning {
		t.Errorf("just before its time it is %s", n.State)
	}
	b.clock.Advance(time.Millisecond)
	if n := b.ended(t, id); n.State != org.CreationSucceeded || n.CompletedAt.Sub(n.RequestedAt) != whole {
		t.Errorf("it ends as %s after %v", n.State, n.CompletedAt.Sub(n.RequestedAt))
	}
}

func TestAnInstantCreationNeedsNoTimeOnTheClock(t *testing.T) {
	t.Parallel()
	for name, move := range map[string]func(*bundle){
		"the clock stands":     func(b *bundle) { b.clock.Freeze() },
		"the clock was ahead":  func(b *bundle) { b.clock.Advance(9000 * time.Hour) },
		"the clock is ahead":   func(b *bundle) { b.clock.Advance(9000 * time.Hour); b.clock.Freeze() },
		"the clock is behind":  func(b *bundle) { b.clock.Set(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)) },
		"the clock moves back": func(b *bundle) { b.clock.Advance(time.Hour); b.clock.Reset() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, setting{})
			b.run(t)
			move(b)
			if n := b.ended(t, b.request(t, wish("one"))); n.State != org.CreationSucceeded {
				t.Errorf("it ends as %s, %s", n.State, n.Failure)
			}
		})
	}
}

func TestStepsWaitAQuarterSecondAtMost(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{pace: workflow.Realistic})
	b.clock.Freeze()
	id := b.request(t, wish("one"))
	saga, first := <-b.sagas, string(org.StepIdentify)
	b.clock.Set(b.creation(t, id).RequestedAt.Add(b.org.Rules().CreationTime/10 - 100*time.Millisecond))
	for _, c := range []struct {
		name, step string
		phase      durable.Phase
		want       error
	}{
		{"a step that is due soon", first, durable.Do, durable.Wait(100 * time.Millisecond)},
		{"a step that is due late", string(org.StepPlace), durable.Do, durable.Wait(250 * time.Millisecond)},
		{"an undo", string(org.StepReserve), durable.Undo, nil},
	} {
		if err := b.flows.Before(t.Context(), &durable.Run{Saga: saga}, c.step, c.phase); err != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	b.clock.Advance(100 * time.Millisecond)
	if err := b.flows.Before(t.Context(), &durable.Run{Saga: saga}, first, durable.Do); err != nil {
		t.Errorf("a step that is due: %v", err)
	}
	saga.Kind = "stranger"
	if err := b.flows.Before(t.Context(), &durable.Run{Saga: saga}, "x", durable.Do); err != nil {
		t.Errorf("a stranger's step: %v", err)
	}
	if n := b.creation(t, id); n.State != org.CreationRunning {
		t.Errorf("without an engine it is %s", n.State)
	}
}
