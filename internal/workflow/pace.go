package workflow

import (
	"time"

	"github.com/polity-cloud/polity/internal/durable"
)

// Pace says how fast long deeds go.
type Pace string

// The paces.
const (
	Instant   Pace = "instant"   // as fast as they can
	Realistic Pace = "realistic" // spread over the time that the cloud takes, on the control plane's clock
)

// look is how often a deed that is not yet due looks at the clock, which may be moved meanwhile.
const look = 250 * time.Millisecond

// due returns nil when step i of n may be taken in a deed that began at a time and takes a whole, and else a durable.Wait. The last step is due
// at the end of the whole.
func (h house) due(began time.Time, whole time.Duration, i, n int) error {
	if h.pace != Realistic {
		return nil
	}
	at := began.Add(whole * time.Duration(i+1) / time.Duration(n))
	if left := at.Sub(h.plane.Now()); left > 0 {
		return durable.Wait(min(left, look))
	}
	return nil
}
