package hworg

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// encodedIn is the encoded message of a refused request, decoded for an account.
func (h *house) encodedIn(account, body string) string {
	h.t.Helper()
	var out struct {
		Encoded string `json:"encoded_authorization_message"`
	}
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		h.t.Fatal(err)
	}
	if out.Encoded == "" {
		return ""
	}
	c := org.Caller{Partition: org.Huawei, AccountID: org.AccountID(account), Kind: org.RootUser, Admin: true}
	document, err := h.plane.DecodeMessage(h.t.Context(), c, out.Encoded)
	if err != nil {
		h.t.Fatal(err)
	}
	return document
}

func TestDenialsByPolicyCarryAnEncodedMessage(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	member := h.member("member-one")
	deny := h.policy(PolicyTypeServiceControlPolicy, "deny", `{"Version":"5.0","Statement":[{"Sid":"no","Effect":"Deny","Action":["organizations:organizations:get","organizations:receivedHandshakes:list"]}]}`)
	h.attach(deny, member)
	for _, c := range []struct {
		says, account, path, operation string
		status                         int
		code                           string
		tells                          []string
	}{
		{"a policy that denies", member, "/v1/organizations", "ShowOrganization", http.StatusForbidden, "Organizations.1007", []string{`"explicitDeny":true`, `"statementId":"no"`, deny}},
		{"the same for another deed", member, "/v1/received-handshakes", "ListReceivedHandshakes", http.StatusForbidden, "Organizations.1007", []string{`"action":"organizations:receivedHandshakes:list"`}},
		{"no permission", manager + "-user", "/v1/organizations", "ShowOrganization", http.StatusForbidden, "Organizations.1007", []string{`"explicitDeny":false`, `"policyType":"identity-based policy"`}},
		{"the wrong kind of account", member, "/v1/organizations/accounts", "ListAccounts", http.StatusUnauthorized, "Organizations.1002", nil},
		{"no organization", stranger, "/v1/organizations", "ShowOrganization", http.StatusUnauthorized, "Organizations.1015", nil},
	} {
		rec := h.ask(c.operation, c.account, "GET", c.path, "")
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.code) {
			t.Errorf("%s: %d %s", c.says, rec.Code, rec.Body)
		}
		document := h.encodedIn(strings.TrimSuffix(c.account, "-user"), rec.Body.String())
		if (document == "") != (c.tells == nil) {
			t.Errorf("%s tells %q", c.says, document)
		}
		for _, want := range c.tells {
			if !strings.Contains(document, want) {
				t.Errorf("%s: no %s in %s", c.says, want, document)
			}
		}
	}
}
