package awssts_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/api/awssts"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/call"
)

const denyAssume = `{"Version":"2012-10-17","Statement":[{"Sid":"Stay","Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}]}`

// denied makes the second account a member that a policy denies the taking of roles, and returns the message of such a denial.
func (s *server) denied(t *testing.T) (other controlplane.Credentials, message string) {
	t.Helper()
	ctx, admin := t.Context(), s.admin.Caller
	o, err := s.CreateOrganization(ctx, admin, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	other = s.Mint(org.AWS, "333333333333")
	s.Join(o.Organization, "333333333333", "third")
	if _, err := s.EnablePolicyType(ctx, admin, o.RootID, org.ServiceControl); err != nil {
		t.Fatal(err)
	}
	p, err := s.CreatePolicy(ctx, admin, org.ServiceControl, "deny", "", denyAssume, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AttachPolicy(ctx, admin, p.ID, "333333333333"); err != nil {
		t.Fatal(err)
	}
	s.Role(org.AWS, management, "/", "Open", "333333333333")
	form := url.Values{
		"Action": {"AssumeRole"}, "Version": {awssts.Version}, "RoleArn": {"arn:aws:iam::111111111111:role/Open"}, "RoleSessionName": {"me"},
	}.Encode()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(form))
	gatetest.AWS(r, form, gatetest.KeyOf(other), "us-east-1", "sts", gatetest.Start)
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, r)
	if rec.Code != http.StatusForbidden {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	return other, rec.Header().Get(call.EncodedMessage)
}

func TestDecodeAuthorizationMessageTellsOfADenial(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	other, message := s.denied(t)
	a := s.ask(t, gatetest.KeyOf(other), "DecodeAuthorizationMessage", "EncodedMessage", message)
	for _, want := range []string{`"explicitDeny":true`, `"statementId":"Stay"`, `"action":"sts:AssumeRole"`, `"resource":"arn:aws:iam::111111111111:role/Open"`} {
		if a.Status != 200 || !strings.Contains(a.Decoded.Message, want) {
			t.Errorf("%d without %s: %s", a.Status, want, a.Decoded.Message)
		}
	}
	s.ask(t, gatetest.KeyOf(s.admin), "DecodeAuthorizationMessage", "EncodedMessage", message).is(t, 400, "InvalidAuthorizationMessageException", "another account")
}

func TestDecodeAuthorizationMessageRefuses(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	for message, code := range map[string]string{
		"": "ValidationError", strings.Repeat("x", 10241): "ValidationError", "nonsense": "InvalidAuthorizationMessageException",
	} {
		s.ask(t, gatetest.KeyOf(s.admin), "DecodeAuthorizationMessage", "EncodedMessage", message).is(t, 400, code, "")
	}
}
