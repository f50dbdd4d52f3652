package controlplane_test

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// pagedLists are the lists of an organization; each returns the cursor of the next page. The lists of a landing zone and of effective policies want more than
// an organization has by itself: they are refused another's cursor here, and read to their end where they are tested.
func (e *estate) pagedLists(unit org.UnitID, account org.AccountID, policy org.PolicyID) map[string]func(org.Page) (string, error) {
	ctx, p, c := e.Context(), e.plane, e.admin
	return map[string]func(org.Page) (string, error){
		"ListAccounts":       func(g org.Page) (string, error) { f, err := p.ListAccounts(ctx, c, "", g); return f.Next, err },
		"ListUnits":          func(g org.Page) (string, error) { f, err := p.ListUnits(ctx, c, "", g); return f.Next, err },
		"ListCreations":      func(g org.Page) (string, error) { f, err := p.ListCreations(ctx, c, nil, g); return f.Next, err },
		"ListChildren":       func(g org.Page) (string, error) { f, err := p.ListChildren(ctx, c, "", g); return f.Next, err },
		"ListChildren below": func(g org.Page) (string, error) { f, err := p.ListChildren(ctx, c, e.root, g); return f.Next, err },
		"ListChildrenOf units": func(g org.Page) (string, error) {
			f, err := p.ListChildrenOf(ctx, c, e.root, controlplane.UnitEntity, g)
			return f.Next, err
		},
		"ListChildrenOf accounts": func(g org.Page) (string, error) {
			f, err := p.ListChildrenOf(ctx, c, e.root, controlplane.AccountEntity, g)
			return f.Next, err
		},
		"ListPolicies": func(g org.Page) (string, error) {
			f, err := p.ListPolicies(ctx, c, org.TagPolicy, g)
			return f.Next, err
		},
		"ListAllPolicies": func(g org.Page) (string, error) { f, err := p.ListAllPolicies(ctx, c, g); return f.Next, err },
		"ListAttachedPolicies": func(g org.Page) (string, error) {
			f, err := p.ListAttachedPolicies(ctx, c, org.TagPolicy, string(e.root), g)
			return f.Next, err
		},
		"ListAllAttachedPolicies": func(g org.Page) (string, error) {
			f, err := p.ListAllAttachedPolicies(ctx, c, string(e.root), g)
			return f.Next, err
		},
		"ListTargets":         func(g org.Page) (string, error) { f, err := p.ListTargets(ctx, c, policy, g); return f.Next, err },
		"ListTrustedServices": func(g org.Page) (string, error) { f, err := p.ListTrustedServices(ctx, c, g); return f.Next, err },
		"ListDelegates":       func(g org.Page) (string, error) { f, err := p.ListDelegates(ctx, c, "", g); return f.Next, err },
		"ListDelegations":     func(g org.Page) (string, error) { f, err := p.ListDelegations(ctx, c, account, g); return f.Next, err },
		"ListSentHandshakes": func(g org.Page) (string, error) {
			f, err := p.ListSentHandshakes(ctx, c, controlplane.HandshakeFilter{}, g)
			return f.Next, err
		},
		"ListInboundTransfers":  func(g org.Page) (string, error) { f, err := p.ListInboundTransfers(ctx, c, "", g); return f.Next, err },
		"ListOutboundTransfers": func(g org.Page) (string, error) { f, err := p.ListOutboundTransfers(ctx, c, g); return f.Next, err },
		"ListInvalid": func(g org.Page) (string, error) {
			f, err := p.ListInvalid(ctx, c, org.TagPolicy, g)
			return f.Next, err
		},
		"ListPolicyFaults": func(g org.Page) (string, error) {
			f, err := p.ListPolicyFaults(ctx, c, org.TagPolicy, account, g)
			return f.Next, err
		},
		"PageTags": func(g org.Page) (string, error) {
			f, err := p.PageTags(ctx, c, org.Resource(e.root), g)
			return f.Next, err
		},
	}
}

func TestACursorOpensTheListOfItsOwnOrganizationAlone(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit := e.unit(e.root, "one")
	e.unit(e.root, "two")
	account, other := e.account("a"), e.account("b")
	e.enable(org.TagPolicy)
	policies := []org.PolicyID{e.policy(org.TagPolicy, "t", team), e.policy(org.TagPolicy, "u", `{"tags":{"u":{"tag_value":{"@@assign":["x"]}}}}`)}
	tags := []org.Tag{{Key: "k"}, {Key: "l"}}
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(e.root), tags); err != nil {
		t.Fatal(err)
	}
	for _, p := range policies {
		e.attach(p, string(e.root))
	}
	e.attach(policies[0], string(unit))
	for _, s := range []string{"config.amazonaws.com", "ram.amazonaws.com"} {
		if err := e.plane.TrustService(t.Context(), e.admin, s); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []org.AccountID{account, other} {
		if err := e.plane.RegisterDelegate(t.Context(), e.admin, a, "config.amazonaws.com"); err != nil {
			t.Fatal(err)
		}
	}
	for _, to := range []string{"x@corp.example", "y@corp.example"} {
		e.pass(time.Second)
		if _, err := e.plane.InviteAccount(t.Context(), e.admin, org.Offer{To: org.Party{Kind: org.PartyEmail, ID: to}}); err != nil {
			t.Fatal(err)
		}
	}
	own := string(e.id) + "/"
	paged := 0
	for says, list := range e.pagedLists(unit, account, policies[0]) {
		next, err := list(org.Page{Limit: 1})
		if err != nil {
			t.Errorf("%s: %v", says, err)
		}
		for _, after := range []string{"o-other000000/" + strings.TrimPrefix(next, own), "o-other000000/", own, "x"} {
			e.refused(says+" behind "+after, org.PageTokenInvalid, func() error { _, err := list(org.Page{After: after, Limit: 1}); return err })
		}
		if next == "" {
			continue
		}
		paged++
		if !strings.HasPrefix(next, own) {
			t.Errorf("%s: the cursor %q is of no organization", says, next)
		}
		if _, err := list(org.Page{After: next, Limit: 1}); err != nil {
			t.Errorf("%s does not go on: %v", says, err)
		}
	}
	if paged < 16 {
		t.Errorf("only %d lists have a second page", paged)
	}
}
