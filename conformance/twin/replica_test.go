package twin_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// Replicas on one PostgreSQL are one service: what is asked of one is known to the other, tokens of pages and sessions too.
func TestReplicasAreOneService(t *testing.T) {
	t.Parallel()
	database := harness.Database(t, "postgres")
	one := harness.ServeOn(t, "postgres", database)
	other := harness.ServeOn(t, "postgres", database)
	if len(other.First) != 0 {
		t.Errorf("the second replica prints the credentials %v", other.First)
	}
	k := one.Mint(t, harness.AWS)
	here, there := one.Organizations(k), other.Organizations(k)
	harness.Try(here.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	var asked []*string
	for _, c := range []*organizations.Client{here, there, here, there} {
		asked = append(asked, ask(t, c, address()).Id)
	}
	for i, id := range asked {
		c := []*organizations.Client{there, here}[i%2]
		if ended := await(t, c, id); ended.State != types.CreateAccountStateSucceeded {
			t.Errorf("a creation that the other replica took ends %s, %s", ended.State, ended.FailureReason)
		}
	}
	size := int32(1)
	in := &organizations.ListAccountsInput{MaxResults: &size}
	seen := map[string]bool{}
	for i := range 5 {
		out := harness.Try([]*organizations.Client{here, there}[i%2].ListAccounts(t.Context(), in)).Or(t)
		seen[*out.Accounts[0].Id] = true
		in.NextToken = out.NextToken
	}
	if len(seen) != 5 || in.NextToken != nil {
		t.Errorf("page by page from both replicas there are %d accounts, want 5", len(seen))
	}
}
