package hwiam_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

type assumed struct {
	SourceIdentity string `json:"source_identity"`
	Agency         struct {
		URN, ID string
	} `json:"assumed_agency"`
	Credentials struct {
		ID         string `json:"access_key_id"`
		Secret     string `json:"secret_access_key"`
		Token      string `json:"security_token"`
		Expiration string
	}
}

func (a assumed) key() gatetest.Key {
	return gatetest.Key{ID: a.Credentials.ID, Secret: a.Credentials.Secret, Token: a.Credentials.Token}
}

// enter assumes the member's agency.
func (s *server) enter(t *testing.T, k gatetest.Key) gatetest.Key {
	t.Helper()
	var got assumed
	s.ask(t, k, "POST", "/v5/agencies/assume", routes["AssumeAgency"].body).into(t, &got)
	return got.key()
}

func TestAssumeAgencyEntersAMemberAccount(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	var got assumed
	a := s.ask(t, s.key(), "POST", "/v5/agencies/assume", `{"agency_session_name":"ag1","agency_urn":"`+agencyURN+
		`","duration_seconds":900,"external_id":"x1","source_identity":"ada","tags":[{"key":"a","value":"b"}],"policy_ids":[]}`+"\n")
	a.into(t, &got)
	if a.Code != 200 || got.Agency.URN != "sts::"+string(member)+":assumed-agency:"+agencyName+"/ag1" || got.Agency.ID != string(s.agency)+":ag1" || got.SourceIdentity != "ada" {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	if !strings.HasPrefix(got.Credentials.ID, "HST") || got.Credentials.Expiration != "2026-01-15T08:45:00Z" {
		t.Errorf("%+v", got.Credentials)
	}
	a = s.ask(t, got.key(), "GET", "/v3/auth/domains", "")
	if a.Code != 200 || a.call.Account != string(member) {
		t.Errorf("inside: %d %s", a.Code, a.Body)
	}
	s.Move(15 * time.Minute)
	s.ask(t, got.key(), "GET", "/v3/auth/domains", "").fails(t, 401, "", "token expired")
}

func TestAssumeAgencyRefuses(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	chained := s.enter(t, s.key())
	urn := func(u string) string { return fmt.Sprintf(`{"agency_urn":%q,"agency_session_name":"me"}`, u) }
	with := func(more string) string {
		return `{"agency_urn":"` + agencyURN + `","agency_session_name":"me",` + more + `}`
	}
	for _, tt := range []struct {
		name, body string
		key        gatetest.Key
		status     int
		code, text string
	}{
		{name: "an agency that does not exist", body: urn("iam::" + string(member) + ":agency:Nope"), status: 403, code: "PAP5.0001", text: "access denied: iam::" + string(management) + ":user:admin is not authorized"},
		{name: "an account that does not exist", body: urn("iam::d0000000000000000000000000000009:agency:Nope"), status: 403, code: "PAP5.0001", text: "not authorized"},
		{name: "an agency that trusts somebody else", body: urn("iam::" + string(member) + ":agency:Closed"), status: 403, code: "PAP5.0001", text: "not authorized"},
		{name: "an agency that does not trust the session's account", body: with(`"duration_seconds":900`), key: chained, status: 403, code: "PAP5.0001", text: "assumed-agency"},
		{name: "no URN", body: urn(""), status: 400, code: "IAM.0007", text: "agency_urn"},
		{name: "the URN of a user", body: urn("iam::" + string(member) + ":user:admin"), status: 400, code: "IAM.0007", text: "agency_urn"},
		{name: "no session name", body: `{"agency_urn":"` + agencyURN + `"}`, status: 400, code: "IAM.0007", text: "agency_session_name"},
		{name: "a session name with a slash", body: `{"agency_urn":"` + agencyURN + `","agency_session_name":"a/b"}`, status: 400, code: "IAM.0007", text: "agency_session_name"},
		{name: "a short duration", body: with(`"duration_seconds":899`), status: 400, code: "IAM.0007", text: "900"},
		{name: "a long duration", body: with(`"duration_seconds":43201`), status: 400, code: "IAM.0007", text: "43200"},
		{name: "longer than the agency allows", body: with(`"duration_seconds":7201`), status: 400, code: "IAM.0007", text: "7200"},
		{name: "a session policy", body: with(`"policy":"{}"`), status: 400, code: "IAM.0011", text: "policy"},
		{name: "managed session policies", body: with(`"policy_ids":["x"]`), status: 400, code: "IAM.0011", text: "policy_ids"},
		{name: "a device that nobody has", body: with(`"serial_number":"x","token_code":"123456"`), status: 403, code: "PAP5.0001", text: "MFA"},
		{name: "a short external id", body: with(`"external_id":"x"`), status: 400, code: "IAM.0007", text: "external_id"},
		{name: "a long external id", body: with(`"external_id":"` + strings.Repeat("x", 1225) + `"`), status: 400, code: "IAM.0007", text: "external_id"},
		{name: "a source identity with a slash", body: with(`"source_identity":"a/b"`), status: 400, code: "IAM.0007", text: "source_identity"},
		{name: "too many tags", body: with(`"tags":[` + tagged(21) + `]`), status: 400, code: "IAM.0007", text: "at most 20 tags"},
		{name: "too many transitive keys", body: with(`"tags":[` + tagged(1) + `],"transitive_tag_keys":["k0"` + strings.Repeat(`,"k0"`, 20) + `]`), status: 400, code: "IAM.0007", text: "transitive_tag_keys"},
		{name: "a tag without a key", body: with(`"tags":[{"value":"v"}]`), status: 400, code: "IAM.0007", text: "tags"},
		{name: "a tag with a long key", body: with(`"tags":[{"key":"` + strings.Repeat("k", 129) + `"}]`), status: 400, code: "IAM.0007", text: "tags"},
		{name: "a tag with a long value", body: with(`"tags":[{"key":"k","value":"` + strings.Repeat("v", 256) + `"}]`), status: 400, code: "IAM.0007", text: "tags"},
		{name: "a key twice", body: with(`"tags":[{"key":"k"},{"key":"K"}]`), status: 400, code: "IAM.0007", text: "Duplicate tag keys"},
		{name: "a transitive key without a tag", body: with(`"transitive_tag_keys":["k"]`), status: 400, code: "IAM.0007", text: "transitive tag key"},
		{name: "a body that is no JSON", body: "agency", status: 400, code: "IAM.0007", text: "request body"},
		{name: "a body of something else", body: "[]", status: 400, code: "IAM.0007", text: "The request body is not an object."},
		{name: "a body with something behind", body: with(`"duration_seconds":900`) + " x", status: 400, code: "IAM.0007", text: "request body"},
		{name: "a duration in words", body: with(`"duration_seconds":"1h"`), status: 400, code: "IAM.0007", text: "Request parameter duration_seconds is invalid."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.key.ID == "" {
				tt.key = s.key()
			}
			s.ask(t, tt.key, "POST", "/v5/agencies/assume", tt.body).fails(t, tt.status, tt.code, tt.text)
		})
	}
}

func TestATwinEntersAnyAgency(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Open, nil)
	var got assumed
	s.ask(t, gatetest.Key{ID: string(management)}, "POST", "/v5/agencies/assume",
		`{"agency_urn":"iam::e0000000000000000000000000000007:agency:any","agency_session_name":"me"}`).into(t, &got)
	if a := s.ask(t, got.key(), "GET", "/v3/auth/domains", ""); a.call.Account != "e0000000000000000000000000000007" || a.Code != 200 {
		t.Errorf("%+v %d %s", got, a.Code, a.Body)
	}
	s.ask(t, gatetest.Key{ID: string(management)}, "POST", "/v5/agencies/assume",
		`{"agency_urn":"iam::123456789012:agency:any","agency_session_name":"me"}`).fails(t, 403, "PAP5.0001", "not authorized")
}

type temporary struct {
	Credential struct {
		Access, Secret, SecurityToken string
		ExpiresAt                     string `json:"expires_at"`
	}
}

func (k temporary) key() gatetest.Key {
	return gatetest.Key{ID: k.Credential.Access, Secret: k.Credential.Secret, Token: k.Credential.SecurityToken}
}

const securityTokens = "/v3.0/OS-CREDENTIAL/securitytokens"

func TestTemporaryKeysOfAnAgency(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.found(t, "member-two", member)
	for name, agency := range map[string]string{
		"by the account's id":           `{"domain_id":"` + string(member) + `","agency_name":"` + agencyName + `"}`,
		"by the account's name":         `{"domain_name":"member-two","agency_name":"` + agencyName + `"}`,
		"by the agency's old name":      `{"domain_name":"member-two","xrole_name":"` + agencyName + `"}`,
		"with a name for the session":   `{"domain_name":"member-two","agency_name":"` + agencyName + `","session_user":{"name":"ada"},"duration_seconds":900}`,
		"with a policy that is nothing": `{"domain_name":"member-two","agency_name":"` + agencyName + `"},"policy":null,"x":{}`,
	} {
		var got temporary
		a := s.ask(t, s.key(), "POST", securityTokens, `{"auth":{"identity":{"methods":["assume_role"],"assume_role":`+agency+`}}}`)
		a.into(t, &got)
		if a.Code != 201 || !strings.HasPrefix(got.Credential.Access, "HST") || got.Credential.ExpiresAt != "2026-01-15T08:45:00.000000Z" {
			t.Errorf("%s: %d %s", name, a.Code, a.Body)
			continue
		}
		if a := s.ask(t, got.key(), "GET", "/v5/caller-identity", ""); a.call.Account != string(member) {
			t.Errorf("%s: inside it is %s", name, a.Body)
		}
	}
}

func TestTemporaryKeysAreRefused(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	agency := func(fields string) string {
		return `{"auth":{"identity":{"methods":["assume_role"],"assume_role":{` + fields + `}}}}`
	}
	mine := `"domain_id":"` + string(member) + `","agency_name":"` + agencyName + `"`
	for _, tt := range []struct {
		name, body string
		status     int
		code, text string
	}{
		{"a stranger's agency by name", agency(`"domain_name":"nobody","agency_name":"x"`), 403, "IAM.0003", "nobody"},
		{"an own agency that does not exist", agency(`"domain_name":"account-` + string(management) + `","agency_name":"x"`), 403, "IAM.0003", "iam::" + string(management) + ":agency:x"},
		{"an agency that trusts somebody else", agency(`"domain_id":"` + string(member) + `","agency_name":"Closed"`), 403, "IAM.0003", "not authorized"},
		{"no agency", agency(`"domain_id":"x"`), 400, "IAM.0007", "agency_name"},
		{"no domain", agency(`"agency_name":"x"`), 400, "IAM.0007", "domain_id"},
		{"a short duration", agency(mine + `,"duration_seconds":899`), 400, "IAM.0007", "900"},
		{"a long duration", agency(mine + `,"duration_seconds":86401`), 400, "IAM.0007", "86400"},
		{"longer than the agency allows", agency(mine + `,"duration_seconds":86400`), 400, "IAM.0007", "7200"},
		{"a bad session name", agency(mine + `,"session_user":{"name":"a b"}`), 400, "IAM.0007", "session_user.name"},
		{"a session policy", `{"auth":{"identity":{"methods":["token"],"policy":{"Version":"1.1"}}}}`, 400, "IAM.0011", "policy"},
		{"another method", `{"auth":{"identity":{"methods":["password"]}}}`, 400, "IAM.0007", "assume_role and token"},
		{"two methods", `{"auth":{"identity":{"methods":["token","assume_role"]}}}`, 400, "IAM.0007", "assume_role and token"},
		{"nothing", `{}`, 400, "IAM.0007", "methods"},
		{"a short duration of a token", `{"auth":{"identity":{"methods":["token"],"token":{"duration_seconds":1}}}}`, 400, "IAM.0007", "900"},
		{"a token of nobody", `{"auth":{"identity":{"methods":["token"],"token":{"id":"x"}}}}`, 401, "APIGW.0301", "decrypt token fail"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s.ask(t, s.key(), "POST", securityTokens, tt.body).fails(t, tt.status, tt.code, tt.text)
		})
	}
	s.ask(t, s.enter(t, s.key()), "POST", securityTokens, `{"auth":{"identity":{"methods":["token"]}}}`).fails(t, 403, "IAM.0003", "session credentials")
}

// found makes an organization of the first account with the member under a name.
func (s *server) found(t *testing.T, name string, id org.AccountID) {
	t.Helper()
	if _, err := s.CreateOrganization(t.Context(), s.admin.Caller, org.AllFeatures); err != nil {
		t.Fatal(err)
	}
	o, err := s.GetOrganization(t.Context(), s.admin.Caller)
	if err != nil {
		t.Fatal(err)
	}
	s.Join(o.Organization, id, name)
}
