package twin_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestServicesThatPolityDoesNotKnow(t *testing.T) {
	t.Parallel()
	in := &organizations.EnableAWSServiceAccessInput{ServicePrincipal: aws.String("brand-new.amazonaws.com")}
	_, err := begin(t, harness.Dev(t)).EnableAWSServiceAccess(t.Context(), in)
	harness.WantAWS(t, err, "InvalidInputException", "UNRECOGNIZED_SERVICE_PRINCIPAL")
	_, err = begin(t, harness.Dev(t, "--services", "any")).EnableAWSServiceAccess(t.Context(), in)
	harness.WantAWS(t, err, "", "")
}
