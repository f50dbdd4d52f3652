package controlplane_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// deed is one deed that asks for permission, on things that do not exist: so a caller who may not ask learns nothing of what exists.
type deed struct {
	name  string
	reads bool
	any   bool // every member may
	found org.Reason
	do    func(context.Context, *controlplane.Plane, org.Caller) error
}

func deeds() []deed {
	page := org.Page{Limit: 1}
	return []deed{
		{"GetOrganization", true, true, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetOrganization(ctx, c)
			return err
		}},
		{"GetRoot", true, false, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetRoot(ctx, c)
			return err
		}},
		{"GetUnit", true, false, org.UnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetUnit(ctx, c, "ou-no")
			return err
		}},
		{"ListUnits", true, false, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListUnits(ctx, c, "ou-no", page)
			return err
		}},
		{"CreateUnit", false, false, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.CreateUnit(ctx, c, "ou-no", "", nil)
			return err
		}},
		{"GetAccount", true, false, org.AccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetAccount(ctx, c, "no")
			return err
		}},
		{"ListAccounts", true, false, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListAccounts(ctx, c, "ou-no", page)
			return err
		}},
		{"MoveAccount", false, false, org.AccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.MoveAccount(ctx, c, "no", "ou-no", "ou-no")
		}},
		{"CloseAccount", false, false, org.AccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.CloseAccount(ctx, c, "no")
		}},
		{"RemoveAccount", false, false, org.AccountMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.RemoveAccount(ctx, c, "no")
		}},
		{"CreatePairedAccount", false, false, org.ManagementNotPaired, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.CreatePairedAccount(ctx, c, org.AccountRequest{})
			return err
		}},
		{"RenameUnit", false, false, org.UnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.RenameUnit(ctx, c, "ou-no", "")
			return err
		}},
		{"DeleteUnit", false, false, org.UnitMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.DeleteUnit(ctx, c, "ou-no")
		}},
		{"ListChildrenOf", true, false, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListChildrenOf(ctx, c, "ou-no", controlplane.AccountEntity, page)
			return err
		}},
		{"CreateAccount", false, false, org.InvalidAccountName, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.CreateAccount(ctx, c, org.AccountRequest{})
			return err
		}},
		{"GetCreation", true, false, org.CreationMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetCreation(ctx, c, "no")
			return err
		}},
		{"ListCreations", true, false, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListCreations(ctx, c, nil, page)
			return err
		}},
		{"GetParent", true, false, org.ChildMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetParent(ctx, c, "no")
			return err
		}},
		{"ListChildren", true, false, org.ParentMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListChildren(ctx, c, "ou-no", page)
			return err
		}},
		{"InviteAccount", false, false, org.PartyRefused, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.InviteAccount(ctx, c, org.Offer{})
			return err
		}},
		{"ListSentHandshakes", true, false, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListSentHandshakes(ctx, c, controlplane.HandshakeFilter{}, page)
			return err
		}},
		{"EnableAllFeatures", false, false, org.AllFeaturesAlready, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.EnableAllFeatures(ctx, c)
			return err
		}},
		{"OfferTransfer", false, false, org.PartyRefused, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.OfferTransfer(ctx, c, org.TransferOffer{})
			return err
		}},
		{"GetTransfer", false, false, org.TransferMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.GetTransfer(ctx, c, "no")
			return err
		}},
		{"ListInboundTransfers", false, false, org.TransferMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListInboundTransfers(ctx, c, "no", page)
			return err
		}},
		{"ListOutboundTransfers", false, false, "", func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListOutboundTransfers(ctx, c, page)
			return err
		}},
		{"RenameTransfer", false, false, org.TransferMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.RenameTransfer(ctx, c, "no", "")
			return err
		}},
		{"EndTransfer", false, false, org.TransferMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.EndTransfer(ctx, c, "no", time.Time{})
			return err
		}},
		{"Tag", false, false, org.ResourceMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.Tag(ctx, c, "no", []org.Tag{{}})
		}},
		{"Untag", false, false, org.ResourceMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			return p.Untag(ctx, c, "no", []string{"k"})
		}},
		{"ListTags", true, false, org.ResourceMissing, func(ctx context.Context, p *controlplane.Plane, c org.Caller) error {
			_, err := p.ListTags(ctx, c, "no")
			return err
		}},
	}
}

// The order is that of the clouds: in an organization at all, the account's part in it, the principal's rights, and existence last.
func TestChecksComeInTheirOrder(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member, stranger := e.member(e.account("one")), e.stranger()
	powerless := func(c org.Caller) org.Caller {
		c.Admin = false
		return c
	}
	gone := org.Caller{Partition: org.AWS, AccountID: "999999999999", Kind: org.RootUser}
	for _, d := range deeds() {
		refusal := func(c org.Caller) func() error {
			return func() error { return d.do(t.Context(), e.plane, c) }
		}
		part := org.ManagementOnly
		if d.reads {
			part = org.DelegateOnly
		}
		e.refused(d.name+" by an account that is gone", org.KeyUnknown, refusal(gone))
		e.refused(d.name+" by a stranger", org.NotInOrganization, refusal(stranger))
		e.refused(d.name+" by a powerless stranger", org.NotInOrganization, refusal(powerless(stranger)))
		e.refused(d.name+" by a powerless user of the management account", org.NotPermitted, refusal(powerless(e.admin)))
		if d.any {
			e.refused(d.name+" by a powerless member", org.NotPermitted, refusal(powerless(member)))
			continue
		}
		e.refused(d.name+" by a member", part, refusal(member))
		e.refused(d.name+" by a powerless member", part, refusal(powerless(member)))
		if d.found != "" {
			e.refused(d.name+" by the management account", d.found, refusal(e.admin))
		}
	}
}

func TestARootUserNeedsNoPolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	root, err := e.plane.RootCaller(t.Context(), e.admin.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	root.Admin = false
	if _, err := e.plane.GetRoot(t.Context(), root); err != nil {
		t.Error(err)
	}
}

func TestASoftDenialIsToldAndLetPass(t *testing.T) {
	t.Parallel()
	var told []string
	e := newEstate(t, func(c *controlplane.Config) {
		c.Denied = func(_ context.Context, _ org.Caller, action string) { told = append(told, action) }
	})
	powerless := e.admin
	powerless.Admin = false
	if _, err := e.plane.GetRoot(t.Context(), powerless); err != nil {
		t.Error(err)
	}
	if !slices.Equal(told, []string{"organizations:ListRoots"}) {
		t.Errorf("told of %v", told)
	}
	if _, err := e.plane.GetRoot(t.Context(), e.stranger()); org.ReasonOf(err) != org.NotInOrganization {
		t.Errorf("only denials by policy pass: %v", err)
	}
}
