package awsorg

import (
	"encoding/json"
	"strings"
	"testing"
)

const (
	ssm = `{"ServicePrincipal":"ssm.amazonaws.com"}`
	ram = `{"ServicePrincipal":"ram.amazonaws.com"}`
)

func TestServiceAccess(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.answers("ListAWSServiceAccessForOrganization", payer, `{}`, `{"EnabledServicePrincipals":[]}`)
	h.answers("EnableAWSServiceAccess", payer, ssm, "")
	h.answers("EnableAWSServiceAccess", payer, ssm, "")
	h.answers("EnableAWSServiceAccess", payer, ram, "")
	want := `{"EnabledServicePrincipals":[{"ServicePrincipal":"ram.amazonaws.com","DateEnabled":1767225600.125},{"ServicePrincipal":"ssm.amazonaws.com","DateEnabled":1767225600.125}]}`
	h.answers("ListAWSServiceAccessForOrganization", payer, `{}`, want)
	page := h.do("ListAWSServiceAccessForOrganization", payer, `{"MaxResults":1}`)
	token := h.find(page, "NextToken").(string)
	if got := h.find(h.do("ListAWSServiceAccessForOrganization", payer, `{"MaxResults":1,"NextToken":"`+token+`"}`), "EnabledServicePrincipals", 0, "ServicePrincipal"); got != "ssm.amazonaws.com" {
		t.Errorf("the second page begins with %v", got)
	}
	h.refuses("another list's token", "ListDelegatedAdministrators", payer, `{"NextToken":"`+token+`"}`, "InvalidInputException", "INVALID_NEXT_TOKEN")
	h.answers("DisableAWSServiceAccess", payer, ssm, "")
	h.answers("DisableAWSServiceAccess", payer, ssm, "")
	for _, operation := range []string{"EnableAWSServiceAccess", "DisableAWSServiceAccess"} {
		h.refuses("an unknown service", operation, payer, `{"ServicePrincipal":"moto.amazonaws.com"}`, "InvalidInputException", "UNRECOGNIZED_SERVICE_PRINCIPAL")
		h.refuses("what is no principal", operation, payer, `{"ServicePrincipal":"a b"}`, "InvalidInputException", "INVALID_PATTERN")
	}
}

func TestServiceAccessNeedsAllFeatures(t *testing.T) {
	t.Parallel()
	h := empty(t)
	h.do("CreateOrganization", payer, `{"FeatureSet":"CONSOLIDATED_BILLING"}`)
	for operation, body := range map[string]string{
		"EnableAWSServiceAccess": ssm, "DisableAWSServiceAccess": ssm, "ListAWSServiceAccessForOrganization": `{}`, "PutResourcePolicy": `{"Content":"{}"}`,
	} {
		h.refuses("consolidated billing", operation, payer, body, "ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE")
	}
}

func TestDelegatedAdministrators(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.member("one")
	pair := func(account, service string) string {
		return object("AccountId", account, "ServicePrincipal", service+".amazonaws.com")
	}
	const constraint, register = "ConstraintViolationException", "RegisterDelegatedAdministrator"
	h.refuses("without trust", register, payer, pair(one, "ssm"), constraint, "SERVICE_ACCESS_NOT_ENABLED")
	h.do("EnableAWSServiceAccess", payer, ssm)
	h.refuses("an unknown service", register, payer, pair(one, "moto"), "InvalidInputException", "UNRECOGNIZED_SERVICE_PRINCIPAL")
	h.refuses("an unknown account", register, payer, pair("000000000001", "ssm"), "AccountNotFoundException", "")
	h.refuses("the management account", register, payer, pair(payer, "ssm"), constraint, "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR")
	h.answers(register, payer, pair(one, "ssm"), "")
	h.refuses("twice", register, payer, pair(one, "ssm"), "AccountAlreadyRegisteredException", "")
	joined := string(h.raw(h.find(h.do("DescribeAccount", payer, object("AccountId", one)), "Account", "JoinedTimestamp")))
	since := string(h.raw(h.find(h.do("ListDelegatedServicesForAccount", payer, object("AccountId", one)), "DelegatedServices", 0, "DelegationEnabledDate")))
	h.answers("ListDelegatedServicesForAccount", payer, object("AccountId", one), `{"DelegatedServices":[{"ServicePrincipal":"ssm.amazonaws.com","DelegationEnabledDate":`+since+`}]}`)
	all := `{"DelegatedAdministrators":[{"Id":"` + one + `","Arn":"arn:aws:organizations::` + payer + `:account/{o}/` + one + `","Email":"one@corp.example","Name":"one",
		"Status":"ACTIVE","State":"ACTIVE","JoinedMethod":"CREATED","JoinedTimestamp":` + joined + `,"DelegationEnabledDate":` + since + `}]}`
	h.answers("ListDelegatedAdministrators", payer, `{}`, all)
	h.answers("ListDelegatedAdministrators", payer, ssm, all)
	h.answers("ListDelegatedAdministrators", payer, ram, `{"DelegatedAdministrators":[]}`)
	h.answers("ListDelegatedAdministrators", one, ssm, all)
	h.refuses("a write of a delegated administrator", register, one, pair(one, "ram"), "AccessDeniedException", "")
	h.refuses("the services of no delegate", "ListDelegatedServicesForAccount", payer, object("AccountId", payer), "AccountNotRegisteredException", "")
	const deregister = "DeregisterDelegatedAdministrator"
	h.refuses("the management account", deregister, payer, pair(payer, "ssm"), constraint, "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR")
	h.answers(deregister, payer, pair(one, "ssm"), "")
	h.refuses("again", deregister, payer, pair(one, "ssm"), "AccountNotRegisteredException", "")
	h.refuses("a delegate no more", "ListDelegatedAdministrators", one, ssm, "AccessDeniedException", "")
}

func TestResourcePolicies(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.member("one")
	document := func(principal, action string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"` + action + `","Resource":"*"}]}`
	}
	h.refuses("none", "DescribeResourcePolicy", payer, `{}`, "ResourcePolicyNotFoundException", "")
	h.refuses("none", "DeleteResourcePolicy", payer, `{}`, "ResourcePolicyNotFoundException", "")
	content := document(one, "organizations:ListAccounts")
	put := `{"Tags":[{"Key":"k","Value":"v"}],` + object("Content", content)[1:]
	id := h.find(h.do("PutResourcePolicy", payer, put), "ResourcePolicy", "ResourcePolicySummary", "Id").(string)
	if !strings.HasPrefix(id, "rp-") || len(id) != 11 {
		t.Errorf("the id %s", id)
	}
	want := `{"ResourcePolicy":{"Content":` + string(h.raw(content)) + `,"ResourcePolicySummary":{"Id":"` + id + `","Arn":"arn:aws:organizations::` + payer + `:resourcepolicy/{o}/` + id + `"}}}`
	h.answers("DescribeResourcePolicy", payer, `{}`, want)
	h.answers("PutResourcePolicy", payer, object("Content", content), want)
	h.refuses("tags of a policy that exists", "PutResourcePolicy", payer, put, "InvalidInputException", "INVALID_LIST_MEMBER")
	h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[{"Key":"k","Value":"v"}]}`)
	h.do("ListAccounts", one, `{}`)
	h.refuses("what is not granted", "ListRoots", one, `{}`, "AccessDeniedException", "")
	for reason, text := range map[string]string{
		"INVALID_RESOURCE_POLICY_JSON": "no", "INVALID_PRINCIPAL": document(stranger, "organizations:ListAccounts"),
		"UNSUPPORTED_ACTION_IN_RESOURCE_POLICY":      document(one, "organizations:CreateAccount"),
		"UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY":    strings.Replace(content, `"*"`, `"arn:aws:s3:::b"`, 1),
		"UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY": strings.Replace(content, `"*"`, `"*","Condition":{"StringEquals":{"organizations:PolicyType":"NO_POLICY"}}`, 1),
		"MAX_LENGTH_EXCEEDED":                        strings.Repeat(" ", 40001),
	} {
		h.refuses("a document", "PutResourcePolicy", payer, object("Content", text), "InvalidInputException", reason)
	}
	h.answers("DeleteResourcePolicy", payer, `{}`, "")
	h.refuses("no longer granted", "ListAccounts", one, `{}`, "AccessDeniedException", "")
}

// raw is a value as it stands in an answer.
func (h *house) raw(v any) []byte {
	h.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		h.Fatal(err)
	}
	return b
}
