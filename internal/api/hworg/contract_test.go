package hworg

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func mount(tb testing.TB, api StrictServerInterface) http.Handler {
	tb.Helper()
	h, err := Mount(api, hwrest.Options{
		Authenticate: func(ctx context.Context, _ *http.Request, _ []byte) (context.Context, error) { return ctx, nil },
		Fault: func(err error) hwrest.Fault {
			return hwrest.Fault{Status: http.StatusInternalServerError, Code: "Organizations.1500", Message: err.Error()}
		},
		InvalidCode: "Organizations.1000",
	})
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func TestEveryOperationIsRoutedAndAnswersThatItIsNotServed(t *testing.T) {
	t.Parallel()
	contract, h := hwtest.Load(t, "contract.yaml"), mount(t, Unimplemented{})
	ids := contract.Operations()
	if len(ids) != 69 || len(Operations) != 69 {
		t.Fatalf("%d operations in the contract, %d in the table, want 69", len(ids), len(Operations))
	}
	for _, id := range ids {
		rec, c := hwtest.Serve(h, contract.Request(t, id))
		if c.API != "hworg" || c.Operation != id {
			t.Errorf("%s reached %q of %q", id, c.Operation, c.API)
		}
		want := `{"error_code":"Organizations.1000","error_msg":"operation ` + id + ` is not served yet","request_id":"` + hwtest.RequestID + `"}` + "\n"
		if rec.Code != http.StatusBadRequest || rec.Body.String() != want {
			t.Errorf("%s: got %d %s", id, rec.Code, rec.Body)
		}
		contract.Check(t, id, rec)
	}
}

func TestTheTableHoldsWhatTheContractSays(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]hwrest.Operation{
		"CloseAccount":       {Method: "POST", Path: "/v1/organizations/accounts/{account_id}/close", Success: 200, Callers: []string{"management"}},
		"CreateOrganization": {Method: "POST", Path: "/v1/organizations", Success: 201, Action: "organizations:organizations:create", Callers: []string{"account_without_organization"}},
		"ListAccounts":       {Method: "GET", Path: "/v1/organizations/accounts", Success: 200, Action: "organizations:accounts:list", Callers: []string{"management", "delegated_administrator"}},
	} {
		got := Operations[id]
		if got.Method != want.Method || got.Path != want.Path || got.Success != want.Success || got.Action != want.Action ||
			len(got.Callers) != len(want.Callers) || got.Callers[0] != want.Callers[0] {
			t.Errorf("%s: got %+v, want %+v", id, got, want)
		}
	}
}

func TestPathsThatOverlapReachTheirOperation(t *testing.T) {
	t.Parallel()
	h := mount(t, Unimplemented{})
	for name, test := range map[string]struct{ method, path, operation string }{
		"a bare colon":                            {"GET", "/v1/organizations/organizations:ous/ou-1/tags", "ListTagResources"},
		"an encoded colon":                        {"GET", "/v1/organizations/organizations%3Aous/ou-1/tags", "ListTagResources"},
		"a lower-case encoded colon":              {"GET", "/v1/organizations/organizations%3aous/ou-1/tags", "ListTagResources"},
		"an encoded colon in a write":             {"POST", "/v1/organizations/organizations%3Apolicies/p-1/tags/create", "CreateTagResource"},
		"all tags of a type":                      {"GET", "/v1/organizations/organizations:accounts/tags", "ListResourceTags"},
		"a filter of a type":                      {"POST", "/v1/organizations/organizations:roots/resource-instances/filter", "ListResourceInstances"},
		"a literal before the resource type":      {"GET", "/v1/organizations/accounts/tags", "ShowAccount"},
		"a literal before the type, with an id":   {"GET", "/v1/organizations/resources/ou-1/tags", "ListTagsForResource"},
		"a literal before an id":                  {"POST", "/v1/organizations/accounts/invite", "InviteAccount"},
		"a literal before an id, one level lower": {"GET", "/v1/organizations/entities/effective-policies", "ShowEffectivePolicies"},
		"back from a literal to the type":         {"GET", "/v1/organizations/policies/p-1/tags", "ListTagResources"},
		"a trailing slash":                        {"GET", "/v1/organizations/accounts/", "ListAccounts"},
		"a trailing slash after an encoded colon": {"GET", "/v1/organizations/organizations%3Aous/ou-1/tags/", "ListTagResources"},
		"the second version":                      {"POST", "/v2/organizations/accounts", "CreateResourceAccount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, c := hwtest.Serve(h, httptest.NewRequest(test.method, test.path, http.NoBody)); c.Operation != test.operation {
				t.Fatalf("%s %s reached %q", test.method, test.path, c.Operation)
			}
		})
	}
}
