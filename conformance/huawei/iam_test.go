package huawei_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"
	iammodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3/model"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
	orgregion "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/region"
	hwrgc "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/rgc/v1"
	rgcmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/rgc/v1/model"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// The SDK looks up what a program does not say: its domain for Organizations, its project for RGC. It asks IAM by HTTPS alone when the endpoint
// comes from the environment, so there a front ends the encryption.
func TestSDKLooksUpDomainAndProject(t *testing.T) {
	s := harness.Shared(t, "sqlite")
	front := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(harness.Try(url.Parse(s.URL)).Or(t)))
	t.Cleanup(front.Close)
	t.Setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", front.URL)
	t.Setenv("HUAWEICLOUD_SDK_REGION_ORGANIZATIONS_CN_NORTH_4", s.URL)
	lax := config.DefaultHttpConfig().WithIgnoreSSLVerification(true)
	lookUp(t, s, orgregion.ValueOf(harness.HuaweiRegion), "", lax)
}

func TestSDKLooksUpAtAnEndpointOfItsOwn(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		lookUp(t, s, region.NewRegion(harness.HuaweiRegion, s.URL), s.URL, harness.HuaweiConfig())
	})
}

func lookUp(t *testing.T, s *harness.Server, organizations *region.Region, endpoint string, c *config.HttpConfig) {
	t.Helper()
	k := s.Mint(t, harness.Huawei)
	global := global.NewCredentialsBuilder().WithAk(k.ID).WithSk(k.Secret).WithIamEndpointOverride(endpoint).Build()
	hc := harness.Try(hworg.OrganizationsClientBuilder().WithRegion(organizations).WithCredential(global).WithHttpConfig(c).SafeBuild()).Or(t)
	made := harness.Try(hworg.NewOrganizationsClient(hc).CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	if made.Organization.ManagementAccountId != k.Account || global.DomainId != k.Account {
		t.Errorf("the SDK finds the domain %s, want %s", global.DomainId, k.Account)
	}
	basic := basic.NewCredentialsBuilder().WithAk(k.ID).WithSk(k.Secret).WithIamEndpointOverride(endpoint).Build()
	hc = harness.Try(hwrgc.RgcClientBuilder().WithRegion(region.NewRegion(harness.HuaweiRegion, s.URL)).WithCredential(basic).WithHttpConfig(c).SafeBuild()).Or(t)
	if basic.ProjectId == "" {
		t.Error("the SDK finds no project")
	}
	harness.Try(hwrgc.NewRgcClient(hc).CheckLaunch(&rgcmodel.CheckLaunchRequest{})).Or(t)
}

func TestDomainsAndProjects(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.Huawei)
		hc := harness.Try(iam.IamClientBuilder().WithEndpoint(s.URL).WithCredential(k.Global()).WithHttpConfig(harness.HuaweiConfig()).SafeBuild()).Or(t)
		c := iam.NewIamClient(hc)
		domains := harness.Try(c.KeystoneListAuthDomains(&iammodel.KeystoneListAuthDomainsRequest{})).Or(t)
		if len(*domains.Domains) != 1 || (*domains.Domains)[0].Id != k.Account || !(*domains.Domains)[0].Enabled {
			t.Errorf("the domains are %+v, want %s alone", *domains.Domains, k.Account)
		}
		for _, region := range []string{harness.HuaweiRegion, "ap-southeast-3"} {
			projects := harness.Try(c.KeystoneListProjects(&iammodel.KeystoneListProjectsRequest{Name: &region})).Or(t)
			if len(*projects.Projects) != 1 || (*projects.Projects)[0].Name != region || (*projects.Projects)[0].DomainId != k.Account {
				t.Errorf("the projects of %s are %+v, want one", region, *projects.Projects)
			}
		}
	})
}

// login asks for a token and returns it with the body's account.
func login(t *testing.T, s *harness.Server, identity any) (status int, token, account string) {
	t.Helper()
	body := string(harness.Try(json.Marshal(map[string]any{"auth": map[string]any{"identity": identity}})).Or(t))
	r := harness.Try(http.NewRequestWithContext(t.Context(), "POST", s.URL+"/v3/auth/tokens", strings.NewReader(body))).Or(t)
	r.Header.Set("Content-Type", "application/json")
	status, header, answer := harness.Do(t, r)
	var out struct {
		Token struct {
			User struct{ Domain struct{ ID string } }
		}
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		t.Fatalf("a token comes with what is no JSON: %s", answer)
	}
	return status, header.Get("X-Subject-Token"), out.Token.User.Domain.ID
}

func TestTokenStandsForTheKey(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		ask := func(secret string) (int, string, string) {
			return login(t, s, map[string]any{"methods": []string{"hw_ak_sk"}, "hw_ak_sk": map[string]any{
				"access": map[string]string{"key": h.key.ID}, "secret": map[string]string{"key": secret},
			}})
		}
		if status, token, _ := ask("wrong"); status != http.StatusUnauthorized || token != "" {
			t.Errorf("a wrong secret is answered %d with the token %q", status, token)
		}
		status, token, account := ask(h.key.Secret)
		if status != http.StatusCreated || token == "" || account != h.key.Account {
			t.Fatalf("a token is answered %d for the account %s, want 201 for %s", status, account, h.key.Account)
		}
		r := harness.Try(http.NewRequestWithContext(t.Context(), "GET", s.URL+"/v1/organizations", nil)).Or(t)
		r.Header.Set("X-Auth-Token", token)
		if status, _, body := harness.Do(t, r); status != http.StatusOK || !strings.Contains(string(body), h.id) {
			t.Errorf("with the token the organization is answered %d: %s", status, body)
		}
		if status, token, _ := login(t, s, map[string]any{"methods": []string{"token"}, "token": map[string]string{"id": token}}); status != http.StatusCreated || token == "" {
			t.Errorf("a token for a token is answered %d", status)
		}
		if status, _, _ := login(t, s, map[string]any{"methods": []string{"password"}, "password": map[string]any{
			"user": map[string]any{"name": "admin", "password": "guessed", "domain": map[string]string{"id": h.key.Account}},
		}}); status != http.StatusUnauthorized {
			t.Errorf("a password is answered %d, want 401: nobody has one", status)
		}
	})
}

func TestManagementActsInsideAFreshAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		agency := "OrganizationAccountAccessAgency"
		made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
		inside := assume(t, s, h.key, made.AccountId, agency)
		who := harness.Try(s.HuaweiSTS(t, inside).GetCallerIdentity(&stsmodel.GetCallerIdentityRequest{})).Or(t)
		if want := "sts::" + made.AccountId + ":assumed-agency:" + agency + "/visit"; text(who.AccountId) != made.AccountId || text(who.PrincipalUrn) != want {
			t.Errorf("inside the caller is %s, %s, want %s", text(who.AccountId), text(who.PrincipalUrn), want)
		}
		member := s.HuaweiOrganizations(t, inside)
		if o := harness.Try(member.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t).Organization; o.Id != h.id {
			t.Errorf("the member sees the organization %s, want %s", o.Id, h.id)
		}
		_, err := member.ListAccounts(&model.ListAccountsRequest{})
		harness.WantHuawei(t, err, 401, "Organizations.1002")
		_, err = member.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: name(), Email: address()}})
		harness.WantHuawei(t, err, 401, "Organizations.1001")
		_, err = s.RGC(t, inside).CheckLaunch(&rgcmodel.CheckLaunchRequest{})
		if status, code := harness.HuaweiError(err); status != 403 || code == "" {
			t.Errorf("a member that checks a launch ends with %d %s, want 403", status, code)
		}
		other := newHouse(t, s)
		if _, err := tryAssume(t, s, other.key, made.AccountId, agency); err == nil {
			t.Error("another organization's management account enters")
		}
	})
}

func tryAssume(t *testing.T, s *harness.Server, k harness.Key, account, agency string) (harness.Key, error) {
	t.Helper()
	out, err := s.HuaweiSTS(t, k).AssumeAgency(&stsmodel.AssumeAgencyRequest{Body: &stsmodel.AssumeAgencyReqBody{
		AgencyUrn: "iam::" + account + ":agency:" + agency, AgencySessionName: "visit",
	}})
	if err != nil {
		return harness.Key{}, err
	}
	c := out.Credentials
	if left := time.Until(time.Time(*c.Expiration)); left < 50*time.Minute || left > time.Hour {
		t.Errorf("the agency's session lasts %s, want an hour", left)
	}
	return harness.Key{Partition: harness.Huawei, Account: account, ID: c.AccessKeyId, Secret: c.SecretAccessKey, Token: c.SecurityToken}, nil
}

func assume(t *testing.T, s *harness.Server, k harness.Key, account, agency string) harness.Key {
	t.Helper()
	return harness.Try(tryAssume(t, s, k, account, agency)).Or(t)
}

func TestCallerIdentity(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.Huawei)
		who := harness.Try(s.HuaweiSTS(t, k).GetCallerIdentity(&stsmodel.GetCallerIdentityRequest{})).Or(t)
		if text(who.AccountId) != k.Account || text(who.PrincipalUrn) != "iam::"+k.Account+":user:"+k.User || text(who.PrincipalId) == "" {
			t.Errorf("the caller is %s, %s, %s", text(who.AccountId), text(who.PrincipalUrn), text(who.PrincipalId))
		}
	})
}
