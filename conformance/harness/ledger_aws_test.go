package harness

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// everything is answers that tell all that the contract knows, by an engine: each operation its codes, and the first one of a code its reasons.
func everything(c *AWSContract, engine string) []answer {
	var out []answer
	known := map[string]bool{}
	for _, name := range c.Names() {
		out = append(out, answer{engine: engine, operation: name})
		for _, code := range c.Operations[name].Errors {
			a := answer{engine: engine, operation: name, code: code, typed: true}
			reasons := c.reasons(code)
			if len(reasons) == 0 {
				reasons = []string{""}
			} else if known[code] {
				reasons = reasons[:1]
			}
			known[code] = true
			for _, a.reason = range reasons {
				out = append(out, a)
			}
		}
	}
	return out
}

// without is all answers that do not tell a thing.
func without(all []answer, told string) []answer {
	return slices.DeleteFunc(slices.Clone(all), func(a answer) bool { return slices.Contains(a.tells(), told) })
}

func TestTheLedgerOfAWSKnowsWhatIsMissing(t *testing.T) {
	t.Parallel()
	c := ReadAWSContract(t)
	all, tellable := everything(c, "sqlite"), c.tellable()
	if want := 63 + 515 + 45 + 40 + 14 + 1; len(tellable) != want {
		t.Errorf("the contract can tell %d things, want %d", len(tellable), want)
	}
	if err := c.exercised("sqlite", all, nil); err != nil {
		t.Error(err)
	}
	_, missing, _ := strings.Cut(c.exercised("sqlite", nil, nil).Error(), "never sees: ")
	if got := strings.Split(missing, "; "); !slices.Equal(got, slices.Sorted(maps.Keys(tellable))) {
		t.Errorf("where nobody was asked %d are missing: %v", len(got), got)
	}
	for _, told := range []string{"MoveAccount with success", "MoveAccount DuplicateAccountException", "HandshakeConstraintViolationException UNUSED_PREPAYMENT_BALANCE"} {
		if err := c.exercised("sqlite", without(all, told), nil); err == nil || !strings.HasSuffix(err.Error(), "never sees: "+told) {
			t.Errorf("without %s: got %v", told, err)
		}
	}
}

func TestTheLedgerOfAWSTellsLawsFromFaults(t *testing.T) {
	t.Parallel()
	const pair, reason = "MoveAccount ServiceException", "InvalidInputException INVALID_SYNTAX_ORGANIZATION_ARN"
	c := ReadAWSContract(t)
	whole := everything(c, "sqlite")
	byLaw := without(without(whole, pair), reason)
	twin := []answer{
		{engine: "memory", operation: "MoveAccount", code: "ServiceException", typed: true},
		{engine: "memory", operation: "MoveAccount", code: "InvalidInputException", reason: "INVALID_SYNTAX_ORGANIZATION_ARN", typed: true},
	}
	both := []string{pair, reason}
	if err := c.exercised("sqlite", slices.Concat(byLaw, twin), both); err != nil {
		t.Error(err)
	}
	for name, wrong := range map[string]struct {
		engine, says string
		seen         []answer
		injected     []string
	}{
		"nothing on the other engine":  {"postgres", "never sees: AcceptHandshake AWSOrganizationsNotInUse", slices.Concat(byLaw, twin), both},
		"a pair that no fault may":     {"sqlite", "never sees: " + pair, slices.Concat(byLaw, twin), []string{reason}},
		"a reason that no fault may":   {"sqlite", "never sees: " + reason, slices.Concat(byLaw, twin), []string{pair}},
		"a fault that no twin told":    {"sqlite", "never sees: " + pair, slices.Concat(byLaw, twin[1:]), both},
		"a fault that a law tells":     {"sqlite", "no fault is needed to tell: " + pair, slices.Concat(whole, twin), []string{pair}},
		"a fault that nothing tells":   {"sqlite", "does not know: MoveAccount ConflictException", whole, []string{"MoveAccount ConflictException"}},
		"a twin where an engine ought": {"sqlite", "never sees: " + reason + "; " + pair, slices.Concat(byLaw, twin), nil},
	} {
		if err := c.exercised(wrong.engine, wrong.seen, wrong.injected); err == nil || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("%s: got %v, want %q", name, err, wrong.says)
		}
	}
}

func TestTheLedgerOfAWSKnowsWhatIsListed(t *testing.T) {
	t.Parallel()
	c := ReadAWSContract(t)
	all := everything(c, "sqlite")
	for name, odd := range map[string]struct {
		answer
		says string
	}{
		"of another operation": {answer{code: "ChildNotFoundException", typed: true}, "does not list"},
		"without a type":       {answer{code: "ConflictException"}, "the SDK does not know"},
		"without a reason":     {answer{code: "InvalidInputException", typed: true}, "no reason of it"},
	} {
		odd.engine, odd.operation = "sqlite", "CloseAccount"
		if err := c.exercised("sqlite", slices.Concat(all, []answer{odd.answer}), nil); err == nil || !strings.Contains(err.Error(), odd.says) {
			t.Errorf("%s: got %v, want %q", name, err, odd.says)
		}
	}
}
