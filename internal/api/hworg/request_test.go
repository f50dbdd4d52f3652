package hworg

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func TestRequestsThatBreakTheContractAreRefused(t *testing.T) {
	t.Parallel()
	h := mount(t, Unimplemented{})
	const accounts, ous = "/v1/organizations/accounts", "/v1/organizations/organizational-units"
	for name, test := range map[string]struct{ method, path, body, message string }{
		"a missing body":             {"POST", accounts, "", "The request body is missing"},
		"a blank body":               {"POST", accounts, " \n", "The request body is missing"},
		"a body that is not JSON":    {"POST", accounts, "{name", "The request body is not JSON: invalid character 'n' looking for beginning of object key string"},
		"a body in GBK":              {"POST", accounts, "{\"name\":\"\xd1\xd0\"}", "The request body is not JSON: the text is not UTF-8"},
		"half a character":           {"POST", accounts, `{"name":"\ud800"}`, "The request body is not JSON: a \\u escape is half a character"},
		"two values":                 {"POST", accounts, `{"name":"a"}{}`, "The request body is not JSON: something follows the first value"},
		"a body of another type":     {"POST", accounts, `[]`, "Invalid request body: value must be an object"},
		"a missing key":              {"POST", accounts, `{}`, `Invalid parameter name: property "name" is missing`},
		"a key in other letter case": {"POST", accounts, `{"Name":"a"}`, `Invalid parameter name: property "name" is missing`},
		"null for a required key":    {"POST", accounts, `{"name":null}`, "Invalid parameter name: value must not be null"},
		"a value of another type":    {"POST", accounts, `{"name":7}`, "Invalid parameter name: value must be a string"},
		"a value deep down":          {"POST", accounts, `{"name":"a","tags":[{"key":"k","value":"v"},{"key":"k","value":7}]}`, "Invalid parameter tags.1.value: value must be a string"},
		"two wrong values, by name":  {"POST", ous, `{"parent_id":7,"name":7}`, "Invalid parameter name: value must be a string"},
		"a text that is too long":    {"POST", ous, `{"parent_id":"r-abcd","name":"` + strings.Repeat("n", 65) + `"}`, "Invalid parameter name: maximum string length is 64"},
		"a word of no list":          {"POST", "/v1/organizations/policies/enable", `{"root_id":"r-abcd","policy_type":"backup_policy"}`, `Invalid parameter policy_type: value is not one of the allowed values ["service_control_policy","tag_policy"]`},
		"limit 0":                    {"GET", accounts + "?limit=0", "", "Invalid parameter limit: number must be at least 1"},
		"limit 2001":                 {"GET", accounts + "?limit=2001", "", "Invalid parameter limit: number must be at most 2000"},
		"a limit in words":           {"GET", accounts + "?limit=ten", "", "Invalid parameter limit: an invalid integer"},
		"a limit out of range":       {"GET", accounts + "?limit=99999999999", "", "Invalid parameter limit: an invalid integer"},
		"two limits":                 {"GET", accounts + "?limit=1&limit=2", "", "Invalid format for parameter limit: multiple values for single value parameter 'limit'"},
		"an empty path segment":      {"POST", accounts + "//close", "", "Invalid parameter account_id: value is required but missing"},
		"null as the body":           {"POST", accounts, "null", "Invalid request body: value must not be null"},
		"a short marker":             {"GET", accounts + "?marker=abc", "", "Invalid parameter marker: minimum string length is 4"},
		"a flag in words":            {"GET", accounts + "?with_register_contact_info=perhaps", "", "Invalid parameter with_register_contact_info: an invalid boolean"},
		"a state of no list":         {"GET", "/v1/organizations/close-account-status?states=suspended&states=gone", "", `Invalid parameter states.1: value is not one of the allowed values ["pending_closure","suspended"]`},
		"an id of other characters":  {"GET", accounts + "/a%20b", "", `Invalid parameter account_id: string doesn't match the regular expression "^[A-Za-z0-9_-]+$"`},
		"a resource type of no list": {"GET", "/v1/organizations/ous/ou-1/tags", "", `Invalid parameter resource_type: value is not one of the allowed values ["organizations:policies","organizations:ous","organizations:accounts","organizations:roots"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec, c := hwtest.Serve(h, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
			var body struct {
				Message string `json:"error_msg"`
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			if rec.Code != http.StatusBadRequest || c.Code != "Organizations.1000" || body.Message != test.message {
				t.Fatalf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
}

// notebook serves a few operations and writes down what reached them.
type notebook struct {
	Unimplemented
	list   *ListAccountsParams
	create *CreateAccountJSONRequestBody
	update *UpdateAccountJSONRequestBody
	states []CloseAccountState
	tags   *ListTagResourcesRequestObject
}

func (n *notebook) ListAccounts(_ context.Context, r ListAccountsRequestObject) (ListAccountsResponseObject, error) {
	n.list = &r.Params
	return ListAccounts200JSONResponse{Accounts: []AccountDto{{
		ID: "a1", URN: "organizations::o:account:o/a1", JoinMethod: JoinMethodCreated, Status: AccountStatusActive, Name: "one & only",
		JoinedAt: hwrest.Time(time.Date(2024, 4, 19, 16, 26, 30, 5e8, time.UTC)),
	}}, PageInfo: PageInfoDto{CurrentCount: 1}}, nil
}

func (n *notebook) CreateAccount(_ context.Context, r CreateAccountRequestObject) (CreateAccountResponseObject, error) {
	n.create = r.Body
	return n.Unimplemented.CreateAccount(context.Background(), r)
}

func (n *notebook) UpdateAccount(_ context.Context, r UpdateAccountRequestObject) (UpdateAccountResponseObject, error) {
	n.update = r.Body
	return n.Unimplemented.UpdateAccount(context.Background(), r)
}

func (n *notebook) ListCloseAccountStatuses(_ context.Context, r ListCloseAccountStatusesRequestObject) (ListCloseAccountStatusesResponseObject, error) {
	n.states = r.Params.States
	return n.Unimplemented.ListCloseAccountStatuses(context.Background(), r)
}

func (n *notebook) ListTagResources(_ context.Context, r ListTagResourcesRequestObject) (ListTagResourcesResponseObject, error) {
	n.tags = &r
	return n.Unimplemented.ListTagResources(context.Background(), r)
}

func (n *notebook) CloseAccount(context.Context, CloseAccountRequestObject) (CloseAccountResponseObject, error) {
	return CloseAccount200Response{}, nil
}

func ask(t *testing.T, n *notebook, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	rec, _ := hwtest.Serve(mount(t, n), httptest.NewRequest(method, path, strings.NewReader(body)))
	return rec
}

func TestUnknownKeysAndNullsOfOptionalKeysAreIgnored(t *testing.T) {
	t.Parallel()
	var n notebook
	ask(t, &n, "POST", "/v1/organizations/accounts", `{"name":"a","email":null,"tags":null,"colour":"red","Description":"not a key"}`)
	if n.create == nil || n.create.Name != "a" || n.create.Email != nil || n.create.Tags != nil || n.create.Description != nil {
		t.Fatalf("got %+v", n.create)
	}
}

func TestAnEmptyTextIsNotAnAbsentOne(t *testing.T) {
	t.Parallel()
	var n notebook
	ask(t, &n, "PATCH", "/v1/organizations/accounts/a1", `{"description":""}`)
	if n.update == nil || n.update.Description == nil || *n.update.Description != "" {
		t.Fatalf("got %+v", n.update)
	}
	ask(t, &n, "PATCH", "/v1/organizations/accounts/a1", `{"description":null}`)
	if n.update.Description != nil {
		t.Fatalf("got %+v", n.update)
	}
}

func TestQueryParametersReachTheHandler(t *testing.T) {
	t.Parallel()
	var n notebook
	ask(t, &n, "GET", "/v1/organizations/accounts?limit=2000&marker=&colour=red&with_register_contact_info=true", "")
	if n.list == nil || n.list.Limit == nil || *n.list.Limit != 2000 || n.list.Marker != nil || !*n.list.WithRegisterContactInfo {
		t.Fatalf("got %+v", n.list)
	}
	ask(t, &n, "GET", "/v1/organizations/accounts?limit=", "")
	if n.list.Limit != nil {
		t.Fatalf("the contract's default leaked into the request: %d", *n.list.Limit)
	}
	ask(t, &n, "GET", "/v1/organizations/close-account-status?states=suspended&states=pending_closure", "")
	if len(n.states) != 2 || n.states[0] != CloseAccountStateSuspended {
		t.Fatalf("got %v", n.states)
	}
}

func TestPathParametersAreDecodedOnce(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/v1/organizations/organizations:ous/ou-1/tags":       "ou-1",
		"/v1/organizations/organizations%3Aous/ou%2D1/tags":   "ou-1",
		"/v1/organizations/organizations:ous/100%25/tags":     "100%",
		"/v1/organizations/organizations%3Aous/100%2525/tags": "100%25",
		"/v1/organizations/organizations:ous/a%2Fb/tags":      "a/b",
	} {
		var n notebook
		rec := ask(t, &n, "GET", path, "")
		if n.tags == nil || n.tags.ResourceID != want || n.tags.ResourceType != TagResourceTypeOrganizationsOus {
			t.Errorf("%s: got %+v, %s", path, n.tags, rec.Body)
		}
	}
}

func TestAnAnswerFollowsTheContract(t *testing.T) {
	t.Parallel()
	rec := ask(t, &notebook{}, "GET", "/v1/organizations/accounts", "")
	hwtest.Load(t, "contract.yaml").Check(t, "ListAccounts", rec)
	for _, part := range []string{`"joined_at":"2024-04-19T16:26:30Z"`, `"email":null`, `"page_info":{"current_count":1,"next_marker":null}`} {
		if !strings.Contains(rec.Body.String(), part) {
			t.Errorf("no %s in %s", part, rec.Body)
		}
	}
	rec = ask(t, &notebook{}, "POST", "/v1/organizations/accounts/a1/close", "")
	hwtest.Load(t, "contract.yaml").Check(t, "CloseAccount", rec)
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
}
