package aws_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/polity-cloud/polity/conformance/harness"
)

// AWS Organizations puts no encoded message into its errors. A header of polity's own carries one.
func TestADenialIsDecodedBySTS(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.enable(t, types.PolicyTypeServiceControlPolicy)
		member := h.account(t)
		guard := h.policy(t, types.PolicyTypeServiceControlPolicy, "guard", `{"Version":"2012-10-17","Statement":[{"Sid":"Hide","Effect":"Deny","Action":"organizations:DescribeOrganization","Resource":"*"}]}`)
		if _, err := h.AttachPolicy(t.Context(), &organizations.AttachPolicyInput{PolicyId: &guard, TargetId: &member}); err != nil {
			t.Fatal(err)
		}
		inside := assume(t, s, h.key, member, "OrganizationAccountAccessRole")
		_, err := s.Organizations(inside).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		harness.WantAWS(t, err, "AccessDeniedException", "")
		var e *smithyhttp.ResponseError
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		message := e.Response.Header.Get("X-Polity-Encoded-Authorization-Message")
		out := harness.Try(s.STS(inside).DecodeAuthorizationMessage(t.Context(), &sts.DecodeAuthorizationMessageInput{EncodedMessage: &message})).Or(t)
		for _, want := range []string{`"explicitDeny":true`, `"statementId":"Hide"`, `"action":"organizations:DescribeOrganization"`, guard} {
			if !strings.Contains(*out.DecodedMessage, want) {
				t.Errorf("the message %s lacks %s", *out.DecodedMessage, want)
			}
		}
		_, err = s.STS(h.key).DecodeAuthorizationMessage(t.Context(), &sts.DecodeAuthorizationMessageInput{EncodedMessage: &message})
		harness.WantAWS(t, err, "InvalidAuthorizationMessageException", "")
	})
}
