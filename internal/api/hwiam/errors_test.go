package hwiam

import (
	"errors"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// table is what auth.md and the API References say of the Reasons that IAM meets.
var table = map[org.Reason]struct {
	status int
	code   string
}{
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
	seen := 0
	for _, r := range org.Reasons() {
		if _, ok := rowOf(r); !ok {
			t.Errorf("%s has no row", r)
		}
		f, kind := fault(org.Errorf(r, "why")), org.E(r).Kind()
		if f.Message == "" || (f.Status == 500) != (kind == org.Internal) || (f.Status == 401) != (kind == org.Unauthenticated) {
			t.Errorf("%s became %+v", r, f)
		}
		if kind == org.Internal && strings.Contains(f.Message, "why") {
			t.Errorf("%s tells its cause", r)
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
	if _, ok := ReasonOf("IAM.9999"); ok {
		t.Error("a made-up code has a Reason")
	}
}

func TestAStrangeErrorIsInternalAndStaysInside(t *testing.T) {
	t.Parallel()
	if f := fault(errors.New("disk full")); f.Status != 500 || f.Code != "IAM.0006" || strings.Contains(f.Message, "disk") {
		t.Errorf("%+v", f)
	}
}
