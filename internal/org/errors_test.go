package org_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAnErrorIsOfItsReason(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("move: %w", org.Errorf(org.UnitMissing, "no unit %s", "ou-1"))
	if !errors.Is(err, org.E(org.UnitMissing)) || errors.Is(err, org.E(org.ParentMissing)) || errors.Is(err, io.EOF) {
		t.Errorf("%v is of another reason", err)
	}
	e := org.AsError(err)
	if e.Reason != org.UnitMissing || e.Kind() != org.NotFound || e.Detail != "no unit ou-1" || org.ReasonOf(err) != org.UnitMissing {
		t.Errorf("%+v", e)
	}
}

func TestAStrangersErrorIsInternalAndKeepsItsCause(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"as it is": org.AsError(io.EOF), "with a cause": org.Because(io.EOF, "read %s", "x")} {
		if e := org.AsError(err); e.Reason != org.InternalFault || e.Kind() != org.Internal || !errors.Is(err, io.EOF) || e.Detail != "" {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if org.ReasonOf(nil) != "" || org.ReasonOf(io.EOF) != org.InternalFault {
		t.Error("ReasonOf")
	}
	if got := org.Because(io.EOF, "read %s", "x").Error(); got != "Internal: read x: EOF" {
		t.Error(got)
	}
}

func TestADetailStandsInAnAnswerAsASentence(t *testing.T) {
	t.Parallel()
	for detail, want := range map[string]string{
		"": "", "the name is taken": "The name is taken.", "äpfel.": "Äpfel.", "User: x is not authorized": "User: x is not authorized", `"s3" is no action`: `"s3" is no action`,
	} {
		if got := org.Errorf(org.UnitMissing, "%s", detail).Sentence(); got != want {
			t.Errorf("%q becomes %q", detail, got)
		}
	}
}

func TestErrorsSayReasonDetailAndCause(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"UnitMissing":               org.E(org.UnitMissing),
		"UnitMissing: no unit":      org.Errorf(org.UnitMissing, "no unit"),
		"UnitMissing: no unit: EOF": &org.Error{Reason: org.UnitMissing, Detail: "no unit", Err: io.EOF},
		"EmailInUse":                org.Fail(org.FailEmailInUse, ""),
		"EmailInUse: it is taken":   org.Fail(org.FailEmailInUse, "it is taken"),
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

func TestAFailedCreationCanBeToldFromAnError(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("step: %w", org.Fail(org.FailToken, "no token"))
	if e, ok := errors.AsType[*org.CreationError](err); !ok || e.Failure != org.FailToken || e.Detail != "no token" {
		t.Errorf("%v", err)
	}
}
