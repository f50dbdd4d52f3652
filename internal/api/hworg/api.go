package hworg

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

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
	options := hwrest.Options{Authenticate: auth, Fault: fault, InvalidCode: invalid}
	return Mount(&API{plane: plane, tokens: tokens}, options, around(faults))
}
