package server

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAFaultKnowsWhatItCanStrike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		api, operation string
		want           bool
	}{
		{"", "", true}, {"awsorg", "", true}, {"nobody", "", false}, {"", "ListRoots", true}, {"AWSOrg", "listroots", true}, {"awsorg", "ListRoot", false},
		{"awsaccount", "PutAccountName", true}, {"awssts", "AssumeRole", true}, {"awsiam", "GetRole", true}, {"hworg", "ListAccounts", true},
		{"hwrgc", "SetupLandingZone", true}, {"hwiam", "AssumeAgency", true}, {"awssts", "ListRoots", false}, {"", "Nope", false},
	} {
		if got := operates(c.api, c.operation); got != c.want {
			t.Errorf("%q of %q: %v", c.operation, c.api, got)
		}
	}
}

func TestAFaultIsGivenInTheWordsOfEachAPI(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		api, code, reason string
		want              org.Reason
	}{
		{"awsorg", "ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED", org.UnitDepth}, {"awsorg", "UnsupportedOperationException", "", org.NotServed},
		{"AWSAccount", "UnsupportedOperationException", "", org.FeatureSetRefused}, {"awssts", "InvalidAuthorizationMessageException", "", org.MessageInvalid},
		{"awsiam", "ServiceAccessNotEnabledException", "", org.TrustedAccessOff}, {"hworg", "Organizations.1900", "", org.TrustedAccessOff},
		{"hwrgc", "RGC.1065", "", org.LandingZoneBusy}, {"hwiam", "PAP5.0001", "", org.AssumeNotPermitted}, {"hwiam", "IAM.0006", "", org.Finalizing},
		{"", "IAM.0006", "", org.Finalizing}, {"", "TrustedAccessOff", "", ""}, {"hwiam", "Organizations.1900", "", org.TrustedAccessOff},
		{"awsorg", "ConstraintViolationException", "NO_SUCH_REASON", ""}, {"awssts", "AccessDenied", "NO_SUCH_REASON", ""}, {"hwiam", "IAM.9999", "", ""},
	} {
		if got, ok := means(c.api, c.code, c.reason); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %s of %q: %q, want %q", c.code, c.reason, c.api, got, c.want)
		}
	}
}
