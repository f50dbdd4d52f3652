package landing

import (
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// Action is what a zone was last asked to do.
type Action string

// The actions on a zone.
const (
	Create Action = "CREATE"
	Update Action = "UPDATE"
	Repair Action = "REPAIR"
	Delete Action = "DELETE"
)

// Status is how far an action or an operation is.
type Status string

// The states of an action or an operation. The last two never change.
const (
	Running   Status = "in_progress"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
)

// Version is the baseline that a zone set up here has.
const Version = "1.0"

// A Zone is the landing zone of one organization.
type Zone struct {
	OrganizationID org.OrganizationID
	Setup          Setup // what it was last asked to be
	Action         Action
	Status         Status
	Steps          []Progress
	Message        string    // why the action failed
	DeployedAt     time.Time // when a set-up last succeeded; zero before
	UpdatedAt      time.Time
}

// Progress is one step of an action or operation, for people to watch.
type Progress struct {
	Name   string
	Status Status
}

// Percent returns how much of the steps is done, in percent.
func Percent(steps []Progress) int {
	if len(steps) == 0 {
		return 0
	}
	done := 0
	for _, s := range steps {
		if s.Status == Succeeded {
			done++
		}
	}
	return done * 100 / len(steps)
}

// Steps makes the progress of a fresh action.
func Steps(names ...string) []Progress {
	out := make([]Progress, len(names))
	for i, n := range names {
		out[i] = Progress{Name: n, Status: Running}
	}
	return out
}

// Broken returns the steps with the one under way failed.
func Broken(steps []Progress) []Progress {
	out := slices.Clone(steps)
	for i := range out {
		if out[i].Status != Succeeded {
			out[i].Status = Failed
			break
		}
	}
	return out
}

// Advance returns the steps with the named one in a state.
func Advance(steps []Progress, name string, s Status) []Progress {
	out := slices.Clone(steps)
	for i := range out {
		if out[i].Name == name {
			out[i].Status = s
		}
	}
	return out
}
