package twin_test

import (
	"testing"

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
