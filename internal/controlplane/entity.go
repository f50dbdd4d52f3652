package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// EntityKind tells what a node of the tree is.
type EntityKind int

// The kinds of node.
const (
	RootEntity EntityKind = iota
	UnitEntity
	AccountEntity
	PolicyEntity         // stands beside the tree, and is only tagged as nodes are
	TransferEntity       // the same
	ResourcePolicyEntity // the same
)

// An Entity is a node of the tree, seen from outside.
type Entity struct {
	Kind EntityKind
	ID   string
	Name string
}

// Entities is a page of entities. Next is empty on the last one.
type Entities struct {
	Entities []Entity
	Next     string
}

// GetParent returns the one parent of a unit or member account. It fails with ChildMissing, for the root too.
func (p *Plane) GetParent(ctx context.Context, c org.Caller, child string) (Entity, error) {
	return view(ctx, p, func(r store.Reader) (Entity, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListParents", onAny(child))
		if err != nil {
			return Entity{}, err
		}
		id, err := parentOf(ctx, r, o, child)
		if err != nil {
			return Entity{}, err
		}
		u, err := r.Unit(ctx, o.ID, id)
		return unitEntity(u), err
	})
}

func parentOf(ctx context.Context, r store.Reader, o org.Organization, child string) (org.UnitID, error) {
	if u, err := r.Unit(ctx, o.ID, org.UnitID(child)); err == nil && !u.IsRoot() {
		return u.ParentID, nil
	}
	a, err := member(ctx, r, o, org.AccountID(child))
	if err != nil {
		return "", instead(err, org.AccountMissing, org.ChildMissing)
	}
	return a.ParentID, nil
}

// ListChildren lists what stands directly below parent: the units first, oldest first, then the accounts in the order of their joining. With an
// empty parent it lists all of the organization, the root before the others. It fails with ParentMissing.
func (p *Plane) ListChildren(ctx context.Context, c org.Caller, parent org.UnitID, page org.Page) (Entities, error) {
	return view(ctx, p, func(r store.Reader) (Entities, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListChildren", page, under(parent))
		if err != nil {
			return Entities{}, err
		}
		if err := parentExists(ctx, r, o, parent); err != nil {
			return Entities{}, err
		}
		var found Entities
		if parent == "" && page.After == "" {
			found, err = wholeTree(ctx, r, o, page.Limit)
		} else {
			found, err = children(ctx, r, o, parent, page)
		}
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

// wholeTree is the first page of all that an organization has. The management account stands behind the root, so that a page of the root alone is not the last.
func wholeTree(ctx context.Context, r store.Reader, o org.Organization, limit int) (Entities, error) {
	root, err := r.Unit(ctx, o.ID, o.RootID)
	if err != nil {
		return Entities{}, err
	}
	first := Entities{Entities: []Entity{unitEntity(root)}, Next: inUnits}
	if limit == 1 {
		return first, nil
	}
	rest, err := children(ctx, r, o, "", org.Page{Limit: limit - 1})
	return Entities{Entities: append(first.Entities, rest.Entities...), Next: rest.Next}, err
}

// ListChildrenOf lists what of one kind, units or accounts, stands directly below parent, in the order of ListChildren. It fails with ParentMissing.
func (p *Plane) ListChildrenOf(ctx context.Context, c org.Caller, parent org.UnitID, kind EntityKind, page org.Page) (Entities, error) {
	return view(ctx, p, func(r store.Reader) (Entities, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListChildren", page, under(parent))
		if err != nil {
			return Entities{}, err
		}
		if err := parentExists(ctx, r, o, parent); err != nil {
			return Entities{}, err
		}
		if kind == AccountEntity {
			found, next, err := r.Accounts(ctx, o.ID, parent, page)
			return Entities{Entities: entitiesOf(found, accountEntity), Next: cursor(o, next)}, err
		}
		found, next, err := r.Units(ctx, o.ID, parent, page)
		return Entities{Entities: entitiesOf(found, unitEntity), Next: cursor(o, next)}, err
	})
}

func entitiesOf[T any](found []T, entity func(T) Entity) []Entity {
	out := make([]Entity, len(found))
	for i, v := range found {
		out[i] = entity(v)
	}
	return out
}

// The cursor of children says which of the two lists it is in.
const (
	inUnits    = "u:"
	inAccounts = "a:"
)

func children(ctx context.Context, r store.Reader, o org.Organization, parent org.UnitID, page org.Page) (Entities, error) {
	var out Entities
	after, among := strings.CutPrefix(page.After, inAccounts)
	if !among {
		units, next, err := r.Units(ctx, o.ID, parent, org.Page{After: strings.TrimPrefix(page.After, inUnits), Limit: page.Limit})
		if err != nil {
			return Entities{}, err
		}
		out.Entities = entitiesOf(units, unitEntity)
		if next != "" {
			out.Next = inUnits + next
			return out, nil
		}
		after = ""
	}
	rest := page.Limit - len(out.Entities)
	if rest == 0 { // whether anything follows decides whether this page is the last
		more, _, err := r.Accounts(ctx, o.ID, parent, org.Page{Limit: 1})
		if len(more) > 0 {
			out.Next = inAccounts
		}
		return out, err
	}
	accounts, next, err := r.Accounts(ctx, o.ID, parent, org.Page{After: after, Limit: rest})
	if err != nil {
		return Entities{}, err
	}
	out.Entities = append(out.Entities, entitiesOf(accounts, accountEntity)...)
	if next != "" {
		out.Next = inAccounts + next
	}
	return out, nil
}

func unitEntity(u org.Unit) Entity {
	if u.IsRoot() {
		return Entity{Kind: RootEntity, ID: string(u.ID), Name: u.Name}
	}
	return Entity{Kind: UnitEntity, ID: string(u.ID), Name: u.Name}
}

func accountEntity(a org.Account) Entity {
	return Entity{Kind: AccountEntity, ID: string(a.ID), Name: a.Name}
}
