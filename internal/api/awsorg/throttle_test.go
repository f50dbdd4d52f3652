package awsorg

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/throttle"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

func TestEveryPaceIsOfAnOperation(t *testing.T) {
	t.Parallel()
	for name, p := range paces {
		if _, ok := contract[name]; !ok || p.account.PerSecond <= 0 || p.account.Burst < 1 || p.organization.PerSecond > 0 && p.organization.Burst < 1 {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if len(paces) < 40 {
		t.Errorf("%d operations have a pace", len(paces))
	}
}

// TestThePublishedRates holds the table against the User Guide's, "Throttling limits": operations, then the account's rate and burst, then the organization's.
func TestThePublishedRates(t *testing.T) {
	t.Parallel()
	want := map[string][4]float64{}
	for names, rates := range map[string][4]float64{
		"CloseAccount":                        {0.05, 1},
		"CreateAccount CreateGovCloudAccount": {0.1, 3},
		"CreateOrganization DeleteOrganization EnableAllFeatures EnablePolicyType DisablePolicyType": {1, 1},
		"DescribeOrganization CreateOrganizationalUnit":                                              {1, 2},
		"DescribeAccount": {20, 30, 24, 36},
		"ListAccounts":    {8, 12, 9, 15},
		"DescribeCreateAccountStatus DescribeOrganizationalUnit DescribePolicy": {2, 2, 2, 3},
		"ListCreateAccountStatus ListHandshakesForAccount ListHandshakesForOrganization ListParents ListAccountsForParent " +
			"ListOrganizationalUnitsForParent ListPolicies ListPoliciesForTarget ListTargetsForPolicy ListDelegatedAdministrators": {5, 8, 6, 10},
		"ListChildren":              {6, 10, 7, 12},
		"ListRoots":                 {1, 2, 1, 3},
		"ListTagsForResource":       {10, 15, 12, 18},
		"TagResource UntagResource": {4, 6},
		"MoveAccount UpdateOrganizationalUnit DeleteOrganizationalUnit CreatePolicy DeletePolicy UpdatePolicy AttachPolicy DetachPolicy CancelHandshake": {2, 3},
		"RemoveAccountFromOrganization": {2, 2},
		"LeaveOrganization":             {1, 1, 5, 5},
		"InviteAccountToOrganization":   {3, 5},
		"AcceptHandshake":               {1, 2, 5, 5},
		"DeclineHandshake":              {1, 1, 5, 5},
		"DescribeHandshake":             {1, 2, 6, 10},
		"EnableAWSServiceAccess DisableAWSServiceAccess RegisterDelegatedAdministrator DeregisterDelegatedAdministrator": {1, 2},
		"ListAWSServiceAccessForOrganization ListDelegatedServicesForAccount":                                            {1, 3, 1, 4},
	} {
		for _, name := range strings.Fields(names) {
			want[name] = rates
		}
	}
	for name := range contract {
		p := paces[name]
		got := [4]float64{p.account.PerSecond, float64(p.account.Burst), p.organization.PerSecond, float64(p.organization.Burst)}
		if got != want[name] {
			t.Errorf("%s: %v, want %v", name, got, want[name])
		}
	}
	if paces["CreateAccount"].shared == "" || paces["CreateAccount"].shared != paces["CreateGovCloudAccount"].shared {
		t.Error("creations of both kinds have buckets of their own")
	}
}

// throttled is a managed house whose door holds callers to AWS's rates, on a clock of its own.
func throttled(t *testing.T) (*house, *time.Time) {
	t.Helper()
	h, at := managed(t), time.Unix(1000, 0)
	h.api = New(h.plane, authenticate, pagetoken.New(make([]byte, 32)), h.faults, Throttle(throttle.New(func() time.Time { return at })))
	return h, &at
}

func TestRequestsAreHeldByAccount(t *testing.T) {
	t.Parallel()
	h, at := throttled(t)
	one := h.member("one")
	const tooMany = "TooManyRequestsException"
	for range 2 {
		h.do("DescribeOrganization", payer, `{}`)
	}
	h.refuses("a third one", "DescribeOrganization", payer, `{}`, tooMany, "")
	h.do("DescribeOrganization", one, `{}`)
	*at = at.Add(time.Second)
	h.do("DescribeOrganization", payer, `{}`)
	h.refuses("one a second", "DescribeOrganization", payer, `{}`, tooMany, "")
}

func TestRequestsAreHeldByOrganization(t *testing.T) {
	t.Parallel()
	h, _ := throttled(t)
	one := h.member("one")
	held := func(account string) bool {
		return h.ask("ListHandshakesForAccount", account, `{}`).Code != http.StatusOK
	}
	passed := 0
	for range 20 {
		for _, account := range []string{payer, one, stranger} {
			if !held(account) && account != stranger {
				passed++
			}
		}
	}
	if passed != 10 {
		t.Errorf("%d requests of the organization went through, want 10", passed)
	}
}

func TestCreationsOfBothKindsAreHeldTogether(t *testing.T) {
	t.Parallel()
	h, _ := throttled(t)
	for _, name := range []string{"one", "two", "three"} {
		h.do("CreateAccount", payer, object("AccountName", name, "Email", name+"@corp.example"))
	}
	h.refuses("a fourth one", "CreateGovCloudAccount", payer, object("AccountName", "four", "Email", "four@corp.example"), "TooManyRequestsException", "")
}
