package twin_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// refusal is how a creation that the quota forbids ends: at once or later, for the cloud does either.
func refusal(t *testing.T, c *organizations.Client) string {
	t.Helper()
	out, err := c.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("too many"), Email: aws.String(address())})
	if err != nil {
		_, reason := harness.AWSError(err)
		return reason
	}
	return string(await(t, c, out.CreateAccountStatus.Id).FailureReason)
}

func TestAccountsAreTenByDefault(t *testing.T) {
	for _, engine := range harness.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			c := begin(t, harness.Serve(t, engine, "--quotas", "vendor"))
			for range 9 {
				if made := create(t, c, address()); made.State != types.CreateAccountStateSucceeded {
					t.Fatalf("a creation within the quota ends %s", made.FailureReason)
				}
			}
			if why := refusal(t, c); why != "ACCOUNT_LIMIT_EXCEEDED" && why != "ACCOUNT_NUMBER_LIMIT_EXCEEDED" {
				t.Errorf("the account after the tenth is refused with %q", why)
			}
			if n := count(t, c); n != 10 {
				t.Errorf("there are %d accounts, want 10", n)
			}
		})
	}
}

func TestSixthCreationInProgressIsRefused(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t, "--quotas", "vendor", "--pace", "realistic")
	c := begin(t, s)
	s.Native(t, "POST", "/_polity/clock", map[string]bool{"freeze": true}, nil)
	var asked []*string
	for range 5 {
		asked = append(asked, ask(t, c, address()).Id)
	}
	_, err := c.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("sixth"), Email: aws.String(address())})
	harness.WantAWS(t, err, "ConstraintViolationException", "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED")
	for _, id := range asked {
		if now := status(t, c, id); now.State != types.CreateAccountStateInProgress {
			t.Errorf("under a frozen clock a creation is %s, want it in progress", now.State)
		}
	}
	// A minute later all have ended, and there is room again.
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "1m"}, nil)
	for _, id := range asked {
		if made := await(t, c, id); made.State != types.CreateAccountStateSucceeded {
			t.Errorf("the creation ends %s", made.FailureReason)
		}
	}
	ask(t, c, address())
}

func TestSingleQuotas(t *testing.T) {
	t.Parallel()
	c := begin(t, harness.Dev(t, "--quota", "units=3"))
	roots := harness.Try(c.ListRoots(t.Context(), &organizations.ListRootsInput{})).Or(t)
	for i := range 4 {
		in := &organizations.CreateOrganizationalUnitInput{ParentId: roots.Roots[0].Id, Name: aws.String(fmt.Sprint("unit ", i))}
		_, err := c.CreateOrganizationalUnit(t.Context(), in)
		if i < 3 {
			harness.WantAWS(t, err, "", "")
		} else {
			harness.WantAWS(t, err, "ConstraintViolationException", "OU_NUMBER_LIMIT_EXCEEDED")
		}
	}
}

func TestQuotasOfInvitationsAndTransfers(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t, "--quota", "invitations=1", "--quota", "inbound-transfers=1")
	c := begin(t, s)
	invite := func() error {
		in := &organizations.InviteAccountToOrganizationInput{Target: &types.HandshakeParty{Id: aws.String(address()), Type: types.HandshakePartyTypeEmail}}
		_, err := c.InviteAccountToOrganization(t.Context(), in)
		return err
	}
	harness.WantAWS(t, invite(), "", "")
	code, reason := harness.AWSError(invite())
	if reason != "HANDSHAKE_RATE_LIMIT_EXCEEDED" {
		t.Errorf("the second invitation of a day ends with %s %s", code, reason)
	}
	now := time.Now().UTC()
	start := time.Date(now.Year(), now.Month()+2, 1, 0, 0, 0, 0, time.UTC)
	for i, want := range []string{"", "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION"} {
		k := s.Mint(t, harness.AWS)
		harness.Try(s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
		_, err := c.InviteOrganizationToTransferResponsibility(t.Context(), &organizations.InviteOrganizationToTransferResponsibilityInput{
			Type: types.ResponsibilityTransferTypeBilling, Target: &types.HandshakeParty{Id: &k.Account, Type: types.HandshakePartyTypeAccount},
			StartTimestamp: &start, SourceName: aws.String("other"),
		})
		if code, reason := harness.AWSError(err); reason != want {
			t.Errorf("offer %d ends with %s %s, want %s", i+1, code, reason, want)
		}
	}
}
