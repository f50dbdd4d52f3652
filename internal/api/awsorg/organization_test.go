package awsorg

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/twin"
)

func faultOn(operation, code string) twin.Fault {
	return twin.Fault{API: Name, Operation: operation, Error: code}
}

func TestOrganizationsAreShownAsTheSample(t *testing.T) {
	t.Parallel()
	h := managed(t)
	want := `{"Organization":{"Id":"{o}","Arn":"arn:aws:organizations::210987654321:organization/{o}","FeatureSet":"ALL",
		"MasterAccountArn":"arn:aws:organizations::210987654321:account/{o}/210987654321","MasterAccountId":"210987654321",
		"MasterAccountEmail":"210987654321@account.example","AvailablePolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}}`
	h.answers("DescribeOrganization", payer, `{}`, want)
	h.answers("DescribeOrganization", payer, ``, want)
	h.answers("DescribeOrganization", h.member("one"), `{"Unknown":1}`, want)
	h.answers("ListRoots", payer, `{}`, `{"Roots":[{"Id":"{r}","Arn":"arn:aws:organizations::210987654321:root/{o}/{r}","Name":"Root","PolicyTypes":[]}]}`)
}

func TestCreateOrganization(t *testing.T) {
	t.Parallel()
	h := empty(t)
	made := h.do("CreateOrganization", payer, `{}`)
	h.o = h.find(made, "Organization", "Id").(string)
	h.answers("DescribeOrganization", payer, `{}`, h.text(made))
	h.refuses("again", "CreateOrganization", payer, `{}`, "AlreadyInOrganizationException", "")
	h.refuses("a feature set of nobody's", "CreateOrganization", stranger, object("FeatureSet", "SOME"), "InvalidInputException", "INVALID_ENUM")
	h.refuses("by a powerless user", "CreateOrganization", stranger+"-user", `{}`, "AccessDeniedException", "")
	h.refuses("billing in GovCloud", "CreateOrganization", gov, object("FeatureSet", "CONSOLIDATED_BILLING"),
		"ConstraintViolationException", "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION")

	billing := h.do("CreateOrganization", stranger, object("FeatureSet", "CONSOLIDATED_BILLING"))
	if got := h.find(billing, "Organization", "AvailablePolicyTypes").([]any); len(got) != 0 || h.find(billing, "Organization", "FeatureSet") != "CONSOLIDATED_BILLING" {
		t.Errorf("%v", billing)
	}
}

func TestNamesCarryThePartition(t *testing.T) {
	t.Parallel()
	h := empty(t)
	for account, prefix := range map[string]string{gov: "arn:aws-us-gov:organizations::", china: "arn:aws-cn:organizations::"} {
		made := h.do("CreateOrganization", account, `{}`)
		if got := h.find(made, "Organization", "Arn").(string); !strings.HasPrefix(got, prefix+account+":organization/o-") {
			t.Error(got)
		}
	}
}

// Getting Started with Amazon Web Services in China, "Amazon Organizations".
func TestWhatAnOrganizationInChinaHas(t *testing.T) {
	t.Parallel()
	h := empty(t)
	made := h.do("CreateOrganization", china, `{}`)
	available := `[{"Status":"ENABLED","Type":"SERVICE_CONTROL_POLICY"}]`
	if got := h.text(h.find(made, "Organization", "AvailablePolicyTypes")); got != available {
		t.Error(got)
	}
	h.do("CreateAccount", china, object("AccountName", "x", "Email", "x@corp.example"))
	root := h.find(h.do("ListRoots", china, `{}`), "Roots", 0, "Id").(string)
	for _, kind := range []string{"BACKUP_POLICY", "CHATBOT_POLICY", "AISERVICES_OPT_OUT_POLICY", "BEDROCK_POLICY", "NETWORK_SECURITY_DIRECTOR_POLICY"} {
		h.refuses(kind, "EnablePolicyType", china, object("RootId", root, "PolicyType", kind), "PolicyTypeNotAvailableForOrganizationException", "")
		policy := object("Name", "x", "Description", "", "Type", kind, "Content", "{}")
		h.refuses(kind, "CreatePolicy", china, policy, "PolicyTypeNotAvailableForOrganizationException", "")
		h.refuses(kind, "DescribeEffectivePolicy", china, object("PolicyType", kind), "EffectivePolicyNotFoundException", "")
		h.answers("ListPolicies", china, object("Filter", kind), `{"Policies":[]}`)
	}
	for _, kind := range []string{"SERVICE_CONTROL_POLICY", "TAG_POLICY", "DECLARATIVE_POLICY_EC2", "S3_POLICY"} {
		h.do("EnablePolicyType", china, object("RootId", root, "PolicyType", kind))
	}
}

func TestDeleteOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.unit(h.r, "unit")
	n := h.find(h.do("CreateAccount", payer, object("AccountName", "x", "Email", "x@corp.example")), "CreateAccountStatus", "Id").(string)
	h.refuses("while an account is made", "DeleteOrganization", payer, `{}`, "OrganizationNotEmptyException", "")
	h.vend(n, "Internal")
	h.answers("DeleteOrganization", payer, `{}`, "")
	h.refuses("afterwards", "DeleteOrganization", payer, `{}`, "AWSOrganizationsNotInUseException", "")
	h.do("CreateOrganization", payer, `{}`)
}

func TestDeleteOrganizationWithMembers(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.member("one")
	h.refuses("with a member", "DeleteOrganization", payer, `{}`, "OrganizationNotEmptyException", "")
}

func TestListRootsWasNeverCut(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.refuses("a token of nobody's", "ListRoots", payer, object("NextToken", "x"), "InvalidInputException", "INVALID_NEXT_TOKEN")
}

// What the sweep names is there this time, so that every operation comes as far as it can in an organization that only pays together: ask holds the
// answers against the contract.
func TestOperationsAnswerWhatTheyListWithoutAllFeatures(t *testing.T) {
	t.Parallel()
	for operation, body := range sweep {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			h := empty(t)
			h.o = h.find(h.do("CreateOrganization", payer, object("FeatureSet", "CONSOLIDATED_BILLING")), "Organization", "Id").(string)
			h.r = h.find(h.do("ListRoots", payer, `{}`), "Roots", 0, "Id").(string)
			there := strings.NewReplacer(noAccount, h.member("one"), noUnit, h.unit(h.r, "u"), noRoot, h.r, noPolicy, "p-FullAWSAccess", "TAG_POLICY", "SERVICE_CONTROL_POLICY")
			h.ask(operation, payer, there.Replace(body))
		})
	}
}
