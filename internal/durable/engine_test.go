package durable_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/durable/durabletest"
)

var errDown = errors.New("down")

// failing makes the first n tries of fn fail.
func failing(n int32, fn func(context.Context, *run) error) func(context.Context, *run) error {
	var tries atomic.Int32
	return func(ctx context.Context, r *run) error {
		if tries.Add(1) <= n {
			return errDown
		}
		return fn(ctx, r)
	}
}

func TestSagaSucceeds(t *testing.T) {
	t.Parallel()
	for _, twice := range []bool{false, true} {
		t.Run(fmt.Sprintf("with closures run twice: %v", twice), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				j, w := durabletest.NewJournal(), newWorld()
				j.RunTwice = twice
				e := start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{row("a"), row("b"), w.thing("c"), row("d")}})
				j.Start(saga("1"))
				time.Sleep(time.Second)
				wantSaga(t, j.Saga("1"), durable.Succeeded)
				wantRows(t, j, map[string]int{"1/a": 1, "1/b": 1, "1/d": 1})
				wantList(t, "world", w.log(), []string{"make 1/c"})
				wantList(t, "trials", e.outcomes(), []string{"a done", "b done", "c done", "d done"})
				if len(e.ended) != 1 {
					t.Errorf("%d sagas were observed to end, want 1", len(e.ended))
				}
			})
		})
	}
}

func TestBackoffUntilItWorks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j, w := durabletest.NewJournal(), newWorld()
		thing := w.thing("a")
		thing.Call = failing(3, thing.Call)
		e := start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{thing}, Retry: durable.Retry{Base: time.Second, Cap: 2 * time.Second}})
		j.Start(saga("1"))
		time.Sleep(time.Minute)
		s := j.Saga("1")
		wantSaga(t, s, durable.Succeeded)
		wantList(t, "trials", e.outcomes(), []string{"a retried", "a retried", "a retried", "a done"})
		if s.Age() < 2500*time.Millisecond || s.Age() > 6*time.Second {
			t.Errorf("it took %s, want the pauses 1 s, 2 s, 2 s less up to half, and polls", s.Age())
		}
		if s.Attempt != 0 || s.LastError != "" || !s.FailingSince.IsZero() {
			t.Errorf("the failures are still on the row: %+v", s)
		}
	})
}

func TestWaitCountsNoAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := durabletest.NewJournal()
		type memo struct{ Asked int }
		polls := step{Name: "a", NoUndo: "It asks.", Call: func(_ context.Context, r *run) error {
			var m memo
			if err := r.Load(&m); err != nil {
				return err
			}
			m.Asked++
			if err := r.Store(m); err != nil {
				return err
			}
			if m.Asked <= 20 {
				return durable.Wait(time.Hour)
			}
			return nil
		}}
		start(t, j, durable.Options{}, flow{Name: "w", Steps: []step{polls}, Retry: durable.Retry{Attempts: 1}})
		j.Start(saga("1"))
		time.Sleep(90 * time.Minute)
		if s := j.Saga("1"); s.Attempt != 0 || !s.LeaseUntil.IsZero() || s.State != durable.Running {
			t.Errorf("a waiting saga is not at rest: %+v", s)
		}
		time.Sleep(20 * time.Hour)
		s := j.Saga("1")
		wantSaga(t, s, durable.Succeeded)
		if got, want := string(s.Memo), `{"Asked":21}`; got != want {
			t.Errorf("memo is %s, want %s", got, want)
		}
	})
}

func TestPanicIsAnErrorOfItsStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j, w := durabletest.NewJournal(), newWorld()
		thing := w.thing("a")
		thing.Call = func(context.Context, *run) error { panic("boo") }
		write := row("b")
		write.Write = func(context.Context, tx, *run) error { panic("hiss") }
		e := start(t, j, durable.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))},
			flow{Name: "w", Steps: []step{thing}, Retry: durable.Retry{Attempts: 2}},
			flow{Name: "v", Steps: []step{row("a"), write}, Retry: durable.Retry{Attempts: 2}},
			flow{Name: "u", Steps: []step{thing}, Describe: func(error) string { panic("growl") }, Retry: durable.Retry{Attempts: 1}},
		)
		j.Start(saga("1"))
		j.Start(durable.Start("2", "v", "", time.Now()))
		j.Start(durable.Start("3", "u", "", time.Now()))
		time.Sleep(time.Minute)
		wantSaga(t, j.Saga("3"), durable.Running)
		e.stop()
		if !strings.Contains(log.String(), `level=WARN msg="step failed for good, what was done is undone" saga=1 kind=w`) {
			t.Errorf("the log does not say what comes of it: %s", log.String())
		}
		for id, cause := range map[string]string{"1": "panic: boo", "2": "panic: hiss"} {
			wantSaga(t, j.Saga(id), durable.Failed)
			if got := j.Saga(id).Cause; got != cause {
				t.Errorf("cause of %s is %q, want %q", id, got, cause)
			}
		}
		for _, want := range []string{"boo", "hiss", "growl", "engine_test.go"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log does not have %q", want)
			}
		}
	})
}

func TestARefusalIsNoWarning(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j := durabletest.NewJournal()
		no, broken := errors.New("no"), errors.New("broken")
		fails := func(name string, err error) flow {
			s := row("a")
			s.Write = func(context.Context, tx, *run) error { return durable.Fatal(err) }
			return flow{Name: name, Steps: []step{s}, Refusal: func(err error) bool { return errors.Is(err, no) }}
		}
		e := start(t, j, durable.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, fails("w", no), fails("v", broken))
		j.Start(saga("1"))
		j.Start(durable.Start("2", "v", "", time.Now()))
		time.Sleep(time.Minute)
		e.stop()
		for _, want := range []string{
			`level=INFO msg="step refused what was asked, what was done is undone" saga=1 kind=w`,
			`level=WARN msg="step failed for good, what was done is undone" saga=2 kind=v`,
		} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log does not say %s: %s", want, log.String())
			}
		}
		if got := strings.Count(log.String(), "level=WARN"); got != 1 {
			t.Errorf("%d warnings", got)
		}
	})
}

func TestUnknownKindIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j := durabletest.NewJournal()
		e := start(t, j, durable.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, flow{Name: "other", Steps: []step{row("a")}})
		j.Start(saga("1"))
		time.Sleep(time.Second)
		if s := j.Saga("1"); time.Until(s.RunAt) < 28*time.Second || !s.LeaseUntil.IsZero() || s.Attempt != 0 {
			t.Errorf("it is not put off: %+v", s)
		}
		time.Sleep(10 * time.Minute)
		e.stop()
		wantSaga(t, j.Saga("1"), durable.Running)
		if got := strings.Count(log.String(), "unknown kind"); got < 2 || got > 11 {
			t.Errorf("logged %d times in ten minutes, want about once a minute", got)
		}
	})
}
