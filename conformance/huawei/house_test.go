package huawei_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m, harness.Exercised("hworg", conflicts...)) }

// house is an organization of a test's own, seen by its management account.
type house struct {
	*hworg.OrganizationsClient
	server *harness.Server
	key    harness.Key
	id     string
	root   string
}

func newHouse(t *testing.T, s *harness.Server) *house {
	t.Helper()
	h := &house{server: s, key: s.Mint(t, harness.Huawei)}
	h.OrganizationsClient = s.HuaweiOrganizations(t, h.key)
	made := harness.Try(h.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	if made.HttpStatusCode != 201 {
		t.Errorf("CreateOrganization answers %d, want 201", made.HttpStatusCode)
	}
	h.id = made.Organization.Id
	roots := harness.Try(h.ListRoots(&model.ListRootsRequest{})).Or(t)
	h.root = (*roots.Roots)[0].Id
	return h
}

var names atomic.Int64

// name is an account's name that no account has.
func name() string { return fmt.Sprintf("account-%d", names.Add(1)) }

func address() *string {
	a := fmt.Sprintf("conformance-%d@corp.example", names.Add(1))
	return &a
}

// await waits until a creation has ended.
func (h *house) await(t *testing.T, id string) model.CreateAccountStatusDto {
	t.Helper()
	var now model.CreateAccountStatusDto
	harness.Until(t, "the creation "+id+" has ended", func() bool {
		out := harness.Try(h.ShowCreateAccountStatus(&model.ShowCreateAccountStatusRequest{CreateAccountStatusId: id})).Or(t)
		now = *out.CreateAccountStatus
		return now.State != "in_progress"
	})
	return now
}

// ask creates an account and returns how that ended.
func (h *house) ask(t *testing.T, in model.CreateAccountReqBody) model.CreateAccountStatusDto {
	t.Helper()
	out := harness.Try(h.CreateAccount(&model.CreateAccountRequest{Body: &in})).Or(t)
	return h.await(t, out.CreateAccountStatus.Id)
}

func (h *house) account(t *testing.T) model.CreateAccountStatusDto {
	t.Helper()
	made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address()})
	if made.State != "succeeded" || made.AccountId == "" {
		t.Fatalf("the account's creation ends %s, %s", made.State, text(made.FailureReason))
	}
	return made
}

func (h *house) tryUnit(parent, name string) (string, error) {
	out, err := h.CreateOrganizationalUnit(&model.CreateOrganizationalUnitRequest{Body: &model.CreateOrganizationalUnitReqBody{Name: name, ParentId: parent}})
	if err != nil {
		return "", err
	}
	return out.OrganizationalUnit.Id, nil
}

func (h *house) unit(t *testing.T, parent, name string) string {
	t.Helper()
	return harness.Try(h.tryUnit(parent, name)).Or(t)
}

// accounts lists all accounts under a parent, of the whole organization for an empty one, in pages of a size.
func (h *house) accounts(t *testing.T, parent string, size int32) []model.AccountDto {
	t.Helper()
	var all []model.AccountDto
	in := &model.ListAccountsRequest{Limit: &size}
	if parent != "" {
		in.ParentId = &parent
	}
	for {
		out := harness.Try(h.ListAccounts(in)).Or(t)
		all = append(all, *out.Accounts...)
		if int(*out.PageInfo.CurrentCount) != len(*out.Accounts) || len(*out.Accounts) > int(size) {
			t.Fatalf("a page of at most %d has %d accounts and counts %d", size, len(*out.Accounts), *out.PageInfo.CurrentCount)
		}
		if out.PageInfo.NextMarker == "" {
			return all
		}
		// Some clients stop at a page that is not full.
		if len(*out.Accounts) != int(size) {
			t.Fatalf("a page of %d that is not the last has %d accounts", size, len(*out.Accounts))
		}
		in.Marker = &out.PageInfo.NextMarker
	}
}

// parent finds the parent of an account or unit as clients do.
func (h *house) parent(t *testing.T, child string) model.EntityDto {
	t.Helper()
	out := harness.Try(h.ListEntities(&model.ListEntitiesRequest{ChildId: &child})).Or(t)
	if len(*out.Entities) != 1 {
		t.Fatalf("%s has %d parents, want one", child, len(*out.Entities))
	}
	return (*out.Entities)[0]
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
