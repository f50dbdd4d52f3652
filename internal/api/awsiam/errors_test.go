package awsiam

import (
	"errors"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// table is what the API Reference says of the Reasons that IAM knows.
var table = map[org.Reason]struct {
	status int
	code   string
}{
	org.CredentialsMissing: {403, "MissingAuthenticationToken"}, org.SignatureIncomplete: {400, "IncompleteSignature"},
	org.SignatureWrong: {403, "SignatureDoesNotMatch"}, org.SignatureExpired: {403, "SignatureDoesNotMatch"},
	org.SignatureNotYet: {403, "SignatureDoesNotMatch"}, org.ScopeWrong: {400, "SignatureDoesNotMatch"},
	org.KeyUnknown: {403, "InvalidClientTokenId"}, org.TokenInvalid: {403, "InvalidClientTokenId"}, org.SessionExpired: {403, "ExpiredToken"},
	org.NotPermitted: {403, "AccessDenied"}, org.NotInOrganization: {400, "OrganizationNotFoundException"},
	org.AllFeaturesRequired: {400, "OrganizationNotInAllFeaturesModeException"}, org.TrustedAccessOff: {400, "ServiceAccessNotEnabledException"},
	org.DelegateOnly: {400, "AccountNotManagementOrDelegatedAdministratorException"}, org.ManagementOnly: {400, "CallerIsNotManagementAccountException"},
	org.PrincipalMissing: {404, "NoSuchEntity"}, org.PrincipalExists: {400, "InvalidInput"}, org.ServiceUnknown: {400, "InvalidInput"},
	org.InputMissing: {400, "ValidationError"}, org.PageTokenInvalid: {400, "ValidationError"}, org.Throttled: {400, "Throttling"},
	org.ConcurrentModification: {409, "ConcurrentModification"}, org.InternalFault: {500, "ServiceFailure"},
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, r := range org.Reasons() {
		if _, ok := rowOf(r); !ok {
			t.Errorf("%s has no row", r)
		}
		f := fault(org.Errorf(r, "why"))
		internal := org.E(r).Kind() == org.Internal
		if f.Message == "" || (f.Status == 500) != internal || internal && strings.Contains(f.Message, "why") {
			t.Errorf("%s became %+v", r, f)
		}
		if want, ok := table[r]; ok {
			seen++
			if f.Status != want.status || f.Code != want.code {
				t.Errorf("%s became %d %s, want %+v", r, f.Status, f.Code, want)
			}
		}
		if f := fault(org.E(r)); f.Message == "" {
			t.Errorf("%s without a detail says nothing", r)
		}
		if back, ok := ReasonOf(f.Code); !ok || fault(org.E(back)).Code != f.Code {
			t.Errorf("%s is not found again: %s", f.Code, back)
		}
	}
	if seen != len(table) {
		t.Errorf("%d Reasons of %d exist", seen, len(table))
	}
	if _, ok := ReasonOf("NoSuchCode"); ok {
		t.Error("a made-up code has a Reason")
	}
}

func TestAStrangeErrorIsInternalAndStaysInside(t *testing.T) {
	t.Parallel()
	if f := fault(errors.New("disk full")); f.Status != 500 || f.Code != "ServiceFailure" || strings.Contains(f.Message, "disk") {
		t.Errorf("%+v", f)
	}
}
