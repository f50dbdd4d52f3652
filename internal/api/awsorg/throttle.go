package awsorg

import (
	"context"
	"maps"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/throttle"
)

// pace is how fast an operation may be called: by one account, and by all of one organization where AWS limits that too.
type pace struct {
	account      throttle.Rate
	organization throttle.Rate
	shared       string // the name of a bucket that several operations have together
}

func byAccount(account throttle.Rate, names ...string) map[string]pace {
	return byBoth(account, throttle.Rate{}, names...)
}

func byBoth(account, organization throttle.Rate, names ...string) map[string]pace {
	out := map[string]pace{}
	for _, n := range names {
		out[n] = pace{account: account, organization: organization}
	}
	return out
}

func rate(perSecond float64, burst int) throttle.Rate {
	return throttle.Rate{PerSecond: perSecond, Burst: burst}
}

// paces are the rates of the AWS Organizations User Guide, "Quotas and service limits", "Throttling limits". Operations that it does not list have none.
var paces = joined(
	byAccount(rate(0.05, 1), "CloseAccount"),
	byAccount(rate(1, 1), "CreateOrganization", "DeleteOrganization", "EnableAllFeatures", "EnablePolicyType", "DisablePolicyType"),
	byAccount(rate(1, 2),
		"DescribeOrganization", "CreateOrganizationalUnit", "EnableAWSServiceAccess", "DisableAWSServiceAccess", "RegisterDelegatedAdministrator",
		"DeregisterDelegatedAdministrator"),
	byAccount(rate(4, 6), "TagResource", "UntagResource"),
	byAccount(rate(2, 3),
		"MoveAccount", "UpdateOrganizationalUnit", "DeleteOrganizationalUnit", "CreatePolicy", "DeletePolicy", "UpdatePolicy", "AttachPolicy", "DetachPolicy",
		"CancelHandshake"),
	byAccount(rate(2, 2), "RemoveAccountFromOrganization"),
	byAccount(rate(3, 5), "InviteAccountToOrganization"),
	byBoth(rate(20, 30), rate(24, 36), "DescribeAccount"),
	byBoth(rate(8, 12), rate(9, 15), "ListAccounts"),
	byBoth(rate(2, 2), rate(2, 3), "DescribeCreateAccountStatus", "DescribeOrganizationalUnit", "DescribePolicy"),
	byBoth(rate(5, 8), rate(6, 10),
		"ListCreateAccountStatus", "ListHandshakesForAccount", "ListHandshakesForOrganization", "ListParents", "ListAccountsForParent",
		"ListOrganizationalUnitsForParent", "ListPolicies", "ListPoliciesForTarget", "ListTargetsForPolicy", "ListDelegatedAdministrators"),
	byBoth(rate(6, 10), rate(7, 12), "ListChildren"),
	byBoth(rate(1, 2), rate(1, 3), "ListRoots"),
	byBoth(rate(10, 15), rate(12, 18), "ListTagsForResource"),
	byBoth(rate(1, 1), rate(5, 5), "LeaveOrganization", "DeclineHandshake"),
	byBoth(rate(1, 2), rate(5, 5), "AcceptHandshake"),
	byBoth(rate(1, 2), rate(6, 10), "DescribeHandshake"),
	byBoth(rate(1, 3), rate(1, 4), "ListAWSServiceAccessForOrganization", "ListDelegatedServicesForAccount"),
	map[string]pace{
		"CreateAccount":         {account: rate(0.1, 3), shared: "CreateAccount"},
		"CreateGovCloudAccount": {account: rate(0.1, 3), shared: "CreateAccount"},
	},
)

func joined(parts ...map[string]pace) map[string]pace {
	all := map[string]pace{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

// held fails with Throttled when the caller, or its organization, asks for an operation faster than it may.
func (a *API) held(ctx context.Context, name string) error {
	p, ok := paces[name]
	if a.limiter == nil || !ok {
		return nil
	}
	if p.shared != "" {
		name = p.shared
	}
	c := identity.Caller(ctx)
	takes := []throttle.Take{{Bucket: name + " " + string(c.AccountID), Rate: p.account}}
	if p.organization != (throttle.Rate{}) {
		found, err := a.plane.Look(ctx, c.AccountID)
		if err == nil && found.OrganizationID != "" {
			takes = append(takes, throttle.Take{Bucket: name + " " + string(found.OrganizationID), Rate: p.organization})
		}
	}
	if !a.limiter.Allow(takes...) {
		return org.E(org.Throttled)
	}
	return nil
}
