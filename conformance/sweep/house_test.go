package sweep_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m) }

// The access that management has to members.
const (
	awsRole      = "OrganizationAccountAccessRole"
	huaweiAgency = "OrganizationAccountAccessAgency"
)

// house is an organization with all that an operation may name, and a member to call from.
type house struct {
	management, member       harness.Key
	id, root, unit, creation string
	policy                   string // AWS: it keeps the member from leaving; Huawei: a tag policy on the root
}

func awsHouse(t *testing.T, s *harness.Server) house {
	t.Helper()
	h := house{management: s.Mint(t, harness.AWS)}
	c, ctx := s.Organizations(h.management), t.Context()
	h.id = *harness.Try(c.CreateOrganization(ctx, &organizations.CreateOrganizationInput{})).Or(t).Organization.Id
	h.root = *harness.Try(c.ListRoots(ctx, &organizations.ListRootsInput{})).Or(t).Roots[0].Id
	unit := &organizations.CreateOrganizationalUnitInput{ParentId: &h.root, Name: aws.String("unit")}
	h.unit = *harness.Try(c.CreateOrganizationalUnit(ctx, unit)).Or(t).OrganizationalUnit.Id
	account := &organizations.CreateAccountInput{AccountName: aws.String("member"), Email: aws.String(h.management.Account + "@member.example")}
	h.creation = *harness.Try(c.CreateAccount(ctx, account)).Or(t).CreateAccountStatus.Id
	var member string
	harness.Until(t, "there is a member", func() bool {
		in := &organizations.DescribeCreateAccountStatusInput{CreateAccountRequestId: &h.creation}
		now := harness.Try(c.DescribeCreateAccountStatus(ctx, in)).Or(t).CreateAccountStatus
		member = aws.ToString(now.AccountId)
		return now.State == types.CreateAccountStateSucceeded
	})
	in := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::" + member + ":role/" + awsRole), RoleSessionName: aws.String("sweep")}
	out := harness.Try(s.STS(h.management).AssumeRole(ctx, in)).Or(t).Credentials
	h.member = harness.Key{Account: member, ID: *out.AccessKeyId, Secret: *out.SecretAccessKey, Token: *out.SessionToken}
	h.keepMember(t, c)
	return h
}

// keepMember keeps the member from leaving, whose leaving would be a success.
func (h *house) keepMember(t *testing.T, c *organizations.Client) {
	t.Helper()
	ctx, kind := t.Context(), types.PolicyTypeServiceControlPolicy
	harness.Try(c.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: kind})).Or(t)
	made := harness.Try(c.CreatePolicy(ctx, &organizations.CreatePolicyInput{
		Name: aws.String("stay"), Type: kind, Description: aws.String(""),
		Content: aws.String(`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}}`),
	})).Or(t)
	h.policy = *made.Policy.PolicySummary.Id
	harness.Try(c.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: &h.policy, TargetId: &h.member.Account})).Or(t)
}

func huaweiHouse(t *testing.T, s *harness.Server) house {
	t.Helper()
	h := house{management: s.Mint(t, harness.Huawei)}
	c, agency, mail := s.HuaweiOrganizations(t, h.management), huaweiAgency, h.management.Account[:16]+"@member.example"
	h.id = harness.Try(c.CreateOrganization(&model.CreateOrganizationRequest{})).Or(t).Organization.Id
	h.root = (*harness.Try(c.ListRoots(&model.ListRootsRequest{})).Or(t).Roots)[0].Id
	unit := &model.CreateOrganizationalUnitRequest{Body: &model.CreateOrganizationalUnitReqBody{Name: "unit", ParentId: h.root}}
	h.unit = harness.Try(c.CreateOrganizationalUnit(unit)).Or(t).OrganizationalUnit.Id
	account := &model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: "m-" + h.management.Account[:16], Email: &mail, AgencyName: &agency}}
	h.creation = harness.Try(c.CreateAccount(account)).Or(t).CreateAccountStatus.Id
	var member string
	harness.Until(t, "there is a member", func() bool {
		now := harness.Try(c.ShowCreateAccountStatus(&model.ShowCreateAccountStatusRequest{CreateAccountStatusId: h.creation})).Or(t).CreateAccountStatus
		member = now.AccountId
		return now.State == "succeeded"
	})
	in := &stsmodel.AssumeAgencyRequest{Body: &stsmodel.AssumeAgencyReqBody{AgencyUrn: "iam::" + member + ":agency:" + agency, AgencySessionName: "sweep"}}
	out := harness.Try(s.HuaweiSTS(t, h.management).AssumeAgency(in)).Or(t).Credentials
	h.member = harness.Key{Account: member, ID: out.AccessKeyId, Secret: out.SecretAccessKey, Token: out.SecurityToken}
	h.tagPolicy(t, c)
	// The member's leaving would be a success, were there nothing that hinders it.
	s.Native(t, "PUT", "/_polity/accounts/"+member+"/hindrances", map[string]any{"hindrances": []string{"no-payment"}}, nil)
	return h
}

// tagPolicy gives the member an effective policy to ask for.
func (h *house) tagPolicy(t *testing.T, c *hworg.OrganizationsClient) {
	t.Helper()
	kind := model.GetPolicyTypeReqBodyPolicyTypeEnum().TAG_POLICY
	harness.Try(c.EnablePolicyType(&model.EnablePolicyTypeRequest{Body: &model.PolicyTypeReqBody{RootId: h.root, PolicyType: kind}})).Or(t)
	h.policy = harness.Try(c.CreatePolicy(&model.CreatePolicyRequest{Body: &model.CreatePolicyReqBody{
		Name: "team", Type: model.GetCreatePolicyReqBodyTypeEnum().TAG_POLICY, Content: `{"tags":{"team":{"tag_value":{"@@assign":["red"]}}}}`,
	}})).Or(t).Policy.PolicySummary.Id
	harness.Try(c.AttachPolicy(&model.AttachPolicyRequest{PolicyId: h.policy, Body: &model.PolicyTachReqBody{EntityId: h.root}})).Or(t)
}

// awsStranger is the management account of an organization of its own, which a call may change.
func awsStranger(t *testing.T, s *harness.Server) harness.Key {
	t.Helper()
	k := s.Mint(t, harness.AWS)
	harness.Try(s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	return k
}

func huaweiStranger(t *testing.T, s *harness.Server) harness.Key {
	t.Helper()
	k := s.Mint(t, harness.Huawei)
	harness.Try(s.HuaweiOrganizations(t, k).CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
	return k
}
