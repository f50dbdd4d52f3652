package org

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// constants reads the values of a string type's constants out of this package's own text, so that a table can be held against all of them.
func constants(t *testing.T, file, typ string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typ || len(spec.Values) != 1 {
			return true
		}
		text, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		value, err := strconv.Unquote(text.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, value)
		return true
	})
	if len(out) == 0 {
		t.Fatalf("%s has no constants of the type %s", file, typ)
	}
	slices.Sort(out)
	if n := len(out); len(slices.Compact(slices.Clone(out))) != n {
		t.Errorf("two constants of the type %s are the same", typ)
	}
	return out
}

func TestEveryConstantReasonIsListed(t *testing.T) {
	t.Parallel()
	want := constants(t, "reason.go", "Reason")
	var got []string
	for _, r := range Reasons() {
		got = append(got, string(r))
	}
	if !slices.Equal(got, want) {
		t.Errorf("Reasons lists %d of %d constants", len(got), len(want))
	}
	all := constants(t, "errors.go", "Kind")
	for r, k := range kinds {
		if !slices.Contains(all, string(k)) {
			t.Errorf("%s is of a kind that does not exist: %s", r, k)
		}
	}
}

func TestEveryFailureBelongsToAStep(t *testing.T) {
	t.Parallel()
	steps := constants(t, "failure.go", "Step")
	failures := constants(t, "failure.go", "Failure")
	for _, f := range failures {
		if s, ok := FailureSteps[Failure(f)]; !ok || !slices.Contains(steps, string(s)) {
			t.Errorf("%s occurs at %q", f, s)
		}
	}
	if len(FailureSteps) != len(failures) {
		t.Errorf("%d failures have a step, %d exist", len(FailureSteps), len(failures))
	}
}
