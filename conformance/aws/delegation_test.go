package aws_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/polity-cloud/polity/conformance/harness"
)

const ssm = "ssm.amazonaws.com"

// as is a client of an account's administrator, who comes in by the access role.
func (h *house) as(t *testing.T, account string) *organizations.Client {
	t.Helper()
	in := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"), RoleSessionName: aws.String("conformance")}
	out := harness.Try(h.server.STS(h.key).AssumeRole(t.Context(), in)).Or(t).Credentials
	return h.server.Organizations(harness.Key{Account: account, ID: *out.AccessKeyId, Secret: *out.SecretAccessKey, Token: *out.SessionToken})
}

func (h *house) trust(t *testing.T, service string) error {
	t.Helper()
	_, err := h.EnableAWSServiceAccess(t.Context(), &organizations.EnableAWSServiceAccessInput{ServicePrincipal: &service})
	return err
}

func (h *house) distrust(t *testing.T, service string) error {
	t.Helper()
	_, err := h.DisableAWSServiceAccess(t.Context(), &organizations.DisableAWSServiceAccessInput{ServicePrincipal: &service})
	return err
}

func (h *house) register(t *testing.T, account, service string) error {
	t.Helper()
	_, err := h.RegisterDelegatedAdministrator(t.Context(), &organizations.RegisterDelegatedAdministratorInput{AccountId: &account, ServicePrincipal: &service})
	return err
}

func (h *house) deregister(t *testing.T, account, service string) error {
	t.Helper()
	_, err := h.DeregisterDelegatedAdministrator(t.Context(), &organizations.DeregisterDelegatedAdministratorInput{AccountId: &account, ServicePrincipal: &service})
	return err
}

func (h *house) trusted(t *testing.T) string {
	t.Helper()
	var names []string
	pages := organizations.NewListAWSServiceAccessForOrganizationPaginator(h, &organizations.ListAWSServiceAccessForOrganizationInput{MaxResults: aws.Int32(1)})
	for pages.HasMorePages() {
		for _, s := range harness.Try(pages.NextPage(t.Context())).Or(t).EnabledServicePrincipals {
			if s.DateEnabled.IsZero() {
				t.Errorf("%s has no date", *s.ServicePrincipal)
			}
			names = append(names, *s.ServicePrincipal)
		}
	}
	return strings.Join(names, " ")
}

func TestServicesAreTrustedAndDelegated(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, two := h.account(t), h.account(t)
		harness.WantAWS(t, h.register(t, one, ssm), constraint, "SERVICE_ACCESS_NOT_ENABLED")
		for _, service := range []string{ssm, "guardduty.amazonaws.com", "config.amazonaws.com", ssm} {
			harness.WantAWS(t, h.trust(t, service), "", "")
		}
		if got := h.trusted(t); got != "config.amazonaws.com guardduty.amazonaws.com ssm.amazonaws.com" {
			t.Errorf("trusted are %s", got)
		}
		harness.WantAWS(t, h.trust(t, "moto.amazonaws.com"), invalid, "UNRECOGNIZED_SERVICE_PRINCIPAL")
		harness.WantAWS(t, h.register(t, one, "guardduty.amazonaws.com"), "", "")
		harness.WantAWS(t, h.register(t, two, "guardduty.amazonaws.com"), constraint, "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE")
		harness.WantAWS(t, h.register(t, one, ssm), "", "")
		harness.WantAWS(t, h.register(t, one, ssm), "AccountAlreadyRegisteredException", "")
		found := harness.Try(h.ListDelegatedAdministrators(t.Context(), &organizations.ListDelegatedAdministratorsInput{})).Or(t).DelegatedAdministrators
		if len(found) != 1 || *found[0].Id != one || *found[0].Arn != h.arn("account", h.id+"/"+one) || found[0].DelegationEnabledDate.IsZero() {
			t.Errorf("delegated administrators are %+v", found)
		}
		services := harness.Try(h.ListDelegatedServicesForAccount(t.Context(), &organizations.ListDelegatedServicesForAccountInput{AccountId: &one})).Or(t).DelegatedServices
		if len(services) != 2 || *services[1].ServicePrincipal != ssm {
			t.Errorf("delegated services are %+v", services)
		}
		leave := func() error {
			_, err := h.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &one})
			return err
		}
		harness.WantAWS(t, leave(), constraint, "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")
		harness.WantAWS(t, h.distrust(t, "guardduty.amazonaws.com"), "", "")
		harness.WantAWS(t, h.distrust(t, "guardduty.amazonaws.com"), "", "")
		harness.WantAWS(t, h.deregister(t, one, "guardduty.amazonaws.com"), "AccountNotRegisteredException", "")
		harness.WantAWS(t, h.deregister(t, one, ssm), "", "")
		harness.WantAWS(t, h.deregister(t, two, ssm), "AccountNotRegisteredException", "")
	})
}

func TestTrustAndDelegationAreRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		const inspector, config = "inspector2.amazonaws.com", "config.amazonaws.com"
		h := newHouse(t, s)
		_, err := h.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: types.PolicyTypeInspectorPolicy})
		harness.WantAWS(t, err, constraint, "SERVICE_ACCESS_NOT_ENABLED")
		harness.WantAWS(t, h.trust(t, inspector), "", "")
		h.enable(t, types.PolicyTypeInspectorPolicy)
		harness.WantAWS(t, h.distrust(t, inspector), constraint, "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE")
		harness.WantAWS(t, h.trust(t, config), "", "")
		harness.WantAWS(t, h.register(t, h.key.Account, config), constraint, "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR")
		for range 3 {
			harness.WantAWS(t, h.register(t, h.account(t), config), "", "")
		}
		harness.WantAWS(t, h.register(t, h.account(t), config), constraint, "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED")
	})
}

func TestResourcePolicyIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, stranger := newHouse(t, s), s.Mint(t, harness.AWS)
		statement := func(principal, action, rest string) string {
			return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"organizations:` + action + `",` + rest + `}]}`
		}
		us, all := h.key.Account, `"Resource":"*"`
		for reason, content := range map[string]string{
			"INVALID_RESOURCE_POLICY_JSON":               "no",
			"INVALID_PRINCIPAL":                          statement(stranger.Account, "ListAccounts", all),
			"UNSUPPORTED_ACTION_IN_RESOURCE_POLICY":      statement(us, "CreateAccount", all),
			"UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY":    statement(us, "ListAccounts", `"Resource":"arn:aws:s3:::b"`),
			"UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY": statement(us, "ListAccounts", all+`,"Condition":{"StringEquals":{"organizations:PolicyType":"NO_POLICY"}}`),
		} {
			_, err := h.PutResourcePolicy(t.Context(), &organizations.PutResourcePolicyInput{Content: &content})
			harness.WantAWS(t, err, invalid, reason)
		}
	})
}

func TestADelegatedAdministratorReadsAndAResourcePolicyLetsItWrite(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, ctx := h.account(t), t.Context()
		delegate := h.as(t, one)
		list := func() error {
			_, err := delegate.ListAccounts(ctx, &organizations.ListAccountsInput{})
			return err
		}
		create := func(name string, kind types.PolicyType) error {
			_, err := delegate.CreatePolicy(ctx, &organizations.CreatePolicyInput{
				Name: &name, Type: kind, Description: aws.String(""), Content: aws.String(`{"tags":{"team":{"tag_key":{"@@assign":"team"}}}}`),
			})
			return err
		}
		harness.WantAWS(t, list(), "AccessDeniedException", "")
		harness.WantAWS(t, h.trust(t, ssm), "", "")
		harness.WantAWS(t, h.register(t, one, ssm), "", "")
		harness.WantAWS(t, list(), "", "")
		harness.WantAWS(t, create("early", types.PolicyTypeTagPolicy), "AccessDeniedException", "")
		content := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + one + `:root"},
			"Action":["organizations:CreatePolicy","organizations:DeletePolicy"],"Resource":"` + h.arn("policy", h.id+"/tag_policy/*") + `",
			"Condition":{"StringLikeIfExists":{"organizations:PolicyType":"TAG_POLICY"}}}]}`
		put := &organizations.PutResourcePolicyInput{Content: &content, Tags: []types.Tag{tag("k", "v")}}
		made := harness.Try(h.PutResourcePolicy(ctx, put)).Or(t).ResourcePolicy
		id := *made.ResourcePolicySummary.Id
		if *made.Content != content || *made.ResourcePolicySummary.Arn != h.arn("resourcepolicy", h.id+"/"+id) || h.tags(t, id)["k"] != "v" {
			t.Errorf("the resource policy is %+v", made)
		}
		_, err := h.PutResourcePolicy(ctx, put)
		harness.WantAWS(t, err, invalid, "INVALID_LIST_MEMBER")
		harness.WantAWS(t, create("mine", types.PolicyTypeTagPolicy), "", "")
		harness.WantAWS(t, create("not mine", types.PolicyTypeServiceControlPolicy), "AccessDeniedException", "")
		_, err = delegate.DescribeResourcePolicy(ctx, &organizations.DescribeResourcePolicyInput{})
		harness.WantAWS(t, err, "", "")
		_, err = delegate.DeleteResourcePolicy(ctx, &organizations.DeleteResourcePolicyInput{})
		harness.WantAWS(t, err, "AccessDeniedException", "")
		_, err = h.DeleteResourcePolicy(ctx, &organizations.DeleteResourcePolicyInput{})
		harness.WantAWS(t, err, "", "")
		harness.WantAWS(t, create("late", types.PolicyTypeTagPolicy), "AccessDeniedException", "")
		_, err = h.DescribeResourcePolicy(ctx, &organizations.DescribeResourcePolicyInput{})
		harness.WantAWS(t, err, "ResourcePolicyNotFoundException", "")
	})
}

func TestAServiceControlPolicyBindsAMember(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, ctx := h.account(t), t.Context()
		member := h.as(t, one)
		describe := func(c *organizations.Client) error {
			_, err := c.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
			return err
		}
		harness.Try(h.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: types.PolicyTypeServiceControlPolicy})).Or(t)
		made := harness.Try(h.CreatePolicy(ctx, &organizations.CreatePolicyInput{
			Name: aws.String("deny"), Type: types.PolicyTypeServiceControlPolicy, Description: aws.String(""),
			Content: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:Describe*","Resource":"*"}]}`),
		})).Or(t)
		id := made.Policy.PolicySummary.Id
		harness.WantAWS(t, describe(member), "", "")
		harness.Try(h.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: id, TargetId: &h.root})).Or(t)
		harness.WantAWS(t, describe(member), "AccessDeniedException", "")
		harness.WantAWS(t, describe(h.Client), "", "")
		harness.Try(h.DetachPolicy(ctx, &organizations.DetachPolicyInput{PolicyId: id, TargetId: &h.root})).Or(t)
		harness.WantAWS(t, describe(member), "", "")
	})
}

func TestAResourceControlPolicyGuardsTheRolesOfMembers(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, ctx := h.account(t), t.Context()
		take := func() error {
			_, err := tryAssume(t, s, h.key, one, "OrganizationAccountAccessRole")
			return err
		}
		harness.Try(h.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &h.root, PolicyType: types.PolicyTypeResourceControlPolicy})).Or(t)
		made := harness.Try(h.CreatePolicy(ctx, &organizations.CreatePolicyInput{
			Name: aws.String("nobody"), Type: types.PolicyTypeResourceControlPolicy, Description: aws.String(""),
			Content: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*",` +
				`"Condition":{"StringEquals":{"aws:PrincipalAccount":"` + h.key.Account + `"}}}]}`),
		})).Or(t)
		id := made.Policy.PolicySummary.Id
		harness.WantAWS(t, take(), "", "")
		harness.Try(h.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: id, TargetId: &one})).Or(t)
		err := take()
		harness.WantAWS(t, err, "AccessDenied", "")
		if !strings.Contains(err.Error(), "explicit deny in a resource control policy") {
			t.Errorf("the denial says %v", err)
		}
		harness.Try(h.DetachPolicy(ctx, &organizations.DetachPolicyInput{PolicyId: id, TargetId: &one})).Or(t)
		harness.WantAWS(t, take(), "", "")
	})
}
