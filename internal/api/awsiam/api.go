package awsiam

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "awsiam"

// Version is the one version of the service; requests name it in the parameter Version.
const Version = "2010-05-08"

const namespace = "https://iam.amazonaws.com/doc/2010-05-08/"

// API translates between AWS IAM and the control plane.
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
		served[name] = func(ctx context.Context, f *awsquery.Form) (any, error) {
			if err := faults.Operation(Name, name); err != nil {
				return nil, err
			}
			return op(ctx, f)
		}
	}
	return &awsquery.Service{
		API: Name, Version: Version, Namespace: namespace, Operations: served, Known: known, Authenticate: a.withoutSession(auth), Fault: fault,
	}
}

// withoutSession refuses a user's session token, which calls IAM with a multi-factor device alone (STS API Reference, GetSessionToken).
func (a *API) withoutSession(auth Authenticate) Authenticate {
	return func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
		ctx, err := auth(ctx, r, body)
		if err == nil && a.plane.LacksDevice(identity.Caller(ctx)) {
			return nil, org.E(org.TokenInvalid)
		}
		return ctx, err
	}
}

func (a *API) operations() map[string]awsquery.Operation {
	return map[string]awsquery.Operation{
		"CreateServiceLinkedRole":                       a.createServiceLinkedRole,
		"DisableOrganizationsRootCredentialsManagement": a.switchFeature(a.plane.DisableRootFeature, org.RootCredentials),
		"DisableOrganizationsRootSessions":              a.switchFeature(a.plane.DisableRootFeature, org.RootSessions),
		"EnableOrganizationsRootCredentialsManagement":  a.switchFeature(a.plane.EnableRootFeature, org.RootCredentials),
		"EnableOrganizationsRootSessions":               a.switchFeature(a.plane.EnableRootFeature, org.RootSessions),
		"GetAccountPasswordPolicy":                      a.getAccountPasswordPolicy,
		"GetRole":                                       a.getRole,
		"GetUser":                                       a.getUser,
		"ListAccountAliases":                            a.listAccountAliases,
		"ListOrganizationsFeatures":                     a.listOrganizationsFeatures,
		"ListRoles":                                     a.listRoles,
	}
}

// known are the actions about organizations that are not served. They answer UnsupportedOperation.
func known(action string) bool {
	return action == "GenerateOrganizationsAccessReport" || action == "GetOrganizationsAccessReport"
}
