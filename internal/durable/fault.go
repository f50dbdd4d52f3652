package durable

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Wait is the error of a step that has nothing to do yet: it is tried again after d, and no attempt is counted.
func Wait(d time.Duration) error { return waitError(d) }

// Fatal marks err as one that trying again does not mend: the saga turns to undo at once. On the way back it means nothing,
// for an undo is never given up. Fatal of nil is nil.
func Fatal(err error) error {
	if err == nil {
		return nil
	}
	return &fatalError{err}
}

type waitError time.Duration

func (w waitError) Error() string { return "waits for " + time.Duration(w).String() }

type fatalError struct{ err error }

func (f *fatalError) Error() string { return f.err.Error() }
func (f *fatalError) Unwrap() error { return f.err }

func isFatal(err error) bool {
	_, ok := errors.AsType[*fatalError](err)
	return ok
}

// panicError is a panic in a step, which is an error of that step and not the end of the process.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

func safely(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{value: v, stack: debug.Stack()}
		}
	}()
	return fn()
}
