package hwiam_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
)

type domainRef struct{ ID, Name string }

type tokenUser struct {
	ID, Name string
	Domain   domainRef
	Expires  *string `json:"password_expires_at"`
}

type token struct {
	ExpiresAt string `json:"expires_at"`
	IssuedAt  string `json:"issued_at"`
	Methods   []string
	Catalog   []any
	Domain    *domainRef
	Project   *struct {
		ID, Name string
		Domain   domainRef
	}
	Roles     []domainRef
	User      tokenUser
	AssumedBy *struct{ User tokenUser } `json:"assumed_by"`
}

const tokens = "/v3/auth/tokens"

// got reads a token that was made.
func (a answer) got(t *testing.T) (string, token) {
	t.Helper()
	var body struct{ Token token }
	a.into(t, &body)
	if a.Code != 201 || a.Header().Get("X-Subject-Token") == "" {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	return a.Header().Get("X-Subject-Token"), body.Token
}

// loginWith is the body of a token request.
func loginWith(method, object, scope string) string {
	body := `{"auth":{"identity":{"methods":["` + method + `"]`
	if object != "" {
		body += `,"` + method + `":` + object
	}
	body += `}`
	if scope != "" {
		body += `,"scope":` + scope
	}
	return body + `}}`
}

func (s *server) keyLogin(scope string) string {
	return loginWith("hw_ak_sk", `{"access":{"key":"`+string(s.admin.KeyID)+`"},"secret":{"key":"`+s.admin.Secret+`"}}`, scope)
}

func TestATokenOfAKey(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	a := s.ask(t, gatetest.Key{}, "POST", tokens+"?nocatalog=true", s.keyLogin(""))
	text, got := a.got(t)
	if a.call.Account != string(management) {
		t.Errorf("logged as %+v", a.call)
	}
	own := domainRef{string(management), "account-" + string(management)}
	if got.IssuedAt != "2026-01-15T08:30:00.000000Z" || got.ExpiresAt != "2026-01-16T08:30:00.000000Z" || got.Catalog == nil ||
		got.Domain == nil || *got.Domain != own || got.Project != nil || got.AssumedBy != nil || len(got.Roles) != 1 || got.Methods[0] != "hw_ak_sk" {
		t.Errorf("%s", a.Body)
	}
	if got.User.ID != string(s.admin.Caller.PrincipalID) || got.User.Name != "admin" || got.User.Domain != own || got.User.Expires == nil {
		t.Errorf("%+v", got.User)
	}
	if a := s.withToken(t, text, "GET", "/v3/auth/domains", ""); a.Code != 200 || a.call.Account != string(management) {
		t.Errorf("with the token: %d %s", a.Code, a.Body)
	}
	s.Move(24 * time.Hour)
	s.withToken(t, text, "GET", "/v3/auth/domains", "").fails(t, 401, "", "token expired")
}

func TestTheScopeOfAToken(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	var projects projectList
	s.ask(t, s.key(), "GET", "/v3/projects?name=ap-southeast-3", "").into(t, &projects)
	id := projects.Projects[0].ID
	for _, scope := range []string{
		`{"project":{"name":"ap-southeast-3"}}`, `{"project":{"id":"` + id + `"}}`,
		`{"project":{"name":"ap-southeast-3","domain":{"id":"` + string(management) + `"}}}`,
		`{"project":{"name":"ap-southeast-3","domain":{"name":"account-` + string(management) + `"}}}`,
	} {
		if _, got := s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin(scope)).got(t); got.Domain != nil || got.Project == nil ||
			got.Project.ID != id || got.Project.Name != "ap-southeast-3" || got.Project.Domain.ID != string(management) {
			t.Errorf("%s: %+v", scope, got)
		}
	}
	for _, scope := range []string{`{"domain":{"id":"` + string(management) + `"}}`, `{"domain":{"name":"account-` + string(management) + `"}}`, `{}`} {
		if _, got := s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin(scope)).got(t); got.Domain == nil || got.Project != nil {
			t.Errorf("%s: %+v", scope, got)
		}
	}
	for scope, text := range map[string]string{
		`{"domain":{"id":"` + string(member) + `"}}`:             "domain",
		`{"domain":{"name":"another"}}`:                          "domain another",
		`{"project":{"id":"` + strings.Repeat("0", 32) + `"}}`:   "project",
		`{"project":{"name":"cn-north-4_sub"}}`:                  "project cn-north-4_sub",
		`{"project":{"name":"cn-north-4","domain":{"id":"no"}}}`: "domain no",
	} {
		s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin(scope)).fails(t, 404, "", text)
	}
}

func TestATokenOfAToken(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	old, _ := s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin("")).got(t)
	s.Move(time.Hour)
	inBody := s.ask(t, gatetest.Key{}, "POST", tokens, loginWith("token", `{"id":"`+old+`"}`, `{"project":{"name":"cn-north-4"}}`))
	inHeader := s.withToken(t, old, "POST", tokens, loginWith("token", "", ""))
	for _, a := range []answer{inBody, inHeader} {
		text, got := a.got(t)
		if got.IssuedAt != "2026-01-15T09:30:00.000000Z" || got.ExpiresAt != "2026-01-16T08:30:00.000000Z" {
			t.Errorf("the new token outlives the old one: %+v", got)
		}
		if a := s.withToken(t, text, "GET", "/v5/caller-identity", ""); a.Code != 200 || a.call.Account != string(management) {
			t.Errorf("%d %s", a.Code, a.Body)
		}
	}
}

func TestATokenOfAnAgency(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	own, _ := s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin("")).got(t)
	agency := `{"domain_id":"` + string(member) + `","xrole_name":"` + agencyName + `"}`
	signed := s.ask(t, s.key(), "POST", tokens, loginWith("assume_role", agency, `{"project":{"name":"cn-north-4"}}`))
	held := s.withToken(t, own, "POST", tokens, loginWith("hw_assume_role", agency, ""))
	for _, a := range []answer{signed, held} {
		text, got := a.got(t)
		if got.User.Name != "account-"+string(member)+"/"+agencyName || got.User.Domain.ID != string(member) || got.ExpiresAt != "2026-01-15T09:30:00.000000Z" {
			t.Errorf("%+v", got)
		}
		if got.AssumedBy == nil || got.AssumedBy.User.Name != "admin" || got.AssumedBy.User.Domain.ID != string(management) {
			t.Errorf("assumed by %+v", got.AssumedBy)
		}
		if a := s.withToken(t, text, "GET", "/v5/caller-identity", ""); a.call.Account != string(member) {
			t.Errorf("inside: %d %s", a.Code, a.Body)
		}
	}
	s.ask(t, s.key(), "POST", tokens, loginWith("assume_role", `{"domain_id":"`+string(member)+`","agency_name":"Closed"}`, "")).fails(t, 403, "", "not authorized")
	s.ask(t, s.key(), "POST", tokens, loginWith("assume_role", `{"agency_name":"Closed"}`, "")).fails(t, 400, "", "domain_id")
}

func TestATokenGivesATemporaryKey(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	text, _ := s.ask(t, gatetest.Key{}, "POST", tokens, s.keyLogin("")).got(t)
	byHeader := s.withToken(t, text, "POST", securityTokens, `{"auth":{"identity":{"methods":["token"],"token":{"duration_seconds":86400}}}}`)
	byBody := s.ask(t, gatetest.KeyOf(s.other), "POST", securityTokens, `{"auth":{"identity":{"methods":["token"],"token":{"id":"`+text+`","duration_seconds":86400}}}}`)
	for _, a := range []answer{byHeader, byBody} {
		var got temporary
		a.into(t, &got)
		if a.Code != 201 || got.Credential.ExpiresAt != "2026-01-16T08:30:00.000000Z" {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		if a := s.ask(t, got.key(), "GET", "/v5/caller-identity", ""); a.Code != 200 || a.call.Account != string(management) {
			t.Errorf("%d %s", a.Code, a.Body)
		}
	}
}

func TestValidatingATokenDescribesItAgain(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	agency := loginWith("assume_role", `{"domain_id":"`+string(member)+`","agency_name":"`+agencyName+`"}`, `{"project":{"name":"cn-north-4"}}`)
	made := s.ask(t, s.key(), "POST", tokens, agency)
	text, _ := made.got(t)
	validate := func(k gatetest.Key, subject string) answer {
		r := request(t, "GET", tokens, "")
		r.Header.Set("X-Subject-Token", subject)
		gatetest.Huawei(r, "", k, gatetest.Start)
		return s.send(t, r)
	}
	again := validate(gatetest.KeyOf(s.other), text)
	var one, two any
	if json.Unmarshal(made.Body.Bytes(), &one) != nil || json.Unmarshal(again.Body.Bytes(), &two) != nil || again.Code != 200 || made.Body.String() != again.Body.String() {
		t.Errorf("%d %s, was %s", again.Code, again.Body, made.Body)
	}
	validate(s.key(), text).fails(t, 403, "", "somebody else")
	validate(s.key(), "x").fails(t, 404, "", "token")
	validate(s.key(), "").fails(t, 400, "", "X-Subject-Token")
	validate(s.key(), s.enter(t, s.key()).Token).fails(t, 404, "", "token")
}

func TestLoginsAreRefused(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	password := `{"user":{"name":"admin","password":"x","domain":{"name":"account-` + string(management) + `"}}}`
	for _, tt := range []struct {
		name, body string
		status     int
		text       string
	}{
		{"a password", loginWith("password", password, ""), 401, "The username or password is wrong."},
		{"a one-time code", loginWith("totp", `{"user":{"id":"x","passcode":"123456"}}`, ""), 401, "totp"},
		{"a password with a code", `{"auth":{"identity":{"methods":["password","totp"],"password":` + password + `}}}`, 401, "one authentication method"},
		{"a wrong secret", loginWith("hw_ak_sk", `{"access":{"key":"`+string(s.admin.KeyID)+`"},"secret":{"key":"x"}}`, ""), 401, "verify aksk signature fail"},
		{"an unknown key", loginWith("hw_ak_sk", `{"access":{"key":"nobody"},"secret":{"key":"x"}}`, ""), 401, "ak nobody not exist"},
		{"a method without its object", loginWith("password", "", ""), 401, "password"},
		{"a token of nobody", loginWith("token", `{"id":"x"}`, ""), 401, "decrypt token fail"},
		{"no token", loginWith("token", "", ""), 401, "authorization header is missing"},
		{"no method", `{"auth":{"identity":{"methods":[]}}}`, 400, "auth.identity.methods"},
		{"nothing", `{}`, 400, "auth.identity.methods"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s.ask(t, gatetest.Key{}, "POST", tokens, tt.body).fails(t, tt.status, "", tt.text)
		})
	}
}

func TestATwinTakesEveryPassword(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Open, nil)
	for domain, account := range map[string]string{
		"anything": strings.Repeat("0", 32), string(member): string(member), "e0000000000000000000000000000009": "e0000000000000000000000000000009",
	} {
		body := loginWith("password", `{"user":{"name":"ada","password":"x","domain":{"name":"`+domain+`"}}}`, `{"domain":{"name":"`+domain+`"}}`)
		text, got := s.ask(t, gatetest.Key{}, "POST", tokens, body).got(t)
		if got.Domain == nil || got.Domain.ID != account {
			t.Errorf("%s: %+v", domain, got)
		}
		if a := s.withToken(t, text, "GET", "/v5/caller-identity", ""); a.call.Account != account {
			t.Errorf("%s: %s", domain, a.Body)
		}
	}
}
