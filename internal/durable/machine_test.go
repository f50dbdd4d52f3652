package durable

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

type noTx struct{}

func (noTx) SaveSaga(context.Context, Saga) error { return nil }

var (
	noon   = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	errBad = errors.New("bad")
)

func writes(name string) Step[noTx] {
	return Step[noTx]{Name: name, Write: nothing[noTx], UndoWrite: nothing[noTx]}
}

func calls(name string) Step[noTx] {
	fn := func(context.Context, *Run) error { return nil }
	return Step[noTx]{Name: name, Call: fn, UndoCall: fn}
}

func harmless(name string) Step[noTx] {
	return Step[noTx]{Name: name, Write: nothing[noTx], NoUndo: "It reads."}
}

func TestFailedTry(t *testing.T) {
	t.Parallel()
	flow := Workflow[noTx]{
		Name: "w", Steps: []Step[noTx]{writes("a"), calls("b"), writes("c")},
		Retry:    Retry{Attempts: 3, Base: time.Second, Cap: time.Minute, Deadline: time.Hour}.filled(),
		Fatal:    func(err error) bool { return errors.Is(err, context.Canceled) },
		Describe: func(err error) string { return "because " + err.Error() },
	}
	held := Start("1", "w", "", noon).Held(noon.Add(time.Minute))
	at := func(p Phase, step, attempt int, since time.Time) Saga {
		s := held
		s.Phase, s.Step, s.Attempt, s.FailingSince = p, step, attempt, since
		return s
	}
	cases := []struct {
		name    string
		saga    Saga
		err     error
		outcome Outcome
		phase   Phase
		step    int
		attempt int
		held    bool
		cause   string
	}{
		{"a first failure is tried again", at(Do, 0, 0, zero), errBad, Retried, Do, 0, 1, false, ""},
		{"the last attempt turns the saga", at(Do, 0, 2, noon), errBad, Turned, Undo, 0, 0, true, "because bad"},
		{"a call that failed for good is undone too", at(Do, 1, 2, noon), errBad, Turned, Undo, 2, 0, true, "because bad"},
		{"a write that failed for good has left nothing", at(Do, 2, 2, noon), errBad, Turned, Undo, 2, 0, true, "because bad"},
		{"the deadline turns the saga", at(Do, 0, 1, noon.Add(-time.Hour)), errBad, Turned, Undo, 0, 0, true, "because bad"},
		{"short of the deadline it is tried again", at(Do, 0, 1, noon.Add(-59*time.Minute)), errBad, Retried, Do, 0, 2, false, ""},
		{"a fatal error turns at once", at(Do, 0, 0, zero), fmt.Errorf("x: %w", Fatal(errBad)), Turned, Undo, 0, 0, true, "because x: bad"},
		{"the workflow may call an error fatal", at(Do, 1, 0, zero), context.Canceled, Turned, Undo, 2, 0, true, "because context canceled"},
		{"a wait counts no attempt", at(Do, 1, 2, noon), fmt.Errorf("x: %w", Wait(time.Hour)), Waited, Do, 1, 2, false, ""},
		{"a fatal wait is fatal", at(Do, 0, 0, zero), Fatal(Wait(time.Hour)), Turned, Undo, 0, 0, true, "because waits for 1h0m0s"},
		{"an undo has no last attempt", at(Undo, 1, 500, noon.Add(-99*time.Hour)), errBad, Retried, Undo, 1, 501, false, ""},
		{"an undo may wait", at(Undo, 1, 5, noon), Wait(time.Second), Waited, Undo, 1, 5, false, ""},
		{"nothing is fatal to an undo", at(Undo, 1, 0, zero), Fatal(errBad), Retried, Undo, 1, 1, false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, outcome := flow.failed(c.saga, c.err, noon)
			if outcome != c.outcome || got.Phase != c.phase || got.Step != c.step || got.Attempt != c.attempt || got.Cause != c.cause {
				t.Errorf("got %s, %s step %d attempt %d cause %q; want %s, %s step %d attempt %d cause %q",
					outcome, got.Phase, got.Step, got.Attempt, got.Cause, c.outcome, c.phase, c.step, c.attempt, c.cause)
			}
			if held := !got.LeaseUntil.IsZero(); held != c.held {
				t.Errorf("held = %v, want %v", held, c.held)
			}
			if got.State != Running {
				t.Errorf("state = %s, want running", got.State)
			}
			if outcome != Turned && !got.RunAt.After(noon) {
				t.Errorf("put off until %s, want later than now", got.RunAt)
			}
		})
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	flow := Workflow[noTx]{Name: "w", Steps: []Step[noTx]{
		writes("a"), writes("b"), calls("c"), harmless("d"), writes("e"), calls("f"), harmless("g"),
	}}
	cases := []struct {
		name  string
		phase Phase
		step  int
		want  []string
	}{
		{"writes go together up to the next call", Do, 0, []string{"a 1 running", "b 2 running"}},
		{"a call goes alone", Do, 2, []string{"c 3 running"}},
		{"a write without undo goes with the others", Do, 3, []string{"d 4 running", "e 5 running"}},
		{"the last step succeeds", Do, 6, []string{"g 7 succeeded"}},
		{"a row beyond the last step succeeds", Do, 9, []string{"end 9 succeeded"}},
		{"the way back leaves out what needs no undo", Undo, 7, []string{"f 5 running"}},
		{"undo writes go together down to the next call", Undo, 5, []string{"e 4 running"}},
		{"steps without undo cost nothing", Undo, 4, []string{"c 2 running"}},
		{"the last undos go together with the end", Undo, 2, []string{"b 1 running", "a 0 running", "end 0 failed"}},
		{"the end stands alone when nothing is to be undone", Undo, 0, []string{"end 0 failed"}},
		{"a row beyond the last step is undone from the last", Undo, 99, []string{"f 5 running"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, a := range flow.next(Saga{Phase: c.phase, Step: c.step}) {
				got = append(got, fmt.Sprintf("%s %d %s", a.name, a.step, a.state))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	r := Retry{Base: 100 * time.Millisecond, Cap: time.Second}.filled()
	for attempt, most := range map[int]time.Duration{
		1: 100 * time.Millisecond, 2: 200 * time.Millisecond, 4: 800 * time.Millisecond, 5: time.Second, 1 << 30: time.Second,
	} {
		for range 100 {
			if d := r.pause(attempt); d < most/2 || d > most {
				t.Fatalf("pause after attempt %d is %s, want between %s and %s", attempt, d, most/2, most)
			}
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	if got, want := clip("a\x00b\xffc"), "abc"; got != want {
		t.Errorf("clip = %q, want %q", got, want)
	}
	if got := clip(fmt.Sprintf("%03000d", 1)); len(got) != 2000 {
		t.Errorf("clip leaves %d bytes, want 2000", len(got))
	}
}
