package twin

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// A Fault is something that is to go wrong. There are two sorts: an operation fault names an Operation and the Error that it answers; a step
// fault names a Step of account creation, a Failure that ends it there, or both.
//
// A fault strikes Count times and is gone. With a Probability it strikes by chance, drawn from its Seed: the same seed makes the same
// sequence. Without a Count such a fault stays; with both it stays until it has struck Count times. With neither it strikes once.
type Fault struct {
	ID string `json:"id"` // given by Add

	API       string `json:"api,omitempty"`       // "" and "*" are any
	Operation string `json:"operation,omitempty"` // the contract's name; "*" is any
	Error     string `json:"error,omitempty"`     // an org.Reason, or a code of the API's wire
	Reason    string `json:"reason,omitempty"`    // what the wire tells beside the code; any when empty

	Step    org.Step `json:"step,omitempty"`    // the failure's own when empty
	Failure string   `json:"failure,omitempty"` // an org.Failure, or a code of some wire; the step's usual one in the cloud when empty

	Count       int     `json:"count,omitempty"` // how often it still strikes
	Probability float64 `json:"probability,omitempty"`
	Seed        uint64  `json:"seed,omitempty"`
}

// Codes translates the codes of the wires, which the ground does not know. Its functions report false for what they do not know;
// each may be nil.
type Codes struct {
	Reason  func(api, code, reason string) (org.Reason, bool) // api is "" for a fault of any API, reason for any of the code
	Failure func(code string) (org.Failure, bool)

	// Operation reports whether an API has an operation, whatever their case; "" is any of either.
	Operation func(api, operation string) bool
}

const anything = "*"

// isStep reports whether the fault is one of account creation's steps.
func (f *Fault) isStep() bool { return f.Step != "" || f.Failure != "" }

// check fails with InputMalformed for a fault that cannot strike or could strike in two ways.
func (f *Fault) check() error {
	switch {
	case f.Operation == "" && f.Error == "" && !f.isStep():
		return org.Errorf(org.InputMalformed, "a fault names an operation with an error, or a step or failure of account creation")
	case f.isStep() && (f.Operation != "" || f.Error != "" || f.Reason != "" || f.API != ""):
		return org.Errorf(org.InputMalformed, "a fault is one of an operation or one of a step, not both")
	case !f.isStep() && (f.Operation == "" || f.Error == ""):
		return org.Errorf(org.InputMalformed, "a fault of an operation names the operation and the error")
	case f.Step != "" && !slices.Contains(steps, f.Step):
		return org.Errorf(org.InputMalformed, "the creation of an account has no step %q", f.Step)
	case f.Count < 0:
		return org.Errorf(org.InputMalformed, "a count is not negative")
	case !(f.Probability >= 0 && f.Probability <= 1):
		return org.Errorf(org.InputMalformed, "a probability lies between 0 and 1")
	}
	return nil
}

// reason returns the Reason of the fault's Error, for an operation fault. It fails with InputMalformed also for an operation that nobody has, or
// that the fault's API has not: one that is misspelled would wait for ever.
func (c Codes) reason(f *Fault) (org.Reason, error) {
	api := strings.TrimPrefix(f.API, anything)
	if c.Operation != nil && !c.Operation(api, strings.TrimPrefix(f.Operation, anything)) {
		return "", org.Errorf(org.InputMalformed, "there is no operation %q in the API %q", f.Operation, cmp.Or(f.API, anything))
	}
	if f.Reason == "" && slices.Contains(org.Reasons(), org.Reason(f.Error)) {
		return org.Reason(f.Error), nil
	}
	if c.Reason != nil {
		if r, ok := c.Reason(api, f.Error, f.Reason); ok {
			return r, nil
		}
	}
	return "", org.Errorf(org.InputMalformed, "the error %q is not known", strings.TrimSpace(f.Error+" "+f.Reason))
}

// failure returns the fault's Failure, for a step fault that names one.
func (c Codes) failure(f *Fault) (org.Failure, error) {
	if _, ok := org.FailureSteps[org.Failure(f.Failure)]; ok {
		return org.Failure(f.Failure), nil
	}
	if c.Failure != nil {
		if found, ok := c.Failure(f.Failure); ok {
			return found, nil
		}
	}
	return "", org.Errorf(org.InputMalformed, "the failure %q is not known", f.Failure)
}

var steps = slices.Collect(maps.Keys(usual))
