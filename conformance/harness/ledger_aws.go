package harness

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

// answers is how the servers have answered the SDK's clients of AWS Organizations.
var answers struct {
	sync.Mutex
	seen map[answer]bool
}

type answer struct {
	engine, operation string
	code, reason      string // both empty for a success
	typed             bool   // the SDK has a type of its own for the error
}

// enter has every answer to a client of a server entered into the ledger.
func (s *Server) enter(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("polity:ledger",
		func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
			out middleware.DeserializeOutput, metadata middleware.Metadata, err error,
		) {
			out, metadata, err = next.HandleDeserialize(ctx, in)
			a := answer{engine: s.Engine, operation: awsmiddleware.GetOperationName(ctx)}
			var told smithy.APIError
			if err != nil && !errors.As(err, &told) {
				return out, metadata, err // nobody answered
			}
			if told != nil {
				_, generic := told.(*smithy.GenericAPIError)
				a.code, a.reason = AWSError(err)
				a.typed = !generic
			}
			answers.Lock()
			defer answers.Unlock()
			if answers.seen == nil {
				answers.seen = map[answer]bool{}
			}
			answers.seen[a] = true
			return out, metadata, err
		}), middleware.Before)
}

// AWSExercised is a check for Main. The SDK's clients of AWS Organizations, all together, have to have seen on each engine a success of each operation, each
// exception that the contract lists of it, and each reason of those that have reasons; what they saw has to be listed for its operation, with a type of its
// own. What no request meets, "Operation Exception" or "Exception REASON", is injected: a twin has to have told it. It is an error to inject what a law
// tells on an engine, so that the injected are what they are called. It looks at whole runs alone.
func AWSExercised(injected func(*AWSContract) []string) func() error {
	return onWholeRuns(func(engine string) error {
		c, err := readAWS()
		if err != nil {
			return err
		}
		answers.Lock()
		defer answers.Unlock()
		return c.exercised(engine, slices.Collect(maps.Keys(answers.seen)), injected(c))
	})
}

func (c *AWSContract) exercised(engine string, seen []answer, injected []string) error {
	law, fault := map[string]bool{}, map[string]bool{}
	for _, a := range seen {
		for _, told := range a.tells() {
			law[told] = law[told] || a.engine == engine
			fault[told] = fault[told] || a.engine == "memory"
		}
	}
	var missing, needless []string
	for told := range c.tellable() {
		switch only := slices.Contains(injected, told); {
		case only && law[told]:
			needless = append(needless, told)
		case !law[told] && !(only && fault[told]):
			missing = append(missing, told)
		}
	}
	return errors.Join(listing("on "+engine+" the AWS SDK never sees", missing),
		listing("on "+engine+" no fault is needed to tell", needless), c.unknown(injected), c.listed(seen))
}

func listing(what string, of []string) error {
	if len(of) == 0 {
		return nil
	}
	return fmt.Errorf("%s: %s", what, strings.Join(slices.Sorted(slices.Values(of)), "; "))
}

// tells are the things of tellable that an answer is one of.
func (a answer) tells() []string {
	switch {
	case a.code == "":
		return []string{a.operation + " with success"}
	case a.reason == "":
		return []string{a.operation + " " + a.code}
	}
	return []string{a.operation + " " + a.code, a.code + " " + a.reason}
}

// tellable is all that can be answered: by each operation success and its exceptions, and by exceptions their reasons.
func (c *AWSContract) tellable() map[string]bool {
	out := map[string]bool{}
	for name, op := range c.Operations {
		out[name+" with success"] = true
		for _, code := range op.Errors {
			out[name+" "+code] = true
			for _, reason := range c.reasons(code) {
				out[code+" "+reason] = true
			}
		}
	}
	return out
}

// unknown fails for the injected that nothing can tell.
func (c *AWSContract) unknown(injected []string) error {
	tellable := c.tellable()
	return listing("the contract does not know", slices.DeleteFunc(slices.Clone(injected), func(told string) bool { return tellable[told] }))
}

// reasons are those that an exception of the contract gives, none for most.
func (c *AWSContract) reasons(code string) []string {
	return c.Shapes[c.Shapes[code].Members["Reason"]].Enum
}

// listed fails for the answers that an operation of the contract does not list, that the SDK has no type for, or whose reason is not the
// exception's. Errors that any service of AWS tells are in no contract.
func (c *AWSContract) listed(seen []answer) error {
	var errs []error
	for _, a := range seen {
		if _, modelled := c.Shapes[a.code]; !modelled {
			continue
		}
		why, reasons := "", c.reasons(a.code)
		switch {
		case !slices.Contains(c.Operations[a.operation].Errors, a.code):
			why = "which the operation does not list"
		case !a.typed:
			why = "which the SDK does not know"
		case len(reasons) > 0 && !slices.Contains(reasons, a.reason):
			why = fmt.Sprintf("with %q, which is no reason of it", a.reason)
		default:
			continue
		}
		errs = append(errs, fmt.Errorf("on %s %s tells %s, %s", a.engine, a.operation, a.code, why))
	}
	return errors.Join(errs...)
}
