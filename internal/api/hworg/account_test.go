package hworg

import (
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const accounts = "/v1/organizations/accounts"

func TestAManagementAccountIsAMember(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var seen ListAccountsResult
	h.do("ListAccounts", manager, "GET", accounts, "", &seen)
	if len(seen.Accounts) != 1 || seen.Accounts[0].ID != manager || seen.Accounts[0].JoinMethod != JoinMethodInvited {
		t.Fatalf("got %+v", seen)
	}
}

func TestContactDataIsShownOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var made CreateAccountResult
	h.do("CreateAccount", manager, "POST", accounts, `{"name":"member-one","email":"one@example.com","phone":"13800000000","description":"the first"}`, &made)
	id := h.vend(made.CreateAccountStatus.ID)
	var plain, full, listed struct {
		Account  AccountDto
		Accounts []AccountDto
	}
	h.do("ShowAccount", manager, "GET", accounts+"/"+id, "", &plain)
	a := plain.Account
	if a.Email != nil || a.MobilePhone != nil || a.IntlNumberPrefix != nil {
		t.Fatalf("got %+v", a)
	}
	if a.ID != id || a.Name != "member-one" || *a.Description != "the first" || a.JoinMethod != JoinMethodCreated || a.Status != AccountStatusActive ||
		!strings.HasPrefix(a.URN, "organizations::"+manager+":account:o-") || !strings.HasSuffix(a.URN, "/"+id) {
		t.Fatalf("got %+v", a)
	}
	h.do("ShowAccount", manager, "GET", accounts+"/"+id+"?with_register_contact_info=true", "", &full)
	if *full.Account.Email != "one@example.com" || *full.Account.MobilePhone != "13800000000" {
		t.Fatalf("got %+v", full.Account)
	}
	h.do("ListAccounts", manager, "GET", accounts+"?with_register_contact_info=true", "", &listed)
	same(t, listed.Accounts[1], full.Account)
}

func TestPagesWithContactDataHaveAtMost200Rows(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("ListAccounts", manager, "GET", accounts+"?with_register_contact_info=true&limit=200", "", nil)
	h.do("ListAccounts", manager, "GET", accounts+"?with_register_contact_info=false&limit=201", "", nil)
	h.refused("ListAccounts", manager, "GET", accounts+"?with_register_contact_info=true&limit=201", "", http.StatusBadRequest, "Organizations.1000")
}

func TestMoveAccount(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id, ou := h.member("member-one"), h.unit(h.root, "one")
	move := func(from, to string) string {
		return `{"source_parent_id":"` + from + `","destination_parent_id":"` + to + `"}`
	}
	path := accounts + "/" + id + "/move"
	rec := h.ask("MoveAccount", manager, "POST", path, move(h.root, ou))
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	var seen ListAccountsResult
	h.do("ListAccounts", manager, "GET", accounts+"?parent_id="+ou, "", &seen)
	if len(seen.Accounts) != 1 || seen.Accounts[0].ID != id {
		t.Fatalf("got %+v", seen)
	}
	h.refused("MoveAccount", manager, "POST", path, move(h.root, ou), http.StatusBadRequest, "Organizations.1303")
	h.refused("MoveAccount", manager, "POST", path, move(ou, ou), http.StatusBadRequest, "Organizations.1303")
	h.refused("MoveAccount", manager, "POST", path, move(ou, "ou-none"), http.StatusNotFound, "Organizations.1201")
	h.refused("MoveAccount", manager, "POST", accounts+"/none/move", move(h.root, ou), http.StatusNotFound, "Organizations.1301")
}

func TestMissingAccounts(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, id := range []string{"none", stranger, "00000000000000000000000000000000"} {
		h.refused("ShowAccount", manager, "GET", accounts+"/"+id, "", http.StatusNotFound, "Organizations.1301")
	}
	h.refused("ListAccounts", manager, "GET", accounts+"?parent_id=ou-none", "", http.StatusNotFound, "Organizations.1201")
}

func TestAccountStatesFoldToThoseOfTheContract(t *testing.T) {
	t.Parallel()
	for s, want := range map[org.AccountState]AccountStatus{
		org.AccountActive: AccountStatusActive, org.AccountPendingClosure: AccountStatusPendingClosure,
		org.AccountSuspended: AccountStatusSuspended, org.AccountClosed: AccountStatusSuspended,
	} {
		if got := status(s); got != want {
			t.Errorf("%s: got %s", s, got)
		}
	}
}

func TestUpdateAccountChangesTheDescriptionAlone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("member-one")
	for _, step := range []struct{ body, want string }{
		{`{"description":"the first"}`, "the first"}, {`{"description":null}`, "the first"}, {`{}`, "the first"}, {`{"description":""}`, ""},
	} {
		var out UpdateAccountResult
		h.do("UpdateAccount", manager, "PATCH", accounts+"/"+id, step.body, &out)
		if hwrest.Text(out.Account.Description) != step.want || out.Account.Name != "member-one" {
			t.Errorf("%s: got %+v", step.body, out.Account)
		}
		var seen ShowAccountResult
		h.do("ShowAccount", manager, "GET", accounts+"/"+id, "", &seen)
		same(t, seen.Account, out.Account)
	}
	h.refused("UpdateAccount", manager, "PATCH", accounts+"/none", `{"description":"a"}`, http.StatusNotFound, "Organizations.1301")
	h.refused("UpdateAccount", manager, "PATCH", accounts+"/"+id, `{"description":"a\u0000b"}`, http.StatusBadRequest, "Organizations.1000")
}

// Huawei Cloud has three words for the states of an account: whoever cannot use one finds it suspended.
func TestAnAccountThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("member-one")
	for state, want := range map[org.AccountState]AccountStatus{
		org.AccountSuspended: AccountStatusSuspended, org.AccountPendingActivation: AccountStatusSuspended, org.AccountActive: AccountStatusActive,
	} {
		if err := h.plane.SetState(t.Context(), org.AccountID(member), state); err != nil {
			t.Fatal(err)
		}
		var out ShowAccountResult
		h.do("ShowAccount", manager, "GET", accounts+"/"+member, "", &out)
		if out.Account.Status != want {
			t.Errorf("%s is shown as %s", state, out.Account.Status)
		}
		if state == org.AccountActive {
			h.do("ShowOrganization", member, "GET", "/v1/organizations", "", nil)
			continue
		}
		h.refused("ShowOrganization", member, "GET", "/v1/organizations", "", http.StatusUnauthorized, "APIGW.0301")
		h.refused("CloseAccount", manager, "POST", accounts+"/"+member+"/close", "", http.StatusBadRequest, "Organizations.1325")
	}
}
