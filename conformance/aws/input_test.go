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
		_, err := s.Initialize.Remove("OperationInputValidation")
		return err
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
