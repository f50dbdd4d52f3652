package twin_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestCallersAreHeldToThePublishedRates(t *testing.T) {
	t.Parallel()
	c := begin(t, harness.Dev(t, "--throttle", "vendor"))
	describe := func() string {
		_, err := c.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		code, _ := harness.AWSError(err)
		return code
	}
	code := ""
	for range 4 { // two at once, and one more with each second
		if code = describe(); code != "" {
			break
		}
	}
	if code != "TooManyRequestsException" {
		t.Errorf("four requests at once end with %q", code)
	}
	harness.Until(t, "there is room again", func() bool { return describe() == "" })
}

func TestServicesThatPolityDoesNotKnow(t *testing.T) {
	t.Parallel()
	in := &organizations.EnableAWSServiceAccessInput{ServicePrincipal: aws.String("brand-new.amazonaws.com")}
	_, err := begin(t, harness.Dev(t)).EnableAWSServiceAccess(t.Context(), in)
	harness.WantAWS(t, err, "InvalidInputException", "UNRECOGNIZED_SERVICE_PRINCIPAL")
	_, err = begin(t, harness.Dev(t, "--services", "any")).EnableAWSServiceAccess(t.Context(), in)
	harness.WantAWS(t, err, "", "")
}
