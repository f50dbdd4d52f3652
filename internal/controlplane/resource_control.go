package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// A seat is where an account stands: its organization and the units above it. The zero seat is that of an account in no organization.
type seat struct {
	o    org.Organization
	path []org.UnitID
}

// seatOf returns the seat of an account, the zero one for an account that does not exist.
func seatOf(ctx context.Context, r store.Reader, id org.AccountID) (seat, error) {
	a, err := r.Account(ctx, id)
	if there, err := had(err, org.AccountMissing); !there || a.OrganizationID == "" {
		return seat{}, err
	}
	o, err := r.Organization(ctx, a.OrganizationID)
	if err != nil {
		return seat{}, err
	}
	path, err := paths(r, o).to(ctx, a.ParentID)
	return seat{o, path}, err
}

// way is the seat as condition keys tell it.
func (s seat) way() string {
	if s.o.ID == "" {
		return ""
	}
	return string(s.o.ID) + "/" + joinUnits(s.path)
}

// shield fails with NotPermitted where the resource control policies above the account that owns a role keep the caller from it. They bind callers from
// everywhere, and guard every account of their organization but the one that manages it (AWS Organizations User Guide, "Resource control policies").
func (p *Plane) shield(ctx context.Context, r store.Reader, c org.Caller, role org.Principal, action string, about ...aspect) error {
	at, err := seatOf(ctx, r, role.AccountID)
	if err != nil || at.o.ID == "" {
		return err
	}
	rule, err := p.enabledRule(ctx, r, at.o, org.ResourceControl)
	if on, err := had(err, org.PolicyTypeDisabled); !on {
		return err
	}
	all := policy.Policies{Management: string(at.o.ManagementID)}
	if all.RCPs, err = p.chain(ctx, r, at.o, rule, at.path, role.AccountID); err != nil {
		return err
	}
	from, err := seatOf(ctx, r, c.AccountID)
	if err != nil {
		return err
	}
	q := together(about)
	g := &guest{circumstances{ctx: ctx, r: r, o: at.o, caller: c, bonds: &bonds{path: from.path}, q: &q, now: p.now()}, from}
	req := requestOf(&g.circumstances, action)
	req.Context = g
	v := policy.Guard(&all, req)
	switch {
	case g.err != nil:
		return g.err
	case v.Allowed():
		return nil
	}
	// The condition keys are not told: they are about the owner's organization, which need not be the caller's.
	text := languageOf(at.o.Rules()).denial(v, req)
	return p.deny(ctx, refusal{caller: c, action: action, text: text, request: req, verdict: v, matches: policy.Explain(&all, req)})
}

// A guest asks for something of an organization that it may not belong to.
type guest struct {
	circumstances
	from seat
}

// Values implements policy.Context.
func (g *guest) Values(name string) []string {
	switch languageOf(g.o.Rules()).key(name) {
	case "principalorgid":
		return one(string(g.from.o.ID))
	case "principalorgpaths":
		return one(g.from.way())
	case "principalorgmanagementaccountid":
		return one(string(g.from.o.ManagementID))
	}
	return g.circumstances.Values(name)
}
