package twin_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m) }

var names atomic.Int64

func address() string { return fmt.Sprintf("twin-%d@corp.example", names.Add(1)) }

// begin makes an AWS organization and returns its management account's client.
func begin(t *testing.T, s *harness.Server) *organizations.Client {
	t.Helper()
	c := s.Organizations(s.Mint(t, harness.AWS))
	harness.Try(c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	return c
}

func ask(t *testing.T, c *organizations.Client, email string) *types.CreateAccountStatus {
	t.Helper()
	in := &organizations.CreateAccountInput{AccountName: aws.String("asked"), Email: &email}
	return harness.Try(c.CreateAccount(t.Context(), in)).Or(t).CreateAccountStatus
}

func status(t *testing.T, c *organizations.Client, id *string) *types.CreateAccountStatus {
	t.Helper()
	in := &organizations.DescribeCreateAccountStatusInput{CreateAccountRequestId: id}
	return harness.Try(c.DescribeCreateAccountStatus(t.Context(), in)).Or(t).CreateAccountStatus
}

// await waits until a creation has ended.
func await(t *testing.T, c *organizations.Client, id *string) (now *types.CreateAccountStatus) {
	t.Helper()
	harness.Until(t, "the creation has ended", func() bool {
		now = status(t, c, id)
		return now.State != types.CreateAccountStateInProgress
	})
	return now
}

func create(t *testing.T, c *organizations.Client, email string) *types.CreateAccountStatus {
	t.Helper()
	return await(t, c, ask(t, c, email).Id)
}

func count(t *testing.T, c *organizations.Client) int {
	t.Helper()
	n := 0
	pages := organizations.NewListAccountsPaginator(c, &organizations.ListAccountsInput{})
	for pages.HasMorePages() {
		n += len(harness.Try(pages.NextPage(t.Context())).Or(t).Accounts)
	}
	return n
}

// beginHuawei makes a Huawei Cloud organization and returns its management account's client.
func beginHuawei(t *testing.T, s *harness.Server) *hworg.OrganizationsClient {
	t.Helper()
	c := s.HuaweiOrganizations(t, s.Mint(t, harness.Huawei))
	harness.Try(c.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	return c
}

// createHuawei creates an account and waits until that has ended.
func createHuawei(t *testing.T, c *hworg.OrganizationsClient, name, email string) (now *model.CreateAccountStatusDto) {
	t.Helper()
	out := harness.Try(c.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: name, Email: &email}})).Or(t)
	harness.Until(t, "the creation has ended", func() bool {
		now = harness.Try(c.ShowCreateAccountStatus(&model.ShowCreateAccountStatusRequest{CreateAccountStatusId: out.CreateAccountStatus.Id})).Or(t).CreateAccountStatus
		return now.State != "in_progress"
	})
	return now
}

// fault is what the twin is asked to let go wrong.
type fault map[string]any

func inject(t *testing.T, s *harness.Server, f fault) {
	t.Helper()
	var made struct{ ID string }
	s.Native(t, "POST", "/_polity/faults", f, &made)
	if made.ID == "" {
		t.Errorf("the fault %v has no id", f)
	}
}

func armed(t *testing.T, s *harness.Server) int {
	t.Helper()
	var list struct{ Faults []any }
	s.Native(t, "GET", "/_polity/faults", nil, &list)
	return len(list.Faults)
}
