package signature_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

const gateway = "APIGW.0301"

// huaweiOrganization makes an account with an organization and returns its key and the root's id.
func huaweiOrganization(t *testing.T, s *harness.Server) (harness.Key, string) {
	t.Helper()
	k := s.Mint(t, harness.Huawei)
	c := s.HuaweiOrganizations(t, k)
	harness.Try(c.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	roots := harness.Try(c.ListRoots(&model.ListRootsRequest{})).Or(t)
	return k, (*roots.Roots)[0].Id
}

func stamp(off time.Duration) map[string]string {
	return map[string]string{"X-Sdk-Date": time.Now().Add(off).UTC().Format("20060102T150405Z")}
}

func TestHuaweiSignatures(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k, root := huaweiOrganization(t, s)
		amazon := s.Mint(t, harness.AWS)
		read := harness.RESTRequest{Method: "GET", Path: "/v1/organizations/accounts", Query: map[string]string{"parent_id": root, "limit": "5"}}
		for name, c := range map[string]struct {
			key     func(*harness.Key)
			headers map[string]string
			change  func(*http.Request)
			message string // a part of it; empty for a request that is answered
		}{
			"as it is":                         {},
			"signed 14 minutes ago":            {headers: stamp(30*time.Second - window)},
			"signed 14 minutes ahead":          {headers: stamp(window - 30*time.Second)},
			"with its own domain":              {headers: map[string]string{"X-Domain-Id": k.Account}},
			"with an unsigned project":         {change: header("X-Project-Id", "0123456789abcdef0123456789abcdef")},
			"with another host":                {change: func(r *http.Request) { r.Host = "organizations.example.com" }},
			"with a slash at its path's end":   {change: func(r *http.Request) { r.URL.Path += "/" }},
			"signed 16 minutes ago":            {headers: stamp(-window - time.Minute), message: "expired"},
			"signed 16 minutes ahead":          {headers: stamp(window + time.Minute), message: "expired"},
			"signed with another secret":       {key: func(k *harness.Key) { k.Secret += "x" }, message: "verify aksk signature fail"},
			"of a key that does not exist":     {key: func(k *harness.Key) { k.ID = "HPU00000000000000000" }, message: "ak HPU00000000000000000 not exist"},
			"of a key of the other cloud":      {key: func(k *harness.Key) { *k = amazon }, message: "not exist"},
			"of a lasting key with a token":    {key: func(k *harness.Key) { k.Token = "gAAAAA" }, message: "decrypt token fail"},
			"of a key that is the account":     {key: func(k *harness.Key) { k.ID = k.Account }, message: "not exist"},
			"without a signature":              {change: func(r *http.Request) { r.Header.Del("Authorization") }, message: "Incorrect IAM authentication information"},
			"with another algorithm":           {change: replaceAuthorization("SDK-HMAC-SHA256", "SDK-HMAC-MD5"), message: "Incorrect IAM authentication information"},
			"with half a signature":            {change: cutAuthorization(", Signature="), message: "Incorrect IAM authentication information"},
			"with another path":                {change: func(r *http.Request) { r.URL.Path = "/v1/organizations/roots" }, message: "verify aksk signature fail"},
			"with another query":               {change: func(r *http.Request) { r.URL.RawQuery += "&marker=x" }, message: "verify aksk signature fail"},
			"with another method":              {change: func(r *http.Request) { r.Method = "POST" }, message: "verify aksk signature fail"},
			"with a date that is not signed":   {change: replaceAuthorization("x-sdk-date", "x-other"), message: "Incorrect IAM authentication information"},
			"with the domain of somebody else": {headers: map[string]string{"X-Domain-Id": strings.Repeat("0", 32)}, message: "Incorrect IAM authentication information"},
			"with a token that is none":        {change: onlyToken("MIIsomething"), message: "Incorrect IAM authentication information"},
		} {
			key := k
			if c.key != nil {
				c.key(&key)
			}
			r := harness.SignHuawei(t, s.HuaweiRequest(read, c.headers), key)
			if c.change != nil {
				c.change(r)
			}
			status, code, message := huaweiFault(t, r)
			if c.message == "" && status != 200 {
				t.Errorf("a request %s is answered %d %s %s, want 200", name, status, code, message)
			}
			if c.message != "" && (status != 401 || code != gateway || !strings.Contains(message, c.message)) {
				t.Errorf("a request %s is answered %d %s %q, want 401 %s %q", name, status, code, message, gateway, c.message)
			}
		}
	})
}

func onlyToken(token string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Del("Authorization")
		r.Header.Set("X-Auth-Token", token)
	}
}

func TestHuaweiBodyIsSigned(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k, root := huaweiOrganization(t, s)
		in := harness.RESTRequest{Method: "POST", Path: "/v1/organizations/organizational-units", Body: map[string]string{"name": "a-1", "parent_id": root}}
		r := harness.SignHuawei(t, s.HuaweiRequest(in, nil), k)
		body(`{"name":"a-2","parent_id":"` + root + `"}`)(r)
		if status, code, _ := huaweiFault(t, r); status != 401 || code != gateway {
			t.Errorf("a changed body is answered %d %s, want 401 %s", status, code, gateway)
		}
		if status, code, message := huaweiFault(t, harness.SignHuawei(t, s.HuaweiRequest(in, nil), k)); status != 201 {
			t.Errorf("the body as it was signed is answered %d %s %s, want 201", status, code, message)
		}
	})
}

func TestHuaweiDerivedSignatures(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k, _ := huaweiOrganization(t, s)
		credentials := global.NewCredentialsBuilder().WithAk(k.ID).WithSk(k.Secret).WithDomainId(k.Account).
			WithDerivedPredicate(auth.GetDefaultDerivedPredicate()).Build()
		hc := harness.Try(hworg.OrganizationsClientBuilder().WithRegion(region.NewRegion(harness.HuaweiRegion, s.URL)).
			WithDerivedAuthServiceName("organizations").WithCredential(credentials).WithHttpConfig(harness.HuaweiConfig()).SafeBuild()).Or(t)
		harness.Try(hworg.NewOrganizationsClient(hc).ShowOrganization(&model.ShowOrganizationRequest{})).Or(t)

		read := harness.RESTRequest{Method: "GET", Path: "/v1/organizations"}
		for name, c := range map[string]struct {
			secret string
			off    time.Duration
			change func(*http.Request)
			status int
		}{
			"as it is":                   {k.Secret, 0, nil, 200},
			"signed with another secret": {k.Secret + "x", 0, nil, 401},
			"signed 16 minutes ago":      {k.Secret, -window - time.Minute, nil, 401},
			"with another region":        {k.Secret, 0, replaceAuthorization("/globe/", "/other/"), 401},
			"with another service":       {k.Secret, 0, replaceAuthorization("/organizations,", "/rgc,"), 401},
		} {
			in := s.HuaweiRequest(read, stamp(c.off))
			r := harness.PlainHuawei(t, in, harness.Try(signer.SignDerived(in, k.ID, c.secret, "organizations", "globe")).Or(t))
			if !strings.HasPrefix(r.Header.Get("Authorization"), "V11-HMAC-SHA256 ") {
				t.Fatalf("the SDK signs %s", r.Header.Get("Authorization"))
			}
			if c.change != nil {
				c.change(r)
			}
			status, code, message := huaweiFault(t, r)
			if status != c.status || status == 401 && code != gateway {
				t.Errorf("a derived signature %s is answered %d %s %s, want %d", name, status, code, message, c.status)
			}
		}
	})
}
