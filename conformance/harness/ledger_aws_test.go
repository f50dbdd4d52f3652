package harness

import (
	"slices"
	"strings"
	"testing"
)

// everything is an answer for each thing that the contract knows, as an engine tells it where it can and a twin where not.
func everything(c *AWSContract, engine string, injected string) []answer {
	var out []answer
	for what := range c.tellable() {
		if operation, ok := strings.CutSuffix(what, " with success"); ok {
			out = append(out, answer{engine: engine, operation: operation})
			continue
		}
		a := answer{engine: engine, typed: true}
		a.code, a.reason, _ = strings.Cut(what, " ")
		for name, op := range c.Operations {
			for _, code := range op.Errors {
				if code == a.code {
					a.operation = name
				}
			}
		}
		if what == injected {
			a.engine = "memory"
		}
		out = append(out, a)
	}
	return out
}

func TestTheLedgerOfAWSKnowsWhatIsMissing(t *testing.T) {
	t.Parallel()
	const injected = "InvalidInputException CALLER_REQUIRED_FIELD_MISSING"
	c := ReadAWSContract(t)
	all := everything(c, "sqlite", injected)
	if want := 63 + 46 + 45 + 40 + 14 + 1; len(all) != want {
		t.Errorf("the contract can tell %d things, want %d", len(all), want)
	}
	if err := c.exercised("sqlite", all, []string{injected}); err != nil {
		t.Error(err)
	}
	closing := answer{engine: "sqlite", operation: "CloseAccount", typed: true}
	odd := func(change func(*answer)) []answer {
		a := closing
		change(&a)
		return slices.Concat(all, []answer{a})
	}
	for name, wrong := range map[string]struct {
		engine, says string
		seen         []answer
		injected     []string
	}{
		"nothing on the other engine": {"postgres", "MoveAccount with success", all, []string{injected}},
		"a reason that no fault may":  {"sqlite", injected, all, nil},
		"one that is not listed":      {"sqlite", "does not list", odd(func(a *answer) { a.code = "ChildNotFoundException" }), []string{injected}},
		"one without a type":          {"sqlite", "the SDK does not know", odd(func(a *answer) { a.code, a.typed = "ConflictException", false }), []string{injected}},
		"one without a reason":        {"sqlite", "no reason of it", odd(func(a *answer) { a.code = "InvalidInputException" }), []string{injected}},
	} {
		if err := c.exercised(wrong.engine, wrong.seen, wrong.injected); err == nil || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("%s: got %v, want %q", name, err, wrong.says)
		}
	}
	for i, a := range all {
		err := c.exercised("sqlite", slices.Concat(all[:i], all[i+1:]), []string{injected})
		want := strings.TrimSpace(a.code + " " + a.reason)
		if want == "" {
			want = a.operation + " with success"
		}
		if err == nil || !strings.HasSuffix(err.Error(), "never sees: "+want) {
			t.Errorf("without %s: got %v", want, err)
		}
	}
}
