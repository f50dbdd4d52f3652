package awssts

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/foldtest"
)

// table is what auth.md and the API Reference say of the Reasons that STS knows.
var table = map[org.Reason]foldtest.Row{
	org.CredentialsMissing: {403, "MissingAuthenticationToken"}, org.SignatureIncomplete: {400, "IncompleteSignature"},
	org.SignatureForeign: {403, "MissingAuthenticationToken"}, org.TerminatorWrong: {403, "SignatureDoesNotMatch"},
	org.SignatureWrong: {403, "SignatureDoesNotMatch"}, org.SignatureExpired: {403, "SignatureDoesNotMatch"},
	org.SignatureNotYet: {403, "SignatureDoesNotMatch"}, org.ScopeWrong: {400, "SignatureDoesNotMatch"},
	org.KeyUnknown: {403, "InvalidClientTokenId"}, org.TokenInvalid: {403, "InvalidClientTokenId"}, org.SessionExpired: {403, "ExpiredToken"},
	org.NotPermitted: {403, "AccessDenied"}, org.RootMayNotAssume: {403, "AccessDenied"}, org.SessionMayNotIssue: {403, "AccessDenied"},
	org.AssumeNotPermitted: {403, "AccessDenied"}, org.InputMissing: {400, "ValidationError"}, org.InputMalformed: {400, "ValidationError"},
	org.InputTooLarge: {400, "ValidationError"}, org.NotServed: {400, "UnsupportedOperation"}, org.Throttled: {400, "Throttling"},
	org.ConcurrentModification: {409, "ConcurrentModification"}, org.InternalFault: {500, "InternalFailure"},
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	foldtest.Check(t, func(err error) foldtest.Answer {
		f := fault(err)
		return foldtest.Answer{Status: f.Status, Code: f.Code, Message: f.Message}
	}, ReasonOf, table)
}

func TestEveryServedOperationIsInTheContract(t *testing.T) {
	t.Parallel()
	served := (&API{}).operations()
	if len(served) == 0 {
		t.Fatal("nothing is served")
	}
	for name := range served {
		if !known(name) {
			t.Errorf("%s is not in the contract", name)
		}
	}
}

func TestRoleARNs(t *testing.T) {
	t.Parallel()
	for arn, want := range map[string]role{
		"arn:aws:iam::123456789012:role/r":              {org.AWS, "123456789012", "/", "r"},
		"arn:aws-cn:iam::123456789012:role/a/b/r+=,.@-": {org.AWSChina, "123456789012", "/a/b/", "r+=,.@-"},
		"arn:aws-us-gov:iam::000000000000:role/x/r":     {org.AWSGov, "000000000000", "/x/", "r"},
	} {
		if got, ok := parseRole(arn); !ok || got != want {
			t.Errorf("%s is %+v", arn, got)
		}
	}
	for _, arn := range []string{
		"", "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role", "arn:aws:iam:us-east-1:123456789012:role/r",
		"arn:huaweicloud:iam::123456789012:role/r", "arn:aws:sts::123456789012:assumed-role/r/s", "arn:aws:iam::123456789012:role/r\n",
		"arn:aws:iam::123456789012:role/" + strings.Repeat("r", 65),
	} {
		if got, ok := parseRole(arn); ok {
			t.Errorf("%q is taken for %+v", arn, got)
		}
	}
}
