package hwiam

import (
	"cmp"
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// tokenRequest is the body of POST /v3/auth/tokens.
type tokenRequest struct {
	Auth struct {
		Identity struct {
			Methods      []string        `json:"methods"`
			Password     *passwordLogin  `json:"password"`
			Token        *tokenLogin     `json:"token"`
			AssumeRole   *agencyLogin    `json:"assume_role"`
			HWAssumeRole *agencyLogin    `json:"hw_assume_role"`
			HWAKSK       *accessKeyLogin `json:"hw_ak_sk"`
		} `json:"identity"`
		Scope *scope `json:"scope"`
	} `json:"auth"`
}

type passwordLogin struct {
	User struct {
		Domain named `json:"domain"`
	} `json:"user"`
}

type tokenLogin struct {
	ID string `json:"id"`
}

type agencyLogin struct {
	DomainID   string `json:"domain_id"`
	DomainName string `json:"domain_name"`
	Agency     string `json:"agency_name"`
	Role       string `json:"xrole_name"` // the old name of agency_name
}

type accessKeyLogin struct {
	Access struct {
		Key string `json:"key"`
	} `json:"access"`
	Secret struct {
		Key string `json:"key"`
	} `json:"secret"`
}

// named is how requests point at a domain or a project.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// login is somebody who proved who they are, and until when what they proved it with is good.
type login struct {
	caller org.Caller
	until  time.Time   // zero when it has no end
	by     *org.Caller // who assumed the agency
	terms  identity.Terms
}

// logIn proves the caller of a token request by its one method.
func (a *api) logIn(ctx context.Context, r *request, q *tokenRequest) (login, error) {
	i := &q.Auth.Identity
	if len(i.Methods) == 0 {
		return login{}, org.Errorf(org.InputMissing, "auth.identity.methods is required")
	}
	if len(i.Methods) != 1 {
		return login{}, org.Errorf(org.CredentialsMissing, "exactly one authentication method is supported")
	}
	switch m := i.Methods[0]; {
	case m == "password" && i.Password != nil:
		c, err := a.Password(ctx, cmp.Or(i.Password.User.Domain.ID, i.Password.User.Domain.Name))
		return login{caller: c}, err
	case m == "hw_ak_sk" && i.HWAKSK != nil:
		c, err := a.Key(ctx, i.HWAKSK.Access.Key, i.HWAKSK.Secret.Key)
		return login{caller: c}, err
	case m == "token":
		return a.tokenLogin(ctx, r, i.Token)
	case m == "assume_role" && i.AssumeRole != nil:
		return a.agencyLogin(ctx, r, i.AssumeRole)
	case m == "hw_assume_role" && i.HWAssumeRole != nil:
		return a.agencyLogin(ctx, r, i.HWAssumeRole)
	default:
		return login{}, org.Errorf(org.CredentialsMissing, "the authentication method %s is not supported, or its object is missing", m)
	}
}

// tokenLogin proves the caller by a token in the body or, without one there, in the header. The new token ends with the old one.
func (a *api) tokenLogin(ctx context.Context, r *request, t *tokenLogin) (login, error) {
	if t == nil {
		t = &tokenLogin{}
	}
	token := cmp.Or(t.ID, r.Header.Get("X-Auth-Token"))
	ctx, err := a.byToken(ctx, r, token)
	if err != nil {
		return login{}, err
	}
	out := login{caller: identity.Caller(ctx), terms: identity.TermsOf(ctx)}
	if s, err := a.Plane.Vault.OpenToken(token); err == nil {
		out.until = s.ExpiresAt
	}
	return out, nil
}

// byToken authenticates with a token in place of whatever else the request carries.
func (a *api) byToken(ctx context.Context, r *request, token string) (context.Context, error) {
	other := r.Clone(ctx)
	other.Header.Del("Authorization")
	other.Header.Del("X-Auth-Token")
	if token != "" {
		other.Header.Set("X-Auth-Token", token)
	}
	return a.Authenticate(ctx, other, r.body)
}

// agencySession is how long an agency is taken on by a token or by a request that says nothing.
const agencySession = time.Hour

// agencyLogin takes on an agency for the request's own caller. The session is named after the agency.
func (a *api) agencyLogin(ctx context.Context, r *request, want *agencyLogin) (login, error) {
	ctx, err := a.Authenticate(ctx, r.Request, r.body)
	if err != nil {
		return login{}, err
	}
	c, agency := identity.Caller(ctx), cmp.Or(want.Agency, want.Role)
	if agency == "" || want.DomainID == "" && want.DomainName == "" {
		return login{}, org.Errorf(org.InputMissing, "agency_name and one of domain_id and domain_name are required")
	}
	account, err := a.accountOf(ctx, c, want.DomainID, want.DomainName)
	if err != nil {
		return login{}, err
	}
	issued, err := a.assume(ctx, controlplane.Assumption{AccountID: account, Role: agency, Session: agency, Duration: agencySession})
	if err != nil {
		return login{}, err
	}
	return login{caller: issued.Caller, until: issued.ExpiresAt, by: &c, terms: issued.Terms}, nil
}
