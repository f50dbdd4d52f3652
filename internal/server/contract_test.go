package server

import "testing"

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
