package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// who says which accounts of an organization may ask for a deed.
type who int

const (
	anyMember            who = iota
	managementOrDelegate     // reads of the organization
	management               // changes of it
)

// authorize returns the caller's organization when the caller may ask for the action there. The checks come in the order that clients
// rely on: an account that exists and is usable (KeyUnknown), in an organization at all (NotInOrganization), the account's part in it (ManagementOnly, DelegateOnly), the principal's own
// permission (NotPermitted). The aspects say what the request is about, for the policies that bind or entitle members.
func (p *Plane) authorize(ctx context.Context, r store.Reader, c org.Caller, w who, action string, about ...aspect) (org.Organization, error) {
	a, o, err := memberCaller(ctx, r, c)
	if err == nil {
		err = p.prompt(o)
	}
	if err != nil {
		return org.Organization{}, err
	}
	return o, p.allowed(ctx, r, o, a, c, w, action, about)
}

// authorizeWrite is authorize for a change. It locks the caller's organization and looks at the caller again behind the lock, so that what it
// saw still holds when the transaction commits.
func (p *Plane) authorizeWrite(ctx context.Context, tx store.Tx, c org.Caller, w who, action string, about ...aspect) (org.Organization, error) {
	o, err := tx.LockHome(ctx, c.AccountID)
	if org.ReasonOf(err) == org.OrganizationMissing {
		if _, _, why := memberCaller(ctx, tx, c); why != nil {
			return org.Organization{}, why
		}
		return org.Organization{}, org.Errorf(org.ConcurrentModification, "the account %s is just becoming a member", c.AccountID)
	}
	if err != nil {
		return org.Organization{}, err
	}
	if err := p.catchUp(ctx, tx, &o); err != nil {
		return org.Organization{}, err
	}
	a, _, err := memberCaller(ctx, tx, c)
	if err != nil {
		return org.Organization{}, err
	}
	if a.OrganizationID != o.ID {
		return org.Organization{}, org.Errorf(org.ConcurrentModification, "the account %s changed its organization", a.ID)
	}
	return o, p.allowed(ctx, tx, o, a, c, w, action, about)
}

func memberCaller(ctx context.Context, r store.Reader, c org.Caller) (org.Account, org.Organization, error) {
	a, o, err := r.Member(ctx, c.AccountID)
	if err != nil {
		return a, o, instead(err, org.AccountMissing, org.KeyUnknown)
	}
	if err := a.CheckUsable(); err != nil {
		return a, o, err
	}
	if o.ID == "" {
		return a, o, org.Errorf(org.NotInOrganization, "the account %s is a member of no organization", a.ID)
	}
	return a, o, nil
}

// allowed decides where the caller's account and its organization are known. The management account may do everything with the organization; a member
// what every member may, what delegated administrators may read when it is one, and what the resource policy grants it.
func (p *Plane) allowed(ctx context.Context, r store.Reader, o org.Organization, a org.Account, c org.Caller, w who, action string, about []aspect) error {
	if o.ManagementID == a.ID {
		return p.permit(ctx, c, action)
	}
	if err := p.entitled(ctx, r, o, a, c, w, action, about); err != nil {
		return err
	}
	return p.allowTagging(ctx, r, o, a, c, w, about)
}

// permit decides by the principal's own rights. A principal either administers its account or may do nothing in it, and a session may be for one task alone.
func (p *Plane) permit(ctx context.Context, c org.Caller, action string) error {
	administers, session := c.Admin || c.Kind == org.RootUser, sessionPolicies(c)
	if administers && session == nil {
		return nil
	}
	req := &policy.Request{Principal: policy.Principal{Name: identity.Name(c)}, Action: identity.Action(c.Partition, action)}
	v := policy.Verdict{Class: policy.IdentityBased}
	if administers {
		if policy.Union(session, req).Effect == policy.Allow {
			return nil
		}
		v.Class = policy.SessionBased
	}
	text := languageOf(org.RulesOf(c.Partition)).denial(v, req)
	req.Resource = "*"
	return p.deny(ctx, refusal{caller: c, action: action, text: text, request: req, verdict: v})
}

// deny is a denial by policy, which is let pass where denials are only told of.
func (p *Plane) deny(ctx context.Context, f refusal) error {
	if p.Denied != nil {
		p.Denied(ctx, f.caller, f.action)
		return nil
	}
	message, err := p.encode(f)
	if err != nil {
		return err
	}
	return &org.Error{Reason: org.NotPermitted, Detail: f.text, Encoded: message}
}
