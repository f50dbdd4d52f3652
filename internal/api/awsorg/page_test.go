package awsorg

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// walk reads a list page by page and returns the ids, in order.
func (h *house) walk(operation, account, list string, size int, members map[string]any) []string {
	h.Helper()
	var ids []string
	in := map[string]any{"MaxResults": size}
	for k, v := range members {
		in[k] = v
	}
	for range 100 {
		out := h.do(operation, account, h.text(in)).(map[string]any)
		for _, e := range out[list].([]any) {
			ids = append(ids, h.find(e, "Id").(string))
		}
		token, more := out["NextToken"]
		if !more {
			return ids
		}
		if token == "" || token == in["NextToken"] {
			h.Fatalf("%s: the token %v is no other page", operation, token)
		}
		if got := len(out[list].([]any)); got != size {
			h.Errorf("%s: %d on a page of %d that is not the last", operation, got, size)
		}
		in["NextToken"] = token
	}
	h.Fatalf("%s does not end", operation)
	return nil
}

func TestListsArePagedToTheirEnd(t *testing.T) {
	t.Parallel()
	h := managed(t)
	unit := h.unit(h.r, "unit")
	for i := range 45 {
		h.unit(unit, fmt.Sprint(i))
	}
	for i := range 6 {
		id := h.member(fmt.Sprint("m", i))
		h.do("MoveAccount", payer, object("AccountId", id, "SourceParentId", h.r, "DestinationParentId", unit))
	}
	for _, c := range []struct {
		operation, list string
		members         map[string]any
		want            int
	}{
		{"ListOrganizationalUnitsForParent", "OrganizationalUnits", map[string]any{"ParentId": unit}, 45},
		{"ListAccountsForParent", "Accounts", map[string]any{"ParentId": unit}, 6},
		{"ListAccounts", "Accounts", nil, 7},
		{"ListCreateAccountStatus", "CreateAccountStatuses", nil, 6},
		{"ListCreateAccountStatus", "CreateAccountStatuses", map[string]any{"States": []string{"SUCCEEDED"}}, 6},
	} {
		for _, size := range []int{1, 3, 5, 20} {
			seen := map[string]bool{}
			for _, id := range h.walk(c.operation, payer, c.list, size, c.members) {
				if seen[id] {
					t.Errorf("%s by %d: %s comes twice", c.operation, size, id)
				}
				seen[id] = true
			}
			if len(seen) != c.want {
				t.Errorf("%s by %d: %d of %d", c.operation, size, len(seen), c.want)
			}
		}
	}
	if got := h.find(h.do("ListOrganizationalUnitsForParent", payer, object("ParentId", unit)), "OrganizationalUnits").([]any); len(got) != 20 {
		t.Errorf("a page without a size holds %d", len(got))
	}
}

func TestATokenOpensItsOwnListOnly(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("CreateOrganization", stranger, `{}`)
	unit := h.unit(h.r, "unit")
	for i := range 3 {
		h.unit(unit, fmt.Sprint(i))
		h.unit(h.r, fmt.Sprint(i))
		h.member(fmt.Sprint("m", i))
	}
	token := func(operation, body string) string {
		t.Helper()
		return h.find(h.do(operation, payer, body), "NextToken").(string)
	}
	accounts := token("ListAccounts", `{"MaxResults":1}`)
	inRoot := token("ListAccountsForParent", `{"MaxResults":1,"ParentId":"`+h.r+`"}`)
	units := token("ListOrganizationalUnitsForParent", `{"MaxResults":1,"ParentId":"`+h.r+`"}`)
	creations := token("ListCreateAccountStatus", `{"MaxResults":1}`)
	ended := token("ListCreateAccountStatus", `{"MaxResults":1,"States":["SUCCEEDED"]}`)
	with := func(token string, more ...string) string { return object(append(more, "NextToken", token)...) }
	for _, c := range []struct{ says, operation, account, body string }{
		{"another operation's", "ListAccounts", payer, with(inRoot)},
		{"another operation's, of the same parent", "ListAccountsForParent", payer, with(units, "ParentId", h.r)},
		{"another parent's", "ListAccountsForParent", payer, with(inRoot, "ParentId", unit)},
		{"another parent's", "ListOrganizationalUnitsForParent", payer, with(units, "ParentId", unit)},
		{"another account's", "ListAccounts", stranger, with(accounts)},
		{"of all states", "ListCreateAccountStatus", payer, `{"States":["SUCCEEDED"],"NextToken":"` + creations + `"}`},
		{"of one state", "ListCreateAccountStatus", payer, with(ended)},
		{"of another state", "ListCreateAccountStatus", payer, `{"States":["FAILED"],"NextToken":"` + ended + `"}`},
		{"one that was changed", "ListAccounts", payer, with(accounts[:4] + strings.ToLower(accounts[4:]))},
		{"one that is none", "ListAccounts", payer, with("1")},
		{"an empty one", "ListCreateAccountStatus", payer, with(" ")},
	} {
		h.refuses(c.says, c.operation, c.account, c.body, "InvalidInputException", "INVALID_NEXT_TOKEN")
	}
	h.do("ListAccounts", payer, `{"MaxResults":20,"NextToken":"`+accounts+`"}`)
}

// What an account received is found by its id and by its address, and is one list all the same.
func TestReceivedListsArePagedToTheirEnd(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var handshakes, transfers []string
	for i := range 7 {
		h.pass(time.Second)
		to := party("ACCOUNT", stranger)
		if i%3 == 1 {
			to = party("EMAIL", stranger+"@account.example")
		}
		id := h.find(h.do("InviteAccountToOrganization", payer, `{`+to+`}`), "Handshake", "Id").(string)
		h.do([]string{"CancelHandshake", "DeclineHandshake"}[i%2], []string{payer, stranger}[i%2], object("HandshakeId", id))
		handshakes = append([]string{id}, handshakes...)
	}
	invited := map[string]any{"Filter": map[string]any{"ActionType": "INVITE"}}
	for size := 1; size <= 4; size++ {
		if got := h.walk("ListHandshakesForAccount", stranger, "Handshakes", size, invited); !slices.Equal(got, handshakes) {
			t.Errorf("in pages of %d it received %v, want %v", size, got, handshakes)
		}
	}
	h.do("CreateOrganization", stranger, `{}`)
	for range 5 {
		h.pass(time.Second)
		made := h.do("InviteOrganizationToTransferResponsibility", payer, transferOf(stranger, february))
		h.do("DeclineHandshake", stranger, object("HandshakeId", h.find(made, "Handshake", "Id").(string)))
		transfers = append([]string{h.find(made, "Handshake", "Resources", 0, "Value").(string)}, transfers...)
	}
	bill := map[string]any{"Type": "BILLING"}
	for size := 1; size <= 3; size++ {
		for list, by := range map[string]string{"ListInboundResponsibilityTransfers": payer, "ListOutboundResponsibilityTransfers": stranger} {
			if got := h.walk(list, by, "ResponsibilityTransfers", size, bill); !slices.Equal(got, transfers) {
				t.Errorf("%s in pages of %d has %v, want %v", list, size, got, transfers)
			}
		}
	}
}

func TestATokenDoesNotOutliveItsOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	invite := func() {
		for _, to := range []string{"one@corp.example", "two@corp.example"} {
			h.do("InviteAccountToOrganization", payer, `{`+party("EMAIL", to)+`}`)
		}
	}
	invite()
	token := h.find(h.do("ListHandshakesForOrganization", payer, `{"MaxResults":1}`), "NextToken").(string)
	list := `{"MaxResults":1,"NextToken":"` + token + `"}`
	h.do("ListHandshakesForOrganization", payer, list)
	h.do("DeleteOrganization", payer, `{}`)
	h.do("CreateOrganization", payer, `{}`)
	invite()
	h.refuses("an earlier organization's", "ListHandshakesForOrganization", payer, list, "InvalidInputException", "INVALID_NEXT_TOKEN")
}
