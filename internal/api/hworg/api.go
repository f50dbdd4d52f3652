package hworg

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"reflect"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "hworg"

// API translates between Huawei Cloud Organizations and the control plane. What it has no method for answers as Unimplemented does.
type API struct {
	Unimplemented
	plane  *controlplane.Plane
	tokens *pagetoken.Sealer
}

// An Authenticate proves who sent a request and returns a context that carries the caller.
type Authenticate = func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

// New returns the handler of the API. Faults may be nil.
func New(plane *controlplane.Plane, auth Authenticate, tokens *pagetoken.Sealer, faults *twin.Faults) (http.Handler, error) {
	contract := hwrest.Contract{Name: Name, Operations: Operations, Demands: demands}
	options := hwrest.Options{Authenticate: auth, Fault: fault, InvalidCode: invalid}
	return hwrest.New(contract, options, func(e hwrest.Errors) map[string]http.HandlerFunc {
		return handlers(&ServerInterfaceWrapper{
			ErrorHandlerFunc: e.Request,
			Handler: NewStrictHandlerWithOptions(&API{plane: plane, tokens: tokens}, []StrictMiddlewareFunc{around(faults)}, StrictHTTPServerOptions{
				RequestErrorHandlerFunc: e.Request, ResponseErrorHandlerFunc: e.Handler,
			}),
		})
	})
}

// around lets faults strike where an operation begins, and gives denials the name that Huawei has for the action.
func around(faults *twin.Faults) StrictMiddlewareFunc {
	return func(next StrictHandlerFunc, operation string) StrictHandlerFunc {
		return func(ctx context.Context, w http.ResponseWriter, r *http.Request, request any) (any, error) {
			if err := faults.Operation(Name, operation); err != nil {
				return nil, denied(operation, err)
			}
			answer, err := next(ctx, w, r, request)
			return answer, denied(operation, err)
		}
	}
}

// denied words a refusal by policy as code 1007 of the vendor's table of error codes does; the control plane knows no cloud's actions.
func denied(operation string, err error) error {
	if !errors.Is(err, org.E(org.NotPermitted)) {
		return err
	}
	said := org.Errorf(org.NotPermitted, "Policy doesn't allow '%s' to be performed.", cmp.Or(Operations[operation].Action, operation))
	said.Encoded = org.AsError(err).Encoded
	return said
}

// Coverage tells of every operation of the contract whether it is served.
func Coverage() map[string]bool {
	methods := reflect.TypeFor[overriding]()
	out := make(map[string]bool, len(Operations))
	for name := range Operations {
		_, out[name] = methods.MethodByName(name)
	}
	return out
}

// overriding has the methods that API declares itself, and not those it takes over from Unimplemented: these reach it by two ways of the same
// length, and Go gives a type no method that is ambiguous.
type overriding struct {
	*API
	inherited
}

type inherited struct{ Unimplemented }
