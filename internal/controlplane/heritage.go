package controlplane

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy/inherit"
	"github.com/polity-cloud/polity/internal/store"
)

// A heritage is what the policies of one inherited type make of the tree in one state of an organization. It reads what it is asked for and no
// more, once; survey reads all at once. docs/decisions/effective-policies.md says why.
type heritage struct {
	p    *Plane
	r    store.Reader
	o    org.Organization
	rule *org.PolicyRule

	parents  map[org.UnitID]org.UnitID
	attached map[string][]org.Attachment
	whole    bool // a target without attachments in attached has none
	policies map[org.PolicyID]document
	links    map[org.UnitID]link
}

// A link is the effective policy of a node. Its key names all policies that made it, with their texts, so that equal keys mean equal policies whatever else
// changed in the organization, and whether or not the transaction that changed one comes to be.
type link struct {
	key   string
	state inherit.State
}

// A document is a policy's content, read.
type document struct {
	id     org.PolicyID
	made   time.Time
	key    string // the policy's id and the sum of its text
	policy *inherit.Policy
}

func (p *Plane) heritage(r store.Reader, o org.Organization, rule *org.PolicyRule) *heritage {
	begin := link{key: string(rule.Grammar) + " ", state: inherit.Begin(inherit.Type(rule.Grammar))}
	return &heritage{
		p: p, r: r, o: o, rule: rule, parents: map[org.UnitID]org.UnitID{o.RootID: ""}, attached: map[string][]org.Attachment{},
		policies: map[org.PolicyID]document{}, links: map[org.UnitID]link{"": begin},
	}
}

// account returns the link of an account by its parent and its own policies.
func (h *heritage) account(ctx context.Context, a org.Account) (link, error) {
	above, err := h.unit(ctx, a.ParentID)
	if err != nil {
		return link{}, err
	}
	return h.extend(ctx, above, string(a.ID))
}

// unit returns the link of a unit, and remembers it with those above.
func (h *heritage) unit(ctx context.Context, id org.UnitID) (link, error) {
	if l, ok := h.links[id]; ok {
		return l, nil
	}
	parent, err := h.parent(ctx, id)
	if err != nil {
		return link{}, err
	}
	above, err := h.unit(ctx, parent)
	if err != nil {
		return link{}, err
	}
	l, err := h.extend(ctx, above, string(id))
	if err == nil {
		h.links[id] = l
	}
	return l, err
}

func (h *heritage) parent(ctx context.Context, id org.UnitID) (org.UnitID, error) {
	if parent, ok := h.parents[id]; ok {
		return parent, nil
	}
	u, err := h.r.Unit(ctx, h.o.ID, id)
	if err == nil {
		h.parents[id] = u.ParentID
	}
	return u.ParentID, err
}

// extend goes one node further down. Nodes to which the same is attached below the same share one merge, even between requests.
func (h *heritage) extend(ctx context.Context, above link, id string) (link, error) {
	own, err := h.at(ctx, id)
	if err != nil {
		return link{}, err
	}
	if len(own) == 0 {
		return link{key: above.key, state: above.state.Extend(inherit.Node{ID: id})}, nil
	}
	documents, err := h.ordered(ctx, own)
	if err != nil {
		return link{}, err
	}
	sum := sha256.New()
	sum.Write([]byte(above.key))
	node := inherit.Node{ID: id}
	for i, d := range documents {
		sum.Write([]byte(d.key))
		node.Policies = append(node.Policies, inherit.Attached{ID: string(d.id), Order: int64(i), Policy: d.policy})
	}
	key := string(sum.Sum(nil))
	state := h.p.states.of(key, func() inherit.State { return above.state.Extend(node) })
	return link{key: key, state: state.Extend(inherit.Node{ID: id})}, nil
}

// ordered returns the documents of what is attached to one node in the order in which they merge.
func (h *heritage) ordered(ctx context.Context, own []org.Attachment) ([]document, error) {
	out := make([]document, len(own))
	for i, a := range own {
		d, err := h.document(ctx, a.PolicyID)
		if err != nil {
			return nil, err
		}
		out[i] = d
	}
	if h.rule.ByAge {
		slices.SortFunc(out, func(a, b document) int { return cmp.Or(a.made.Compare(b.made), cmp.Compare(a.id, b.id)) })
	}
	return out, nil
}

// at returns what is attached to a node, oldest attachment first.
func (h *heritage) at(ctx context.Context, id string) ([]org.Attachment, error) {
	if own, ok := h.attached[id]; ok || h.whole {
		return own, nil
	}
	own, _, err := h.r.Attachments(ctx, h.o.ID, h.rule.Type, id, org.Page{Limit: h.rule.Most})
	if err == nil {
		h.attached[id] = own
	}
	return own, err
}

func (h *heritage) document(ctx context.Context, id org.PolicyID) (document, error) {
	if d, ok := h.policies[id]; ok {
		return d, nil
	}
	found, err := h.r.Policy(ctx, h.o.ID, id)
	if err != nil {
		return document{}, err
	}
	text := sha256.Sum256([]byte(found.Content))
	key := string(id) + " " + string(text[:])
	parsed := h.p.documents.of(string(h.rule.Grammar)+" "+key, func() *inherit.Policy {
		return inherit.Load(inherit.Type(h.rule.Grammar), found.Content)
	})
	d := document{id: id, made: found.CreatedAt, key: key, policy: parsed}
	h.policies[id] = d
	return d, nil
}

// updatedAt returns when the effective policy of an account last changed, or the account came to be where it is.
func (h *heritage) updatedAt(ctx context.Context, a org.Account) (time.Time, error) {
	latest := a.JoinedAt
	node := string(a.ID)
	for above := a.ParentID; node != ""; {
		at, err := h.r.PolicyChangedAt(ctx, h.o.ID, h.rule.Type, node)
		if err != nil {
			return time.Time{}, err
		}
		if at.After(latest) {
			latest = at
		}
		if node = string(above); node == "" {
			break
		}
		if above, err = h.parent(ctx, above); err != nil {
			return time.Time{}, err
		}
	}
	return latest, nil
}
