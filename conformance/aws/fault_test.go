package aws_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

	"github.com/polity-cloud/polity/conformance/harness"
)

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// A fault is an error that operations list and no request meets on a control plane, so that a twin is made to tell it. All else that the contract lists is
// told by a law: the ledger fails for a fault that is needless, and for an error that is neither.
type fault struct {
	code, reason string
	by           []string // all operations that list the code, when empty
	why          string
}

// faults are the codes that these operations tell by no law.
var faults = []fault{
	{"ServiceException", "", nil, "nothing is broken"},
	{"ConcurrentModificationException", "", nil, "who writes waits for who writes"},
	{"FinalizingOrganizationException", "", nil, "an organization is whole when it is there"},
	{"PolicyChangesInProgressException", "", nil, "a policy works from its commit on"},
	{"TooManyRequestsException", "", unpaced, "the guide lists no rate"},
	{"UnsupportedAPIEndpointException", "", everywhere, "every partition has it"},
	{"AWSOrganizationsNotInUseException", "", []string{"AcceptHandshake"}, "invitations are accepted from outside, and whoever is asked else is inside"},
	{"AccessDeniedForDependencyException", "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE", []string{"CreateOrganization"}, "no policy reaches who is in no organization"},
	{"AccountNotFoundException", "", []string{"LeaveOrganization"}, "the caller's account is there"},
	{invalid, "CALLER_REQUIRED_FIELD_MISSING", []string{"DeleteOrganization", "EnableAllFeatures", "LeaveOrganization"}, "they take nothing, and every caller is known whole"},
	{constraint, "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED", []string{"EnableAllFeatures"}, "five thousand accounts are too many to make here"},
	{constraint, "TAG_POLICY_VIOLATION", []string{"UntagResource"}, "a tag that is gone breaks no policy"},
	{constraint, "UNSUPPORTED_PRICING", []string{
		"ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers", "TerminateResponsibilityTransfer", "UpdateResponsibilityTransfer",
	}, "no reason that is documented is about them"},
}

// faultyReasons are the reasons that no operation tells by a law, though these tell the code for others; docs/divergences.md says why.
var faultyReasons = []fault{
	{constraint, "TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS", []string{"AcceptHandshake"}, "deletion takes no time"},
	{constraint, "TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS", []string{"AcceptHandshake"}, "deletion takes no time"},
	{constraint, "ACCOUNT_NUMBER_LIMIT_EXCEEDED", []string{"CreateAccount"}, "the creation fails with ACCOUNT_LIMIT_EXCEEDED"},
	{constraint, "HANDSHAKE_RATE_LIMIT_EXCEEDED", []string{"AcceptHandshake"}, "invitations tell it as HandshakeConstraintViolationException"},
	{constraint, "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED", []string{"EnableAllFeatures"}, "five thousand accounts are too many to make here"},
	{invalid, "CALLER_REQUIRED_FIELD_MISSING", []string{"AcceptHandshake"}, "every caller is known whole"},
	{invalid, "INVALID_SYNTAX_ORGANIZATION_ARN", []string{"AcceptHandshake"}, "no member takes that ARN"},
	{invalid, "MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS", []string{"MoveAccount"}, "an organization has one root"},
}

// everywhere are the operations that list UnsupportedAPIEndpointException, and that no partition is known to lack: its guide says nothing of them.
var everywhere = []string{
	"AttachPolicy", "CreatePolicy", "DeletePolicy", "DeleteResourcePolicy", "DeregisterDelegatedAdministrator", "DescribeCreateAccountStatus",
	"DescribeEffectivePolicy", "DescribePolicy", "DescribeResourcePolicy", "DetachPolicy", "DisableAWSServiceAccess", "DisablePolicyType", "EnableAWSServiceAccess",
	"EnablePolicyType", "ListAWSServiceAccessForOrganization", "ListAccountsWithInvalidEffectivePolicy", "ListCreateAccountStatus", "ListDelegatedAdministrators",
	"ListDelegatedServicesForAccount", "ListEffectivePolicyValidationErrors", "ListPolicies", "ListPoliciesForTarget", "ListTargetsForPolicy", "PutResourcePolicy",
	"RegisterDelegatedAdministrator", "UpdatePolicy",
}

// operations are those that the fault is about.
func (f fault) operations(contract *harness.AWSContract) []string {
	if len(f.by) > 0 {
		return f.by
	}
	return slices.DeleteFunc(contract.Names(), func(name string) bool { return !slices.Contains(contract.Operations[name].Errors, f.code) })
}

// byTwin are the errors that a twin alone tells: by a fault, and the code that expires after a day by its clock.
func byTwin(contract *harness.AWSContract) []string {
	out := []string{constraint + " EMAIL_VERIFICATION_CODE_EXPIRED"}
	for _, f := range faults {
		for _, name := range f.operations(contract) {
			out = append(out, name+" "+f.code)
		}
	}
	for _, f := range faultyReasons {
		out = append(out, f.code+" "+f.reason)
	}
	return out
}

// smallest is the smallest right input of an operation, about things that nobody has.
func smallest(t *testing.T, contract *harness.AWSContract, name string) map[string]any {
	t.Helper()
	return contract.Input(t, name, map[string]any{"HandshakePartyId": "000000000001"}, "2027-02-01T00:00:00Z")
}

// The ledger looks at the types.
func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	h, contract := newHouse(t, s), harness.ReadAWSContract(t)
	for _, f := range slices.Concat(faults, faultyReasons) {
		told := f.operations(contract)
		if len(told) == 0 || f.why == "" {
			t.Errorf("%s %s is told by %d operations, because %q", f.code, f.reason, len(told), f.why)
		}
		for _, name := range told {
			s.Native(t, "POST", "/_polity/faults", map[string]string{"api": "awsorg", "operation": name, "error": f.code, "reason": f.reason}, nil)
			err := h.invoke(t, name, smallest(t, contract, name))
			if code, reason := harness.AWSError(err); code != f.code || reason != f.reason {
				t.Errorf("%s ends with %q %s, want %s %s", name, code, reason, f.code, f.reason)
			}
			status := http.StatusBadRequest
			if f.code == "ServiceException" {
				status = http.StatusInternalServerError
			}
			if answer, ok := errors.AsType[*awshttp.ResponseError](err); ok && answer.HTTPStatusCode() != status {
				t.Errorf("%s answers %s with %d, want %d", name, f.code, answer.HTTPStatusCode(), status)
			}
		}
	}
}
