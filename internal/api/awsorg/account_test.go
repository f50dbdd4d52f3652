package awsorg

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

func (h *house) text(v any) string {
	h.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		h.Fatal(err)
	}
	return string(b)
}

func TestAccountsAreShownAsTheSample(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("build")
	unit := h.unit(h.r, "unit")
	h.answers("MoveAccount", payer, object("AccountId", id, "SourceParentId", h.r, "DestinationParentId", unit), "")
	account := strings.NewReplacer("{a}", id, "{u}", unit).Replace(`{"Id":"{a}","Arn":"arn:aws:organizations::210987654321:account/{o}/{a}",
		"Email":"build@corp.example","Name":"build","Status":"ACTIVE","State":"ACTIVE","Paths":["{o}/{r}/{u}/{a}/"],"JoinedMethod":"CREATED",
		"JoinedTimestamp":1767225601.125}`)
	management := `{"Id":"210987654321","Arn":"arn:aws:organizations::210987654321:account/{o}/210987654321","Email":"210987654321@account.example",
		"Name":"account-210987654321","Status":"ACTIVE","State":"ACTIVE","Paths":["{o}/{r}/210987654321/"],"JoinedMethod":"INVITED","JoinedTimestamp":1767225600.125}`
	h.answers("DescribeAccount", payer, object("AccountId", id), `{"Account":`+account+`}`)
	h.answers("ListAccounts", payer, `{}`, `{"Accounts":[`+management+`,`+account+`]}`)
	h.answers("ListAccountsForParent", payer, object("ParentId", unit), `{"Accounts":[`+account+`]}`)
	h.answers("ListAccountsForParent", payer, object("ParentId", h.r), `{"Accounts":[`+management+`]}`)
	h.answers("ListParents", payer, object("ChildId", id), `{"Parents":[{"Id":"`+unit+`","Type":"ORGANIZATIONAL_UNIT"}]}`)
	h.answers("ListParents", payer, object("ChildId", unit), `{"Parents":[{"Id":"{r}","Type":"ROOT"}]}`)
}

func TestWhatAccountOperationsRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id, unit, none := h.member("one"), h.unit(h.r, "unit"), "ou-none-12345678"
	move := func(account, from, to string) string {
		return object("AccountId", account, "SourceParentId", from, "DestinationParentId", to)
	}
	for _, c := range []struct{ says, operation, body, code, reason string }{
		{"no id", "DescribeAccount", `{}`, "InvalidInputException", "INPUT_REQUIRED"},
		{"an id that is none", "DescribeAccount", object("AccountId", "abc"), "InvalidInputException", "INVALID_PATTERN"},
		{"an account of nobody's", "DescribeAccount", object("AccountId", "999999999999"), "AccountNotFoundException", ""},
		{"a stranger", "DescribeAccount", object("AccountId", stranger), "AccountNotFoundException", ""},
		{"an account of nobody's", "MoveAccount", move("999999999999", h.r, unit), "AccountNotFoundException", ""},
		{"a source that is not there", "MoveAccount", move(id, none, unit), "SourceParentNotFoundException", ""},
		{"a source that is not the parent", "MoveAccount", move(id, unit, h.r), "SourceParentNotFoundException", ""},
		{"a destination that is not there", "MoveAccount", move(id, h.r, none), "DestinationParentNotFoundException", ""},
		{"where it is", "MoveAccount", move(id, h.r, h.r), "DuplicateAccountException", ""},
		{"a parent that is not there", "ListAccountsForParent", object("ParentId", none), "ParentNotFoundException", ""},
		{"a parent that is none", "ListAccountsForParent", object("ParentId", id), "InvalidInputException", "INVALID_PATTERN"},
		{"a page too large", "ListAccounts", `{"MaxResults":21}`, "InvalidInputException", "MAX_VALUE_EXCEEDED"},
		{"a page too small", "ListAccounts", `{"MaxResults":0}`, "InvalidInputException", "MIN_VALUE_EXCEEDED"},
		{"a page that is no number", "ListAccounts", `{"MaxResults":"1"}`, "SerializationException", ""},
		{"the root as a child", "ListParents", object("ChildId", h.r), "InvalidInputException", "INVALID_PATTERN"},
		{"a child that is not there", "ListParents", object("ChildId", none), "ChildNotFoundException", ""},
		{"a token of nobody's", "ListParents", object("ChildId", id, "NextToken", "x"), "InvalidInputException", "INVALID_NEXT_TOKEN"},
	} {
		h.refuses(c.says, c.operation, payer, c.body, c.code, c.reason)
	}
}

// The operator sets what a cloud would: User Guide, "Monitor the state of your AWS accounts".
func TestAnAccountThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	for _, s := range []org.AccountState{org.AccountSuspended, org.AccountPendingActivation} {
		if err := h.plane.SetState(t.Context(), org.AccountID(id), s); err != nil {
			t.Fatal(err)
		}
		shown := h.find(h.do("DescribeAccount", payer, object("AccountId", id)), "Account").(map[string]any)
		if shown["State"] != string(s) || shown["Status"] != "SUSPENDED" {
			t.Errorf("%v", shown)
		}
		h.do("EnableAWSServiceAccess", payer, ssm)
		for operation := range sweep {
			h.refuses(string(s), operation, id, sweep[operation], "UnrecognizedClientException", "")
		}
		h.refuses("as a delegate", "RegisterDelegatedAdministrator", payer, object("AccountId", id, "ServicePrincipal", "ssm.amazonaws.com"), constraint,
			"CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR")
		h.refuses("to be closed", "CloseAccount", payer, object("AccountId", id), "ConflictException", "")
	}
	if err := h.plane.SetState(t.Context(), org.AccountID(id), org.AccountActive); err != nil {
		t.Fatal(err)
	}
	h.do("DescribeOrganization", id, `{}`)
}

func TestStatusCanBeDropped(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	h.do("EnableAWSServiceAccess", payer, ssm)
	h.do("RegisterDelegatedAdministrator", payer, object("AccountId", id, "ServicePrincipal", "ssm.amazonaws.com"))
	for _, dropped := range []bool{false, true} {
		if dropped {
			h.api = New(h.plane, authenticate, pagetoken.New(make([]byte, identity.KeySize)), h.faults, StateAlone())
		}
		for _, shown := range []any{
			h.find(h.do("DescribeAccount", payer, object("AccountId", id)), "Account"), h.find(h.do("ListAccounts", payer, `{}`), "Accounts", 1),
			h.find(h.do("ListAccountsForParent", payer, object("ParentId", h.r)), "Accounts", 1), h.find(h.do("ListDelegatedAdministrators", payer, `{}`), "DelegatedAdministrators", 0),
		} {
			fields := shown.(map[string]any)
			if _, sent := fields["Status"]; sent == dropped || fields["State"] != "ACTIVE" {
				t.Errorf("dropped %t: %v", dropped, fields)
			}
		}
	}
}

func TestStateAndStatusArePaired(t *testing.T) {
	t.Parallel()
	for state, want := range map[org.AccountState]AccountStatus{
		org.AccountPendingActivation: "SUSPENDED", org.AccountActive: "ACTIVE", org.AccountSuspended: "SUSPENDED",
		org.AccountPendingClosure: "PENDING_CLOSURE", org.AccountClosed: "SUSPENDED",
	} {
		if got := new(API).status(state); got != want {
			t.Errorf("%s is shown as %s", state, got)
		}
	}
}
