package twin

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/polity-cloud/polity/internal/org"
)

// Faults are the faults of one server, asked in the order in which they were added. A nil *Faults has none. Safe for concurrent use.
type Faults struct {
	codes Codes

	mu    sync.Mutex
	made  int
	armed []*armed
	steps atomic.Int32 // how many of them are step faults
}

// armed is a fault that was found right.
type armed struct {
	Fault
	reason  org.Reason  // of an operation fault
	failure org.Failure // of a step fault; empty for the usual one
	chance  *rand.Rand  // nil when it always strikes
	limited bool        // gone when Count reaches zero
}

// NewFaults returns none yet.
func NewFaults(c Codes) *Faults { return &Faults{codes: c} }

// Add arms a fault and returns it with its id. It fails with InputMalformed for one that could never strike: an unknown operation, error, failure or
// step, neither an operation nor a step, a negative count, a probability outside 0 to 1.
func (f *Faults) Add(want Fault) (Fault, error) {
	a, err := f.arm(want)
	if err != nil {
		return Fault{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made++
	a.ID = "fault-" + strconv.Itoa(f.made)
	f.armed = append(f.armed, a)
	f.count()
	return a.Fault, nil
}

func (f *Faults) arm(want Fault) (*armed, error) {
	if err := want.check(); err != nil {
		return nil, err
	}
	a := &armed{Fault: want}
	var err error
	if !want.isStep() {
		a.reason, err = f.codes.reason(&want)
	} else if want.Failure != "" {
		a.failure, err = f.codes.failure(&want)
	}
	if err != nil {
		return nil, err
	}
	if a.isStep() && a.Step == "" {
		a.Step = org.FailureSteps[a.failure]
	}
	if a.Probability > 0 {
		a.chance = rand.New(rand.NewPCG(a.Seed, 0))
	} else if a.Count == 0 {
		a.Count = 1
	}
	a.limited = a.Count > 0
	return a, nil
}

// List returns the faults that can still strike, with their remaining counts, oldest first.
func (f *Faults) List() []Fault {
	out := []Fault{}
	if f == nil {
		return out
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.armed {
		out = append(out, a.Fault)
	}
	return out
}

// Remove disarms a fault. It fails with ResourceMissing when there is none of that id.
func (f *Faults) Remove(id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.armed, func(a *armed) bool { return a.ID == id })
	if i < 0 {
		return org.Errorf(org.ResourceMissing, "there is no fault %q", id)
	}
	f.armed = slices.Delete(f.armed, i, i+1)
	f.count()
	return nil
}

// Clear disarms all.
func (f *Faults) Clear() {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed = nil
	f.count()
}

func (f *Faults) count() {
	n := 0
	for _, a := range f.armed {
		if a.isStep() {
			n++
		}
	}
	f.steps.Store(int32(n))
}
