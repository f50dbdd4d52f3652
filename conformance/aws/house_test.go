package aws_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m, harness.AWSExercised(byTwin)) }

// The codes of the two errors that have reasons.
const (
	invalid    = "InvalidInputException"
	constraint = "ConstraintViolationException"
)

// house is an organization of a test's own, seen by its management account.
type house struct {
	*organizations.Client
	server *harness.Server
	key    harness.Key // of an administrator of the management account
	id     string
	root   string
}

// begin makes an organization of a feature set.
func begin(t *testing.T, s *harness.Server, set types.OrganizationFeatureSet) *house {
	t.Helper()
	h := &house{server: s, key: s.Mint(t, harness.AWS)}
	h.Client = s.Organizations(h.key)
	made := harness.Try(h.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{FeatureSet: set})).Or(t)
	h.id = *made.Organization.Id
	roots := harness.Try(h.ListRoots(t.Context(), &organizations.ListRootsInput{})).Or(t)
	h.root = *roots.Roots[0].Id
	return h
}

func newHouse(t *testing.T, s *harness.Server) *house {
	t.Helper()
	return begin(t, s, types.OrganizationFeatureSetAll)
}

var addresses atomic.Int64

// address is an e-mail address that no account has.
func address() *string {
	return aws.String(fmt.Sprintf("conformance-%d@corp.example", addresses.Add(1)))
}

// await waits until a creation has ended.
func (h *house) await(t *testing.T, id *string) types.CreateAccountStatus {
	t.Helper()
	var now types.CreateAccountStatus
	harness.Until(t, "the creation "+*id+" has ended", func() bool {
		out := harness.Try(h.DescribeCreateAccountStatus(t.Context(), &organizations.DescribeCreateAccountStatusInput{CreateAccountRequestId: id})).Or(t)
		now = *out.CreateAccountStatus
		return now.State != types.CreateAccountStateInProgress
	})
	return now
}

// ask creates an account and returns how that ended.
func (h *house) ask(t *testing.T, in *organizations.CreateAccountInput) types.CreateAccountStatus {
	t.Helper()
	out := harness.Try(h.CreateAccount(t.Context(), in)).Or(t)
	return h.await(t, out.CreateAccountStatus.Id)
}

// account creates an account that has nothing special about it.
func (h *house) account(t *testing.T) string {
	t.Helper()
	made := h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("member"), Email: address()})
	if made.State != types.CreateAccountStateSucceeded {
		t.Fatalf("the account's creation ends %s, %s", made.State, made.FailureReason)
	}
	return *made.AccountId
}

func (h *house) unit(t *testing.T, parent, name string) string {
	t.Helper()
	out := harness.Try(h.CreateOrganizationalUnit(t.Context(), &organizations.CreateOrganizationalUnitInput{ParentId: &parent, Name: &name})).Or(t)
	return *out.OrganizationalUnit.Id
}

func (h *house) describe(t *testing.T, account string) types.Account {
	t.Helper()
	return *harness.Try(h.DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: &account})).Or(t).Account
}

// accounts lists all accounts by the SDK's paginator, in pages of a size.
func (h *house) accounts(t *testing.T, size int32) []types.Account {
	t.Helper()
	var all []types.Account
	pages := organizations.NewListAccountsPaginator(h, &organizations.ListAccountsInput{MaxResults: &size})
	for pages.HasMorePages() {
		page := harness.Try(pages.NextPage(t.Context())).Or(t)
		if len(page.Accounts) > int(size) {
			t.Fatalf("a page of at most %d has %d accounts", size, len(page.Accounts))
		}
		all = append(all, page.Accounts...)
	}
	return all
}

func (h *house) parent(t *testing.T, child string) string {
	t.Helper()
	out := harness.Try(h.ListParents(t.Context(), &organizations.ListParentsInput{ChildId: &child})).Or(t)
	if len(out.Parents) != 1 {
		t.Fatalf("%s has %d parents, want one", child, len(out.Parents))
	}
	return *out.Parents[0].Id
}

func (h *house) tags(t *testing.T, resource string) map[string]string {
	t.Helper()
	out := map[string]string{}
	pages := organizations.NewListTagsForResourcePaginator(h, &organizations.ListTagsForResourceInput{ResourceId: &resource})
	for pages.HasMorePages() {
		for _, tag := range harness.Try(pages.NextPage(t.Context())).Or(t).Tags {
			out[*tag.Key] = *tag.Value
		}
	}
	return out
}

// arn is the ARN of something in the organization.
func (h *house) arn(kind, path string) string {
	return "arn:aws:organizations::" + h.key.Account + ":" + kind + "/" + path
}

func tag(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }
