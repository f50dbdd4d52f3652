package hworg

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// The tests of this file hold every operation that is served to what all have in common on the wire. They ask as an account in no organization:
// a request that breaks the contract is refused before anyone looks who asks.

func (h *house) served() []string {
	var out []string
	for name, served := range Coverage() {
		if served {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	if len(out) < 59 {
		h.t.Fatalf("%d operations", len(out))
	}
	return out
}

// invalidity sends a request as the stranger and reports whether it broke the contract.
func (h *house) invalidity(name string, r *http.Request) (invalidRequest bool, message string) {
	h.t.Helper()
	r.Header.Set("X-Account", stranger)
	rec, c := hwtest.Serve(h.api, r)
	theContract(h.t).Check(h.t, name, rec)
	if c.Operation != name {
		h.t.Errorf("%s %s reached %q", r.Method, r.URL, c.Operation)
	}
	return c.Code == invalid, rec.Body.String()
}

func TestUnknownKeysAndParametersAreIgnoredEverywhere(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, name := range h.served() {
		if name == "CreateAccount" || name == "CreateOrganization" {
			continue // the one wants contact data beyond the contract, the other would succeed
		}
		r := theContract(t).Request(t, name)
		r.URL.RawQuery += "&colour=red&policy_type_of_tomorrow=1"
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		keys := map[string]any{}
		if len(body) > 0 {
			if err := json.Unmarshal(body, &keys); err != nil {
				t.Fatal(err)
			}
		}
		keys["colour"], keys["shades"] = "red", []any{1, nil, map[string]any{}}
		if r.Method == http.MethodPost || r.Method == http.MethodPatch { // also where the contract has no body: clients send one
			body = []byte(jsonText(keys))
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		if broken, said := h.invalidity(name, r); broken {
			t.Errorf("%s: got %s", name, said)
		}
	}
}

// parametersOf are the query parameters of an operation.
func parametersOf(t *testing.T) map[string]map[string]*openapi3.Schema {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]*openapi3.Schema{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			out[op.OperationID] = map[string]*openapi3.Schema{}
			for _, p := range op.Parameters {
				if p.Value.In == openapi3.ParameterInQuery {
					out[op.OperationID][p.Value.Name] = p.Value.Schema.Value
				}
			}
		}
	}
	return out
}

func TestTheBoundsOfPagesEverywhere(t *testing.T) {
	t.Parallel()
	h, parameters, limits, markers := managed(t), parametersOf(t), 0, 0
	for _, name := range h.served() {
		ask := func(query string, broken bool) {
			t.Helper()
			r := theContract(t).Request(t, name)
			r.URL.RawQuery += "&" + query
			if got, said := h.invalidity(name, r); got != broken {
				t.Errorf("%s?%.40s: got %s", name, query, said)
			}
		}
		if parameters[name]["limit"] != nil {
			limits++
			for query, broken := range map[string]bool{"limit=0": true, "limit=-1": true, "limit=1": false, "limit=2000": false, "limit=2001": true, "limit=many": true} {
				ask(query, broken)
			}
		}
		if parameters[name]["marker"] != nil {
			markers++
			for _, marker := range []string{"abc", strings.Repeat("a", 401), "ab%20cd", "%3Cscript%3E"} {
				ask("marker="+marker, true)
			}
		}
	}
	if limits < 14 || markers < 13 {
		t.Fatalf("%d operations have a limit, %d a marker", limits, markers)
	}
}
