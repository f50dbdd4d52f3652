package durable

import "time"

// Outcome is what one try of a step comes to.
type Outcome string

const (
	Done        Outcome = "done"        // its effect stands and is saved
	Waited      Outcome = "waited"      // it comes back later, no attempt counted
	Retried     Outcome = "retried"     // it failed and comes back; under Undo this repeats until it succeeds
	Turned      Outcome = "turned"      // it failed for good, the saga turns to undo
	Lost        Outcome = "lost"        // the lease was lost, another worker tries again
	Interrupted Outcome = "interrupted" // the engine stopped, another worker tries again
)

// Trial is one try of a step. In a batch each step is a trial of its own; a batch that is rolled back in order to run its
// steps one at a time is none.
type Trial struct {
	Saga    Saga // as it stood before
	Step    string
	Outcome Outcome
	Took    time.Duration
	Wait    time.Duration // until the next try, when Waited or Retried
	Err     error         // nil when Done
}

// Observer is told what happens, after it is saved, on the worker's goroutine: it must be quick and safe for concurrent use.
// It is told at most once: what is saved as its process dies, or saved without an acknowledgement, nobody hears of.
type Observer interface {
	StepTried(t Trial)
	SagaEnded(s Saga)
}

type blind struct{}

func (blind) StepTried(Trial) {}
func (blind) SagaEnded(Saga)  {}
