package history

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// patience is how long the search may take. To find an order takes some hundredths of a second; to find that there is none may take longer.
const patience = time.Minute

// model is the sequential organization, from its state at the beginning.
func model(begin state) porcupine.Model {
	return porcupine.Model{
		Init:  func() any { return begin },
		Equal: func(a, b any) bool { return a.(state).equals(b.(state)) },
		Step: func(s, a, given any) (bool, any) {
			next, ok := step(s.(state), a.(ask), given.(answer))
			return ok, next
		},
		DescribeOperation: func(a, given any) string { return fmt.Sprintf("%v: %v", a, given) },
	}
}

// step reports whether a deed, done now, is answered so. The order that is looked for is that of the organization's own versions: a change makes the next
// one, and what was read was read of one.
func step(s state, a ask, given answer) (state, bool) {
	at := s.version
	if given.changed(a) {
		at++
	}
	if given.version != 0 && given.version != at {
		return s, false
	}
	next, want := a.deed.step(s, a, given)
	want.version = given.version
	next.version = at
	return next, want == given
}

// changed reports whether a deed was granted that changes something. The failure of a creation is a change too.
func (g answer) changed(a ask) bool { return a.deed.changes && g.reason == "" }

// linearizable fails the test unless there is an order that explains the history.
func linearizable(t *testing.T, begin state, history []porcupine.Operation) {
	t.Helper()
	m, began := model(begin), time.Now()
	result, info := porcupine.CheckOperationsVerbose(m, history, patience)
	switch result {
	case porcupine.Ok:
		t.Logf("%d deeds have an order, found in %s", len(history), time.Since(began).Round(time.Millisecond))
		return
	case porcupine.Unknown:
		t.Errorf("whether %d deeds have an order was not decided in %s", len(history), patience)
	case porcupine.Illegal:
		t.Errorf("%d deeds have no order:\n%s", len(history), written(history))
	}
	path := filepath.Join(t.ArtifactDir(), "history.html")
	if err := porcupine.VisualizePath(m, info, path); err != nil {
		t.Error(err)
	}
	t.Logf("the history is drawn in %s (kept with -artifacts)", path)
}

func written(history []porcupine.Operation) string {
	history = slices.SortedFunc(slices.Values(history), func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
	var out strings.Builder
	for _, o := range history {
		fmt.Fprintf(&out, "%9.3f %9.3f ms, caller %2d: %v: %v\n", float64(o.Call)/1e6, float64(o.Return)/1e6, o.ClientId, o.Input, o.Output)
	}
	return out.String()
}
