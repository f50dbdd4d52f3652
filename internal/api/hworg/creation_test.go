package hworg

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const creations = "/v1/organizations/create-account-status"

func TestACreationIsFirstInProgressAndThenSucceeds(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var made CreateAccountResult
	h.do("CreateAccount", manager, "POST", accounts, `{"name":"member-one","email":"one@example.com","agency_name":"Enter","tags":[{"key":"k","value":"v"}]}`, &made)
	n := made.CreateAccountStatus
	if n.State != CreateAccountStateInProgress || n.AccountName != "member-one" || n.AccountID != nil || n.CompletedAt != nil || n.FailureReason != nil {
		t.Fatalf("got %+v", n)
	}
	h.refused("ShowAccount", manager, "GET", accounts+"/none", "", http.StatusNotFound, "Organizations.1301")
	id := h.vend(n.ID)
	var seen ShowCreateAccountStatusResult
	h.do("ShowCreateAccountStatus", manager, "GET", creations+"/"+n.ID, "", &seen)
	done := seen.CreateAccountStatus
	if done.State != CreateAccountStateSucceeded || *done.AccountID != id || time.Time(*done.CompletedAt).IsZero() || done.FailureReason != nil || done.FailureDetailMsg != nil {
		t.Fatalf("got %+v", done)
	}
	same(t, h.tagsOf(id), []TagDto{{Key: "k", Value: "v"}})
}

func TestAFailedCreationTellsTheVendorsCode(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.member("member-one")
	for code, test := range map[string]struct{ failure, name string }{
		"2001": {name: "member-one"},
		"7001": {name: "member-two", failure: "7001"},
	} {
		if f, ok := FailureOf(test.failure); ok {
			if _, err := h.faults.Add(twin.Fault{Step: org.StepBilling, Failure: string(f)}); err != nil {
				t.Fatal(err)
			}
		}
		var made CreateResourceAccountResult
		h.do("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", `{"name":"`+test.name+`"}`, &made)
		if id := h.vend(made.CreateAccountStatus.ID); id != "" {
			t.Fatalf("%s: made %s", code, id)
		}
		var seen ShowCreateAccountStatusResult
		h.do("ShowCreateAccountStatus", manager, "GET", creations+"/"+made.CreateAccountStatus.ID, "", &seen)
		n := seen.CreateAccountStatus
		if n.State != CreateAccountStateFailed || n.AccountID != nil || n.CompletedAt == nil || !strings.HasPrefix(*n.FailureReason, "Error "+code+": ") || *n.FailureDetailMsg.ErrorMsg == "" {
			t.Errorf("%s: got %+v", code, n)
		}
	}
}

func TestRefusedCreations(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for name, test := range map[string]struct{ operation, path, body string }{
		"a refused address":                {"CreateAccount", accounts, `{"name":"member-one","email":"nobody"}`},
		"neither address nor phone number": {"CreateAccount", accounts, `{"name":"member-one"}`},
		"a short name":                     {"CreateAccount", accounts, `{"name":"one","email":"one@example.com"}`},
		"a name that begins with a digit":  {"CreateResourceAccount", "/v2/organizations/accounts", `{"name":"1-member"}`},
		"a refused agency":                 {"CreateResourceAccount", "/v2/organizations/accounts", `{"name":"member-one","agency_name":"a b"}`},
		"a key that stands twice":          {"CreateResourceAccount", "/v2/organizations/accounts", `{"name":"member-one","tags":[{"key":"k","value":"1"},{"key":"k","value":"2"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused(test.operation, manager, "POST", test.path, test.body, http.StatusBadRequest, "Organizations.1000")
		})
	}
	h.t = t
	var seen ListCreateAccountStatusesResult
	h.do("ListCreateAccountStatuses", manager, "GET", creations, "", &seen)
	if len(seen.CreateAccountStatuses) != 0 {
		t.Fatalf("a refusal left %+v", seen)
	}
}

func TestFiveAccountsAreCreatedAtOnce(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, name := range []string{"member-1", "member-2", "member-3", "member-4", "member-5"} {
		h.do("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", `{"name":"`+name+`"}`, nil)
	}
	h.refused("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", `{"name":"member-6"}`, http.StatusBadRequest, "Organizations.1307")
}

func TestListCreateAccountStatuses(t *testing.T) {
	t.Parallel()
	h := managed(t)
	done := h.member("member-one")
	var running CreateResourceAccountResult
	h.do("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", `{"name":"member-two"}`, &running)
	for query, want := range map[string]string{
		"":                                     "member-two member-one",
		"?states=succeeded":                    "member-one",
		"?states=in_progress":                  "member-two",
		"?states=in_progress&states=succeeded": "member-two member-one",
		"?states=failed":                       "",
		"?states=in_progress&states=failed&limit=1": "member-two",
	} {
		var seen ListCreateAccountStatusesResult
		h.do("ListCreateAccountStatuses", manager, "GET", creations+query, "", &seen)
		names := hwrest.Each(seen.CreateAccountStatuses, func(n CreateAccountStatusDto) string { return n.AccountName })
		if got := strings.Join(names, " "); got != want || seen.PageInfo.CurrentCount != len(names) {
			t.Errorf("%q: got %s", query, got)
		}
		if query == "?states=succeeded" && *seen.CreateAccountStatuses[0].AccountID != done {
			t.Errorf("got %+v", seen)
		}
	}
	h.refused("ListCreateAccountStatuses", manager, "GET", creations+"?states=done", "", http.StatusBadRequest, "Organizations.1000")
	h.refused("ShowCreateAccountStatus", manager, "GET", creations+"/h-none", "", http.StatusNotFound, "Organizations.1302")
}

func TestAPhoneNumberServesFiveAccounts(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	for i := range 6 {
		var made CreateAccountResult
		h.do("CreateAccount", manager, "POST", accounts, fmt.Sprintf(`{"name":"member-%d","phone":"13800000001"}`, i), &made)
		id := h.vend(made.CreateAccountStatus.ID)
		var seen ShowCreateAccountStatusResult
		h.do("ShowCreateAccountStatus", manager, "GET", creations+"/"+made.CreateAccountStatus.ID, "", &seen)
		if refused := id == ""; refused != (i == 5) || refused && !strings.HasPrefix(*seen.CreateAccountStatus.FailureReason, "Error 3001: ") {
			t.Errorf("account %d of a number: %+v", i+1, seen.CreateAccountStatus)
		}
	}
}
