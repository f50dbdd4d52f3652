package controlplane

import (
	"context"
	"errors"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Unit is a unit in its organization, with the units from the root down to itself.
type Unit struct {
	Organization org.Organization
	org.Unit
	Path []org.UnitID
}

// Units is a page of units. Next is empty on the last one.
type Units struct {
	Units []Unit
	Next  string
}

// CreateUnit makes a unit below parent. It fails with ParentMissing, UnitNameTaken, UnitDepth, UnitLimit, and for the tags as CheckTags
// does; nothing is made then.
func (p *Plane) CreateUnit(ctx context.Context, c org.Caller, parent org.UnitID, name string, tags []org.Tag) (Unit, error) {
	return update(ctx, p, func(tx store.Tx) (Unit, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:CreateOrganizationalUnit")
		if err != nil {
			return Unit{}, err
		}
		return p.addUnit(ctx, tx, c, o, parent, name, tags)
	})
}

// addUnit is CreateUnit inside a transaction that has locked the organization and is authorized.
func (p *Plane) addUnit(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, parent org.UnitID, name string, tags []org.Tag) (Unit, error) {
	rules := o.Rules()
	above, err := tx.Unit(ctx, o.ID, parent)
	if err != nil {
		return Unit{}, instead(err, org.UnitMissing, org.ParentMissing)
	}
	if err := org.CheckTags(rules, nil, tags); err != nil {
		return Unit{}, err
	}
	if err := p.checkTagPolicy(ctx, tx, o, org.UnitThing, tags); err != nil {
		return Unit{}, err
	}
	u, err := org.NewUnit(rules, p.Mint.Unit(rules, o.RootID), above, name, p.now())
	if err != nil {
		return Unit{}, err
	}
	if err := p.checkUnits(ctx, tx, o); err != nil {
		return Unit{}, err
	}
	if err := tx.InsertUnit(ctx, u); err != nil {
		return Unit{}, err
	}
	if err := tx.PutTags(ctx, o.ID, org.Resource(u.ID), tags); err != nil {
		return Unit{}, err
	}
	if err := p.attachDefaults(ctx, tx, o, string(u.ID)); err != nil {
		return Unit{}, err
	}
	if err := p.record(ctx, tx, o, org.UnitCreated, by, string(u.ID), map[string]string{"name": name, "parentId": string(parent)}); err != nil {
		return Unit{}, err
	}
	path, err := paths(tx, o).to(ctx, u.ID)
	return Unit{Organization: o, Unit: u, Path: path}, err
}

func (p *Plane) checkUnits(ctx context.Context, r store.Reader, o org.Organization) error {
	limit := p.Quotas(o.Rules()).Units
	if limit == 0 {
		return nil
	}
	n, err := r.CountUnits(ctx, o.ID, "")
	if err != nil {
		return err
	}
	if n >= limit {
		return org.Errorf(org.UnitLimit, "an organization has at most %d units", limit)
	}
	return nil
}

// GetUnit returns a unit. It fails with UnitMissing, for the root too.
func (p *Plane) GetUnit(ctx context.Context, c org.Caller, id org.UnitID) (Unit, error) {
	return view(ctx, p, func(r store.Reader) (Unit, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:DescribeOrganizationalUnit", onUnit(id))
		if err != nil {
			return Unit{}, err
		}
		u, err := r.Unit(ctx, o.ID, id)
		if err != nil {
			return Unit{}, err
		}
		if u.IsRoot() {
			return Unit{}, org.Errorf(org.UnitMissing, "%s is the root", id)
		}
		path, err := paths(r, o).to(ctx, u.ID)
		return Unit{Organization: o, Unit: u, Path: path}, err
	})
}

// ListUnits lists the units directly below parent, or all of the organization when parent is empty. It fails with ParentMissing.
func (p *Plane) ListUnits(ctx context.Context, c org.Caller, parent org.UnitID, page org.Page) (Units, error) {
	return view(ctx, p, func(r store.Reader) (Units, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListOrganizationalUnitsForParent", page, under(parent))
		if err != nil {
			return Units{}, err
		}
		if err := parentExists(ctx, r, o, parent); err != nil {
			return Units{}, err
		}
		found, next, err := r.Units(ctx, o.ID, parent, page)
		if err != nil {
			return Units{}, err
		}
		out, ways := Units{Next: cursor(o, next)}, paths(r, o)
		for _, u := range found {
			path, err := ways.to(ctx, u.ID)
			if err != nil {
				return Units{}, err
			}
			out.Units = append(out.Units, Unit{Organization: o, Unit: u, Path: path})
		}
		return out, nil
	})
}

func parentExists(ctx context.Context, r store.Reader, o org.Organization, parent org.UnitID) error {
	if parent == "" || parent == o.RootID {
		return nil
	}
	_, err := r.Unit(ctx, o.ID, parent)
	return instead(err, org.UnitMissing, org.ParentMissing)
}

// instead returns an error of the other reason when err is of the first, and err itself otherwise.
func instead(err error, reason, other org.Reason) error {
	if errors.Is(err, org.E(reason)) {
		return &org.Error{Reason: other, Detail: org.AsError(err).Detail}
	}
	return err
}

// ways finds the way from the root to a unit and remembers the units it saw, since the members of a page share most of theirs.
type ways struct {
	r     store.Reader
	o     org.Organization
	known map[org.UnitID][]org.UnitID
}

func paths(r store.Reader, o org.Organization) *ways {
	return &ways{r: r, o: o, known: map[org.UnitID][]org.UnitID{o.RootID: {o.RootID}}}
}

// to returns the units from the root down to id, id included.
func (w *ways) to(ctx context.Context, id org.UnitID) ([]org.UnitID, error) {
	if way, ok := w.known[id]; ok {
		return way, nil
	}
	u, err := w.r.Unit(ctx, w.o.ID, id)
	if err != nil {
		return nil, err
	}
	above, err := w.to(ctx, u.ParentID)
	if err != nil {
		return nil, err
	}
	way := append(slices.Clip(above), id)
	w.known[id] = way
	return way, nil
}
