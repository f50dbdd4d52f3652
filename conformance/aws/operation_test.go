package aws_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"github.com/polity-cloud/polity/conformance/harness"
)

// served are the operations that answer. All others are refused clearly.
var served = map[string]bool{
	"CloseAccount": true, "RemoveAccountFromOrganization": true, "LeaveOrganization": true, "CreateGovCloudAccount": true, "ListChildren": true,
	"UpdateOrganizationalUnit": true, "DeleteOrganizationalUnit": true,
	"CreateOrganization": true, "DescribeOrganization": true, "DeleteOrganization": true, "ListRoots": true,
	"CreateAccount": true, "DescribeCreateAccountStatus": true, "ListCreateAccountStatus": true, "DescribeAccount": true, "ListAccounts": true,
	"ListAccountsForParent": true, "MoveAccount": true, "ListParents": true,
	"CreateOrganizationalUnit": true, "DescribeOrganizationalUnit": true, "ListOrganizationalUnitsForParent": true,
	"TagResource": true, "UntagResource": true, "ListTagsForResource": true,
	"EnableAWSServiceAccess": true, "DisableAWSServiceAccess": true, "ListAWSServiceAccessForOrganization": true, "RegisterDelegatedAdministrator": true,
	"DeregisterDelegatedAdministrator": true, "ListDelegatedAdministrators": true, "ListDelegatedServicesForAccount": true,
	"PutResourcePolicy": true, "DescribeResourcePolicy": true, "DeleteResourcePolicy": true,
	"InviteAccountToOrganization": true, "AcceptHandshake": true, "DeclineHandshake": true, "CancelHandshake": true, "DescribeHandshake": true,
	"ListHandshakesForAccount": true, "ListHandshakesForOrganization": true, "EnableAllFeatures": true,
	"InviteOrganizationToTransferResponsibility": true, "DescribeResponsibilityTransfer": true, "ListInboundResponsibilityTransfers": true,
	"ListOutboundResponsibilityTransfers": true, "UpdateResponsibilityTransfer": true, "TerminateResponsibilityTransfer": true,
	"CreatePolicy": true, "UpdatePolicy": true, "DeletePolicy": true, "DescribePolicy": true, "ListPolicies": true, "AttachPolicy": true, "DetachPolicy": true,
	"ListPoliciesForTarget": true, "ListTargetsForPolicy": true, "EnablePolicyType": true, "DisablePolicyType": true, "DescribeEffectivePolicy": true,
	"ListAccountsWithInvalidEffectivePolicy": true, "ListEffectivePolicyValidationErrors": true,
}

// ends are the errors that the smallest input of a served operation meets in a new house, where it is not a success.
var ends = map[string]string{
	"CloseAccount": "ConstraintViolationException", "CreateGovCloudAccount": "ConstraintViolationException",
	"RemoveAccountFromOrganization": "MasterCannotLeaveOrganizationException", "LeaveOrganization": "MasterCannotLeaveOrganizationException",
	"UpdateOrganizationalUnit": "OrganizationalUnitNotFoundException", "DeleteOrganizationalUnit": "OrganizationalUnitNotFoundException",
	"RegisterDelegatedAdministrator": "ConstraintViolationException", "DeregisterDelegatedAdministrator": "ConstraintViolationException",
	"ListDelegatedServicesForAccount": "AccountNotRegisteredException",
	"PutResourcePolicy":               "InvalidInputException", "DescribeResourcePolicy": "ResourcePolicyNotFoundException", "DeleteResourcePolicy": "ResourcePolicyNotFoundException",
	"AcceptHandshake": "HandshakeNotFoundException", "DeclineHandshake": "HandshakeNotFoundException", "CancelHandshake": "HandshakeNotFoundException",
	"DescribeHandshake": "HandshakeNotFoundException", "EnableAllFeatures": "HandshakeConstraintViolationException",
	"InviteOrganizationToTransferResponsibility": "InvalidInputException", "DescribeResponsibilityTransfer": "ResponsibilityTransferNotFoundException",
	"UpdateResponsibilityTransfer": "ResponsibilityTransferNotFoundException", "TerminateResponsibilityTransfer": "ResponsibilityTransferNotFoundException",
}

func TestEveryOperationAnswersTheSDK(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract := harness.ReadAWSContract(t)
		if len(contract.Operations) != 63 {
			t.Errorf("the contract has %d operations, want 63", len(contract.Operations))
		}
		for _, name := range contract.Names() {
			h := newHouse(t, s)
			if name == "CreateOrganization" {
				h = &house{Client: s.Organizations(s.Mint(t, harness.AWS)), root: "r-0123"}
			}
			status, code := h.call(t, contract, name)
			switch {
			case served[name] && code != ends[name]:
				t.Errorf("%s is served and ends with %d %s", name, status, code)
			case !served[name] && (status != 400 || code != "UnsupportedOperationException"):
				t.Errorf("%s is not served and ends with %d %q, want a clear 400", name, status, code)
			}
		}
	})
}

// call calls an operation with the smallest input that is right in the house, and returns the status and code of its error.
func (h *house) call(t *testing.T, contract *harness.AWSContract, name string) (status int, code string) {
	t.Helper()
	values := map[string]any{
		"ParentId": h.root, "RootId": h.root, "PolicyTargetId": h.root, "TaggableResourceId": h.root, "AccountId": h.key.Account, "ChildId": h.key.Account,
		"Email": *address(), "HandshakePartyId": "000000000001",
	}
	if h.key.Account == "" {
		values = nil
	}
	if name == "DescribeOrganizationalUnit" {
		values["OrganizationalUnitId"] = h.unit(t, h.root, "called")
	}
	if name == "DescribeCreateAccountStatus" {
		values["CreateAccountRequestId"] = h.start(t)
	}
	in := contract.Input(t, name, values, "2027-02-01T00:00:00Z")
	if name == "MoveAccount" {
		in["DestinationParentId"] = h.unit(t, h.root, "destination")
	}
	if served[name] {
		h.policyInput(t, name, in)
	}
	err := h.invoke(t, name, in)
	answer := (*awshttp.ResponseError)(nil)
	if errors.As(err, &answer) {
		status = answer.HTTPStatusCode()
	}
	code, _ = harness.AWSError(err)
	return status, code
}

// invoke calls an operation of the SDK by its name.
func (h *house) invoke(t *testing.T, name string, in map[string]any, options ...func(*organizations.Options)) error {
	t.Helper()
	method := reflect.ValueOf(h.Client).MethodByName(name)
	if !method.IsValid() {
		t.Fatalf("the SDK has no operation %s", name)
	}
	input := reflect.New(method.Type().In(1).Elem())
	if err := json.Unmarshal(harness.Try(json.Marshal(in)).Or(t), input.Interface()); err != nil {
		t.Fatal(err)
	}
	out := method.CallSlice([]reflect.Value{reflect.ValueOf(t.Context()), input, reflect.ValueOf(options)})
	err, _ := out[1].Interface().(error)
	return err
}

// start asks for an account and returns the request's id.
func (h *house) start(t *testing.T) string {
	t.Helper()
	name := "started"
	out := harness.Try(h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: &name, Email: address()})).Or(t)
	return *out.CreateAccountStatus.Id
}
