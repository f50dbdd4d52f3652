package controlplane

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// TagValues is a key with values: all that are in use, or those that are looked for.
type TagValues struct {
	Key    string
	Values []string
}

// A TagFilter chooses things by their tags and their name. The zero filter chooses all.
type TagFilter struct {
	Untagged bool        // without any tag; Tags are not looked at then
	Tags     []TagValues // each key with one of its values, or with any when none is given
	Name     *string     // a part of the name in any letter case; the whole of it when empty
}

func (f *TagFilter) chooses(name string, tags []org.Tag) bool {
	if f.Name != nil && (!strings.Contains(strings.ToLower(name), strings.ToLower(*f.Name)) || *f.Name == "" && name != "") {
		return false
	}
	if f.Untagged {
		return len(tags) == 0
	}
	for _, wanted := range f.Tags {
		there := slices.ContainsFunc(tags, func(t org.Tag) bool {
			return t.Key == wanted.Key && (len(wanted.Values) == 0 || slices.Contains(wanted.Values, t.Value))
		})
		if !there {
			return false
		}
	}
	return true
}

// A Tagged is a thing with its tags, which are in the order of their keys.
type Tagged struct {
	Entity
	Tags []org.Tag
}

// ListTagged lists the things of a kind, which is the root, units, accounts or policies, that a filter chooses, in the order of their other lists. The
// cloud's own policies are not tagged, and so not among them.
func (p *Plane) ListTagged(ctx context.Context, c org.Caller, kind EntityKind, f TagFilter) ([]Tagged, error) {
	return view(ctx, p, func(r store.Reader) ([]Tagged, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListResourcesByTag")
		if err != nil {
			return nil, err
		}
		tags, err := tagsOf(ctx, r, o, kind)
		if err != nil {
			return nil, err
		}
		on := map[string][]org.Tag{}
		for _, t := range tags {
			on[string(t.Resource)] = append(on[string(t.Resource)], t.Tag)
		}
		var out []Tagged
		err = eachEntity(ctx, r, o, kind, func(e Entity) {
			if f.chooses(e.Name, on[e.ID]) {
				out = append(out, Tagged{e, on[e.ID]})
			}
		})
		return out, err
	})
}

// ListTagValues lists the tags of all things of a kind: each key once, with the values that it has anywhere, both in order.
func (p *Plane) ListTagValues(ctx context.Context, c org.Caller, kind EntityKind) ([]TagValues, error) {
	return view(ctx, p, func(r store.Reader) ([]TagValues, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListTagsForResource")
		if err != nil {
			return nil, err
		}
		found, err := tagsOf(ctx, r, o, kind)
		if err != nil {
			return nil, err
		}
		tags := make([]org.Tag, len(found))
		for i, t := range found {
			tags[i] = t.Tag
		}
		slices.SortFunc(tags, func(a, b org.Tag) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Value, b.Value)) })
		var out []TagValues
		for _, t := range slices.Compact(tags) {
			if n := len(out); n > 0 && out[n-1].Key == t.Key {
				out[n-1].Values = append(out[n-1].Values, t.Value)
				continue
			}
			out = append(out, TagValues{Key: t.Key, Values: []string{t.Value}})
		}
		return out, nil
	})
}

// tagsOf lists the tags of all things of a kind.
func tagsOf(ctx context.Context, r store.Reader, o org.Organization, kind EntityKind) ([]org.ResourceTag, error) {
	if kind != RootEntity {
		return r.TagsOf(ctx, o.ID, thingKinds[kind])
	}
	tags, err := r.Tags(ctx, o.ID, org.Resource(o.RootID))
	out := make([]org.ResourceTag, len(tags))
	for i, t := range tags {
		out[i] = org.ResourceTag{Resource: org.Resource(o.RootID), Tag: t}
	}
	return out, err
}

// eachEntity visits all things of a kind.
func eachEntity(ctx context.Context, r store.Reader, o org.Organization, kind EntityKind, visit func(Entity)) error {
	switch kind {
	case RootEntity:
		u, err := r.Unit(ctx, o.ID, o.RootID)
		if err == nil {
			visit(unitEntity(u))
		}
		return err
	case UnitEntity:
		return eachOf(func(p org.Page) ([]org.Unit, string, error) { return r.Units(ctx, o.ID, "", p) }, func(u org.Unit) { visit(unitEntity(u)) })
	case AccountEntity:
		return eachOf(func(p org.Page) ([]org.Account, string, error) { return r.Accounts(ctx, o.ID, "", p) }, func(a org.Account) { visit(accountEntity(a)) })
	}
	for _, rule := range o.Rules().Policies {
		list := func(p org.Page) ([]org.Policy, string, error) { return r.Policies(ctx, o.ID, rule.Type, p) }
		err := eachOf(list, func(found org.Policy) { visit(Entity{Kind: PolicyEntity, ID: string(found.ID), Name: found.Name}) })
		if err != nil {
			return err
		}
	}
	return nil
}
