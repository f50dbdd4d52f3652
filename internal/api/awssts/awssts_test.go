package awssts_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/api/awssts"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/call"
)

const (
	management = org.AccountID("111111111111")
	member     = org.AccountID("222222222222")
	accessRole = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole"
)

// server is STS for two accounts, the first of which may enter the second.
type server struct {
	*gatetest.World
	http.Handler
	admin controlplane.Credentials // of the first account
	role  org.PrincipalID          // of the second
}

func newServer(t *testing.T, mode gate.Mode, faults *twin.Faults) *server {
	t.Helper()
	w := gatetest.NewWorld(t, mode == gate.Open)
	s := &server{World: w, Handler: awssts.New(w.Plane, gate.New(w.Plane, mode, gatetest.Wall).AWS("sts"), faults)}
	s.admin = w.Mint(org.AWS, management)
	w.Mint(org.AWS, member)
	s.role = w.Role(org.AWS, member, "/", "OrganizationAccountAccessRole", management)
	w.Role(org.AWS, member, "/deep/er/", "Pathed", management)
	w.Role(org.AWS, member, "/", "Closed", member)
	return s
}

// answer is any answer of STS.
type answer struct {
	Status    int
	Call      *call.Call
	Code      string `xml:"Error>Code"`
	Message   string `xml:"Error>Message"`
	RequestID string `xml:"RequestId"`
	Assumed   struct {
		Credentials creds
		User        struct {
			ID  string `xml:"AssumedRoleId"`
			Arn string
		} `xml:"AssumedRoleUser"`
		PackedPolicySize *int
		SourceIdentity   string
	} `xml:"AssumeRoleResult"`
	Session struct{ Credentials creds } `xml:"GetSessionTokenResult"`
	Root    struct {
		Credentials    creds
		SourceIdentity string
	} `xml:"AssumeRootResult"`
	Caller struct {
		Arn, Account string
		UserID       string `xml:"UserId"`
	} `xml:"GetCallerIdentityResult"`
	Key     struct{ Account string } `xml:"GetAccessKeyInfoResult"`
	Decoded struct {
		Message string `xml:"DecodedMessage"`
	} `xml:"DecodeAuthorizationMessageResult"`
}

type creds struct {
	ID         string `xml:"AccessKeyId"`
	Secret     string `xml:"SecretAccessKey"`
	Token      string `xml:"SessionToken"`
	Expiration string
}

func (c creds) key() gatetest.Key { return gatetest.Key{ID: c.ID, Secret: c.Secret, Token: c.Token} }

// ask sends an action; parameters are name, value, name, value.
func (s *server) ask(t *testing.T, k gatetest.Key, action string, parameters ...string) answer {
	t.Helper()
	form := url.Values{"Action": {action}, "Version": {awssts.Version}}
	for i := 0; i < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(form.Encode()))
	if k.ID != "" {
		gatetest.AWS(r, form.Encode(), k, "us-east-1", "sts", gatetest.Start)
	}
	return s.send(t, r)
}

func (s *server) send(t *testing.T, r *http.Request) answer {
	t.Helper()
	c := &call.Call{RequestID: "0f1e2d3c"}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, r.WithContext(call.With(r.Context(), c)))
	a := answer{Status: rec.Code, Call: c}
	if err := xml.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
	if rec.Header().Get("Content-Type") != "text/xml" || rec.Header().Get("X-Amzn-Requestid") != "0f1e2d3c" || c.API != "awssts" {
		t.Errorf("headers %v, API %s", rec.Header(), c.API)
	}
	return a
}

func (a answer) is(t *testing.T, status int, code, text string) {
	t.Helper()
	if a.Status != status || a.Code != code || !strings.Contains(a.Message, text) {
		t.Errorf("%d %s %q, want %d %s with %q", a.Status, a.Code, a.Message, status, code, text)
	}
}

func TestEveryOperationDemandsASignature(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	swept := 0
	for name := range awssts.Coverage() {
		if name == "AssumeRoleWithSAML" || name == "AssumeRoleWithWebIdentity" {
			s.ask(t, gatetest.Key{}, name).is(t, 400, "UnsupportedOperation", name)
			continue
		}
		swept++
		s.ask(t, gatetest.Key{}, name).is(t, 403, "MissingAuthenticationToken", "Authentication Token")
		s.ask(t, gatetest.Key{ID: string(s.admin.KeyID), Secret: "wrong"}, name).is(t, 403, "SignatureDoesNotMatch", "does not match")
		s.ask(t, gatetest.Key{ID: "AKIANOBODY0000000001", Secret: "x"}, name).is(t, 403, "InvalidClientTokenId", "security token")
	}
	if swept < 4 {
		t.Fatalf("only %d operations swept", swept)
	}
}

func TestEveryUnservedOperationSaysSo(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	n := 0
	for name, served := range awssts.Coverage() {
		if served {
			continue
		}
		n++
		s.ask(t, gatetest.KeyOf(s.admin), name).is(t, 400, "UnsupportedOperation", name)
	}
	if n == 0 {
		t.Fatal("nothing to check")
	}
	s.ask(t, gatetest.KeyOf(s.admin), "Nonsense").is(t, 400, "InvalidAction", "Could not find operation Nonsense for version 2011-06-15")
}

func TestWhatASignatureLacksIsSaidInTheCodesOfTheProtocol(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	key := gatetest.KeyOf(s.admin)
	temporary := s.ask(t, key, "GetSessionToken").Session.Credentials.key()
	sign := func(k gatetest.Key, region, service string, at time.Duration) *http.Request {
		const body = "Action=GetCallerIdentity&Version=2011-06-15"
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(body))
		gatetest.AWS(r, body, k, region, service, gatetest.Start.Add(at))
		return r
	}
	replace := func(old, with string) *http.Request {
		r := sign(key, "us-east-1", "sts", 0)
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, with, 1))
		return r
	}
	for _, tt := range []struct {
		name   string
		r      *http.Request
		status int
		code   string
		text   string
	}{
		{"another algorithm", replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), 403, "MissingAuthenticationToken", "algorithm"},
		{"no signed headers", replace("SignedHeaders=", "x="), 400, "IncompleteSignature", ""},
		{"another terminator", replace("aws4_request", "aws5_request"), 403, "SignatureDoesNotMatch", "terminator"},
		{"another service", sign(key, "us-east-1", "iam", 0), 400, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'sts'."},
		{"another day in the scope", replace("/20260115/", "/20260114/"), 400, "SignatureDoesNotMatch", "Date in Credential scope"},
		{"too old", sign(key, "us-east-1", "sts", -time.Hour), 403, "SignatureDoesNotMatch", "Signature expired: 20260115T073000Z is now earlier than 20260115T081500Z"},
		{"too young", sign(key, "us-east-1", "sts", time.Hour), 403, "SignatureDoesNotMatch", "Signature not yet current"},
		{"a long-term key with a token", sign(gatetest.Key{ID: key.ID, Secret: key.Secret, Token: temporary.Token}, "us-east-1", "sts", 0), 403, "InvalidClientTokenId", "invalid"},
		{"a temporary key without its token", sign(gatetest.Key{ID: temporary.ID, Secret: temporary.Secret}, "us-east-1", "sts", 0), 403, "InvalidClientTokenId", "invalid"},
	} {
		t.Run(tt.name, func(t *testing.T) { s.send(t, tt.r).is(t, tt.status, tt.code, tt.text) })
	}
	s.Move(13 * time.Hour)
	s.send(t, sign(temporary, "us-east-1", "sts", 0)).is(t, 403, "ExpiredToken", "The security token included in the request is expired")
	if a := s.send(t, sign(key, "any-region-1", "sts", 0)); a.Status != 200 {
		t.Errorf("another region: %+v", a)
	}
}

func TestWhoAmI(t *testing.T) {
	t.Parallel()
	open := newServer(t, gate.Open, nil)
	a := open.ask(t, gatetest.Key{ID: string(management)}, "GetCallerIdentity")
	if a.Caller.Arn != "arn:aws:iam::111111111111:root" || a.Caller.UserID != "111111111111" || a.Caller.Account != "111111111111" {
		t.Errorf("a root user is %+v", a.Caller)
	}
	s := newServer(t, gate.Verify, nil)
	id := string(s.admin.Caller.PrincipalID)
	a = s.ask(t, gatetest.KeyOf(s.admin), "GetCallerIdentity")
	if a.Caller.Arn != "arn:aws:iam::111111111111:user/admin" || a.Caller.UserID != id || a.Caller.Account != "111111111111" || a.RequestID != "" {
		t.Errorf("a user is %+v", a)
	}
	if a.Call.Operation != "GetCallerIdentity" || a.Call.Account != "111111111111" {
		t.Errorf("logged as %+v", a.Call)
	}
	own := s.ask(t, gatetest.KeyOf(s.admin), "GetSessionToken").Session.Credentials
	if b := s.ask(t, own.key(), "GetCallerIdentity"); b.Caller != a.Caller {
		t.Errorf("with session credentials a user is %+v", b.Caller)
	}
	there := s.ask(t, gatetest.KeyOf(s.admin), "AssumeRole", "RoleArn", accessRole, "RoleSessionName", "me@work").Assumed.Credentials
	a = s.ask(t, there.key(), "GetCallerIdentity")
	if a.Caller.Arn != "arn:aws:sts::222222222222:assumed-role/OrganizationAccountAccessRole/me@work" || a.Caller.UserID != string(s.role)+":me@work" || a.Caller.Account != "222222222222" {
		t.Errorf("a role is %+v", a.Caller)
	}
}

func TestWhoseKeyIsThis(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	odd, err := s.MintAccount(t.Context(), controlplane.Standalone{Partition: org.AWS, ID: "333333333333", Key: "anyKeyOfSomebodysOwn"})
	if err != nil {
		t.Fatal(err)
	}
	theirs := s.Mint(org.Huawei, "")
	for _, tt := range []struct {
		name, key string
		account   string
		text      string
	}{
		{"a key of the server", string(s.admin.KeyID), "111111111111", ""},
		{"a key that the server does not know", "AKIARZPUZDIKAEXAMPLE", "123456789012", ""},
		{"a temporary key", "ASIAQAAAAAAVAEXAMPLE", "000000000042", ""},
		{"a key that carries no account and is known", string(odd.KeyID), "333333333333", ""},
		{"a key that carries no account and is not", "NOTAKEYATALLREALLY", "", "NOTAKEYATALLREALLY"},
		{"a key of the other cloud", string(theirs.KeyID), "", string(theirs.KeyID)},
		{"a short key", "AKIA", "", "Value 'AKIA' at 'accessKeyId' failed to satisfy constraint: Member must have length greater than or equal to 16"},
		{"a key with a blank", "AKIARZPUZDIKA EXAMPLE", "", "regular expression"},
	} {
		a := s.ask(t, gatetest.KeyOf(s.admin), "GetAccessKeyInfo", "AccessKeyId", tt.key)
		if a.Key.Account != tt.account {
			t.Errorf("%s: %+v", tt.name, a)
		}
		if tt.account == "" {
			a.is(t, 400, "ValidationError", tt.text)
		}
	}
	s.ask(t, gatetest.KeyOf(s.admin), "GetAccessKeyInfo").is(t, 400, "ValidationError", "Value null at 'accessKeyId'")
}

func TestAnInjectedFaultComesBeforeTheOperation(t *testing.T) {
	t.Parallel()
	faults := twin.NewFaults(twin.Codes{Reason: func(_, code, _ string) (org.Reason, bool) { return awssts.ReasonOf(code) }})
	if _, err := faults.Add(twin.Fault{API: awssts.Name, Operation: "GetCallerIdentity", Error: "Throttling"}); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, gate.Verify, faults)
	s.ask(t, gatetest.KeyOf(s.admin), "GetCallerIdentity").is(t, 400, "Throttling", "Rate exceeded")
	if a := s.ask(t, gatetest.KeyOf(s.admin), "GetCallerIdentity"); a.Status != 200 {
		t.Errorf("the second time: %+v", a)
	}
}

func expires(d time.Duration) string {
	return gatetest.Start.Add(d).Format("2006-01-02T15:04:05Z")
}

func members(prefix string, n int, suffix, value string) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s.member.%d%s", prefix, i+1, suffix), value)
	}
	return out
}
