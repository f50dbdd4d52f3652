package awsorg

import (
	"net/http"
	"testing"
)

// What is wrong with a request is told before who asks: a stranger, a member and a powerless user learn the same.
func TestABrokenRequestComesBeforeTheCaller(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member, tried := h.member("plain"), 0
	for operation, body := range sweep {
		if body == `{}` {
			continue
		}
		if rec := h.ask(operation, payer, `{}`); rec.Code == http.StatusOK {
			continue // nothing that it takes is required
		}
		tried++
		for _, by := range []string{payer, member, stranger, payer + "-user", stranger + "-user"} {
			h.refuses("nothing at all by "+by, operation, by, `{}`, invalidInput, "INPUT_REQUIRED")
		}
	}
	if tried < 40 {
		t.Errorf("only %d operations have members that are required", tried)
	}
}

// unbilled are the operations that need all features. That comes before what exists.
var unbilled = []string{
	"CloseAccount", "EnableAWSServiceAccess", "DisableAWSServiceAccess", "ListAWSServiceAccessForOrganization", "RegisterDelegatedAdministrator",
	"DeregisterDelegatedAdministrator", "ListDelegatedAdministrators", "ListDelegatedServicesForAccount", "PutResourcePolicy", "DescribeResourcePolicy", "DeleteResourcePolicy",
	"DisablePolicyType", "DescribeEffectivePolicy", "ListAccountsWithInvalidEffectivePolicy", "ListEffectivePolicyValidationErrors",
}

func TestWhatBillsAloneDoNot(t *testing.T) {
	t.Parallel()
	h := empty(t)
	h.o = h.find(h.do("CreateOrganization", payer, object("FeatureSet", "CONSOLIDATED_BILLING")), "Organization", "Id").(string)
	h.r = h.find(h.do("ListRoots", payer, `{}`), "Roots", 0, "Id").(string)
	for _, operation := range unbilled {
		h.refuses("bills alone", operation, payer, sweep[operation], constraint, "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE")
	}
	for _, operation := range []string{"CreatePolicy", "EnablePolicyType"} {
		h.refuses("bills alone", operation, payer, sweep[operation], "PolicyTypeNotAvailableForOrganizationException", "")
	}
	id, unit := h.member("one"), h.unit(h.r, "unit")
	h.do("MoveAccount", payer, object("AccountId", id, "SourceParentId", h.r, "DestinationParentId", unit))
	h.do("TagResource", payer, `{"ResourceId":"`+id+`","Tags":[{"Key":"k","Value":"v"}]}`)
	h.do("AcceptHandshake", stranger, object("HandshakeId", h.invite("")))
	h.do("RemoveAccountFromOrganization", payer, object("AccountId", stranger))
}

// elsewhereRefused are the operations that a partition does not have.
var elsewhereRefused = map[string][]string{
	gov: {
		"CreateGovCloudAccount", "CreateAccount", "CloseAccount", "InviteOrganizationToTransferResponsibility", "DescribeResponsibilityTransfer", "ListInboundResponsibilityTransfers",
		"ListOutboundResponsibilityTransfers", "UpdateResponsibilityTransfer", "TerminateResponsibilityTransfer",
	},
	china: {
		"CreateGovCloudAccount", "InviteOrganizationToTransferResponsibility", "DescribeResponsibilityTransfer", "ListInboundResponsibilityTransfers",
		"ListOutboundResponsibilityTransfers", "UpdateResponsibilityTransfer", "TerminateResponsibilityTransfer",
	},
}

func TestWhatPartitionsDoNotHave(t *testing.T) {
	t.Parallel()
	h := empty(t)
	for account, operations := range elsewhereRefused {
		h.do("CreateOrganization", account, `{}`)
		for _, operation := range operations {
			h.refuses(account, operation, account, sweep[operation], "UnsupportedAPIEndpointException", "")
			h.refuses("a powerless user of "+account, operation, account+"-user", sweep[operation], accessDenied, "")
		}
	}
}
