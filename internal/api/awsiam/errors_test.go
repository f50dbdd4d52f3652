package awsiam

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/foldtest"
)

// table is what the API Reference says of the Reasons that IAM knows.
var table = map[org.Reason]foldtest.Row{
	org.CredentialsMissing: {403, "MissingAuthenticationToken"}, org.SignatureIncomplete: {400, "IncompleteSignature"},
	org.SignatureForeign: {403, "MissingAuthenticationToken"}, org.TerminatorWrong: {403, "SignatureDoesNotMatch"},
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
	foldtest.Check(t, func(err error) foldtest.Answer {
		f := fault(err)
		return foldtest.Answer{Status: f.Status, Code: f.Code, Message: f.Message}
	}, ReasonOf, table)
}
