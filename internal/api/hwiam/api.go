package hwiam

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "hwiam"

// Config is what the API is made of. All fields are required but Faults and Region.
type Config struct {
	Plane *controlplane.Plane

	// Authenticate proves who sent a request, by signature or X-Auth-Token, and returns a context that carries the caller.
	Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)
	// Key proves a key by its secret, for the token method hw_ak_sk.
	Key func(ctx context.Context, key, secret string) (org.Caller, error)
	// Password proves who logs in to a domain, given by its id or name, with a password.
	Password func(ctx context.Context, domain string) (org.Caller, error)
	// Account returns an account, for its name. It fails with AccountMissing.
	Account func(ctx context.Context, id org.AccountID) (org.Account, error)

	Faults *twin.Faults
	Region string // of requests that name none; cn-north-4 when empty
}

// api translates between Huawei Cloud IAM and the control plane.
type api struct {
	Config
	routes chi.Router
}

// New returns the handler of the API. It also answers GET / and GET /v3 with the versions of the API, if the server lets them through. It fails
// when a required part is missing.
func New(c Config) (http.Handler, error) {
	if c.Plane == nil || c.Authenticate == nil || c.Key == nil || c.Password == nil || c.Account == nil {
		return nil, errors.New("hwiam: a part is missing")
	}
	if c.Region == "" {
		c.Region = "cn-north-4"
	}
	a := &api{Config: c, routes: chi.NewRouter()}
	for _, op := range a.operations() {
		a.routes.Method(op.method, op.path, a.serve(op))
	}
	a.routes.NotFound(a.noSuchAPI)
	a.routes.MethodNotAllowed(a.noSuchAPI)
	return a, nil
}

// operation is one route. The name is that of the vendor's SDK.
type operation struct {
	method, path, name string
	public             bool // looks after its callers itself, or has none
	do                 func(ctx context.Context, r *request) (answer, error)
}

func (a *api) operations() []operation {
	return []operation{
		{method: "GET", path: "/", name: "KeystoneListVersions", public: true, do: a.listVersions},
		{method: "GET", path: "/v3", name: "KeystoneShowVersion", public: true, do: a.showVersion},
		{method: "GET", path: "/v3/auth/domains", name: "KeystoneListAuthDomains", do: a.listAuthDomains},
		{method: "GET", path: "/v3/projects", name: "KeystoneListProjects", do: a.listProjects},
		{method: "GET", path: "/v3/auth/projects", name: "KeystoneListAuthProjects", do: a.listProjects},
		{method: "GET", path: "/v3/auth/catalog", name: "KeystoneShowCatalog", do: a.showCatalog},
		{method: "GET", path: "/v3/users", name: "KeystoneListUsers", do: a.listKeystoneUsers},
		{method: "GET", path: "/v3/regions", name: "KeystoneListRegions", do: a.listRegions},
		{method: "POST", path: "/v3/auth/tokens", name: "KeystoneCreateToken", public: true, do: a.createToken},
		{method: "GET", path: "/v3/auth/tokens", name: "KeystoneValidateToken", do: a.validateToken},
		{method: "POST", path: "/v3.0/OS-CREDENTIAL/securitytokens", name: "CreateTemporaryAccessKey", do: a.createTemporaryKey},
		{method: "GET", path: "/v5/users", name: "ListUsersV5", do: a.listUsers},
		{method: "GET", path: "/v5/users/{id}", name: "ShowUserV5", do: a.showUser},
		{method: "GET", path: "/v5/agencies", name: "ListAgenciesV5", do: a.listAgencies},
		{method: "GET", path: "/v5/agencies/{id}", name: "GetAgencyV5", do: a.getAgency},
		{method: "GET", path: "/v5/caller-identity", name: "GetCallerIdentity", do: a.getCallerIdentity},
		{method: "POST", path: "/v5/agencies/assume", name: "AssumeAgency", do: a.assumeAgency},
		{method: "POST", path: "/v5/decode-authorization-message", name: "DecodeAuthorizationMessage", do: a.decodeMessage},
	}
}

// Operations lists the names of what is served.
func Operations() []string {
	var names []string
	for _, op := range (&api{}).operations() {
		names = append(names, op.name)
	}
	return names
}
