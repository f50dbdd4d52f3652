package hwiam

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// temporaryRequest is the body of POST /v3.0/OS-CREDENTIAL/securitytokens.
type temporaryRequest struct {
	Auth struct {
		Identity struct {
			Methods    []string         `json:"methods"`
			AssumeRole *temporaryAgency `json:"assume_role"`
			Token      *temporaryToken  `json:"token"`
			Policy     json.RawMessage  `json:"policy"`
		} `json:"identity"`
	} `json:"auth"`
}

type temporaryAgency struct {
	agencyLogin
	Seconds int `json:"duration_seconds"`
	User    struct {
		Name string `json:"name"`
	} `json:"session_user"`
}

type temporaryToken struct {
	ID      string `json:"id"`
	Seconds int    `json:"duration_seconds"`
}

type temporaryKey struct {
	Credential struct {
		Access        org.KeyID    `json:"access"`
		Secret        string       `json:"secret"`
		SecurityToken string       `json:"securitytoken"`
		ExpiresAt     keystoneTime `json:"expires_at"`
	} `json:"credential"`
}

// The bounds of duration_seconds ("Obtaining a Temporary Access Key and Security Token").
const (
	minTemporary = 900
	maxTemporary = 86400
)

// createTemporaryKey issues a key for an agency, or for the holder of a token.
func (a *api) createTemporaryKey(ctx context.Context, r *request) (answer, error) {
	var q temporaryRequest
	if err := r.read(&q); err != nil {
		return answer{}, err
	}
	i := &q.Auth.Identity
	if len(i.Policy) > 0 && string(i.Policy) != "null" {
		return answer{}, noSessionPolicies("policy")
	}
	var issued controlplane.Issued
	var err error
	switch {
	case len(i.Methods) == 1 && i.Methods[0] == "assume_role" && i.AssumeRole != nil:
		issued, err = a.agencyKey(ctx, i.AssumeRole)
	case len(i.Methods) == 1 && i.Methods[0] == "token":
		issued, err = a.tokenKey(ctx, r, i.Token)
	default:
		err = org.Errorf(org.InputMalformed, "methods must be one of assume_role and token, with the object of that name")
	}
	if err != nil {
		return answer{}, err
	}
	var out temporaryKey
	out.Credential.Access, out.Credential.Secret, out.Credential.SecurityToken = issued.KeyID, issued.Secret, issued.Token
	out.Credential.ExpiresAt = keystoneTime(issued.ExpiresAt)
	return answer{status: http.StatusCreated, body: out}, nil
}

func (a *api) agencyKey(ctx context.Context, want *temporaryAgency) (controlplane.Issued, error) {
	c, agency := identity.Caller(ctx), cmp.Or(want.Agency, want.Role)
	d, err := seconds(want.Seconds, minTemporary, minTemporary, maxTemporary)
	if err != nil {
		return controlplane.Issued{}, err
	}
	if agency == "" || want.DomainID == "" && want.DomainName == "" {
		return controlplane.Issued{}, org.Errorf(org.InputMissing, "agency_name and one of domain_id and domain_name are required")
	}
	session := cmp.Or(want.User.Name, agency)
	if !sessionName().MatchString(session) {
		return controlplane.Issued{}, org.Errorf(org.InputMalformed, "Request parameter session_user.name is invalid.")
	}
	account, err := a.accountOf(ctx, c, want.DomainID, want.DomainName)
	if err != nil {
		return controlplane.Issued{}, err
	}
	return a.assume(ctx, controlplane.Assumption{AccountID: account, Role: agency, Session: session, Duration: d})
}

// tokenKey issues a key for the holder of the token in the body, or for the request's caller when there is none.
func (a *api) tokenKey(ctx context.Context, r *request, want *temporaryToken) (controlplane.Issued, error) {
	if want == nil {
		want = &temporaryToken{}
	}
	d, err := seconds(want.Seconds, minTemporary, minTemporary, maxTemporary)
	if err != nil {
		return controlplane.Issued{}, err
	}
	if want.ID != "" {
		if ctx, err = a.byToken(ctx, r, want.ID); err != nil {
			return controlplane.Issued{}, err
		}
	}
	c := identity.Caller(ctx)
	if c.Kind == org.RootUser {
		d = min(d, time.Hour)
	}
	return a.Plane.SessionToken(ctx, c, d)
}

var sessionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w+=,.@-]{1,64}$`) })

// seconds reads a duration within bounds, the usual one when the request says nothing.
func seconds(n, usual, least, most int) (time.Duration, error) {
	switch {
	case n == 0:
		n = usual
	case n < least:
		return 0, org.Errorf(org.InputTooSmall, "Request parameter duration_seconds is invalid: it is at least %d.", least)
	case n > most:
		return 0, org.Errorf(org.InputTooLarge, "Request parameter duration_seconds is invalid: it is at most %d.", most)
	}
	return time.Duration(n) * time.Second, nil
}

// assume issues credentials of an agency for the caller of ctx. A twin makes accounts as they are entered, and hexadecimal ids keep them apart from
// those of the other cloud.
func (a *api) assume(ctx context.Context, want controlplane.Assumption) (controlplane.Issued, error) {
	c := identity.Caller(ctx)
	issued, err := a.Plane.AssumeRole(ctx, c, want)
	if a.Plane.Lenient && !hexID.MatchString(string(want.AccountID)) {
		if at, missing := a.Account(ctx, want.AccountID); missing != nil || at.Partition != org.Huawei {
			err = org.E(org.AssumeNotPermitted)
		}
	}
	if reason := org.ReasonOf(err); reason == org.AssumeNotPermitted || reason == org.NotPermitted {
		said := org.Errorf(reason, "%s is not authorized to perform sts:agencies:assume on iam::%s:agency:%s", identity.URN(c), want.AccountID, want.Role)
		said.Encoded = org.AsError(err).Encoded
		return controlplane.Issued{}, said
	}
	return issued, err
}

// noSessionPolicies refuses what would make credentials narrower than they can be made here.
func noSessionPolicies(parameter string) error {
	return org.Errorf(org.NotServed, "This server does not evaluate session policies: the parameter %s is not supported.", parameter)
}
