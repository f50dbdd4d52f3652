package history

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// versions finds the version at which each caller's deed is on record, and the end of each creation by its id.
func (s rows) versions() map[string]int64 {
	out := map[string]int64{}
	for _, e := range s.events {
		if e.Name == org.AccountCreationEnded {
			out[e.Subject] = e.Version
		} else if e.By.Name != "" {
			out[e.By.Name] = e.Version
		}
	}
	return out
}

// whole holds the history against the versions: from the first to the last each is one deed's.
func (s rows) whole(t *testing.T, r *round) {
	t.Helper()
	claimed := map[int64]int{}
	for _, op := range r.history {
		if given := op.Output.(answer); given.changed(op.Input.(ask)) {
			claimed[given.version]++
		}
	}
	for v := r.begin.version + 1; v <= s.o.Version; v++ {
		if claimed[v] != 1 {
			t.Errorf("%d deeds made version %d of %d", claimed[v], v, s.o.Version)
		}
	}
	if n := s.o.Version - r.begin.version; int64(len(claimed)) != n {
		t.Errorf("%d deeds made %d versions", len(claimed), n)
	}
}

// feed holds the events against each other: those of a version are numbered from zero, and at no time are more accounts being created than may be.
func (s rows) feed(t *testing.T) {
	t.Helper()
	last, running := org.Event{Index: -1}, 0
	for _, e := range s.events {
		if follows := e.Version == last.Version && e.Index == last.Index+1 || e.Version > last.Version && e.Index == 0; !follows {
			t.Errorf("event %d.%d follows %d.%d", e.Version, e.Index, last.Version, last.Index)
		}
		last = e
		switch e.Name {
		case org.AccountRequested:
			running++
		case org.AccountCreationEnded:
			running--
		}
		if running > quotas.Creations {
			t.Errorf("version %d: %d accounts are being created", e.Version, running)
		}
	}
	if running != 0 {
		t.Errorf("%d creations have no end", running)
	}
}
