package twin_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// TestFaultNamesAReason asks for what cannot happen here by itself.
func TestFaultNamesAReason(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	for reason, code := range map[string]string{
		"TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS": "ConstraintViolationException",
		"TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS": "ConstraintViolationException",
		"ACCOUNT_NUMBER_LIMIT_EXCEEDED":                       "ConstraintViolationException",
		"CALLER_REQUIRED_FIELD_MISSING":                       "InvalidInputException",
		"INVALID_SYNTAX_ORGANIZATION_ARN":                     "InvalidInputException",
		"UNUSED_PREPAYMENT_BALANCE":                           "HandshakeConstraintViolationException",
	} {
		inject(t, s, fault{"operation": "AcceptHandshake", "error": code, "reason": reason})
		_, err := c.AcceptHandshake(t.Context(), &organizations.AcceptHandshakeInput{HandshakeId: aws.String("h-00000000")})
		harness.WantAWS(t, err, code, reason)
	}
	if status, body := s.TryNative(t, "POST", "/_polity/faults", s.Token, fault{"operation": "*", "error": "ConstraintViolationException", "reason": "NONE"}); status != 400 {
		t.Errorf("a reason that does not exist answers %d: %s", status, body)
	}
}

func TestEmailIsToBeVerifiedWithinADay(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	k := s.Mint(t, harness.AWS)
	c := s.Organizations(k)
	harness.Try(c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	s.Native(t, "PUT", "/_polity/accounts/"+k.Account+"/hindrances", map[string][]string{"hindrances": {"no-verified-email"}}, nil)
	invite := func() error {
		to := &types.HandshakeParty{Id: aws.String("222222222222"), Type: types.HandshakePartyTypeAccount}
		_, err := c.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{Target: to})
		return err
	}
	harness.WantAWS(t, invite(), "AccountOwnerNotVerifiedException", "")
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "24h"}, nil)
	harness.WantAWS(t, invite(), "ConstraintViolationException", "EMAIL_VERIFICATION_CODE_EXPIRED")
}
