package harness

import (
	"testing"
	"time"
)

// Until asks again and again until done says so, ever more slowly, and ends the test when that takes too long.
func Until(t testing.TB, what string, done func() bool) {
	t.Helper()
	pause := time.Millisecond
	for end := time.Now().Add(patience); !done(); time.Sleep(pause) {
		if time.Now().After(end) {
			t.Fatalf("gave up waiting until %s", what)
		}
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// A Tried is what a call came to.
type Tried[T any] struct {
	value T
	err   error
}

// Try takes what a call returns, so that Or can end the test for its error.
func Try[T any](v T, err error) Tried[T] { return Tried[T]{v, err} }

// Or returns the value, or ends the test for the error.
func (r Tried[T]) Or(t testing.TB) T {
	t.Helper()
	if r.err != nil {
		t.Fatal(r.err)
	}
	return r.value
}
