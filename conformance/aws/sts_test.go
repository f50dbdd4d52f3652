package aws_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/polity-cloud/polity/conformance/harness"
)

func roleARN(account, role string) string { return "arn:aws:iam::" + account + ":role/" + role }

func tryAssume(t *testing.T, s *harness.Server, k harness.Key, account, role string) (harness.Key, error) {
	t.Helper()
	out, err := s.STS(k).AssumeRole(t.Context(), &sts.AssumeRoleInput{RoleArn: aws.String(roleARN(account, role)), RoleSessionName: aws.String("visit")})
	if err != nil {
		return harness.Key{}, err
	}
	c := out.Credentials
	return harness.Key{Partition: harness.AWS, Account: account, ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}, nil
}

func assume(t *testing.T, s *harness.Server, k harness.Key, account, role string) harness.Key {
	t.Helper()
	return harness.Try(tryAssume(t, s, k, account, role)).Or(t)
}

func identity(t *testing.T, s *harness.Server, k harness.Key) *sts.GetCallerIdentityOutput {
	t.Helper()
	return harness.Try(s.STS(k).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})).Or(t)
}

func TestCallerIdentity(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		user := identity(t, s, k)
		if *user.Account != k.Account || *user.Arn != "arn:aws:iam::"+k.Account+":user/"+k.User || !strings.HasPrefix(*user.UserId, "AIDA") {
			t.Errorf("the user is %s, %s, %s", *user.Account, *user.Arn, *user.UserId)
		}
		out := harness.Try(s.STS(k).GetSessionToken(t.Context(), &sts.GetSessionTokenInput{})).Or(t)
		c := out.Credentials
		if left := time.Until(*c.Expiration); left < 11*time.Hour || left > 12*time.Hour {
			t.Errorf("a session lasts %s, want 12 hours", left)
		}
		if !strings.HasPrefix(*c.AccessKeyId, "ASIA") {
			t.Errorf("a session's key is %s", *c.AccessKeyId)
		}
		token := harness.Key{ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}
		session := identity(t, s, token)
		if *session.Arn != *user.Arn || *session.UserId != *user.UserId {
			t.Errorf("the session is %s, %s and not the user", *session.Arn, *session.UserId)
		}
		_, err := s.IAM(token).GetUser(t.Context(), &iam.GetUserInput{})
		harness.WantAWS(t, err, "InvalidClientTokenId", "")
	})
}

func TestManagementActsInsideAFreshAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		account := h.account(t)
		inside := assume(t, s, h.key, account, "OrganizationAccountAccessRole")
		who := identity(t, s, inside)
		if *who.Account != account || *who.Arn != "arn:aws:sts::"+account+":assumed-role/OrganizationAccountAccessRole/visit" {
			t.Errorf("inside the caller is %s, %s", *who.Account, *who.Arn)
		}
		if id := *who.UserId; !strings.HasPrefix(id, "AROA") || !strings.HasSuffix(id, ":visit") {
			t.Errorf("inside the caller's id is %s", id)
		}
		member := s.Organizations(inside)
		o := harness.Try(member.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})).Or(t).Organization
		if *o.Id != h.id || *o.MasterAccountId != h.key.Account {
			t.Errorf("the member sees the organization %s of %s", *o.Id, *o.MasterAccountId)
		}
		_, err := member.ListAccounts(t.Context(), &organizations.ListAccountsInput{})
		harness.WantAWS(t, err, "AccessDeniedException", "")
		_, err = member.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})
		harness.WantAWS(t, err, "AlreadyInOrganizationException", "")
	})
}

func TestAssumedRoleLastsAsAsked(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		arn := roleARN(h.account(t), "OrganizationAccountAccessRole")
		assume := func(seconds int32) (*sts.AssumeRoleOutput, error) {
			in := &sts.AssumeRoleInput{RoleArn: &arn, RoleSessionName: aws.String("timed"), DurationSeconds: &seconds}
			return s.STS(h.key).AssumeRole(t.Context(), in)
		}
		out := harness.Try(assume(900)).Or(t)
		if left := time.Until(*out.Credentials.Expiration); left < 13*time.Minute || left > 15*time.Minute {
			t.Errorf("a session of 900 seconds lasts %s", left)
		}
		if want := strings.Replace(strings.Replace(arn, ":iam:", ":sts:", 1), ":role/", ":assumed-role/", 1) + "/timed"; *out.AssumedRoleUser.Arn != want {
			t.Errorf("the assumed role is %s, want %s", *out.AssumedRoleUser.Arn, want)
		}
		for _, seconds := range []int32{899, 43201, 7200} { // the last one is above the role's own limit
			_, err := assume(seconds)
			harness.WantAWS(t, err, "ValidationError", "")
		}
	})
}

func TestRoleIsNotAssumed(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		account := h.account(t)
		for name, c := range map[string]struct {
			key           harness.Key
			account, role string
		}{
			"a role that does not exist":               {h.key, account, "Administrator"},
			"a role in an account that does not exist": {h.key, "000000000001", "OrganizationAccountAccessRole"},
			"a role of another organization's account": {other.key, account, "OrganizationAccountAccessRole"},
			"the access role by a standalone account":  {s.Mint(t, harness.AWS), account, "OrganizationAccountAccessRole"},
			"a role of the management account":         {h.key, h.key.Account, "OrganizationAccountAccessRole"},
		} {
			_, err := tryAssume(t, s, c.key, c.account, c.role)
			if code, _ := harness.AWSError(err); code != "AccessDenied" {
				t.Errorf("%s: AssumeRole ends with %s, want AccessDenied: %v", name, code, err)
			}
		}
		_, err := s.STS(h.key).AssumeRole(t.Context(), &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam:oops"), RoleSessionName: aws.String("visit")})
		harness.WantAWS(t, err, "ValidationError", "")
		_, err = s.STS(h.key).AssumeRole(t.Context(), &sts.AssumeRoleInput{RoleArn: aws.String(roleARN(account, "X")), RoleSessionName: aws.String("a b")})
		harness.WantAWS(t, err, "ValidationError", "")
	})
}

func TestKeyTellsItsAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		for id, want := range map[string]string{k.ID: k.Account, "AKIARZPUZDIKABCDEFGH": "123456789012", "ASIA6RVFFB77QBCDEFGH": "999999999999"} {
			out := harness.Try(s.STS(k).GetAccessKeyInfo(t.Context(), &sts.GetAccessKeyInfoInput{AccessKeyId: &id})).Or(t)
			if *out.Account != want {
				t.Errorf("the key %s belongs to %s, want %s", id, *out.Account, want)
			}
		}
		_, err := s.STS(k).GetAccessKeyInfo(t.Context(), &sts.GetAccessKeyInfoInput{AccessKeyId: aws.String("short")})
		harness.WantAWS(t, err, "ValidationError", "")
	})
}

func TestPresignedCallerIdentity(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		signed := harness.Try(sts.NewPresignClient(s.STS(k)).PresignGetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})).Or(t)
		get := func(url string) (int, string) {
			r := harness.Try(http.NewRequestWithContext(t.Context(), signed.Method, url, nil)).Or(t)
			for name, values := range signed.SignedHeader {
				if name != "Host" {
					r.Header[name] = values
				}
			}
			status, _, body := harness.Do(t, r)
			return status, string(body)
		}
		if status, body := get(signed.URL); status != http.StatusOK || !strings.Contains(body, "<Account>"+k.Account+"</Account>") {
			t.Errorf("a presigned request is answered %d: %s", status, body)
		}
		if status, body := get(signed.URL + "&More=1"); status != http.StatusForbidden || !strings.Contains(body, "<Code>SignatureDoesNotMatch</Code>") {
			t.Errorf("a presigned request with a further parameter is answered %d: %s", status, body)
		}
	})
}

func TestSessionMayNotBeHandedOn(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		inside := assume(t, s, h.key, h.account(t), "OrganizationAccountAccessRole")
		_, err := s.STS(inside).GetSessionToken(t.Context(), &sts.GetSessionTokenInput{})
		harness.WantAWS(t, err, "AccessDenied", "")
	})
}
