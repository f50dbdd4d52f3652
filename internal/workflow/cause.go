package workflow

import (
	"errors"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// hopeless reports whether trying again would end the same: the creation was refused, or a law is broken that no time mends.
func hopeless(err error) bool {
	if _, ok := errors.AsType[*org.CreationError](err); ok {
		return true
	}
	e, ok := errors.AsType[*org.Error](err)
	return ok && e.Kind() != org.Busy && e.Kind() != org.Internal
}

// refused reports whether a creation ended with a failure of its own, which its caller reads in the request's status. What ends as an internal one is a
// fault, as a broken law is: the steps turn those that a caller can break into failures.
func refused(err error) bool {
	e, ok := errors.AsType[*org.CreationError](err)
	return ok && e.Failure != org.FailInternal
}

// describe writes the failure of an account's creation as a saga's cause. What is no failure is an internal one, and its text stays in the
// log.
func describe(err error) string {
	if e, ok := errors.AsType[*org.CreationError](err); ok {
		return e.Error()
	}
	return string(org.FailInternal)
}

// failureOf reads what describe wrote.
func failureOf(cause string) (org.Failure, string) {
	why, detail, _ := strings.Cut(cause, ": ")
	if _, ok := org.FailureSteps[org.Failure(why)]; !ok {
		return org.FailInternal, ""
	}
	return org.Failure(why), detail
}
