package hwiam

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/foldtest"
)

// table is what auth.md and the API References say of the Reasons that IAM meets.
var table = map[org.Reason]foldtest.Row{
	org.CredentialsMissing: {401, "APIGW.0301"}, org.SignatureIncomplete: {401, "APIGW.0301"}, org.SignatureWrong: {401, "APIGW.0301"},
	org.SignatureExpired: {401, "APIGW.0301"}, org.SignatureNotYet: {401, "APIGW.0301"}, org.ScopeWrong: {401, "APIGW.0301"},
	org.KeyUnknown: {401, "APIGW.0301"}, org.TokenInvalid: {401, "APIGW.0301"}, org.SessionExpired: {401, "APIGW.0301"},
	org.NotPermitted: {403, "IAM.0003"}, org.AssumeNotPermitted: {403, "IAM.0003"}, org.RootMayNotAssume: {403, "IAM.0003"},
	org.SessionMayNotIssue: {403, "IAM.0003"}, org.InputMalformed: {400, "IAM.0007"}, org.InputTooLarge: {400, "IAM.0007"},
	org.ResourceMissing: {404, "IAM.0004"}, org.NotServed: {400, "IAM.0011"}, org.Throttled: {429, "APIGW.0308"},
	org.InternalFault: {500, "IAM.0006"},
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	foldtest.Check(t, func(err error) foldtest.Answer {
		f := fault(err)
		return foldtest.Answer{Status: f.Status, Code: f.Code, Message: f.Message}
	}, ReasonOf, table)
	for _, r := range org.Reasons() {
		if f := fault(org.E(r)); (f.Status == 401) != (org.E(r).Kind() == org.Unauthenticated) {
			t.Errorf("%s became %+v", r, f)
		}
	}
}
