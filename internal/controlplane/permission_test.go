package controlplane_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
)

// part says which accounts may ask for a deed without a resource policy.
type part int

const (
	byManagement part = iota
	byDelegates       // management and delegated administrators
	byMembers
	byAnybody // accounts in no organization, too
)

// partOf reads the callers of an operation, as the table "Who may call what" words them.
func partOf(operation, callers string) (part, bool) {
	reads := strings.HasPrefix(operation, "Describe") || strings.HasPrefix(operation, "List")
	switch callers {
	case "management":
		return byManagement, true
	case "management or delegated", "any account (own); management/delegated for others":
		if reads {
			return byDelegates, true
		}
		return byManagement, true
	case "any account of the organization", "member only":
		return byMembers, true
	case "any account, also standalone", "any party; any account of the organization", "recipient", "sender", "account in no organization":
		return byAnybody, true
	}
	return 0, false
}

// A right is a row of that table, which the API is held against, too.
type right struct {
	part      part
	delegable bool
}

func rights(t *testing.T) map[string]right {
	t.Helper()
	table, err := os.ReadFile("../api/awsorg/testdata/who-may-call.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]right{}
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(line, "|")
		if len(cells) != 3 {
			continue
		}
		operation := strings.TrimSpace(cells[0])
		p, ok := partOf(operation, strings.TrimSpace(cells[1]))
		if !ok {
			t.Fatalf("%s is called by %q", operation, cells[1])
		}
		out[operation] = right{p, strings.TrimSpace(cells[2]) == "delegable"}
	}
	return out
}

// permissions holds every deed of the service under its action's name, on things that do not exist or in a way that changes nothing, so that
// those who may ask are told something else than that they may not.
var permissions = map[string]func(context.Context, *controlplane.Plane, org.Caller) error{
	"AcceptHandshake": first(func(d asked) (org.Handshake, error) { return d.AcceptHandshake(d.ctx, d.c, "h-no") }),
	"AttachPolicy": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.AttachPolicy(c, by, "p-no", "no")
	},
	"CancelHandshake": first(func(d asked) (org.Handshake, error) { return d.CancelHandshake(d.ctx, d.c, "h-no") }),
	"CloseAccount": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.CloseAccount(c, by, "no")
	},
	"CreateAccount": first(func(d asked) (org.Creation, error) { return d.CreateAccount(d.ctx, d.c, org.AccountRequest{}) }),
	"CreateGovCloudAccount": first(func(d asked) (org.Creation, error) {
		return d.CreatePairedAccount(d.ctx, d.c, org.AccountRequest{})
	}),
	"CreateOrganizationalUnit": first(func(d asked) (controlplane.Unit, error) { return d.CreateUnit(d.ctx, d.c, "ou-no", "", nil) }),
	"CreatePolicy": first(func(d asked) (controlplane.Policy, error) {
		return d.CreatePolicy(d.ctx, d.c, org.ServiceControl, "", "", "", []org.Tag{{Key: "k"}})
	}),
	"DeclineHandshake": first(func(d asked) (org.Handshake, error) { return d.DeclineHandshake(d.ctx, d.c, "h-no") }),
	"DeleteOrganization": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeleteOrganization(c, by)
	},
	"DeleteOrganizationalUnit": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeleteUnit(c, by, "ou-no")
	},
	"DeletePolicy": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeletePolicy(c, by, "p-no")
	},
	"DeregisterDelegatedAdministrator": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DeregisterDelegate(c, by, "no", "no")
	},
	"DescribeAccount":             first(func(d asked) (controlplane.Account, error) { return d.GetAccount(d.ctx, d.c, "no") }),
	"DescribeCreateAccountStatus": first(func(d asked) (org.Creation, error) { return d.GetCreation(d.ctx, d.c, "no") }),
	"DescribeEffectivePolicy": first(func(d asked) (controlplane.EffectivePolicy, error) {
		return d.GetEffectivePolicy(d.ctx, d.c, org.TagPolicy, "no")
	}),
	"DescribeHandshake":          first(func(d asked) (org.Handshake, error) { return d.GetHandshake(d.ctx, d.c, "h-no") }),
	"DescribeOrganization":       first(func(d asked) (controlplane.Organization, error) { return d.GetOrganization(d.ctx, d.c) }),
	"DescribeOrganizationalUnit": first(func(d asked) (controlplane.Unit, error) { return d.GetUnit(d.ctx, d.c, "ou-no") }),
	"DescribePolicy":             first(func(d asked) (controlplane.Policy, error) { return d.GetPolicy(d.ctx, d.c, "p-no") }),
	"DescribeResourcePolicy":     first(func(d asked) (controlplane.ResourcePolicy, error) { return d.GetResourcePolicy(d.ctx, d.c) }),
	"DescribeResponsibilityTransfer": first(func(d asked) (controlplane.Transfer, error) {
		return d.GetTransfer(d.ctx, d.c, "rt-no")
	}),
	"DetachPolicy": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DetachPolicy(c, by, "p-no", "no")
	},
	"DisableAWSServiceAccess": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.DistrustService(c, by, "no")
	},
	"DisablePolicyType": first(func(d asked) (controlplane.Root, error) {
		return d.DisablePolicyType(d.ctx, d.c, "r-no", org.TagPolicy)
	}),
	"EnableAWSServiceAccess": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.TrustService(c, by, "no")
	},
	"EnableAllFeatures": first(func(d asked) (org.Handshake, error) { return d.EnableAllFeatures(d.ctx, d.c) }),
	"EnablePolicyType":  first(func(d asked) (controlplane.Root, error) { return d.EnablePolicyType(d.ctx, d.c, "r-no", org.TagPolicy) }),
	"InviteAccountToOrganization": first(func(d asked) (org.Handshake, error) {
		return d.InviteAccount(d.ctx, d.c, org.Offer{})
	}),
	"InviteOrganizationToTransferResponsibility": first(func(d asked) (org.Handshake, error) {
		return d.OfferTransfer(d.ctx, d.c, org.TransferOffer{})
	}),
	"ListAWSServiceAccessForOrganization": first(func(d asked) (controlplane.TrustedServices, error) {
		return d.ListTrustedServices(d.ctx, d.c, onePage)
	}),
	"ListAccounts":          first(func(d asked) (controlplane.Accounts, error) { return d.ListAccounts(d.ctx, d.c, "", onePage) }),
	"ListAccountsForParent": first(func(d asked) (controlplane.Accounts, error) { return d.ListAccounts(d.ctx, d.c, "ou-no", onePage) }),
	"ListAccountsWithInvalidEffectivePolicy": first(func(d asked) (controlplane.Accounts, error) {
		return d.ListInvalid(d.ctx, d.c, org.TagPolicy, onePage)
	}),
	"ListChildren":            first(func(d asked) (controlplane.Entities, error) { return d.ListChildren(d.ctx, d.c, "ou-no", onePage) }),
	"ListCreateAccountStatus": first(func(d asked) (controlplane.Creations, error) { return d.ListCreations(d.ctx, d.c, nil, onePage) }),
	"ListDelegatedAdministrators": first(func(d asked) (controlplane.Delegates, error) {
		return d.ListDelegates(d.ctx, d.c, "", onePage)
	}),
	"ListDelegatedServicesForAccount": first(func(d asked) (controlplane.Delegations, error) {
		return d.ListDelegations(d.ctx, d.c, "no", onePage)
	}),
	"ListEffectivePolicyValidationErrors": first(func(d asked) (controlplane.PolicyFaults, error) {
		return d.ListPolicyFaults(d.ctx, d.c, org.TagPolicy, "no", onePage)
	}),
	"ListHandshakesForAccount": first(func(d asked) (controlplane.Handshakes, error) {
		return d.ListReceivedHandshakes(d.ctx, d.c, controlplane.HandshakeFilter{}, onePage)
	}),
	"ListHandshakesForOrganization": first(func(d asked) (controlplane.Handshakes, error) {
		return d.ListSentHandshakes(d.ctx, d.c, controlplane.HandshakeFilter{}, onePage)
	}),
	"ListInboundResponsibilityTransfers": first(func(d asked) (controlplane.Transfers, error) {
		return d.ListInboundTransfers(d.ctx, d.c, "", onePage)
	}),
	"ListOrganizationalUnitsForParent": first(func(d asked) (controlplane.Units, error) { return d.ListUnits(d.ctx, d.c, "ou-no", onePage) }),
	"ListOutboundResponsibilityTransfers": first(func(d asked) (controlplane.Transfers, error) {
		return d.ListOutboundTransfers(d.ctx, d.c, onePage)
	}),
	"ListParents": first(func(d asked) (controlplane.Entity, error) { return d.GetParent(d.ctx, d.c, "no") }),
	"ListPolicies": first(func(d asked) (controlplane.Policies, error) {
		return d.ListPolicies(d.ctx, d.c, org.ServiceControl, onePage)
	}),
	"ListPoliciesForTarget": first(func(d asked) (controlplane.Policies, error) {
		return d.ListAttachedPolicies(d.ctx, d.c, org.ServiceControl, "no", onePage)
	}),
	"ListRoots":            first(func(d asked) (controlplane.Root, error) { return d.GetRoot(d.ctx, d.c) }),
	"ListTagsForResource":  first(func(d asked) ([]org.Tag, error) { return d.ListTags(d.ctx, d.c, "no") }),
	"ListTargetsForPolicy": first(func(d asked) (controlplane.Targets, error) { return d.ListTargets(d.ctx, d.c, "p-no", onePage) }),
	"MoveAccount": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.MoveAccount(c, by, "no", "ou-no", "ou-no")
	},
	"PutResourcePolicy": first(func(d asked) (controlplane.ResourcePolicy, error) { return d.PutResourcePolicy(d.ctx, d.c, "", nil) }),
	"RegisterDelegatedAdministrator": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.RegisterDelegate(c, by, "no", "no")
	},
	"RemoveAccountFromOrganization": func(c context.Context, p *controlplane.Plane, by org.Caller) error {
		return p.RemoveAccount(c, by, "no")
	},
	"TagResource": func(c context.Context, p *controlplane.Plane, by org.Caller) error { return p.Tag(c, by, "no", nil) },
	"TerminateResponsibilityTransfer": first(func(d asked) (controlplane.Transfer, error) {
		return d.EndTransfer(d.ctx, d.c, "rt-no", time.Time{})
	}),
	"UntagResource":            func(c context.Context, p *controlplane.Plane, by org.Caller) error { return p.Untag(c, by, "no", nil) },
	"UpdateOrganizationalUnit": first(func(d asked) (controlplane.Unit, error) { return d.RenameUnit(d.ctx, d.c, "ou-no", "") }),
	"UpdatePolicy": first(func(d asked) (controlplane.Policy, error) {
		return d.UpdatePolicy(d.ctx, d.c, "p-no", org.PolicyChange{})
	}),
	"UpdateResponsibilityTransfer": first(func(d asked) (controlplane.Transfer, error) {
		return d.RenameTransfer(d.ctx, d.c, "rt-no", "")
	}),
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
	table := rights(t)
	if n := len(permissions) + len(apart); n != 63 || len(table) != n {
		t.Fatalf("%d operations have a deed and %d a row, the service has 63", n, len(table))
	}
	e := newEstate(t)
	plain, delegate, granted := e.member(e.account("plain")), e.member(e.account("delegate")), e.member(e.account("granted"))
	stranger := e.stranger()
	e.delegated(delegate.AccountID)
	e.grant(`{"Effect":"Allow","Principal":{"AWS":"` + string(granted.AccountID) + `"},"Action":"organizations:*","Resource":"*"}`)
	for name, do := range permissions {
		row, ok := table[name]
		if delegable := slices.Contains(policy.Delegable(), "organizations:"+name); !ok || delegable != row.delegable {
			t.Fatalf("%s has the row %+v, delegable %t", name, row, delegable)
		}
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
			"a delegate by policy":      {granted, row.delegable || row.part >= byMembers, refused},
			"a member":                  {plain, row.part >= byMembers, refused},
			"a stranger":                {stranger, row.part == byAnybody, org.NotInOrganization},
		} {
			err := do(t.Context(), e.plane, c.caller)
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
