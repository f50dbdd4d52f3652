package sweep_test

import (
	"testing"

	"github.com/polity-cloud/polity/conformance/harness"
)

// iamRows are the routes of Huawei Cloud IAM and STS with what a signed caller is answered, in an organization or not.
var iamRows = []struct {
	name       string
	in         func(house) harness.RESTRequest
	anybody    bool // needs no signature: it is how one comes to a token, or tells nothing of anyone
	ofAnyone   int  // status
	ofStranger int  // of somebody whom the member's agency does not trust
}{
	{"GET /v3", get("/v3"), true, 200, 200},
	{"GET /v3/auth/domains", get("/v3/auth/domains"), false, 200, 200},
	{"GET /v3/projects", get("/v3/projects"), false, 200, 200},
	{"GET /v3/auth/projects", get("/v3/auth/projects"), false, 200, 200},
	{"GET /v3/regions", get("/v3/regions"), false, 200, 200},
	{"GET /v3/auth/catalog", get("/v3/auth/catalog"), false, 200, 200},
	{"GET /v3/users", get("/v3/users"), false, 200, 200},
	{"GET /v5/users", get("/v5/users"), false, 200, 200},
	{"GET /v5/users/{user_id}", get("/v5/users/nobody"), false, 404, 404},
	{"GET /v5/agencies", get("/v5/agencies"), false, 200, 200},
	{"GET /v5/agencies/{agency_id}", get("/v5/agencies/nothing"), false, 404, 404},
	{"POST /v3/auth/tokens", post("/v3/auth/tokens", map[string]any{"auth": map[string]any{"identity": map[string]any{"methods": []string{"totp"}}}}), true, 401, 401},
	{"GET /v5/caller-identity", get("/v5/caller-identity"), false, 200, 200},
	{"POST /v5/decode-authorization-message", post("/v5/decode-authorization-message", map[string]any{"encoded_message": "x"}), false, 400, 400},
	{"POST /v5/agencies/assume", func(h house) harness.RESTRequest {
		return harness.RESTRequest{Method: "POST", Path: "/v5/agencies/assume", Body: map[string]any{
			"agency_urn": "iam::" + h.member.Account + ":agency:" + huaweiAgency, "agency_session_name": "sweep",
		}}
	}, false, 403, 403},
	{"POST /v3.0/OS-CREDENTIAL/securitytokens", func(h house) harness.RESTRequest {
		return harness.RESTRequest{Method: "POST", Path: "/v3.0/OS-CREDENTIAL/securitytokens", Body: map[string]any{"auth": map[string]any{"identity": map[string]any{
			"methods": []string{"assume_role"}, "assume_role": map[string]any{"agency_name": huaweiAgency, "domain_id": h.member.Account},
		}}}}
	}, false, 403, 403},
}

func get(path string) func(house) harness.RESTRequest {
	return func(house) harness.RESTRequest { return harness.RESTRequest{Method: "GET", Path: path} }
}

func post(path string, body any) func(house) harness.RESTRequest {
	return func(house) harness.RESTRequest { return harness.RESTRequest{Method: "POST", Path: path, Body: body} }
}

func TestSweepOfHuaweiIAM(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := huaweiHouse(t, s)
		for _, row := range iamRows {
			forger, stranger, loner := h.management, huaweiStranger(t, s), s.Mint(t, harness.Huawei)
			forger.Secret += "x"
			unsigned := 401
			if row.anybody {
				unsigned = row.ofAnyone
			}
			for who, c := range map[string]struct {
				key  *harness.Key
				want int
			}{
				"without a signature": {nil, unsigned}, "with a bad signature": {&forger, unsigned}, "from a member": {&h.member, row.ofAnyone},
				"from a stranger": {&stranger, row.ofStranger}, "from an account in no organization": {&loner, row.ofStranger},
			} {
				in := s.HuaweiRequest(row.in(h), nil)
				r := harness.PlainHuawei(t, in, nil)
				if c.key != nil {
					r = harness.SignHuawei(t, in, *c.key)
				}
				status, header, answer := harness.Do(t, r)
				if status != c.want || header.Get("X-Request-Id") == "" || len(answer) == 0 {
					t.Errorf("%s %s is answered %d %s, want %d", row.name, who, status, answer, c.want)
				}
			}
		}
		r := harness.SignHuawei(t, s.HuaweiRequest(get("/v3/nothing")(h), nil), h.management)
		if status, _, answer := harness.Do(t, r); status != 404 {
			t.Errorf("a route that does not exist is answered %d %s, want 404", status, answer)
		}
	})
}
