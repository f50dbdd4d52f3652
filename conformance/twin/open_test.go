package twin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestKeyChoosesTheAWSAccount(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	minted := s.Mint(t, harness.AWS)
	for name, c := range map[string]struct{ key, account string }{
		"twelve digits":             {"123456789012", "123456789012"},
		"twelve digits with zeros":  {"000000000042", "000000000042"},
		"a minted key":              {minted.ID, minted.Account},
		"a key that nobody minted":  {"test", "000000000000"},
		"a key of another emulator": {"AKIAIOSFODNN7EXAMPLE", "000000000000"},
		"eleven digits":             {"12345678901", "000000000000"},
	} {
		k := harness.Key{ID: c.key, Secret: "whatever"}
		who := harness.Try(s.STS(k).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})).Or(t)
		if *who.Account != c.account {
			t.Errorf("%s: %s is the account %s, want %s", name, c.key, *who.Account, c.account)
		}
	}
}

func TestKeyChoosesTheHuaweiAccount(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	minted, standard := s.Mint(t, harness.Huawei), strings.Repeat("0", 32)
	for name, c := range map[string]struct{ key, account string }{
		"32 hex digits":            {"0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"},
		"a minted key":             {minted.ID, minted.Account},
		"the id of an account":     {minted.Account, minted.Account},
		"a key that nobody minted": {"test", standard},
	} {
		// The domain that a client says does not count.
		k := harness.Key{ID: c.key, Secret: "whatever", Account: "ffffffffffffffffffffffffffffffff"}
		who := harness.Try(s.HuaweiSTS(t, k).GetCallerIdentity(&stsmodel.GetCallerIdentityRequest{})).Or(t)
		if aws.ToString(who.AccountId) != c.account {
			t.Errorf("%s: %s is the account %s, want %s", name, c.key, aws.ToString(who.AccountId), c.account)
		}
		r := harness.SignHuawei(t, s.HuaweiRequest(harness.RESTRequest{Method: "GET", Path: "/v3/auth/domains"}, map[string]string{"X-Domain-Id": k.Account}), k)
		if _, _, body := harness.Do(t, r); !strings.Contains(string(body), `"`+c.account+`"`) {
			t.Errorf("%s: the domains are %s, want %s", name, body, c.account)
		}
	}
}

func TestNobodyIsTheStandardAccount(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	r, _ := s.QueryRequest(t, "GetCallerIdentity", nil)
	if status, _, body := harness.Do(t, r); status != http.StatusOK || !strings.Contains(string(body), "<Account>000000000000</Account>") {
		t.Errorf("without a signature the caller is answered %d: %s", status, body)
	}
	get := harness.Try(http.NewRequestWithContext(t.Context(), "GET", s.URL+"/v5/caller-identity", nil)).Or(t)
	if status, _, body := harness.Do(t, get); status != http.StatusOK || !strings.Contains(string(body), strings.Repeat("0", 32)) {
		t.Errorf("without a signature the caller of Huawei Cloud is answered %d: %s", status, body)
	}
}

// Tests of landing-zone code enter accounts that nobody has made.
func TestAnyRoleIsAssumed(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	in := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::210987654321:role/Anything"), RoleSessionName: aws.String("test")}
	c := harness.Try(s.STS(harness.Key{ID: "123456789012", Secret: "x"}).AssumeRole(t.Context(), in)).Or(t).Credentials
	inside := harness.Key{ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}
	who := harness.Try(s.STS(inside).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})).Or(t)
	if *who.Account != "210987654321" || *who.Arn != "arn:aws:sts::210987654321:assumed-role/Anything/test" {
		t.Errorf("inside the caller is %s, %s", *who.Account, *who.Arn)
	}
}

func TestAccountsOfATwinAreApart(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	first := fmt.Sprintf("1%011d", names.Add(1))
	one, other := s.Organizations(harness.Key{ID: first, Secret: "x"}), s.Organizations(harness.Key{ID: fmt.Sprintf("2%011d", names.Add(1)), Secret: "x"})
	harness.Try(one.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	_, err := other.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	harness.WantAWS(t, err, "AWSOrganizationsNotInUseException", "")
	huawei := s.HuaweiOrganizations(t, harness.Key{ID: first, Secret: "x", Account: "x"})
	_, err = huawei.ShowOrganization(&model.ShowOrganizationRequest{})
	harness.WantHuawei(t, err, 401, "Organizations.1015")
}
