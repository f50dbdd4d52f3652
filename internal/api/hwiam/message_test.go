package hwiam_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

const denyAssume = `{"Version":"5.0","Statement":[{"Sid":"stay","Effect":"Deny","Action":["sts:agencies:assume"]}]}`

// denied makes the second account a member that a policy denies the taking of agencies, and returns the message of such a denial.
func (s *server) denied(t *testing.T) (k gatetest.Key, message string) {
	t.Helper()
	ctx, admin := t.Context(), s.admin.Caller
	o, err := s.CreateOrganization(ctx, admin, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	s.Join(o.Organization, member, "member")
	if _, err := s.EnablePolicyType(ctx, admin, o.RootID, org.ServiceControl); err != nil {
		t.Fatal(err)
	}
	p, err := s.CreatePolicy(ctx, admin, org.ServiceControl, "deny", "", denyAssume, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AttachPolicy(ctx, admin, p.ID, string(member)); err != nil {
		t.Fatal(err)
	}
	s.Role(org.Huawei, management, "/", "Open", member)
	k = gatetest.KeyOf(s.other)
	a := s.ask(t, k, "POST", "/v5/agencies/assume", `{"agency_urn":"iam::`+string(management)+`:agency:Open","agency_session_name":"me"}`)
	a.fails(t, 403, "PAP5.0001", "access denied: ")
	var body struct {
		Encoded string `json:"encoded_authorization_message"`
	}
	a.into(t, &body)
	return k, body.Encoded
}

func decoding(message string) string {
	body, _ := json.Marshal(map[string]string{"encoded_message": message})
	return string(body)
}

func TestTheMessageOfADenialIsDecodedForItsAccount(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	k, message := s.denied(t)
	a := s.ask(t, k, "POST", "/v5/decode-authorization-message", decoding(message))
	var out struct {
		Message string `json:"decoded_message"`
	}
	a.into(t, &out)
	for _, want := range []string{`"allowed":false`, `"explicitDeny":true`, `"statementId":"stay"`, `"action":"sts:agencies:assume"`, `:agency:Open"`} {
		if a.Code != 200 || !strings.Contains(out.Message, want) {
			t.Errorf("%d without %s: %s", a.Code, want, out.Message)
		}
	}
	s.ask(t, s.key(), "POST", "/v5/decode-authorization-message", decoding(message)).fails(t, 400, "IAM.0007", "another account")
}

func TestWhatIsNoMessageIsNotDecoded(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	for says, body := range map[string]string{
		"nothing": decoding(""), "too much": decoding(strings.Repeat("x", 10241)), "nonsense": decoding("eA=="), "no body": "", "a number": `{"encoded_message":1}`,
	} {
		t.Log(says)
		s.ask(t, s.key(), "POST", "/v5/decode-authorization-message", body).fails(t, 400, "IAM.0007", "")
	}
}
