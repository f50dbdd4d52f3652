package controlplane_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
)

// part says which accounts may ask for a deed without a resource policy, as the table "Who may call what" has it.
type part int

const (
	byManagement part = iota
	byDelegates       // management and delegated administrators
	byMembers
	byAnybody // accounts in no organization, too
)

// permissions is that table: every deed of the service under its action's name, on things that do not exist or in a way that changes nothing, so that
// those who may ask are told something else than that they may not.
var permissions = map[string]struct {
	part part
	do   func(context.Context, *controlplane.Plane, org.Caller) error
}{
	"AcceptHandshake": {byAnybody, first(func(d asked) (org.Handshake, error) { return d.AcceptHandshake(d.ctx, d.c, "h-no") })},
	"AttachPolicy": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.AttachPolicy(c, by, "p-no", "no")
	}},
	"CancelHandshake": {byAnybody, first(func(d asked) (org.Handshake, error) { return d.CancelHandshake(d.ctx, d.c, "h-no") })},
	"CloseAccount": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.CloseAccount(c, by, "no")
	}},
	"CreateAccount": {byManagement, first(func(d asked) (org.Creation, error) { return d.CreateAccount(d.ctx, d.c, org.AccountRequest{}) })},
	"CreateGovCloudAccount": {byManagement, first(func(d asked) (org.Creation, error) {
		return d.CreatePairedAccount(d.ctx, d.c, org.AccountRequest{})
	})},
	"CreateOrganizationalUnit": {byManagement, first(func(d asked) (controlplane.Unit, error) { return d.CreateUnit(d.ctx, d.c, "ou-no", "", nil) })},
	"CreatePolicy": {byManagement, first(func(d asked) (controlplane.Policy, error) {
		return d.CreatePolicy(d.ctx, d.c, org.ServiceControl, "", "", "", []org.Tag{{Key: "k"}})
	})},
	"DeclineHandshake": {byAnybody, first(func(d asked) (org.Handshake, error) { return d.DeclineHandshake(d.ctx, d.c, "h-no") })},
	"DeleteOrganization": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeleteOrganization(c, by)
	}},
	"DeleteOrganizationalUnit": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeleteUnit(c, by, "ou-no")
	}},
	"DeletePolicy": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeletePolicy(c, by, "p-no")
	}},
	"DeregisterDelegatedAdministrator": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeregisterDelegate(c, by, "no", "no")
	}},
	"DescribeAccount":             {byDelegates, first(func(d asked) (controlplane.Account, error) { return d.GetAccount(d.ctx, d.c, "no") })},
	"DescribeCreateAccountStatus": {byDelegates, first(func(d asked) (org.Creation, error) { return d.GetCreation(d.ctx, d.c, "no") })},
	"DescribeEffectivePolicy": {byDelegates, first(func(d asked) (controlplane.EffectivePolicy, error) {
		return d.GetEffectivePolicy(d.ctx, d.c, org.TagPolicy, "no")
	})},
	"DescribeHandshake":          {byAnybody, first(func(d asked) (org.Handshake, error) { return d.GetHandshake(d.ctx, d.c, "h-no") })},
	"DescribeOrganization":       {byMembers, first(func(d asked) (controlplane.Organization, error) { return d.GetOrganization(d.ctx, d.c) })},
	"DescribeOrganizationalUnit": {byDelegates, first(func(d asked) (controlplane.Unit, error) { return d.GetUnit(d.ctx, d.c, "ou-no") })},
	"DescribePolicy":             {byDelegates, first(func(d asked) (controlplane.Policy, error) { return d.GetPolicy(d.ctx, d.c, "p-no") })},
	"DescribeResourcePolicy":     {byDelegates, first(func(d asked) (controlplane.ResourcePolicy, error) { return d.GetResourcePolicy(d.ctx, d.c) })},
	"DescribeResponsibilityTransfer": {byManagement, first(func(d asked) (controlplane.Transfer, error) {
		return d.GetTransfer(d.ctx, d.c, "rt-no")
	})},
	"DetachPolicy": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DetachPolicy(c, by, "p-no", "no")
	}},
	"DisableAWSServiceAccess": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DistrustService(c, by, "no")
	}},
	"DisablePolicyType": {byManagement, first(func(d asked) (controlplane.Root, error) {
		return d.DisablePolicyType(d.ctx, d.c, "r-no", org.TagPolicy)
	})},
	"EnableAWSServiceAccess": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.TrustService(c, by, "no")
	}},
	"EnableAllFeatures": {byManagement, first(func(d asked) (org.Handshake, error) { return d.EnableAllFeatures(d.ctx, d.c) })},
	"EnablePolicyType":  {byManagement, first(func(d asked) (controlplane.Root, error) { return d.EnablePolicyType(d.ctx, d.c, "r-no", org.TagPolicy) })},
	"InviteAccountToOrganization": {byManagement, first(func(d asked) (org.Handshake, error) {
		return d.InviteAccount(d.ctx, d.c, org.Offer{})
	})},
	"InviteOrganizationToTransferResponsibility": {byManagement, first(func(d asked) (org.Handshake, error) {
		return d.OfferTransfer(d.ctx, d.c, org.TransferOffer{})
	})},
	"ListAWSServiceAccessForOrganization": {byDelegates, first(func(d asked) (controlplane.TrustedServices, error) {
		return d.ListTrustedServices(d.ctx, d.c, onePage)
	})},
	"ListAccounts":          {byDelegates, first(func(d asked) (controlplane.Accounts, error) { return d.ListAccounts(d.ctx, d.c, "", onePage) })},
	"ListAccountsForParent": {byDelegates, first(func(d asked) (controlplane.Accounts, error) { return d.ListAccounts(d.ctx, d.c, "ou-no", onePage) })},
	"ListAccountsWithInvalidEffectivePolicy": {byDelegates, first(func(d asked) (controlplane.Accounts, error) {
		return d.ListInvalid(d.ctx, d.c, org.TagPolicy, onePage)
	})},
	"ListChildren":            {byDelegates, first(func(d asked) (controlplane.Entities, error) { return d.ListChildren(d.ctx, d.c, "ou-no", onePage) })},
	"ListCreateAccountStatus": {byDelegates, first(func(d asked) (controlplane.Creations, error) { return d.ListCreations(d.ctx, d.c, nil, onePage) })},
	"ListDelegatedAdministrators": {byDelegates, first(func(d asked) (controlplane.Delegates, error) {
		return d.ListDelegates(d.ctx, d.c, "", onePage)
	})},
	"ListDelegatedServicesForAccount": {byDelegates, first(func(d asked) (controlplane.Delegations, error) {
		return d.ListDelegations(d.ctx, d.c, "no", onePage)
	})},
	"ListEffectivePolicyValidationErrors": {byDelegates, first(func(d asked) (controlplane.PolicyFaults, error) {
		return d.ListPolicyFaults(d.ctx, d.c, org.TagPolicy, "no", onePage)
	})},
	"ListHandshakesForAccount": {byAnybody, first(func(d asked) (controlplane.Handshakes, error) {
		return d.ListReceivedHandshakes(d.ctx, d.c, controlplane.HandshakeFilter{}, onePage)
	})},
	"ListHandshakesForOrganization": {byDelegates, first(func(d asked) (controlplane.Handshakes, error) {
		return d.ListSentHandshakes(d.ctx, d.c, controlplane.HandshakeFilter{}, onePage)
	})},
	"ListInboundResponsibilityTransfers": {byManagement, first(func(d asked) (controlplane.Transfers, error) {
		return d.ListInboundTransfers(d.ctx, d.c, "", onePage)
	})},
	"ListOrganizationalUnitsForParent": {byDelegates, first(func(d asked) (controlplane.Units, error) { return d.ListUnits(d.ctx, d.c, "ou-no", onePage) })},
	"ListOutboundResponsibilityTransfers": {byManagement, first(func(d asked) (controlplane.Transfers, error) {
		return d.ListOutboundTransfers(d.ctx, d.c, onePage)
	})},
	"ListParents": {byDelegates, first(func(d asked) (controlplane.Entity, error) { return d.GetParent(d.ctx, d.c, "no") })},
	"ListPolicies": {byDelegates, first(func(d asked) (controlplane.Policies, error) {
		return d.ListPolicies(d.ctx, d.c, org.ServiceControl, onePage)
	})},
	"ListPoliciesForTarget": {byDelegates, first(func(d asked) (controlplane.Policies, error) {
		return d.ListAttachedPolicies(d.ctx, d.c, org.ServiceControl, "no", onePage)
	})},
	"ListRoots":            {byDelegates, first(func(d asked) (controlplane.Root, error) { return d.GetRoot(d.ctx, d.c) })},
	"ListTagsForResource":  {byDelegates, first(func(d asked) ([]org.Tag, error) { return d.ListTags(d.ctx, d.c, "no") })},
	"ListTargetsForPolicy": {byDelegates, first(func(d asked) (controlplane.Targets, error) { return d.ListTargets(d.ctx, d.c, "p-no", onePage) })},
	"MoveAccount": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.MoveAccount(c, by, "no", "ou-no", "ou-no")
	}},
	"PutResourcePolicy": {byManagement, first(func(d asked) (controlplane.ResourcePolicy, error) { return d.PutResourcePolicy(d.ctx, d.c, "", nil) })},
	"RegisterDelegatedAdministrator": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.RegisterDelegate(c, by, "no", "no")
	}},
	"RemoveAccountFromOrganization": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.RemoveAccount(c, by, "no")
	}},
	"TagResource": {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error { return p.Tag(c, by, "no", nil) }},
	"TerminateResponsibilityTransfer": {byManagement, first(func(d asked) (controlplane.Transfer, error) {
		return d.EndTransfer(d.ctx, d.c, "rt-no", time.Time{})
	})},
	"UntagResource":            {byManagement, func(c context.Context, p *controlplane.Plane, by org.Caller) error { return p.Untag(c, by, "no", nil) }},
	"UpdateOrganizationalUnit": {byManagement, first(func(d asked) (controlplane.Unit, error) { return d.RenameUnit(d.ctx, d.c, "ou-no", "") })},
	"UpdatePolicy": {byManagement, first(func(d asked) (controlplane.Policy, error) {
		return d.UpdatePolicy(d.ctx, d.c, "p-no", org.PolicyChange{})
	})},
	"UpdateResponsibilityTransfer": {byManagement, first(func(d asked) (controlplane.Transfer, error) {
		return d.RenameTransfer(d.ctx, d.c, "rt-no", "")
	})},
}

// apart are the operations that no row can be about: what they do changes who asks. They have tests of their own.
var apart = []string{"CreateOrganization", "LeaveOrganization", "DeleteResourcePolicy"}

var onePage = org.Page{Limit: 1}

type asked struct {
	*controlplane.Plane
	ctx context.Context
	c   org.Caller
}

func first[T any](do func(asked) (T, error)) func(context.Context, *controlplane.Plane, org.Caller) error {
	return func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
		_, err := do(asked{p, ctx, c})
		return err
	}
}

var refusals = []org.Reason{org.ManagementOnly, org.DelegateOnly, org.NotPermitted, org.NotInOrganization}

func TestWhoMayCallWhat(t *testing.T) {
	t.Parallel()
	if n := len(permissions) + len(apart); n != 63 {
		t.Fatalf("%d operations have a row, the service has 63", n)
	}
	e := newEstate(t)
	plain, delegate, granted := e.member(e.account("plain")), e.member(e.account("delegate")), e.member(e.account("granted"))
	stranger := e.stranger()
	e.delegated(delegate.AccountID)
	e.grant(`{"Effect":"Allow","Principal":{"AWS":"` + string(granted.AccountID) + `"},"Action":"organizations:*","Resource":"*"}`)
	for name, row := range permissions {
		delegable := slices.Contains(policy.Delegable(), "organizations:"+name)
		refused := org.ManagementOnly
		if row.part == byDelegates {
			refused = org.DelegateOnly
		}
		for who, c := range map[string]struct {
			caller org.Caller
			may    bool
			reason org.Reason
		}{
			"the management account":    {e.admin, true, ""},
			"a delegated administrator": {delegate, row.part >= byDelegates, refused},
			"a delegate by policy":      {granted, delegable || row.part >= byMembers, refused},
			"a member":                  {plain, row.part >= byMembers, refused},
			"a stranger":                {stranger, row.part == byAnybody, org.NotInOrganization},
		} {
			err := row.do(t.Context(), e.plane, c.caller)
			if c.may && slices.Contains(refusals, org.ReasonOf(err)) || !c.may && org.ReasonOf(err) != c.reason {
				t.Errorf("%s by %s: %v, may %v", name, who, err, c.may)
			}
		}
	}
	for _, action := range policy.Delegable() {
		if _, ok := permissions[strings.TrimPrefix(action, "organizations:")]; !ok {
			t.Errorf("%s has no row", action)
		}
	}
}

// delegated makes a member a delegated administrator.
func (e *estate) delegated(id org.AccountID) {
	e.Helper()
	const service = "ssm.amazonaws.com"
	if err := e.plane.TrustService(e.Context(), e.admin, service); err != nil {
		e.Fatal(err)
	}
	if err := e.plane.RegisterDelegate(e.Context(), e.admin, id, service); err != nil {
		e.Fatal(err)
	}
}

// grant makes statements the resource policy.
func (e *estate) grant(statements ...string) {
	e.Helper()
	text := `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	if _, err := e.plane.PutResourcePolicy(e.Context(), e.admin, text, nil); err != nil {
		e.Fatal(err)
	}
}
