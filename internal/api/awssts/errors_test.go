package awssts

import (
	"errors"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// table is what auth.md and the API Reference say of the Reasons that STS knows.
var table = map[org.Reason]struct {
	status int
	code   string
}{
	org.CredentialsMissing: {403, "MissingAuthenticationToken"}, org.SignatureIncomplete: {400, "IncompleteSignature"},
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
	if f := fault(errors.New("disk full")); f.Status != 500 || f.Code != "InternalFailure" || strings.Contains(f.Message, "disk") {
		t.Errorf("%+v", f)
	}
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
