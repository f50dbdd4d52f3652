package inherit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// account is the last node of every path in the test data.
const account = "111122223333"

// A mergeCase is one case of testdata/merge: the policies of each level in the order of attaching, and what has to come of them. A policy is
// a document, or the name of one in testdata/policy. The policies of the first level are called 1.1, 1.2 and so on.
type mergeCase struct {
	Title     string
	Type      Type
	Levels    [][]json.RawMessage
	Effective json.RawMessage // left out where there is none
	Errors    []expectedError
}

type expectedError struct {
	Code     Code
	Path     string
	Policies []string
}

func readJSON[T any](t testing.TB, pattern string) map[string][]T {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: nothing to run, %v", pattern, err)
	}
	all := map[string][]T{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []T
		d := json.NewDecoder(bytes.NewReader(content))
		d.DisallowUnknownFields()
		if err := d.Decode(&cases); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(cases) == 0 {
			t.Fatalf("%s: nothing to run", file)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = cases
	}
	return all
}

func mustParse(t testing.TB, typ Type, document string) *Policy {
	t.Helper()
	p, err := Parse(typ, document)
	if err != nil {
		t.Fatalf("%s\n%v", document, err)
	}
	return p
}

func document(t testing.TB, raw json.RawMessage) string {
	t.Helper()
	var name string
	if json.Unmarshal(raw, &name) != nil {
		return string(raw)
	}
	content, err := os.ReadFile(filepath.Join("testdata", "policy", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (c mergeCase) path(t testing.TB) []Node {
	t.Helper()
	path := make([]Node, len(c.Levels))
	for i, level := range c.Levels {
		path[i].ID = fmt.Sprint("unit-", i)
		if i == len(c.Levels)-1 {
			path[i].ID = account
		}
		for j, raw := range level {
			path[i].Policies = append(path[i].Policies, Attached{
				ID:     fmt.Sprintf("%d.%d", i+1, j+1),
				Order:  int64(j),
				Policy: mustParse(t, c.Type, document(t, raw)),
			})
		}
	}
	return path
}

func TestMergeGivesWhatTheCorpusSays(t *testing.T) {
	t.Parallel()
	seen, titles := 0, map[string]bool{}
	for file, cases := range readJSON[mergeCase](t, "testdata/merge/*.json") {
		for _, c := range cases {
			seen++
			if titles[c.Title] {
				t.Errorf("two cases are called %q", c.Title)
			}
			titles[c.Title] = true
			t.Run(file+"/"+c.Title, func(t *testing.T) {
				t.Parallel()
				c.check(t)
			})
		}
	}
	if seen < 110 {
		t.Fatalf("the corpus has %d cases: some are missing", seen)
	}
}

func (c mergeCase) check(t *testing.T) {
	effective, errs := Merge(c.Type, c.path(t))
	if effective.Exists != (c.Effective != nil) {
		t.Fatalf("the effective policy exists: %t", effective.Exists)
	}
	if effective.Exists {
		var want bytes.Buffer
		if err := json.Compact(&want, c.Effective); err != nil {
			t.Fatal(err)
		}
		if effective.Content != want.String() {
			t.Errorf("the effective policy is\n%s\nand not\n%s", effective.Content, want.String())
		}
	}
	var got []expectedError
	for _, e := range errs {
		if e.Message == "" {
			t.Error("an error has no message")
		}
		got = append(got, expectedError{e.Code, e.Path, e.Policies})
	}
	if d := cmp.Diff(c.Errors, got); d != "" {
		t.Error("validation errors: ", d)
	}
}
