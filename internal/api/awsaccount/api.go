package awsaccount

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/awsrest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "awsaccount"

// API translates between AWS Account Management and the control plane.
type API struct {
	plane  *controlplane.Plane
	tokens *pagetoken.Sealer
}

// An Authenticate proves who sent a request and returns a context that carries the caller.
type Authenticate = func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

// New returns the handler of the API. Faults may be nil.
func New(plane *controlplane.Plane, auth Authenticate, tokens *pagetoken.Sealer, faults *twin.Faults) http.Handler {
	a := &API{plane: plane, tokens: tokens}
	served := a.operations()
	for name, op := range served {
		call := op.Call
		op.Call = func(ctx context.Context, in awsjson.Input) (awsjson.Output, error) {
			if err := faults.Operation(Name, name); err != nil {
				return nil, err
			}
			return call(ctx, in)
		}
		served[name] = op
	}
	return &awsrest.Service{API: Name, Operations: served, Known: known, Authenticate: auth, Fault: fault}
}

// Serves tells whether a path is one of this API's.
func Serves(path string) bool { return known(awsrest.Name(path)) }

func known(name string) bool {
	_, ok := contract[name]
	return ok
}

// operations is the table of what is served.
func (a *API) operations() map[string]awsjson.Operation {
	return map[string]awsjson.Operation{
		"GetAccountInformation":         awsjson.Handle(a.getAccountInformation),
		"PutAccountName":                awsjson.Do(a.putAccountName),
		"GetGovCloudAccountInformation": awsjson.Handle(a.getGovCloudAccountInformation),

		"GetContactInformation":  awsjson.Handle(a.getContactInformation),
		"PutContactInformation":  awsjson.Do(a.putContactInformation),
		"GetAlternateContact":    awsjson.Handle(a.getAlternateContact),
		"PutAlternateContact":    awsjson.Do(a.putAlternateContact),
		"DeleteAlternateContact": awsjson.Do(a.deleteAlternateContact),

		"GetPrimaryEmail":          awsjson.Handle(a.getPrimaryEmail),
		"StartPrimaryEmailUpdate":  awsjson.Handle(a.startPrimaryEmailUpdate),
		"AcceptPrimaryEmailUpdate": awsjson.Handle(a.acceptPrimaryEmailUpdate),

		"ListRegions":        awsjson.Handle(a.listRegions),
		"GetRegionOptStatus": awsjson.Handle(a.getRegionOptStatus),
		"EnableRegion":       awsjson.Do(a.enableRegion),
		"DisableRegion":      awsjson.Do(a.disableRegion),
	}
}

// Coverage tells of every operation of the contract whether it is served.
func Coverage() map[string]bool {
	served := (&API{}).operations()
	out := make(map[string]bool, len(contract))
	for name := range contract {
		_, out[name] = served[name]
	}
	return out
}
