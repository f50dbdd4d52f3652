package history

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

var unitDeeds = []*deed{
	{says: "create unit", changes: true, weight: 6, step: createUnit,
		draw: func(c *caller) ask { return ask{to: c.unit(), name: c.name()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			u, err := c.plane.CreateUnit(ctx, c.admin, org.UnitID(a.to), a.name, nil)
			if err == nil {
				c.known.units.add(string(u.ID))
			}
			return refusal(err, answer{id: string(u.ID), version: u.Organization.Version})
		}},
	{says: "rename unit", changes: true, weight: 3, step: renameUnit,
		draw: func(c *caller) ask { return ask{id: c.unit(), name: c.name()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			u, err := c.plane.RenameUnit(ctx, c.admin, org.UnitID(a.id), a.name)
			return refusal(err, answer{seen: u.Name, version: u.Organization.Version})
		}},
	{says: "delete unit", changes: true, weight: 2, step: deleteUnit,
		draw: func(c *caller) ask { return ask{id: c.unit()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.DeleteUnit(ctx, c.admin, org.UnitID(a.id)), answer{})
		}},
	{says: "list units", weight: 3, step: listUnits,
		draw: func(c *caller) ask { return ask{id: c.unit()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			found, err := c.plane.ListUnits(ctx, c.admin, org.UnitID(a.id), page)
			var lines []string
			version := int64(0)
			for _, u := range found.Units {
				lines, version = append(lines, string(u.ID)+"="+u.Name), u.Organization.Version
			}
			return refusal(err, answer{seen: list(lines), version: version})
		}},
}

func createUnit(s state, a ask, given answer) (state, answer) {
	above, found := s.units[a.to]
	switch {
	case !found:
		return s, answer{reason: org.ParentMissing}
	case above.depth >= deepest:
		return s, answer{reason: org.UnitDepth}
	case len(s.units)-1 >= s.quotas.Units:
		return s, answer{reason: org.UnitLimit}
	case s.sibling(a.to, a.name):
		return s, answer{reason: org.UnitNameTaken}
	}
	s.units = with(s.units, given.id, unit{a.name, a.to, above.depth + 1})
	s.attached = with(s.attached, given.id, own)
	return s, answer{id: given.id}
}

func renameUnit(s state, a ask, _ answer) (state, answer) {
	u, found := s.units[a.id]
	switch {
	case !found || u.parent == "":
		return s, answer{reason: org.UnitMissing}
	case u.name == a.name:
		return s, answer{seen: a.name}
	case s.sibling(u.parent, a.name):
		return s, answer{reason: org.UnitNameTaken}
	}
	u.name = a.name
	s.units = with(s.units, a.id, u)
	return s, answer{seen: a.name}
}

func deleteUnit(s state, a ask, _ answer) (state, answer) {
	u, found := s.units[a.id]
	switch {
	case !found || u.parent == "":
		return s, answer{reason: org.UnitMissing}
	case !s.empty(a.id):
		return s, answer{reason: org.UnitNotEmpty}
	}
	s.units, s.attached, s.tags = without(s.units, a.id), without(s.attached, a.id), without(s.tags, a.id)
	return s, answer{}
}

func listUnits(s state, a ask, _ answer) (state, answer) {
	if _, found := s.units[a.id]; !found {
		return s, answer{reason: org.ParentMissing}
	}
	var lines []string
	for id, u := range s.units {
		if u.parent == a.id {
			lines = append(lines, id+"="+u.name)
		}
	}
	return s, answer{seen: list(lines)}
}
