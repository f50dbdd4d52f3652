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
// exception of the contract, and each reason of those that have reasons; what they saw has to be listed for its operation, with a type of its own.
// The injected, "Exception" or "Exception REASON", are what no request meets: a twin has to have told them by a fault.
// It looks at whole runs alone.
func AWSExercised(injected ...string) func() error {
	return onWholeRuns(func(engine string) error {
		c, err := readAWS()
		if err != nil {
			return err
		}
		answers.Lock()
		defer answers.Unlock()
		return c.exercised(engine, slices.Collect(maps.Keys(answers.seen)), injected)
	})
}

func (c *AWSContract) exercised(engine string, seen []answer, injected []string) error {
	missing := c.tellable()
	for _, a := range seen {
		told := strings.TrimSpace(a.code + " " + a.reason)
		switch {
		case a.code == "" && a.engine == engine:
			delete(missing, a.operation+" with success")
		case a.code == "":
		case a.engine == engine || a.engine == "memory" && slices.Contains(injected, told):
			delete(missing, told)
		}
	}
	if len(missing) == 0 {
		return c.listed(seen)
	}
	return fmt.Errorf("on %s the AWS SDK never sees: %s", engine, strings.Join(slices.Sorted(maps.Keys(missing)), "; "))
}

// tellable is all that can be answered: successes, and exceptions with each of their reasons.
func (c *AWSContract) tellable() map[string]bool {
	out := map[string]bool{}
	for name, op := range c.Operations {
		out[name+" with success"] = true
		for _, code := range op.Errors {
			reasons := c.reasons(code)
			for _, reason := range reasons {
				out[code+" "+reason] = true
			}
			if len(reasons) == 0 {
				out[code] = true
			}
		}
	}
	return out
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
