package twin

import (
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// Operation returns the *org.Error with which an operation is to fail, or nil. Names are compared without case.
func (f *Faults) Operation(api, operation string) error {
	a, hit := f.strike(func(a *armed) bool {
		return !a.isStep() && matches(a.API, api) && matches(a.Operation, operation)
	})
	if !hit {
		return nil
	}
	return org.Errorf(a.reason, "injected by %s", a.ID)
}

// Step returns the org.CreationError with which a step of an account's creation is to fail in a partition, or nil.
func (f *Faults) Step(s org.Step, p org.Partition) error {
	a, hit := f.strike(func(a *armed) bool { return a.isStep() && a.Step == s })
	if !hit {
		return nil
	}
	why := a.failure
	if why == "" {
		why = usualFailure(s, p)
	}
	return org.Fail(why, "injected by "+a.ID)
}

// AnyStep reports whether a step fault is armed. It costs next to nothing.
func (f *Faults) AnyStep() bool { return f != nil && f.steps.Load() > 0 }

// strike spends the first of the wanted faults that strikes, and returns it as it was.
func (f *Faults) strike(wanted func(*armed) bool) (armed, bool) {
	if f == nil {
		return armed{}, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, a := range f.armed {
		if !wanted(a) || a.chance != nil && a.chance.Float64() >= a.Probability {
			continue
		}
		struck := *a
		if a.limited {
			a.Count--
		}
		if a.limited && a.Count == 0 {
			f.armed = slices.Delete(f.armed, i, i+1)
			f.count()
		}
		return struck, true
	}
	return armed{}, false
}

func matches(want, is string) bool {
	return want == "" || want == anything || strings.EqualFold(want, is)
}
