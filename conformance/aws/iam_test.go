package aws_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestIAMTellsWhoIsInAnAccount(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		account := h.account(t)
		inside := s.IAM(assume(t, s, h.key, account, "OrganizationAccountAccessRole"))
		var names []string
		for pages := iam.NewListRolesPaginator(inside, &iam.ListRolesInput{MaxItems: aws.Int32(1)}); pages.HasMorePages(); {
			page := harness.Try(pages.NextPage(t.Context())).Or(t)
			for _, r := range page.Roles {
				names = append(names, *r.RoleName)
			}
		}
		if want := []string{"AWSServiceRoleForOrganizations", "OrganizationAccountAccessRole"}; !slices.Equal(names, want) {
			t.Errorf("the roles are %v, want %v", names, want)
		}
		role := harness.Try(inside.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("OrganizationAccountAccessRole")})).Or(t).Role
		if *role.Arn != roleARN(account, "OrganizationAccountAccessRole") || *role.Path != "/" || *role.MaxSessionDuration != 3600 || role.CreateDate.IsZero() ||
			!strings.Contains(*role.AssumeRolePolicyDocument, h.key.Account) {
			t.Errorf("the role is %+v", role)
		}
		_, err := inside.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("Nobody")})
		wantType[*iamtypes.NoSuchEntityException](t, err)
		_, err = inside.GetUser(t.Context(), &iam.GetUserInput{})
		harness.WantAWS(t, err, "ValidationError", "")
		user := harness.Try(s.IAM(h.key).GetUser(t.Context(), &iam.GetUserInput{})).Or(t).User
		if *user.Arn != "arn:aws:iam::"+h.key.Account+":user/"+h.key.User || *user.UserName != h.key.User {
			t.Errorf("the user is %s, %s", *user.Arn, *user.UserName)
		}
		aliases := harness.Try(inside.ListAccountAliases(t.Context(), &iam.ListAccountAliasesInput{})).Or(t)
		if len(aliases.AccountAliases) != 0 || aliases.IsTruncated {
			t.Errorf("the aliases are %v", aliases.AccountAliases)
		}
		_, err = inside.GetAccountPasswordPolicy(t.Context(), &iam.GetAccountPasswordPolicyInput{})
		wantType[*iamtypes.NoSuchEntityException](t, err)
		_, err = inside.CreateUser(t.Context(), &iam.CreateUserInput{UserName: aws.String("x")})
		harness.WantAWS(t, err, "InvalidAction", "")
		_, err = s.IAM(h.key).GenerateOrganizationsAccessReport(t.Context(), &iam.GenerateOrganizationsAccessReportInput{EntityPath: aws.String(h.id + "/" + h.root)})
		harness.WantAWS(t, err, "UnsupportedOperation", "")
	})
}

func TestServiceLinkedRole(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		client := s.IAM(s.Mint(t, harness.AWS))
		in := &iam.CreateServiceLinkedRoleInput{AWSServiceName: aws.String("organizations.amazonaws.com"), Description: aws.String("what it is for")}
		made := harness.Try(client.CreateServiceLinkedRole(t.Context(), in)).Or(t).Role
		if *made.RoleName != "AWSServiceRoleForOrganizations" || *made.Path != "/aws-service-role/organizations.amazonaws.com/" || *made.Description != "what it is for" {
			t.Errorf("the role is %+v", made)
		}
		_, err := client.CreateServiceLinkedRole(t.Context(), in)
		wantType[*iamtypes.InvalidInputException](t, err)
	})
}

// wantType checks that an SDK call ends with an exception of a type.
func wantType[E error](t *testing.T, err error) {
	t.Helper()
	if !is[E](err) {
		t.Errorf("%T is not the error of %v", *new(E), err)
	}
}

// rootly asks for a session of a member's root user.
func rootly(t *testing.T, s *harness.Server, k harness.Key, account, task string) (harness.Key, error) {
	t.Helper()
	out, err := s.STS(k).AssumeRoot(t.Context(), &sts.AssumeRootInput{
		TargetPrincipal: &account, TaskPolicyArn: &ststypes.PolicyDescriptorType{Arn: aws.String("arn:aws:iam::aws:policy/root-task/" + task)},
	})
	if err != nil {
		return harness.Key{}, err
	}
	c := out.Credentials
	return harness.Key{Partition: harness.AWS, Account: account, ID: *c.AccessKeyId, Secret: *c.SecretAccessKey, Token: *c.SessionToken}, nil
}

func TestCentralizedRootAccess(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		member, overseer := h.account(t), h.account(t)
		managing, lone := s.IAM(h.key), s.IAM(s.Mint(t, harness.AWS))
		delegate := assume(t, s, h.key, overseer, "OrganizationAccountAccessRole")
		list := func(c *iam.Client) error {
			_, err := c.ListOrganizationsFeatures(t.Context(), &iam.ListOrganizationsFeaturesInput{})
			return err
		}
		wantType[*iamtypes.OrganizationNotFoundException](t, list(lone))
		wantType[*iamtypes.ServiceAccessNotEnabledException](t, list(managing))
		wantType[*iamtypes.AccountNotManagementOrDelegatedAdministratorException](t, list(s.IAM(delegate)))
		service := aws.String("iam.amazonaws.com")
		harness.Try(h.EnableAWSServiceAccess(t.Context(), &organizations.EnableAWSServiceAccessInput{ServicePrincipal: service})).Or(t)
		harness.Try(h.RegisterDelegatedAdministrator(t.Context(), &organizations.RegisterDelegatedAdministratorInput{AccountId: &overseer, ServicePrincipal: service})).Or(t)
		_, err := s.IAM(delegate).EnableOrganizationsRootSessions(t.Context(), &iam.EnableOrganizationsRootSessionsInput{})
		wantType[*iamtypes.CallerIsNotManagementAccountException](t, err)
		_, err = rootly(t, s, h.key, member, "S3UnlockBucketPolicy")
		harness.WantAWS(t, err, "AccessDenied", "")

		on := harness.Try(managing.EnableOrganizationsRootSessions(t.Context(), &iam.EnableOrganizationsRootSessionsInput{})).Or(t)
		if *on.OrganizationId != h.id || !slices.Equal(on.EnabledFeatures, []iamtypes.FeatureType{iamtypes.FeatureTypeRootSessions}) {
			t.Errorf("of %s, %v are on", *on.OrganizationId, on.EnabledFeatures)
		}
		harness.Try(managing.EnableOrganizationsRootCredentialsManagement(t.Context(), &iam.EnableOrganizationsRootCredentialsManagementInput{})).Or(t)
		harness.Try(rootly(t, s, h.key, member, "S3UnlockBucketPolicy")).Or(t)
		root := harness.Try(rootly(t, s, delegate, member, "IAMAuditRootUserCredentials")).Or(t)
		if who := identity(t, s, root); *who.Arn != "arn:aws:iam::"+member+":root" {
			t.Errorf("the caller is %s", *who.Arn)
		}
		if user := harness.Try(s.IAM(root).GetUser(t.Context(), &iam.GetUserInput{})).Or(t).User; *user.Arn != "arn:aws:iam::"+member+":root" {
			t.Errorf("the user is %s", *user.Arn)
		}
		_, err = s.Organizations(root).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		harness.WantAWS(t, err, "AccessDeniedException", "")

		harness.Try(s.IAM(delegate).DisableOrganizationsRootCredentialsManagement(t.Context(), &iam.DisableOrganizationsRootCredentialsManagementInput{})).Or(t)
		off := harness.Try(managing.DisableOrganizationsRootSessions(t.Context(), &iam.DisableOrganizationsRootSessionsInput{})).Or(t)
		if len(off.EnabledFeatures) != 0 {
			t.Errorf("%v are on", off.EnabledFeatures)
		}
		_, err = rootly(t, s, delegate, member, "IAMAuditRootUserCredentials")
		harness.WantAWS(t, err, "AccessDenied", "")
	})
}
