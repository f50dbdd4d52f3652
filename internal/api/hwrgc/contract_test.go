package hwrgc

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
			return hwrest.Fault{Status: http.StatusInternalServerError, Code: "RGC.500", Message: err.Error()}
		},
		InvalidCode: "RGC.400",
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
	if len(ids) != 51 || len(Operations) != 51 {
		t.Fatalf("%d operations in the contract, %d in the table, want 51", len(ids), len(Operations))
	}
	for _, id := range ids {
		rec, c := hwtest.Serve(h, contract.Request(t, id))
		if c.API != "hwrgc" || c.Operation != id {
			t.Errorf("%s reached %q of %q", id, c.Operation, c.API)
		}
		want := `{"error_code":"RGC.400","error_msg":"operation ` + id + ` is not served yet","request_id":"` + hwtest.RequestID + `"}` + "\n"
		if rec.Code != http.StatusBadRequest || rec.Body.String() != want {
			t.Errorf("%s: got %d %s", id, rec.Code, rec.Body)
		}
		contract.Check(t, id, rec)
	}
}

func TestTheTableHoldsWhatTheContractSays(t *testing.T) {
	t.Parallel()
	got := Operations["EnableControl"]
	if got.Method != "POST" || got.Path != "/v1/governance/controls/enable" || got.Success != 201 || got.Action != "rgc:control:enable" ||
		len(got.Callers) != 1 || got.Callers[0] != "management" {
		t.Fatalf("got %+v", got)
	}
}

func TestPathsThatOverlapReachTheirOperation(t *testing.T) {
	t.Parallel()
	h := mount(t, Unimplemented{})
	for name, test := range map[string]struct{ method, path, operation string }{
		"the stem":                         {"GET", "/v1/managed-organization?account_id=a1", "ListOperation"},
		"the stem with a trailing slash":   {"GET", "/v1/managed-organization/", "ListOperation"},
		"an operation id under the stem":   {"GET", "/v1/managed-organization/op-1", "ShowOperation"},
		"a literal before an operation id": {"GET", "/v1/managed-organization/managed-accounts", "ListManagedAccounts"},
		"another literal":                  {"GET", "/v1/managed-organization/managed-core-accounts?account_type=LOGGING", "ShowManagedCoreAccount"},
		"an id that begins as a literal":   {"GET", "/v1/managed-organization/managed-accounts-1", "ShowOperation"},
		"a literal before a control id":    {"POST", "/v1/governance/controls/enable", "EnableControl"},
		"enrolling is under accounts":      {"POST", "/v1/managed-organization/accounts/a1/enroll", "EnrollAccount"},
		"un-enrolling is under managed":    {"POST", "/v1/managed-organization/managed-accounts/a1/un-enroll", "UnEnrollAccount"},
		"a dead path of 2023":              {"GET", "/v1/managed-organization/managed-organization-units/ou-1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, c := hwtest.Serve(h, httptest.NewRequest(test.method, test.path, http.NoBody)); c.Operation != test.operation {
				t.Fatalf("%s %s reached %q", test.method, test.path, c.Operation)
			}
		})
	}
}
