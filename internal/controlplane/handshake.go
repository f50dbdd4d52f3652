package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Handshakes is a page of handshakes. Next is empty on the last one.
type Handshakes struct {
	Handshakes []org.Handshake
	Next       string
}

// A HandshakeFilter narrows a list of handshakes by one of its members; both at once are one too many.
type HandshakeFilter struct {
	Action org.HandshakeAction
	Parent org.HandshakeID
}

func (f HandshakeFilter) check() error {
	if f.Action != "" && f.Parent != "" {
		return org.Errorf(org.FilterLimit, "handshakes are filtered by their action or by their parent")
	}
	return nil
}

func (p *Plane) wanted(f HandshakeFilter) store.HandshakesWanted {
	w := store.HandshakesWanted{Actions: org.HandshakeActions, Parent: f.Parent, Now: p.now()}
	if f.Action != "" {
		w.Actions = []org.HandshakeAction{f.Action}
	}
	return w
}

// GetHandshake returns a handshake to its parties and to every member of the organization that sent it. It fails with HandshakeMissing for
// all others, and for a handshake that ended too long ago. By the rule RoleFirst members read what they did not receive as delegated administrators
// only, and else are told DelegateOnly.
func (p *Plane) GetHandshake(ctx context.Context, c org.Caller, id org.HandshakeID) (org.Handshake, error) {
	const action = "organizations:DescribeHandshake"
	return view(ctx, p, func(r store.Reader) (org.Handshake, error) {
		a, err := p.permitAnywhere(ctx, r, c, action, onHandshake(id))
		if err != nil {
			return org.Handshake{}, err
		}
		h, role, missing := p.findHandshake(ctx, r, a, id)
		if !role.recipient && a.OrganizationID != "" && org.RulesOf(a.Partition).Handshakes.RoleFirst {
			if _, err := p.authorize(ctx, r, c, managementOrDelegate, action, onHandshake(id)); err != nil {
				return org.Handshake{}, err
			}
		}
		if missing != nil {
			return org.Handshake{}, missing
		}
		return h.At(p.now()), conceal(ctx, r, a, h, role)
	})
}

// ListSentHandshakes lists what the caller's organization sent, newest first. It fails with FilterLimit.
func (p *Plane) ListSentHandshakes(ctx context.Context, c org.Caller, f HandshakeFilter, page org.Page) (Handshakes, error) {
	if err := f.check(); err != nil {
		return Handshakes{}, err
	}
	return view(ctx, p, func(r store.Reader) (Handshakes, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListHandshakesForOrganization", page)
		if err != nil {
			return Handshakes{}, err
		}
		w := p.wanted(f)
		found, next, err := r.SentHandshakes(ctx, o.ID, w, page)
		return asOf(w, found, cursor(o, next)), err
	})
}

// ListReceivedHandshakes lists what the caller's account received, newest first; it may stand alone. By the rule Hidden whoever
// manages an organization sees no invitations to others. It fails with FilterLimit.
func (p *Plane) ListReceivedHandshakes(ctx context.Context, c org.Caller, f HandshakeFilter, page org.Page) (Handshakes, error) {
	if err := f.check(); err != nil {
		return Handshakes{}, err
	}
	return view(ctx, p, func(r store.Reader) (Handshakes, error) {
		a, err := p.permitAnywhere(ctx, r, c, "organizations:ListHandshakesForAccount")
		if err != nil {
			return Handshakes{}, err
		}
		w := p.wanted(f)
		hidden, err := hidesInvitations(ctx, r, a)
		if err != nil {
			return Handshakes{}, err
		}
		if hidden {
			w.Actions = without(w.Actions, org.Invitation)
		}
		found, next, err := r.ReceivedHandshakes(ctx, org.Recipients(a), w, page)
		return asOf(w, found, next), err
	})
}

func without(actions []org.HandshakeAction, left org.HandshakeAction) []org.HandshakeAction {
	var out []org.HandshakeAction
	for _, a := range actions {
		if a != left {
			out = append(out, a)
		}
	}
	return out
}

// asOf shows what time has made of the handshakes found.
func asOf(w store.HandshakesWanted, found []org.Handshake, next string) Handshakes {
	for i, h := range found {
		found[i] = h.At(w.Now)
	}
	return Handshakes{Handshakes: found, Next: next}
}

// conceal fails with HandshakeMissing for an invitation by others that the account, to which it was sent, cannot see.
func conceal(ctx context.Context, r store.Reader, a org.Account, h org.Handshake, in role) error {
	if h.Action != org.Invitation || in.member {
		return nil
	}
	hidden, err := hidesInvitations(ctx, r, a)
	if err == nil && hidden {
		err = noHandshake(h.ID)
	}
	return err
}

// hidesInvitations reports whether an account manages an organization: by the rule Hidden such an account cannot see who else invites it (AWS User
// Guide, "Migrating an account from another organization").
func hidesInvitations(ctx context.Context, r store.Reader, a org.Account) (bool, error) {
	if a.OrganizationID == "" || !org.RulesOf(a.Partition).Handshakes.Hidden {
		return false, nil
	}
	o, err := r.Organization(ctx, a.OrganizationID)
	return o.ManagementID == a.ID, err
}
