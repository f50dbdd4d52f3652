package hwiam

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// tokenLife is how long a token is good ("Obtaining a User Token").
const tokenLife = 24 * time.Hour

// A tokenNote is what a token says beside its caller. It is sealed in the token, where a temporary key has its secret.
type tokenNote struct {
	Methods []string    `json:"methods"`
	Project *named      `json:"project,omitempty"`
	By      *org.Caller `json:"by,omitempty"`
}

// createToken logs somebody in. Without a scope the token is for the caller's domain.
func (a *api) createToken(ctx context.Context, r *request) (answer, error) {
	var q tokenRequest
	if err := r.read(&q); err != nil {
		return answer{}, err
	}
	who, err := a.logIn(ctx, r, &q)
	if err != nil {
		return answer{}, err
	}
	if c := call.From(ctx); c.Account == "" {
		c.Account = string(who.caller.AccountID) // no request with credentials in its body passes the gate
	}
	note := tokenNote{Methods: q.Auth.Identity.Methods, By: who.by}
	if note.Project, err = a.scoped(ctx, who.caller, q.Auth.Scope); err != nil {
		return answer{}, err
	}
	secret, err := json.Marshal(note)
	if err != nil {
		return answer{}, err
	}
	now := a.Plane.Now().UTC().Truncate(time.Microsecond)
	s := identity.Session{Secret: string(secret), Caller: who.caller, ExpiresAt: now.Add(tokenLife), Terms: who.terms}
	s.IssuedAt = now
	if !who.until.IsZero() && who.until.Before(s.ExpiresAt) {
		s.ExpiresAt = who.until
	}
	token, err := a.Plane.Vault.Token(s)
	if err != nil {
		return answer{}, err
	}
	body, err := a.describe(ctx, s, note)
	return answer{status: http.StatusCreated, token: token, body: body}, err
}

// validateToken describes a token of the caller's own account.
func (a *api) validateToken(ctx context.Context, r *request) (answer, error) {
	token := r.Header.Get("X-Subject-Token")
	if token == "" {
		return answer{}, org.Errorf(org.InputMissing, "the header X-Subject-Token is required")
	}
	if _, err := a.Plane.Session("", token); err != nil {
		return answer{}, org.Errorf(org.ResourceMissing, "could not find token")
	}
	s, err := a.Plane.Vault.OpenToken(token)
	if err != nil {
		return answer{}, err
	}
	if c := identity.Caller(ctx); s.Caller.AccountID != c.AccountID || s.Caller.PrincipalID != c.PrincipalID && !c.Admin {
		return answer{}, org.Errorf(org.NotPermitted, "the token belongs to somebody else")
	}
	var note tokenNote
	if err := json.Unmarshal([]byte(s.Secret), &note); err != nil {
		return answer{}, org.Errorf(org.ResourceMissing, "could not find token")
	}
	body, err := a.describe(ctx, s, note)
	return answer{status: http.StatusOK, token: token, body: body}, err
}

type tokenAnswer struct {
	Token tokenBody `json:"token"`
}

type tokenBody struct {
	ExpiresAt keystoneTime  `json:"expires_at"`
	IssuedAt  keystoneTime  `json:"issued_at"`
	Methods   []string      `json:"methods"`
	Catalog   []struct{}    `json:"catalog"` // empty: clients of a server of their own bring their endpoints
	Domain    *domainRef    `json:"domain,omitempty"`
	Project   *projectRef   `json:"project,omitempty"`
	Roles     []roleRef     `json:"roles"`
	User      tokenUser     `json:"user"`
	AssumedBy *tokenAssumer `json:"assumed_by,omitempty"`
}

type domainRef struct {
	ID   org.AccountID `json:"id"`
	Name string        `json:"name"`
}

type projectRef struct {
	named
	Domain domainRef `json:"domain"`
}

type roleRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type tokenUser struct {
	ID              string    `json:"id"`
	Name            string    `json:"name"`
	Domain          domainRef `json:"domain"`
	PasswordExpires string    `json:"password_expires_at"`
}

type tokenAssumer struct {
	User tokenUser `json:"user"`
}

// keystoneTime is a time as Keystone writes it: UTC with six digits of a second.
type keystoneTime time.Time

func (t keystoneTime) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000000Z"`), nil
}

func (a *api) describe(ctx context.Context, s identity.Session, note tokenNote) (tokenAnswer, error) {
	user, err := a.userOf(ctx, s.Caller)
	if err != nil {
		return tokenAnswer{}, err
	}
	t := tokenBody{
		ExpiresAt: keystoneTime(s.ExpiresAt), IssuedAt: keystoneTime(s.IssuedAt), Methods: note.Methods, Catalog: []struct{}{},
		Roles: []roleRef{}, User: user,
	}
	if s.Caller.Admin {
		t.Roles = append(t.Roles, roleRef{"0", "te_admin"})
	}
	if note.Project != nil {
		t.Project = &projectRef{*note.Project, user.Domain}
	} else {
		t.Domain = &user.Domain
	}
	if note.By != nil {
		by, err := a.userOf(ctx, *note.By)
		if err != nil {
			return tokenAnswer{}, err
		}
		t.AssumedBy = &tokenAssumer{by}
	}
	return tokenAnswer{t}, nil
}

// userOf names a caller as tokens do: a root user as its domain, an agency with its domain before it.
func (a *api) userOf(ctx context.Context, c org.Caller) (tokenUser, error) {
	found, err := a.Account(ctx, c.AccountID)
	if err != nil {
		return tokenUser{}, err
	}
	u := tokenUser{ID: cmp.Or(string(c.PrincipalID), string(c.AccountID)), Name: c.Name, Domain: domainRef{c.AccountID, found.Name}}
	switch c.Kind {
	case org.RootUser:
		u.Name = found.Name
	case org.Role:
		u.Name = found.Name + "/" + c.Name
	}
	return u, nil
}
