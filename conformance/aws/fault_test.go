package aws_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// faults are what a twin is made to tell: what clients have to try again, and what no request meets on a control plane. Of the reasons
// docs/divergences.md says why; who writes waits for others here and need not be told of them.
var faults = []struct {
	told, operation string
	typed           func(error) bool
	meetable        bool // without a fault too
}{
	{"TooManyRequestsException", "CreateAccount", is[*types.TooManyRequestsException], true},
	{"ConcurrentModificationException", "AttachPolicy", is[*types.ConcurrentModificationException], false},
	{"UnsupportedAPIEndpointException", "CreateAccount", is[*types.UnsupportedAPIEndpointException], true},
	{"ServiceException", "MoveAccount", is[*types.ServiceException], false},
	{"FinalizingOrganizationException", "CreateAccount", is[*types.FinalizingOrganizationException], false},
	{"PolicyChangesInProgressException", "AttachPolicy", is[*types.PolicyChangesInProgressException], false},
	{constraint + " TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS", "AcceptHandshake", is[*types.ConstraintViolationException], false},
	{constraint + " TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS", "AcceptHandshake", is[*types.ConstraintViolationException], false},
	{constraint + " ACCOUNT_NUMBER_LIMIT_EXCEEDED", "CreateAccount", is[*types.ConstraintViolationException], false},
	{constraint + " HANDSHAKE_RATE_LIMIT_EXCEEDED", "AcceptHandshake", is[*types.ConstraintViolationException], false},
	// A request meets this one where five thousand accounts are.
	{constraint + " ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED", "EnableAllFeatures", is[*types.ConstraintViolationException], false},
	{invalid + " CALLER_REQUIRED_FIELD_MISSING", "AcceptHandshake", is[*types.InvalidInputException], false},
	{invalid + " INVALID_SYNTAX_ORGANIZATION_ARN", "AcceptHandshake", is[*types.InvalidInputException], false},
	{invalid + " MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS", "MoveAccount", is[*types.InvalidInputException], false},
}

// byTwin are the errors that a twin alone tells: by a fault, and the code that expires after a day by its clock.
func byTwin() []string {
	out := []string{constraint + " EMAIL_VERIFICATION_CODE_EXPIRED"}
	for _, f := range faults {
		if !f.meetable {
			out = append(out, f.told)
		}
	}
	return out
}

func TestFaultsAreTyped(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	h := newHouse(t, s)
	unit, member := h.unit(t, h.root, "there"), h.account(t)
	deeds := map[string]func() error{
		"AcceptHandshake": func() error { return tryAccept(t, h.Client, aws.String("h-0123456789")) },
		"CreateAccount":   func() error { return h.tryCreate(t) },
		"AttachPolicy":    func() error { return h.attach(t, "p-FullAWSAccess", h.root) },
		"EnableAllFeatures": func() error {
			return second(h.EnableAllFeatures(t.Context(), &organizations.EnableAllFeaturesInput{}))
		},
		"MoveAccount": func() error {
			return second(h.MoveAccount(t.Context(), &organizations.MoveAccountInput{AccountId: &member, SourceParentId: &h.root, DestinationParentId: &unit}))
		},
	}
	for _, f := range faults {
		code, reason, _ := strings.Cut(f.told, " ")
		s.Native(t, "POST", "/_polity/faults", map[string]string{"operation": f.operation, "error": code, "reason": reason}, nil)
		err := deeds[f.operation]()
		if harness.WantAWS(t, err, code, reason); !f.typed(err) {
			t.Errorf("%s of %s has the type %T", f.told, f.operation, err)
		}
	}
	misspelled := map[string]string{"operation": "*", "error": constraint, "reason": "NONE"}
	if status, body := s.TryNative(t, "POST", "/_polity/faults", s.Token, misspelled); status != http.StatusBadRequest {
		t.Errorf("a reason that does not exist answers %d: %s", status, body)
	}
}

// TestEveryOperationTellsToTryAgain has each operation tell all that it lists and that passes; the ledger looks at the types.
func TestEveryOperationTellsToTryAgain(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	h, contract := newHouse(t, s), harness.ReadAWSContract(t)
	passing := []string{
		"TooManyRequestsException", "ServiceException", "ConcurrentModificationException", "FinalizingOrganizationException",
		"PolicyChangesInProgressException", "UnsupportedAPIEndpointException",
	}
	told := 0
	for _, name := range contract.Names() {
		in := contract.Input(t, name, map[string]any{"HandshakePartyId": "000000000001"}, "2027-02-01T00:00:00Z")
		for _, code := range contract.Operations[name].Errors {
			if !slices.Contains(passing, code) {
				continue
			}
			told++
			s.Native(t, "POST", "/_polity/faults", map[string]string{"api": "awsorg", "operation": name, "error": code}, nil)
			if got, _ := harness.AWSError(h.invoke(t, name, in)); got != code {
				t.Errorf("%s ends with %q, want %s", name, got, code)
			}
		}
	}
	if told < 3*len(contract.Operations) {
		t.Errorf("only %d errors were told", told)
	}
}
