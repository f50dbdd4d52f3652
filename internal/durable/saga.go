package durable

import (
	"strings"
	"time"
)

// State says whether a saga is still to be worked on. Succeeded and Failed are final.
type State string

const (
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
)

// Phase is the direction in which a running saga goes.
type Phase string

const (
	Do   Phase = "do"
	Undo Phase = "undo"
)

// Saga is one piece of long work as the journal keeps it. All of it is one row.
type Saga struct {
	ID      string
	Kind    string // name of its workflow
	Subject string // what it is about, in the caller's words; not read here

	State State
	Phase Phase
	// Step counts the steps whose effect stands or may stand: forward, steps[Step] is next; backward, steps[Step-1].
	Step int
	// Attempt counts the failed tries of the present step.
	Attempt int
	// FailingSince is when the present step failed first; zero when it has not.
	FailingSince time.Time

	RunAt      time.Time // not before
	LeaseUntil time.Time // zero when nobody holds it
	Token      int64     // who holds it; bumped by every claim
	StartedAt  time.Time
	UpdatedAt  time.Time // last progress or failure; extending a lease does not count

	Memo      []byte // JSON kept between steps; nil when nothing is kept
	Cause     string // why it turned to undo
	LastError string // of the last try that failed
}

// Start is the first row of a saga: running, due now, held by nobody.
func Start(id, kind, subject string, now time.Time) Saga {
	return Saga{
		ID: id, Kind: kind, Subject: subject, State: Running, Phase: Do,
		RunAt: now, Token: 1, StartedAt: now, UpdatedAt: now,
	}
}

// Held is the saga with a lease until the given time. A process that journals a saga held and then offers it to its own
// engine spares the claim. Nobody else takes it up before the lease ends.
func (s Saga) Held(until time.Time) Saga {
	s.LeaseUntil = until
	return s
}

// Age is how long the saga was under way when it was last saved.
func (s Saga) Age() time.Duration { return s.UpdatedAt.Sub(s.StartedAt) }

// clip makes a text fit for a journal: short, valid UTF-8, and free of the zero byte, which PostgreSQL refuses in text.
func clip(text string) string {
	const most = 2000
	if len(text) > most {
		text = text[:most]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}
