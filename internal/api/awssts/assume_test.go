package awssts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

func TestAssumeRoleEntersAMemberAccount(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	parameters := []string{
		"RoleArn", accessRole, "RoleSessionName", "deploy", "DurationSeconds", "900", "ExternalId", "x:/y", "SourceIdentity", "ada@example",
		"Tags.member.1.Key", "team", "Tags.member.1.Value", "", "TransitiveTagKeys.member.1", "team", "PolicyArns", "",
	}
	a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", parameters...)
	if a.Status != 200 {
		t.Fatalf("%+v", a)
	}
	got := a.Assumed
	if got.User.Arn != "arn:aws:sts::222222222222:assumed-role/OrganizationAccountAccessRole/deploy" || got.User.ID != string(s.role)+":deploy" {
		t.Errorf("assumed %+v", got.User)
	}
	if !strings.HasPrefix(got.User.ID, "AROA") || !strings.HasPrefix(got.Credentials.ID, "ASIA") || got.Credentials.Token == "" || got.Credentials.Secret == "" {
		t.Errorf("%+v", got)
	}
	if id, ok := org.AccountOfKey(org.KeyID(got.Credentials.ID)); !ok || id != member {
		t.Errorf("the key carries %s", id)
	}
	if got.Credentials.Expiration != expires(15*time.Minute) || got.SourceIdentity != "ada@example" || got.PackedPolicySize != nil {
		t.Errorf("%+v", got)
	}
	if a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", "RoleArn", accessRole, "RoleSessionName", "x1"); a.Assumed.Credentials.Expiration != expires(time.Hour) {
		t.Errorf("by default until %s", a.Assumed.Credentials.Expiration)
	}
	if a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", "RoleArn", "arn:aws:iam::222222222222:role/deep/er/Pathed", "RoleSessionName", "x1"); a.Status != 200 {
		t.Errorf("a role with a path: %+v", a)
	}
}

func TestAssumeRoleRefuses(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	key := gatetest.KeyOf(s.admin)
	session := s.ask(t, key, "GetSessionToken").Session.Credentials.key()
	valid := []string{"RoleArn", accessRole, "RoleSessionName", "deploy"}
	role := func(arn string) []string { return []string{"RoleArn", arn} }
	for _, tt := range []struct {
		name       string
		key        gatetest.Key
		parameters []string
		status     int
		code, text string
	}{
		{"a role that does not exist", key, role("arn:aws:iam::222222222222:role/Nope"), 403, "AccessDenied", "User: arn:aws:iam::111111111111:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/Nope"},
		{"an account that does not exist", key, role("arn:aws:iam::999999999999:role/Nope"), 403, "AccessDenied", "is not authorized"},
		{"a role that trusts somebody else", key, role("arn:aws:iam::222222222222:role/Closed"), 403, "AccessDenied", "is not authorized"},
		{"a role by another path", key, role("arn:aws:iam::222222222222:role/Pathed"), 403, "AccessDenied", "is not authorized"},
		{"another partition", key, role("arn:aws-cn:iam::222222222222:role/OrganizationAccountAccessRole"), 403, "AccessDenied", "is not authorized"},
		{"longer than the role allows", key, []string{"DurationSeconds", "7201"}, 400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."},
		{"longer than a chain allows", session, []string{"DurationSeconds", "3601"}, 400, "ValidationError", "1 hour session limit for roles assumed by role chaining"},
		{"no role", key, role(""), 400, "ValidationError", "at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20"},
		{"a role that is no ARN", key, role("OrganizationAccountAccessRole"), 400, "ValidationError", "OrganizationAccountAccessRole is invalid"},
		{"the ARN of a user", key, role("arn:aws:iam::222222222222:user/admin"), 400, "ValidationError", "is invalid"},
		{"an ARN with a short account", key, role("arn:aws:iam::22222222222:role/admin"), 400, "ValidationError", "is invalid"},
		{"an ARN that is too long", key, role(accessRole + strings.Repeat("x", 2048)), 400, "ValidationError", "less than or equal to 2048"},
		{"a short session name", key, []string{"RoleSessionName", "x"}, 400, "ValidationError", "at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"},
		{"a long session name", key, []string{"RoleSessionName", strings.Repeat("x", 65)}, 400, "ValidationError", "less than or equal to 64"},
		{"a session name with a blank", key, []string{"RoleSessionName", "a b"}, 400, "ValidationError", "regular expression"},
		{"a short duration", key, []string{"DurationSeconds", "899"}, 400, "ValidationError", "greater than or equal to 900"},
		{"a long duration", key, []string{"DurationSeconds", "43201"}, 400, "ValidationError", "less than or equal to 43200"},
		{"a duration in words", key, []string{"DurationSeconds", "hour"}, 400, "ValidationError", "integer"},
		{"a short external id", key, []string{"ExternalId", "x"}, 400, "ValidationError", "externalId"},
		{"a bad source identity", key, []string{"SourceIdentity", "a/b"}, 400, "ValidationError", "sourceIdentity"},
		{"a bad token code", key, []string{"TokenCode", "12345"}, 400, "ValidationError", "tokenCode"},
		{"too many tags", key, members("Tags", 51, ".Key", "k"), 400, "ValidationError", ""},
		{"too many transitive keys", key, members("TransitiveTagKeys", 51, "", "k"), 400, "ValidationError", "transitiveTagKeys"},
		{"a tag without a key", key, []string{"Tags.member.1.Value", "v"}, 400, "ValidationError", "tags.1.member.key"},
		{"a long policy", key, []string{"Policy", strings.Repeat("x", 2049)}, 400, "ValidationError", "policy"},
		{"a session policy", key, []string{"Policy", "{}"}, 400, "UnsupportedOperation", "Policy"},
		{"managed session policies", key, []string{"PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}, 400, "UnsupportedOperation", "PolicyArns"},
		{"provided contexts", key, []string{"ProvidedContexts.member.1.ProviderArn", "x"}, 400, "UnsupportedOperation", "ProvidedContexts"},
		{"a device that nobody has", key, []string{"SerialNumber", "arn:aws:iam::111111111111:mfa/x", "TokenCode", "123456"}, 403, "AccessDenied", "MultiFactorAuthentication"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s.ask(t, tt.key, "AssumeRole", append(append([]string{}, valid...), tt.parameters...)...).is(t, tt.status, tt.code, tt.text)
		})
	}
	s.ask(t, key, "AssumeRole").is(t, 400, "ValidationError", "2 validation errors detected")
}

func TestRootUsersAssumeNoRolesButInATwin(t *testing.T) {
	t.Parallel()
	ask := func(mode gate.Mode, arn string) (*server, answer) {
		s := newServer(t, mode, nil)
		key := gatetest.Key{ID: string(management)}
		if mode != gate.Open {
			key = gatetest.Key{ID: "ASIAROOT000000000001", Secret: "x"}
			root, err := s.RootCaller(t.Context(), management)
			if err != nil {
				t.Fatal(err)
			}
			key.Token = s.Token(root, key, time.Hour)
		}
		return s, s.ask(t, key, "AssumeRole", "RoleArn", arn, "RoleSessionName", "x1")
	}
	_, a := ask(gate.Verify, accessRole)
	a.is(t, 403, "AccessDenied", "Roles may not be assumed by root accounts.")
	if _, a = ask(gate.Open, accessRole); a.Status != 200 {
		t.Errorf("%+v", a)
	}
	s, a := ask(gate.Open, "arn:aws:iam::999999999999:role/a/Nobody")
	if a.Assumed.User.Arn != "arn:aws:sts::999999999999:assumed-role/Nobody/x1" {
		t.Fatalf("a role that does not exist: %+v", a)
	}
	if b := s.ask(t, a.Assumed.Credentials.key(), "GetCallerIdentity"); b.Caller.Arn != a.Assumed.User.Arn {
		t.Errorf("inside it: %+v", b)
	}
}

func TestGetSessionToken(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	key := gatetest.KeyOf(s.admin)
	a := s.ask(t, key, "GetSessionToken")
	if c := a.Session.Credentials; !strings.HasPrefix(c.ID, "ASIA") || c.Expiration != expires(12*time.Hour) {
		t.Errorf("by default %+v", a)
	}
	if b := s.ask(t, key, "GetSessionToken", "DurationSeconds", "129600"); b.Session.Credentials.Expiration != expires(36*time.Hour) {
		t.Errorf("at most %+v", b)
	}
	s.ask(t, key, "GetSessionToken", "DurationSeconds", "899").is(t, 400, "ValidationError", "900")
	s.ask(t, key, "GetSessionToken", "DurationSeconds", "129601").is(t, 400, "ValidationError", "129600")
	s.ask(t, key, "GetSessionToken", "SerialNumber", "short").is(t, 400, "ValidationError", "serialNumber")
	s.ask(t, key, "GetSessionToken", "SerialNumber", "GAHT12345678", "TokenCode", "123456").is(t, 403, "AccessDenied", "MultiFactorAuthentication")
	within := a.Session.Credentials.key()
	if b := s.ask(t, within, "GetCallerIdentity"); b.Caller.Arn != "arn:aws:iam::111111111111:user/admin" {
		t.Errorf("inside it: %+v", b)
	}
	if b := s.ask(t, within, "AssumeRole", "RoleArn", accessRole, "RoleSessionName", "x1"); b.Status != 200 {
		t.Errorf("a role from inside: %+v", b)
	}
	for _, name := range []string{"GetSessionToken", "AssumeRoot", "DecodeAuthorizationMessage", "GetAccessKeyInfo"} {
		s.ask(t, within, name, "AccessKeyId", within.ID).is(t, 403, "AccessDenied", "Cannot call "+name+" with session credentials")
	}

	twin := newServer(t, gate.Open, nil)
	root := twin.ask(t, gatetest.Key{ID: string(management)}, "GetSessionToken", "DurationSeconds", "7200")
	if root.Session.Credentials.Expiration != expires(time.Hour) {
		t.Errorf("a root user has until %+v", root)
	}
	if b := twin.ask(t, root.Session.Credentials.key(), "GetAccessKeyInfo", "AccessKeyId", within.ID); b.Key.Account != string(management) {
		t.Errorf("a twin refuses a session: %+v", b)
	}
}
