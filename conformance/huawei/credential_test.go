package huawei_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/provider"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"
	iammodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3/model"
	iam5 "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v5"
	iam5model "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v5/model"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// organizations is a client with credentials as one of the SDK's providers made them.
func organizations(t *testing.T, s *harness.Server, c auth.ICredential) *hworg.OrganizationsClient {
	t.Helper()
	at := region.NewRegion(harness.HuaweiRegion, s.URL)
	return hworg.NewOrganizationsClient(harness.Try(hworg.OrganizationsClientBuilder().WithRegion(at).WithCredential(c).WithHttpConfig(harness.HuaweiConfig()).SafeBuild()).Or(t))
}

// The providers read the environment and a file, so these tests do not run beside others.
func TestTheProvidersOfTheSDKFindTheirCredentials(t *testing.T) {
	s := harness.Shared(t, "sqlite")
	h := newHouse(t, s)
	file := filepath.Join(t.TempDir(), "credentials")
	text := fmt.Sprintf("[global]\nak=%s\nsk=%s\niam_endpoint=%s\n", h.key.ID, h.key.Secret, s.URL) // the SDK asks for the domain
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	agency := "OrganizationAccountAccessAgency"
	made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
	inside := assume(t, s, h.key, made.AccountId, agency)
	for says, set := range map[string]struct {
		variables map[string]string
		provider  provider.ICredentialProvider
	}{
		"the environment": {map[string]string{
			"HUAWEICLOUD_SDK_AK": h.key.ID, "HUAWEICLOUD_SDK_SK": h.key.Secret, "HUAWEICLOUD_SDK_DOMAIN_ID": h.key.Account,
		}, provider.GlobalCredentialEnvProvider()},
		"a session in the environment": {map[string]string{
			"HUAWEICLOUD_SDK_AK": inside.ID, "HUAWEICLOUD_SDK_SK": inside.Secret, "HUAWEICLOUD_SDK_DOMAIN_ID": inside.Account, "HUAWEICLOUD_SDK_SECURITY_TOKEN": inside.Token,
		}, provider.GlobalCredentialEnvProvider()},
		"a profile": {map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": file}, provider.GlobalCredentialProfileProvider()},
		"the chain": {map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": file}, provider.GlobalCredentialProviderChain()},
	} {
		t.Run(says, func(t *testing.T) {
			for name, value := range set.variables {
				t.Setenv(name, value)
			}
			c := harness.Try(set.provider.GetCredentials()).Or(t)
			out := harness.Try(organizations(t, s, c).ShowOrganization(&model.ShowOrganizationRequest{})).Or(t)
			if out.Organization.Id != h.id {
				t.Errorf("the organization is %s, want %s", out.Organization.Id, h.id)
			}
		})
	}
}

func TestTemporaryKeysOfTheOldInterfaceEnterAMember(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		agency := "OrganizationAccountAccessAgency"
		made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
		c := iam.NewIamClient(harness.Try(iam.IamClientBuilder().WithEndpoint(s.URL).WithCredential(h.key.Global()).WithHttpConfig(harness.HuaweiConfig()).SafeBuild()).Or(t))
		out := harness.Try(c.CreateTemporaryAccessKeyByAgency(&iammodel.CreateTemporaryAccessKeyByAgencyRequest{Body: &iammodel.CreateTemporaryAccessKeyByAgencyRequestBody{
			Auth: &iammodel.AgencyAuth{Identity: &iammodel.AgencyAuthIdentity{
				Methods:    []iammodel.AgencyAuthIdentityMethods{iammodel.GetAgencyAuthIdentityMethodsEnum().ASSUME_ROLE},
				AssumeRole: &iammodel.IdentityAssumerole{AgencyName: agency, DomainId: &made.AccountId},
			}},
		}})).Or(t)
		inside := harness.Key{Partition: harness.Huawei, Account: made.AccountId, ID: out.Credential.Access, Secret: out.Credential.Secret, Token: out.Credential.Securitytoken}
		if o := harness.Try(s.HuaweiOrganizations(t, inside).ShowOrganization(&model.ShowOrganizationRequest{})).Or(t); o.Organization.Id != h.id {
			t.Errorf("inside, the organization is %s, want %s", o.Organization.Id, h.id)
		}
		users := harness.Try(c.KeystoneListUsers(&iammodel.KeystoneListUsersRequest{Name: &h.key.User})).Or(t)
		if len(*users.Users) != 1 || (*users.Users)[0].Name != h.key.User || (*users.Users)[0].DomainId != h.key.Account {
			t.Errorf("the users are %+v, want %s alone", *users.Users, h.key.User)
		}
		if catalog := harness.Try(c.KeystoneShowCatalog(&iammodel.KeystoneShowCatalogRequest{})).Or(t); len(*catalog.Catalog) != 0 {
			t.Errorf("the catalog is %+v", *catalog.Catalog)
		}
	})
}

func TestAgenciesOfAFreshAccountAreSeenInside(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		agency := "OrganizationAccountAccessAgency"
		made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
		inside := assume(t, s, h.key, made.AccountId, agency)
		c := iam5.NewIamClient(harness.Try(iam5.IamClientBuilder().WithEndpoint(s.URL).WithCredential(inside.Basic()).WithHttpConfig(harness.HuaweiConfig()).SafeBuild()).Or(t))
		seen := map[string]iam5model.Agency{}
		for _, a := range *harness.Try(c.ListAgenciesV5(&iam5model.ListAgenciesV5Request{})).Or(t).Agencies {
			seen[a.AgencyName] = a
		}
		if a := seen[agency]; text(a.TrustDomainId) != h.key.Account || a.Urn != "iam::"+made.AccountId+":agency:"+agency {
			t.Errorf("the way in is %+v", a)
		}
		own := seen["ServiceLinkedAgencyForOrganizations"]
		if own.Path != "service-linked-agency/service.Organizations/" || text(own.TrustPolicy) == "" {
			t.Errorf("the service's own agency is %+v", own)
		}
		again := harness.Try(c.GetAgencyV5(&iam5model.GetAgencyV5Request{AgencyId: own.AgencyId})).Or(t)
		if again.Agency.AgencyName != own.AgencyName {
			t.Errorf("by its id it is %+v", again.Agency)
		}
		_, err := c.GetAgencyV5(&iam5model.GetAgencyV5Request{AgencyId: "0123456789abcdef"})
		harness.WantHuawei(t, err, 404, "IAM.0004")
		users := harness.Try(c.ListUsersV5(&iam5model.ListUsersV5Request{})).Or(t).Users
		if len(*users) != 1 || !(*users)[0].IsRootUser {
			t.Errorf("the users are %+v, want the root user alone", *users)
		}
	})
}
