package awssts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

const auditTask = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"

// newOverseer is a server whose first account manages the second, and looks after its root user's credentials.
func newOverseer(t *testing.T, mode gate.Mode) *server {
	t.Helper()
	s := newServer(t, mode, nil)
	o, err := s.CreateOrganization(t.Context(), s.admin.Caller, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	s.Join(o.Organization, member, "member")
	if err := s.TrustService(t.Context(), s.admin.Caller, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	if _, err := s.EnableRootFeature(t.Context(), s.admin.Caller, org.RootCredentials); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAssumeRootActsAsAMembersRootUser(t *testing.T) {
	t.Parallel()
	s := newOverseer(t, gate.Verify)
	for _, c := range []struct {
		target, seconds string
		lasts           time.Duration
	}{
		{"222222222222", "", 15 * time.Minute}, {"arn:aws:iam::222222222222:root", "60", time.Minute}, {"222222222222", "900", 15 * time.Minute},
		{"222222222222", "0", 0},
	} {
		parameters := []string{"TargetPrincipal", c.target, "TaskPolicyArn.arn", auditTask}
		if c.seconds != "" {
			parameters = append(parameters, "DurationSeconds", c.seconds)
		}
		a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRoot", parameters...)
		got := a.Root.Credentials
		if a.Status != 200 || got.Expiration != expires(c.lasts) || !strings.HasPrefix(got.ID, "ASIA") {
			t.Fatalf("%+v", a)
		}
		if c.lasts == 0 {
			s.ask(t, got.key(), "GetCallerIdentity").is(t, 403, "ExpiredToken", "expired")
			continue
		}
		who := s.ask(t, got.key(), "GetCallerIdentity").Caller
		if who.Arn != "arn:aws:iam::222222222222:root" || who.UserID != "222222222222" || who.Account != "222222222222" {
			t.Errorf("%+v", who)
		}
		s.ask(t, got.key(), "AssumeRole", "RoleArn", accessRole, "RoleSessionName", "next").is(t, 403, "AccessDenied", "may not be assumed by root")
		s.ask(t, got.key(), "GetSessionToken").is(t, 403, "AccessDenied", "session credentials")
		s.ask(t, got.key(), "DecodeAuthorizationMessage", "EncodedMessage", "x").is(t, 403, "AccessDenied", "session policy")
	}
}

func TestAssumeRootRefuses(t *testing.T) {
	t.Parallel()
	s := newOverseer(t, gate.Verify)
	for name, c := range map[string]struct {
		target, task, seconds string
		status                int
		code, text            string
	}{
		"no target":                       {"", auditTask, "", 400, "ValidationError", "targetPrincipal"},
		"a short target":                  {"2222", auditTask, "", 400, "ValidationError", "greater than or equal to 12"},
		"the ARN of a role":               {accessRole, auditTask, "", 400, "ValidationError", "is invalid"},
		"an account with a tail":          {"222222222222:root", auditTask, "", 400, "ValidationError", "is invalid"},
		"an ARN without a principal":      {"arn:aws:iam::222222222222", auditTask, "", 400, "ValidationError", "is invalid"},
		"the ARN of another partition":    {"arn:aws-cn:iam::222222222222:root", auditTask, "", 400, "ValidationError", "is invalid"},
		"no task":                         {"222222222222", "", "", 400, "ValidationError", "taskPolicyArn.arn"},
		"another policy":                  {"222222222222", "arn:aws:iam::aws:policy/AdministratorAccess", "", 400, "ValidationError", "no policy of a root user's task"},
		"a task's name elsewhere":         {"222222222222", "arn:aws:iam::aws:policy/IAMAuditRootUserCredentials", "", 400, "ValidationError", "no policy of a root"},
		"a task of another partition":     {"222222222222", strings.Replace(auditTask, "aws:iam", "aws-cn:iam", 1), "", 400, "ValidationError", "no policy of a root"},
		"a long session":                  {"222222222222", auditTask, "901", 400, "ValidationError", "less than or equal to 900"},
		"a negative session":              {"222222222222", auditTask, "-1", 400, "ValidationError", "greater than or equal to 0"},
		"a task of a feature that is off": {"222222222222", "arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy", "", 403, "AccessDenied", "the feature RootSessions is not enabled"},
		"the management account":          {"111111111111", auditTask, "", 403, "AccessDenied", "is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::111111111111:root"},
		"an account that there is not":    {"999999999999", auditTask, "", 403, "AccessDenied", "no open member"},
	} {
		parameters := []string{"TargetPrincipal", c.target, "TaskPolicyArn.arn", c.task}
		if c.seconds != "" {
			parameters = append(parameters, "DurationSeconds", c.seconds)
		}
		t.Run(name, func(t *testing.T) {
			s.ask(t, gatetest.KeyOf(s.admin), "AssumeRoot", parameters...).is(t, c.status, c.code, c.text)
		})
	}
	s.ask(t, gatetest.KeyOf(s.admin), "AssumeRoot").is(t, 400, "ValidationError", "2 validation errors detected: Value null at 'targetPrincipal'")
	root, key := s.admin.Caller, gatetest.Key{ID: "ASIAROOT000000000001", Secret: "x"}
	root.Kind = org.RootUser
	key.Token = s.Token(root, key, time.Hour)
	s.ask(t, key, "AssumeRoot", "TargetPrincipal", "222222222222", "TaskPolicyArn.arn", auditTask).is(t, 403, "AccessDenied", "may not be called by root accounts")
}

func TestInOpenModeARootUserMayCallAssumeRoot(t *testing.T) {
	t.Parallel()
	s := newOverseer(t, gate.Open)
	a := s.ask(t, gatetest.Key{ID: string(management)}, "AssumeRoot", "TargetPrincipal", "222222222222", "TaskPolicyArn.arn", auditTask)
	if a.Status != 200 {
		t.Fatalf("%+v", a)
	}
}
