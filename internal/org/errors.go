package org

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what a caller can do about an error.
type Kind string

// The kinds of error.
const (
	Unauthenticated Kind = "unauthenticated" // prove who you are
	Denied          Kind = "denied"          // ask for the right, or use another account
	Invalid         Kind = "invalid"         // change the request
	NotFound        Kind = "not found"       // name something that exists
	Conflict        Kind = "conflict"        // change the state first
	Limit           Kind = "limit"           // free something, or raise a quota
	Busy            Kind = "busy"            // try again
	Unsupported     Kind = "unsupported"     // not offered here
	Internal        Kind = "internal"        // nothing; the fault is ours
)

// Error is the one error of the domain. Reason names the one law that was broken and is finer than any cloud's code; each API folds
// Reasons down with one table. Detail is for people. Err is a cause for the log and is never shown to a caller. Encoded tells of a denial how it came about,
// sealed for those who may decode it.
type Error struct {
	Reason  Reason
	Detail  string
	Err     error
	Encoded string
}

// Kind returns the kind of the error's Reason.
func (e *Error) Kind() Kind { return kinds[e.Reason] }

func (e *Error) Error() string {
	s := string(e.Reason)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Sentence returns the Detail as it stands in an answer: with a capital and a full stop when it has neither.
func (e *Error) Sentence() string {
	first, size := utf8.DecodeRuneInString(e.Detail)
	if !unicode.IsLower(first) {
		return e.Detail
	}
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(e.Detail[size:], ".") + "."
}

func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, org.E(reason)) true for every error of that Reason.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

// E makes an error for a broken law.
func E(r Reason) *Error { return &Error{Reason: r} }

// Errorf makes an error for a broken law with a sentence that a caller may see.
func Errorf(r Reason, format string, args ...any) *Error {
	return &Error{Reason: r, Detail: fmt.Sprintf(format, args...)}
}

// Because makes an internal error with its cause, which reaches the log and never the caller.
func Because(err error, format string, args ...any) *Error {
	return &Error{Reason: InternalFault, Err: fmt.Errorf(format+": %w", append(args, err)...)}
}

// AsError returns the domain error inside err, or an internal one that wraps it, so that every error has a Reason.
func AsError(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Reason: InternalFault, Err: err}
}

// ReasonOf returns the Reason inside err: InternalFault for an error that is none of ours, "" for nil.
func ReasonOf(err error) Reason {
	if err == nil {
		return ""
	}
	return AsError(err).Reason
}
