package awssts_test

import (
	"slices"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

const secondRole = "arn:aws:iam::111111111111:role/Second"

// A chain of two roles: what the first session passes on, the second has, and cannot set anew.
func TestAChainOfRoles(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	s.World.Role(org.AWS, management, "/", "Second", member)
	first := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", "RoleArn", accessRole, "RoleSessionName", "one", "SourceIdentity", "ada",
		"Tags.member.1.Key", "Team", "Tags.member.1.Value", "Blue", "Tags.member.2.Key", "env", "Tags.member.2.Value", "", "TransitiveTagKeys.member.1", "team")
	if first.Status != 200 || first.Assumed.SourceIdentity != "ada" {
		t.Fatalf("%+v", first)
	}
	for _, c := range []struct {
		name       string
		parameters []string
		status     int
		code, text string
	}{
		{"nothing", nil, 200, "", ""},
		{"the same source identity", []string{"SourceIdentity", "ada"}, 200, "", ""},
		{"another source identity", []string{"SourceIdentity", "eve"}, 403, "AccessDenied", "perform: sts:SetSourceIdentity on resource: " + secondRole},
		{"a tag that ended with the first", []string{"Tags.member.1.Key", "Env", "Tags.member.1.Value", "prod"}, 200, "", ""},
		{"a tag that is passed on", []string{"Tags.member.1.Key", "TEAM", "Tags.member.1.Value", "Blue"}, 400, "InvalidParameterValue",
			"One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."},
		{"a key twice", []string{"Tags.member.1.Key", "a", "Tags.member.1.Value", "1", "Tags.member.2.Key", "A", "Tags.member.2.Value", "2"}, 400, "InvalidParameterValue",
			"Duplicate tag keys found. Please note that Tag keys are case insensitive."},
		{"a transitive key without a tag", []string{"TransitiveTagKeys.member.1", "Team"}, 400, "InvalidParameterValue",
			"The specified transitive tag key must be included in the requested tags."},
		{"too many with that which is passed on", tags(50), 400, "ValidationError", "at most 50 tags"},
	} {
		a := s.ask(t, first.Assumed.Credentials.key(), "AssumeRole", append([]string{"RoleArn", secondRole, "RoleSessionName", "two"}, c.parameters...)...)
		a.is(t, c.status, c.code, c.text)
		if c.status != 200 {
			continue
		}
		back, err := s.Session(org.KeyID(a.Assumed.Credentials.ID), a.Assumed.Credentials.Token)
		if err != nil || a.Assumed.SourceIdentity != "ada" || back.Terms.SourceIdentity != "ada" ||
			!slices.Contains(back.Terms.Tags, org.Tag{Key: "Team", Value: "Blue"}) || slices.Contains(back.Terms.Tags, org.Tag{Key: "env"}) {
			t.Errorf("%s: %+v, %v", c.name, back.Terms, err)
		}
	}
}

func tags(n int) []string {
	keys := members("Tags", n, ".Key", "")
	for i := 1; i < len(keys); i += 2 {
		keys[i] = keys[i-1]
	}
	return append(keys, members("Tags", n, ".Value", "v")...)
}

func TestARootSessionKeepsTheSourceIdentity(t *testing.T) {
	t.Parallel()
	s := newOverseer(t, gate.Verify)
	s.World.Role(org.AWS, management, "/", "Own", management)
	first := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", "RoleArn", "arn:aws:iam::111111111111:role/Own", "RoleSessionName", "one", "SourceIdentity", "ada")
	a := s.ask(t, first.Assumed.Credentials.key(), "AssumeRoot", "TargetPrincipal", string(member), "TaskPolicyArn.arn", auditTask)
	if a.Status != 200 || a.Root.SourceIdentity != "ada" {
		t.Errorf("%+v", a)
	}
	if a := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRoot", "TargetPrincipal", string(member), "TaskPolicyArn.arn", auditTask); a.Root.SourceIdentity != "" {
		t.Errorf("by a user: %+v", a.Root)
	}
}
