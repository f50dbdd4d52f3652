package aws_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// enter assumes an account's access role with what else a request says.
func enter(t *testing.T, s *harness.Server, k harness.Key, account string, in *sts.AssumeRoleInput) (harness.Key, *sts.AssumeRoleOutput) {
	t.Helper()
	in.RoleArn, in.RoleSessionName = aws.String(roleARN(account, "OrganizationAccountAccessRole")), aws.String("visit")
	out := harness.Try(s.STS(k).AssumeRole(t.Context(), in)).Or(t)
	c := out.Credentials
	return harness.Key{Partition: harness.AWS, Account: account, ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}, out
}

// unless denies an account to describe the organization under a condition, and returns what lets it again.
func (h *house) unless(t *testing.T, account, name, condition string) (lift func()) {
	t.Helper()
	return h.denyWhere(t, account, name, "organizations:DescribeOrganization", "*", condition)
}

// sees tells whether a key is let describe its organization.
func (h *house) sees(t *testing.T, k harness.Key) bool {
	t.Helper()
	_, err := h.server.Organizations(k).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	if err != nil {
		harness.WantAWS(t, err, "AccessDeniedException", "")
	}
	return err == nil
}

func TestPoliciesSeeWhatASessionBrings(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, guest := newHouse(t, s), s.Mint(t, harness.AWS)
		h.enable(t, types.PolicyTypeServiceControlPolicy)
		accept(t, s.Organizations(guest), h.invite(t, accountParty(guest.Account)).Id)
		account := h.account(t)
		plain, _ := enter(t, s, h.key, account, &sts.AssumeRoleInput{})
		full, out := enter(t, s, h.key, account, &sts.AssumeRoleInput{
			SourceIdentity: aws.String("ada@corp.example"), Tags: []ststypes.Tag{{Key: aws.String("Team"), Value: aws.String("Blue")}}, TransitiveTagKeys: []string{"team"},
		})
		if aws.ToString(out.SourceIdentity) != "ada@corp.example" {
			t.Errorf("the answer names the source identity %s", aws.ToString(out.SourceIdentity))
		}
		for _, c := range []struct {
			name, condition      string
			full, plain, lasting bool // let through
		}{
			{"a team's tag", `{"StringNotEquals":{"aws:PrincipalTag/team":"Blue"}}`, true, false, false},
			{"the tag in another case", `{"StringEquals":{"aws:PrincipalTag/TEAM":"blue"}}`, true, true, true},
			{"a team's tag that is denied", `{"StringEquals":{"aws:PrincipalTag/Team":"Blue"}}`, false, true, true},
			{"a source identity", `{"StringNotLike":{"aws:SourceIdentity":"*@corp.example"}}`, true, false, false},
			{"a source identity that is denied", `{"StringLike":{"aws:SourceIdentity":"ada@*"}}`, false, true, true},
			{"sessions", `{"Null":{"aws:TokenIssueTime":"false"}}`, false, false, true},
			{"sessions without a device", `{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`, false, false, true},
			{"everybody without a device", `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`, false, false, false},
			{"keys that prove no device", `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`, true, true, false},
			{"devices of an age", `{"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}`, true, true, true},
			{"root users' sessions", `{"Bool":{"aws:AssumedRoot":"true"}}`, true, true, true},
		} {
			for _, who := range []struct {
				says, account string
				key           harness.Key
				want          bool
			}{
				{"a session with all", account, full, c.full}, {"a plain session", account, plain, c.plain}, {"a key", guest.Account, guest, c.lasting},
			} {
				lift := h.unless(t, who.account, c.name+" of "+who.says, c.condition)
				if got := h.sees(t, who.key); got != who.want {
					t.Errorf("%s: %s is let through: %t", c.name, who.says, got)
				}
				lift()
			}
		}
	})
}

func TestAChainOfRolesKeepsWhatIsPassedOn(t *testing.T) {
	// Roles of members trust the management account alone, so a chain begins inside of it, where a twin assumes any role.
	s := harness.SharedTwin(t)
	h := newHouse(t, s)
	h.enable(t, types.PolicyTypeServiceControlPolicy)
	account := h.account(t)
	blue := []ststypes.Tag{{Key: aws.String("Team"), Value: aws.String("Blue")}, {Key: aws.String("step"), Value: aws.String("1")}}
	first, _ := enter(t, s, h.key, h.key.Account, &sts.AssumeRoleInput{SourceIdentity: aws.String("ada"), Tags: blue, TransitiveTagKeys: []string{"Team"}})
	second, out := enter(t, s, first, account, &sts.AssumeRoleInput{})
	if aws.ToString(out.SourceIdentity) != "ada" {
		t.Errorf("the second session's source identity is %q", aws.ToString(out.SourceIdentity))
	}
	for name, c := range map[string]struct {
		condition string
		want      bool
	}{
		"the tag that is passed on":      {`{"StringNotEquals":{"aws:PrincipalTag/Team":"Blue"}}`, true},
		"the tag that is not":            {`{"StringNotEquals":{"aws:PrincipalTag/step":"1"}}`, false},
		"the source identity":            {`{"StringNotEquals":{"aws:SourceIdentity":"ada"}}`, true},
		"the source identity, if denied": {`{"StringEquals":{"aws:SourceIdentity":"ada"}}`, false},
	} {
		lift := h.unless(t, account, name, c.condition)
		if got := h.sees(t, second); got != c.want {
			t.Errorf("%s: it is let through: %t", name, got)
		}
		lift()
	}
	for name, c := range map[string]struct {
		in   sts.AssumeRoleInput
		code string
	}{
		"another source identity":  {sts.AssumeRoleInput{SourceIdentity: aws.String("eve")}, "AccessDenied"},
		"the tag that is fixed":    {sts.AssumeRoleInput{Tags: blue[:1]}, "InvalidParameterValue"},
		"a transitive key alone":   {sts.AssumeRoleInput{TransitiveTagKeys: []string{"Team"}}, "InvalidParameterValue"},
		"the tag that is not":      {sts.AssumeRoleInput{Tags: blue[1:]}, ""},
		"one key in two cases":     {sts.AssumeRoleInput{Tags: []ststypes.Tag{{Key: aws.String("a"), Value: aws.String("")}, {Key: aws.String("A"), Value: aws.String("")}}}, "InvalidParameterValue"},
		"the same source identity": {sts.AssumeRoleInput{SourceIdentity: aws.String("ada")}, ""},
	} {
		c.in.RoleArn, c.in.RoleSessionName = aws.String(roleARN(account, "OrganizationAccountAccessRole")), aws.String("visit")
		_, err := s.STS(first).AssumeRole(t.Context(), &c.in)
		if code, _ := harness.AWSError(err); code != c.code {
			t.Errorf("%s: AssumeRole ends with %q: %v", name, code, err)
		}
	}
}

// An administrator calls sessions back by their time of issue (IAM User Guide, "Revoke IAM role temporary security credentials").
func TestSessionsAreCalledBackByTheirTimeOfIssue(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	h := newHouse(t, s)
	h.enable(t, types.PolicyTypeServiceControlPolicy)
	account := h.account(t)
	old := assume(t, s, h.key, account, "OrganizationAccountAccessRole")
	var clock struct{ Now time.Time }
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "10m"}, nil)
	s.Native(t, "GET", "/_polity/clock", nil, &clock)
	h.unless(t, account, "revoke", `{"DateLessThan":{"aws:TokenIssueTime":"`+clock.Now.UTC().Format("2006-01-02T15:04:05.000Z")+`"}}`)
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "1m"}, nil)
	fresh := assume(t, s, h.key, account, "OrganizationAccountAccessRole")
	if h.sees(t, old) || !h.sees(t, fresh) {
		t.Errorf("the old session is let through: %t; the new one: %t", h.sees(t, old), h.sees(t, fresh))
	}
}
