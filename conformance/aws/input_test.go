package aws_test

import (
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/polity-cloud/polity/conformance/harness"
)

// unchecked has the SDK send what it would refuse by itself.
func unchecked(o *organizations.Options) {
	o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
		const check = "OperationInputValidation"
		if _, ok := s.Initialize.Get(check); !ok {
			return nil
		}
		_, err := s.Initialize.Remove(check)
		return err
	})
}

// TestEveryInputIsHeldAgainstTheContract has whoever asks told first what is wrong with the request: what is missing, and what is none of a set or out of
// bounds.
func TestEveryInputIsHeldAgainstTheContract(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, lone := harness.ReadAWSContract(t), &house{Client: s.Organizations(s.Mint(t, harness.AWS))}
		for _, name := range contract.Names() {
			op := contract.Operations[name]
			input, tried := contract.Shapes[op.Input], 0
			wrong := func(member string, value any, reason string) {
				t.Helper()
				tried++
				in := smallest(t, contract, name)
				in[member] = value
				if code, got := harness.AWSError(lone.invoke(t, name, in, unchecked)); code != invalid || got != reason {
					t.Errorf("%s with %s %v ends with %q %s, want %s", name, member, value, code, got, reason)
				}
			}
			for _, member := range input.Required {
				wrong(member, nil, "INPUT_REQUIRED")
			}
			for member, shape := range input.Members {
				switch {
				case shape == "PolicyType" || shape == "EffectivePolicyType":
					wrong(member, "NO_POLICY", "INVALID_ENUM_POLICY_TYPE")
				case len(contract.Shapes[shape].Enum) > 0:
					wrong(member, "NONE", "INVALID_ENUM")
				case member == "MaxResults":
					wrong(member, 0, "MIN_VALUE_EXCEEDED")
					wrong(member, 21, "MAX_VALUE_EXCEEDED")
				}
			}
			if takes := len(input.Members) > 0; takes != (tried > 0) {
				t.Errorf("%s is sent nothing wrong, of %v", name, input.Members)
			}
		}
	})
}

func TestMembersAreRequired(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		for name, call := range map[string]func() error{
			"MoveAccount": func() error {
				return second(h.MoveAccount(t.Context(), &organizations.MoveAccountInput{}, unchecked))
			},
			"CreatePolicy": func() error {
				return second(h.CreatePolicy(t.Context(), &organizations.CreatePolicyInput{}, unchecked))
			},
			"TagResource": func() error {
				return second(h.TagResource(t.Context(), &organizations.TagResourceInput{ResourceId: &h.root, Tags: []types.Tag{{}}}, unchecked))
			},
		} {
			e, ok := errors.AsType[*types.InvalidInputException](call())
			if !ok || e.Reason != types.InvalidInputExceptionReasonInputRequired {
				t.Errorf("%s without its members ends with %v", name, e)
			}
		}
	})
}
