package durable

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		flow  Workflow[noTx]
		wrong string // part of the error; empty when there is none
	}{
		{"a whole workflow is right", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{writes("a"), calls("b"), harmless("c")}}, ""},
		{"a last write needs no undo", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{{Name: "a", Write: nothing[noTx]}}}, ""},
		{"a workflow has a name", Workflow[noTx]{Steps: []Step[noTx]{writes("a")}}, "without a name"},
		{"a workflow has steps", Workflow[noTx]{Name: "w"}, "no steps"},
		{"steps have names", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{writes("")}}, "name"},
		{"step names differ", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{writes("a"), writes("a")}}, "taken"},
		{"the end is no step", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{writes("end")}}, "reserved"},
		{"a step does something", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{{Name: "a", NoUndo: "x"}}}, "either Write or Call"},
		{"a step does one thing", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{
			{Name: "a", Write: nothing[noTx], Call: calls("").Call, NoUndo: "x"}}}, "either Write or Call"},
		{"a write before the last needs an undo", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{
			{Name: "a", Write: nothing[noTx]}, writes("b")}}, "exactly one"},
		{"a last call needs an undo", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{{Name: "a", Call: calls("").Call}}}, "exactly one"},
		{"a step has one undo", Workflow[noTx]{Name: "w", Steps: []Step[noTx]{
			{Name: "a", Write: nothing[noTx], UndoWrite: nothing[noTx], NoUndo: "x"}, writes("b")}}, "exactly one"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := New[noTx](nil, []Workflow[noTx]{c.flow}, Options{})
			switch {
			case c.wrong == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("got %v, want an error with %q", err, c.wrong)
			}
		})
	}
	if _, err := New[noTx](nil, []Workflow[noTx]{cases[0].flow, cases[0].flow}, Options{}); err == nil {
		t.Error("two workflows of one name are accepted")
	}
}
