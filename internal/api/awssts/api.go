package awssts

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "awssts"

// Version is the one version of the service; requests name it in the parameter Version.
const Version = "2011-06-15"

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

// API translates between AWS STS and the control plane.
type API struct {
	plane *controlplane.Plane
}

// An Authenticate proves who sent a request and returns a context that carries the caller.
type Authenticate = func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

// New returns the handler of the API. Faults may be nil.
func New(plane *controlplane.Plane, auth Authenticate, faults *twin.Faults) http.Handler {
	a := &API{plane: plane}
	served := a.operations()
	for name, op := range served {
		served[name] = func(ctx context.Context, f *awsquery.Form) (any, error) {
			if err := faults.Operation(Name, name); err != nil {
				return nil, err
			}
			if err := a.checkSession(ctx, name); err != nil {
				return nil, err
			}
			return op(ctx, f)
		}
	}
	return &awsquery.Service{
		API: Name, Version: Version, Namespace: namespace, Operations: served, Known: known, Authenticate: signed(auth), Fault: fault,
	}
}

// operations is the table of what is served. What the contract has beyond it answers UnsupportedOperation.
func (a *API) operations() map[string]awsquery.Operation {
	return map[string]awsquery.Operation{
		"AssumeRole":                 a.assumeRole,
		"AssumeRoot":                 a.assumeRoot,
		"DecodeAuthorizationMessage": a.decodeAuthorizationMessage,
		"GetAccessKeyInfo":           a.getAccessKeyInfo,
		"GetCallerIdentity":          a.getCallerIdentity,
		"GetSessionToken":            a.getSessionToken,
	}
}

// contract names the operations of STS, and says which of them clients sign.
var contract = map[string]bool{
	"AssumeRole": true, "AssumeRoleWithSAML": false, "AssumeRoleWithWebIdentity": false, "AssumeRoot": true,
	"DecodeAuthorizationMessage": true, "GetAccessKeyInfo": true, "GetCallerIdentity": true, "GetDelegatedAccessToken": true,
	"GetFederationToken": true, "GetSessionToken": true, "GetWebIdentityToken": true,
}

func known(action string) bool {
	_, ok := contract[action]
	return ok
}

// signed lets operations pass that clients do not sign. None of them is served, and that is what their callers should be told.
func signed(auth Authenticate) Authenticate {
	return func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
		if signs, ok := contract[call.From(ctx).Operation]; ok && !signs {
			return ctx, nil
		}
		return auth(ctx, r, body)
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
