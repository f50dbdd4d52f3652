package signature_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/polity-cloud/polity/conformance/harness"
)

// A session that is over is refused in the words that clients look for. The twin's clock makes it old.
func TestSessionExpires(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t, "--auth", "verify")
	k := organization(t, s)
	out := harness.Try(s.STS(k).GetSessionToken(t.Context(), &sts.GetSessionTokenInput{DurationSeconds: aws.Int32(900)})).Or(t)
	c := out.Credentials
	session := harness.Key{ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}
	_, err := s.Organizations(session).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	harness.WantAWS(t, err, "", "")

	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "16m"}, nil)
	r, body := s.JSONRequest(t, "DescribeOrganization", map[string]any{})
	harness.SignAWS(t, r, body, session, "organizations", time.Now())
	if status, code := jsonCode(t, r); status != 400 || code != "ExpiredTokenException" {
		t.Errorf("to Organizations an old session is answered %d %s, want 400 ExpiredTokenException", status, code)
	}
	r, body = s.QueryRequest(t, "GetCallerIdentity", nil)
	harness.SignAWS(t, r, body, session, "sts", time.Now())
	if status, code := queryCode(t, r); status != 403 || code != "ExpiredToken" {
		t.Errorf("to STS an old session is answered %d %s, want 403 ExpiredToken", status, code)
	}
}

func TestSessionTokenBelongsToItsKey(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		session := func() harness.Key {
			out := harness.Try(s.STS(organization(t, s)).GetSessionToken(t.Context(), &sts.GetSessionTokenInput{})).Or(t)
			return harness.Key{ID: *out.Credentials.AccessKeyId, Secret: *out.Credentials.SecretAccessKey, Token: *out.Credentials.SessionToken}
		}
		one, other := session(), session()
		one.Token = other.Token
		_, err := s.Organizations(one).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		harness.WantAWS(t, err, "UnrecognizedClientException", "")
		_, err = s.STS(one).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		harness.WantAWS(t, err, "InvalidClientTokenId", "")
	})
}
